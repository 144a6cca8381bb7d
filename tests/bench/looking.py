"""Somebody who looks at a page of a preview: in Chromium, or, where there is none, a program that asks as its script would."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 600.0  # seconds for anything


class Seen(NamedTuple):
    """Seconds."""

    shown: float  # from before the file was saved
    told: float  # of these, until the page began to load anew
    answered: float  # from there, until it had come
    parsed: float  # from there, until its tree stood
    loaded: float  # the rest of them
    whole: float  # from `shown` until the page was told that the whole site is built
    cpu: float  # of the preview's processor, for all of this


class Tab(Protocol):
    def seen(self, save: Callable[[], str]) -> Seen:
        """What becomes of an edit. `save` saves a file, and gives what the page shows then: text, or `--property: value`."""

    def close(self) -> None: ...


class Preview:
    """`sitegen serve` in a process of its own, once its first build is done, which took so many `seconds`."""

    def __init__(self, project: Path) -> None:
        command = [sys.executable, "-m", "sitegen", "-C", str(project), "serve", "--port", "0"]
        started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        assert self._process.stdout
        self.url = self._process.stdout.readline().split()[0]
        self.seconds = time.perf_counter() - started

    @property
    def cpu(self) -> float:
        """Seconds of the processor so far, its children's included; 0 where the system does not tell."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=LONGEST)


class Browser:
    """Chromium."""

    @classmethod
    def found(cls) -> Browser | None:
        """The machine's own, started; None where there is none."""
        sys.path.append(str(Path(__file__).resolve().parents[1] / "browser"))
        from conftest import NAMES, QUIET

        at = next(filter(None, map(shutil.which, NAMES)), None)
        return cls(at, QUIET) if at else None

    def __init__(self, at: str, flags: list[str]) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=at, args=flags)
        self.name = f"Chromium {self._browser.version}"

    def tab(self, preview: Preview, path: str) -> Tab:
        # What is emulated is emulated anew for every page that comes: the one before is styled once more for it.
        as_it_is = dict.fromkeys(("color_scheme", "reduced_motion", "forced_colors", "contrast"), "null")
        return _Tab(self._browser.new_page(**as_it_is), preview, path)

    def close(self) -> None:
        self._browser.close()
        self._playwright.stop()


class _Tab:
    def __init__(self, page, preview: Preview, path: str) -> None:
        self._page, self._preview = page, preview
        page.set_default_timeout(LONGEST * 1000)
        page.add_init_script(_OBSERVE)
        page.goto(preview.url + path)
        page.wait_for_function("() => edited.whole")

    def seen(self, save: Callable[[], str]) -> Seen:
        self._page.evaluate("edited.forget()")
        cpu, before = self._preview.cpu, time.time()
        text = save()
        self._page.wait_for_function("text => edited.whole && edited.shown(text)", arg=text, polling=20)
        steps = self._page.evaluate("text => [...edited.told(text), edited.shown(text), edited.whole]", text)
        told, answered, parsed, shown, whole = (at / 1000 - before for at in steps)
        parts = (told, answered - told, parsed - answered, shown - parsed)
        return Seen(shown, *parts, max(0.0, whole - shown), self._preview.cpu - cpu)

    def close(self) -> None:
        self._page.close()


# Runs in every page before its own scripts. Times are of the same clock as ours, in milliseconds.
_OBSERVE = """
const now = () => performance.timeOrigin + performance.now();
const edited = window.edited = {
  forget() { edited.whole = edited.toldStyles = 0; edited.styles = new Map(); },
  shown: (text) => text.startsWith("--") ? edited.styles.get(text)
    : document.documentElement.outerHTML.includes(text) && edited.loaded,
  told(text) {
    const { responseEnd, domInteractive } = performance.getEntriesByType("navigation")[0];
    if (text.startsWith("--")) return Array(3).fill(edited.toldStyles);
    return [0, responseEnd, domInteractive].map((after) => performance.timeOrigin + after);
  },
};
edited.forget();
addEventListener("sitegen:state", ({ detail }) => { if (!detail.underWay) edited.whole ||= now(); });
addEventListener("load", () => {
  edited.loaded = now();
  const sheets = (nodes) => [...nodes].some((node) => node.rel === "stylesheet");
  new MutationObserver((changes) => {
    if (changes.some((change) => sheets(change.addedNodes))) edited.toldStyles ||= now();
    if (!changes.some((change) => sheets(change.removedNodes))) return;
    const value = getComputedStyle(document.documentElement).getPropertyValue("--edited").trim();
    const text = `--edited: ${value}`;
    if (!edited.styles.has(text)) edited.styles.set(text, now());
  }).observe(document.head, { childList: true });
});
"""


class Plain:
    """No browser."""

    name = "no Chromium: pages are asked for and not drawn (`sh tests/setup.sh chromium` may install it)"

    def tab(self, preview: Preview, path: str) -> Tab:
        return _Asking(preview, path)


class _Asking:
    def __init__(self, preview: Preview, path: str) -> None:
        self._preview = preview
        self._host, self._path = urlsplit(preview.url).netloc, urlsplit(preview.url + path).path
        self._stream = HTTPConnection(self._host, timeout=LONGEST)
        self._stream.request("GET", f"/_sitegen/events?page={self._path}")
        self._states = self._read(self._stream.getresponse())
        self._known = next(state for state in self._states if not state["underWay"])

    def seen(self, save: Callable[[], str]) -> Seen:
        cpu, before = self._preview.cpu, time.time()
        text, told, shown = save(), 0.0, 0.0
        for state in self._states:
            if not shown and (state["page"], state["styles"]) != (self._known["page"], self._known["styles"]):
                self._known, told = state, told or time.time()
                if text in self._get(self._path):
                    shown = time.time()
            if shown and not state["underWay"]:
                break
        end = time.time()
        parts = (told - before, shown - told, 0.0, 0.0)
        return Seen(shown - before, *parts, end - shown, self._preview.cpu - cpu)

    def close(self) -> None:
        self._stream.close()

    def _get(self, path: str) -> str:
        """The page, with its style sheets."""
        connection = HTTPConnection(self._host, timeout=LONGEST)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        for sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', text):
            connection.request("GET", os.path.normpath(f"{Path(path).parent}/{sheet}"))
            text += connection.getresponse().read().decode()
        return text

    def _read(self, stream) -> Iterator[dict]:
        for line in stream:
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))
