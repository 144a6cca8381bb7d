"""The look of the site: templates, assets and words, the project's own before the default theme's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sitegen import read
from sitegen.model.page import Page
from sitegen.parse.catalogue import parse_catalogue
from sitegen.text.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.build.inputs import Inputs
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.settings import Settings
    from sitegen.model.source import SourceFile


Assets = Mapping[str, tuple[str, bytes]]


def read_theme(files: tuple[SourceFile, ...]) -> tuple[Mapping[str, str], Assets]:
    """Templates by name, and assets by name with the path that they are published at.

    All assets share one folder named after the digest of them all, so that modules can import each other by relative
    paths, and a host may let browsers keep them for ever.
    """
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for file in sorted(files, key=lambda f: (not f.path.startswith("default/"), f.path)):
        home, _, name = file.path.partition("/")
        if name.startswith("assets/"):
            assets[name.removeprefix("assets/")] = file.data
        elif not name.startswith("languages/"):
            text = file.data.decode("utf-8", "replace").removeprefix("\ufeff")
            templates[name] = text
            if home == "default":
                templates[f"default/{name}"] = text
    assets = dict(_joined(assets))
    folder = read.digest(
        b"".join(f"{name}\0{read.digest(data)}\0".encode() for name, data in sorted(assets.items()))
    )[:12]
    return templates, {name: (f"assets/{folder}/{name}", data) for name, data in sorted(assets.items())}


def _joined(assets: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """A folder named like a file, `css/site.css/` or `js/site.js/`, is one file: its parts in the order of their names.

    So a part can be shadowed or added by itself. A file of the folder's name takes the place of all of them.
    """
    parts: dict[str, list[bytes]] = {}
    for name, data in sorted(assets.items()):
        whole = re.match(r"(.+?\.(?:css|js))/", name)
        parts.setdefault(whole[1] if whole else name, []).append(data)
    for name, found in parts.items():
        yield name, assets.get(name) or b"\n".join(found)


def published_files(inputs: Inputs, assets: Assets) -> Iterator[Page]:
    for path, data in assets.values():
        yield Page(path, "bytes", content=data)
    for file in inputs.static:
        yield Page(file.path.removeprefix("static/"), "bytes", content=file.data)


def read_texts(inputs: Inputs, settings: Settings) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The words of the interface in the site's language; English where that one has none."""
    found = {file.path: file for file in inputs.templates}
    problems: list[Diagnostic] = []
    words: dict[str, Any] = {}
    for language in dict.fromkeys(("en", settings.language.partition("-")[0], settings.language)):
        for home in ("default", "templates"):
            file = found.get(f"{home}/languages/{language}.yaml")
            if file is not None:
                outcome = parse_catalogue(file)
                words |= outcome.value
                problems += outcome.diagnostics
    return Texts(settings.language, words), tuple(problems)
