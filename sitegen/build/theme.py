"""The look of the site: templates, assets and words. The project's own go before the theme's, which go before the default's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen import read
from sitegen.diagnostics import Outcome, Span, did_you_mean, error, info
from sitegen.model.page import Page
from sitegen.model.settings import Theme
from sitegen.parse.catalogue import parse_catalogue
from sitegen.text.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.build.inputs import Inputs
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.settings import Settings
    from sitegen.model.source import SourceFile


Assets = Mapping[str, tuple[str, bytes]]

_DEFAULT = Theme().name
_CATALOGUE = re.compile(r"languages/([^/]+)\.yaml")
_IN_THEME = re.compile(r"(?:default|templates)/themes/([^/]+)/")


def without_other_themes(files: tuple[SourceFile, ...], theme: Theme) -> Outcome[tuple[SourceFile, ...]]:
    """The files of the look that was asked for. A theme that nobody made is an error, and then the default is taken."""
    of = {file.path: found[1] for file in files if (found := _IN_THEME.match(file.path))}
    chosen = tuple(file for file in files if of.get(file.path, theme.name) == theme.name)
    known = [_DEFAULT, *sorted({*of.values()} - {_DEFAULT})]
    if theme.name in known:
        return Outcome(chosen)
    hint = f"{did_you_mean(theme.name, known)} known: {', '.join(known)}".strip()
    message = f"there is no theme '{theme.name}'"
    return Outcome(chosen, (error("unknown-theme", message, theme.where or Span(""), hint),))


def read_theme(files: tuple[SourceFile, ...], theme: str = _DEFAULT) -> tuple[Mapping[str, str], Assets]:
    """Templates by name, and assets by name with the path that they are published at.

    A template that another one shadows keeps its full name: `default/paper.html`, `themes/<theme>/paper.html`.

    All assets share one folder named after the digest of them all, so that modules can import each other by relative
    paths, and a host may let browsers keep them for ever.
    """
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for home, name, file in _in_order(files, theme):
        if name.startswith("assets/"):
            asset = name.removeprefix("assets/")
            assets[asset] = _lean(asset, file.data) if home.startswith("default/") else file.data
        elif not name.startswith("languages/"):
            text = file.data.decode("utf-8", "replace").removeprefix("\ufeff")
            templates[name] = text
            if home == "default/":
                templates[f"default/{name}"] = text
            elif home != "templates/":
                templates[f"themes/{theme}/{name}"] = text
    assets = dict(_joined(assets))
    folder = read.digest(
        b"".join(f"{name}\0{read.digest(data)}\0".encode() for name, data in sorted(assets.items()))
    )[:12]
    return templates, {name: (f"assets/{folder}/{name}", data) for name, data in sorted(assets.items())}


def _in_order(files: Iterable[SourceFile], theme: str) -> Iterator[tuple[str, str, SourceFile]]:
    """(home, name in it, file), those that shadow others after them."""
    homes = ("default/", f"default/themes/{theme}/", f"templates/themes/{theme}/", "templates/")
    found = [(max((home for home in homes if file.path.startswith(home)), key=len), file) for file in files]
    default = {file.path.removeprefix("default/"): file.data for home, file in found if home == "default/"}
    for home, file in sorted(found, key=lambda each: (homes.index(each[0]), each[1].path)):
        name = file.path.removeprefix(home)
        # A copy changes nothing, so it does not stand before a theme: sitegen's own project has them all.
        if home != "templates/" or default.get(name) != file.data:
            yield home, name, file


def _joined(assets: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """A folder named like a file, `css/site.css/` or `js/site.js/`, is one file: its parts in the order of their names.

    So a part can be shadowed or added by itself. A file of the folder's name takes the place of all of them.
    """
    parts: dict[str, list[bytes]] = {}
    for name, data in sorted(assets.items()):
        whole = re.match(r"(.+?\.(?:css|js))/", name)
        parts.setdefault(whole[1] if whole else name, []).append(data)
    for name, found in parts.items():
        yield name, assets[name] if name in assets else b"\n".join(found)


def _lean(name: str, text: bytes) -> bytes:
    """Without indentation, and without comments that have lines of their own or end one: a seventh of a sheet, a fifth of a script.

    What ends a line is a comment for certain where nothing before it can begin a string, a template, a pattern or
    another comment. Lines are joined, too, where they end in punctuation after which none means anything; no string
    and no selector does.

    A script with a template literal of several lines stays as it is: its indentation may mean something. All this
    holds for the style that our own files are written in, not for any that there is: a project's are left alone.
    """
    if not name.endswith((".css", ".js")):
        return text
    script = name.endswith(".js")
    if script and any(line.count(b"`") % 2 for line in text.splitlines()):
        return text
    text = _COMMENTS.sub(rb"\1", text)
    if script:
        text = _LAST_COMMENTS.sub(rb"\1", _LINE_COMMENTS.sub(b"", text))
    text = re.sub(rb"\n\s+", b"\n", text)
    if script:
        # After a brace that closes, a line's end may be the statement's; after `//` it is the comment's.
        return _OPEN_LINES.sub(rb"\1", text)
    return re.sub(rb"(?<=[;{},])\n|;(?=\n})", b"", text)


_COMMENTS = re.compile(rb"""^([^"'`/\n]*?)[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$""", re.MULTILINE | re.DOTALL)
_LINE_COMMENTS = re.compile(rb"^[ \t]*//.*$", re.MULTILINE)
_OPEN_LINES = re.compile(rb"^((?!.*//).*[;{(\[,])\n", re.MULTILINE)
_LAST_COMMENTS = re.compile(rb"""^([^"'`/\n]*[^"'`/\s])[ \t]+//(?!.*\*/).*$""", re.MULTILINE)


class Look(NamedTuple):
    """What pages are drawn with, beside the settings."""

    texts: Texts
    templates: Mapping[str, str]  # by name
    assets: Assets
    problems: tuple[Diagnostic, ...]


def read_look(inputs: Inputs, settings: Settings) -> Look:
    """The words in the site's language, templates and assets."""
    texts, problems = read_texts(inputs, settings)
    return Look(texts, *read_theme(inputs.templates, settings.theme.name), problems)


def published_files(inputs: Inputs, assets: Assets) -> Iterator[Page]:
    for path, data in assets.values():
        yield Page(path, "bytes", content=data)
    for file in inputs.static:
        yield Page(file.path.removeprefix("static/"), "bytes", content=file.data)


def read_texts(inputs: Inputs, settings: Settings) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The words of the interface in the site's language; English where that one has none."""
    problems: list[Diagnostic] = []
    words: dict[str, Any] = {}
    files = [(name, file) for _, name, file in _in_order(inputs.templates, settings.theme.name)]
    wanted = (settings.language.partition("-")[0], settings.language)
    known = sorted({found[1] for name, _ in files if (found := _CATALOGUE.fullmatch(name))})
    if not {*wanted} & {*known}:
        hint = (
            f"there are {', '.join(known)}; a file templates/languages/{settings.language}.yaml adds another"
        )
        message = f"there are no words of the interface in '{settings.language}': they are in English"
        problems.append(info("no-words", message, Span("content/sitegen.yaml"), hint))
    for language in dict.fromkeys(("en", *wanted)):
        for name, file in files:
            if name == f"languages/{language}.yaml":
                outcome = parse_catalogue(file)
                words |= outcome.value
                problems += outcome.diagnostics
    return Texts(settings.language, words), tuple(problems)
