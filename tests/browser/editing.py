"""A preview with the editor, its files, and its pages as a curator uses them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager

from playwright.sync_api import Error, expect

ATTENTION = """\
# The first list.
title: Attention
sections:
  - title: Beginnings   # where it came from
    picks:
      - paper: "Neural Machine Translation by Jointly Learning to Align and Translate"
        note: 'It''s where it began.'
      # The famous one.
      - paper: "1706.03762"
        note: All you need.
        rating: 4

  - title: Later
    picks:
      - "Longformer: The Long-Document Transformer"
"""
LIST = "content/collections/attention.yaml"
FILES = {
    "content/sitegen.yaml": "title: Papers\nbase_url: https://example.org/a/b/\nsources: [dumps/*]\n",
    LIST: ATTENTION,
    "content/collections/recent.yaml": "title: Recent\nsmart:\n  since: 2020\n",
    "content/dumps/papers.jsonl": "".join(
        json.dumps({"title": title, "arxiv": arxiv, "date": date}) + "\n"
        for title, arxiv, date in (
            (
                "Neural Machine Translation by Jointly Learning to Align and Translate",
                "1409.0473",
                "2014-09-01",
            ),
            ("Attention Is All You Need", "1706.03762", "2017-06-12"),
            ("Longformer: The Long-Document Transformer", "2004.05150", "2020-04-10"),
            ("Deep Residual Learning for Image Recognition", "1512.03385", "2015-12-10"),
            ("Generative Adversarial Networks", "1406.2661", "2014-06-10"),
        )
    )
    + json.dumps({"title": "Generative Adversarial Network", "date": "2014-06-11"}),
}


class Preview:
    """`sitegen serve` in a process of its own."""

    def __init__(self, project, *args):
        self.project = project
        command = [sys.executable, "-m", "sitegen", "-C", str(project), "serve", "--port", "0", *args]
        env = os.environ | {"PYTHONUNBUFFERED": "1"}
        self._said = project / "preview.txt"
        with self._said.open("w") as said:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True, env=env)
        self.url = self._process.stdout.readline().split()[0]

    @property
    def builds(self):
        """How many builds were reported."""
        return len(re.findall(r"^\d\d:\d\d:\d\d  ", self._said.read_text(), re.MULTILINE))

    def close(self):
        """End it at once, whatever it is about: what it leaves behind goes with its folder."""
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


class Desk:
    """A page of the preview, and the files behind it."""

    def __init__(self, page, preview):
        self.page, self.preview = page, preview

    def open(self, path):
        for _ in range(10):  # an edit just before may have the page load anew, which takes the way once
            try:
                self.page.goto(self.preview.url + path)
                break
            except Error as problem:
                if not any(why in problem.message for why in _TAKEN):
                    raise
        self.settle()

    def text(self, path=LIST):
        return (self.preview.project / path).read_text()

    def press(self, name, **how):
        self.page.get_by_role("button", name=name, **how).click()

    def write(self, says="Written"):
        """Confirm what is proposed, and wait until it is written, the page says so, and is what was built of it."""
        with self._built():
            with self.page.expect_response("**/_sitegen/edit/confirm") as answer:
                self.panel.get_by_role("button", name=re.compile("(Write to|Create|Delete) the file")).click()
            assert answer.value.status == 200
            expect(self.said).to_contain_text(says)

    def close(self):
        """Close the panel, and wait until the page has the focus again."""
        expect(self.panel).to_be_visible()
        self.page.keyboard.press("Escape")
        self.page.wait_for_function(_LEFT, timeout=60_000)

    def theirs(self, text, path=LIST):
        """Somebody else writes a file, and the page is what was built of it."""
        with self._built():
            (self.preview.project / path).write_text(text)

    @contextmanager
    def unanswered(self, action):
        """What is asked for first is held back until this ends. Then the page has got its answer, a refusal."""
        held = []

        def hold(route):
            held.append(route)

        self.page.route(f"**/_sitegen/edit/{action}", hold, times=1)
        yield
        self.until(lambda: held)
        refused = {"code": "", "message": "It is too late.", "place": "", "hint": ""}
        held.pop().fulfill(status=422, json={"refused": [refused]})
        self.page.evaluate(_ANSWERED)

    def until(self, done):
        """Wait until this is so; the page goes on meanwhile."""
        deadline = time.monotonic() + 120
        while not done():
            assert time.monotonic() < deadline, "it was never so"
            self.page.wait_for_timeout(20)

    @contextmanager
    def _built(self):
        """What a file is made meanwhile is built, and the page is that of the build."""
        before = self.preview.builds
        yield
        deadline = time.monotonic() + 120
        while self.preview.builds == before:
            assert time.monotonic() < deadline, "what was written was not built"
            self.page.wait_for_timeout(50)
        self.settle()

    def settle(self):
        """Wait until the page is that of the last build, none is under way, and the editor is there and takes input."""
        self.page.wait_for_function(_SETTLED, timeout=60_000)

    @property
    def said(self):
        return self.page.locator(".toast")

    @property
    def panel(self):
        return self.page.locator("dialog")

    @property
    def titles(self):
        return self.page.locator("ol.cards .card-title a")


# The page's own module knows what is still on its way.
_ANSWERED = """async () => {
  const { settled } = await import(new URL("post.js", document.querySelector("script[data-page]").src));
  await settled();
}"""
_TAKEN = ("interrupted by another navigation", "net::ERR_ABORTED")
# Nothing of the panel has the focus then, and something of the page has it.
_LEFT = """() => {
  const { shadowRoot: root } = document.querySelector("sitegen-edit");
  const dialog = root.querySelector("dialog"), at = root.activeElement ?? document.activeElement;
  return !dialog.open && at !== document.body && !dialog.contains(at);
}"""
# What is pressed before a page is painted for the first time may be lost: browsers take no input until then.
_SETTLED = """() => performance.getEntriesByName("first-contentful-paint").length && new Promise((done) => {
  const source = new EventSource("/_sitegen/events?page=" + encodeURIComponent(location.pathname));
  const end = (said) => { source.close(); done(said); };
  source.onerror = () => end(false);
  source.addEventListener("state", ({ data }) => {
    const state = JSON.parse(data);
    const page = document.querySelector("script[data-page]")?.dataset.page;
    end(document.querySelector("sitegen-edit[data-ready]") !== null && !state.underWay && state.page === page);
  });
})"""
