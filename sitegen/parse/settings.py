"""content/sitegen.yaml → the site's settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.diagnostics import Diagnostic, Outcome, Span, did_you_mean, error, has_errors
from sitegen.model.settings import FILE_ENDINGS, NavLink, Settings, Theme
from sitegen.model.source import DumpSource
from sitegen.parse.kinds import Choice, Flag, Text, Whole, shortened
from sitegen.parse.mail_settings import MAIL, SUBSCRIBE
from sitegen.parse.nodes import Document, compose, compose_text, scalar
from sitegen.parse.shapes import ByForm, Field, Given, ListOf, Made, Shape
from sitegen.parse.sidecar import CAPTURE_FIELDS
from sitegen.parse.where import WANTED
from sitegen.text.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import Node

    from sitegen.model.source import SourceFile


def parse_settings(file: SourceFile, overrides: Mapping[str, str]) -> Outcome[Settings | None]:
    """The settings, `overrides` (field → value) in place of the file's own; None where nothing could be read.

    An override is the field's text as it is, or a list in YAML; empty, it brings back the default. Its problems
    have the path `-D field`.
    """
    document = compose(file)
    if document.root is None:
        if not has_errors(document.problems):
            document.problems.append(
                error(
                    "missing-field", "sitegen.yaml needs the field 'title'", Span(file.path), "add 'title: …'"
                )
            )
        return Outcome(None, tuple(document.problems))
    given = SETTINGS.given(document.root, document)
    if given is None:
        return Outcome(None, tuple(document.problems))
    for name in sorted(overrides):
        document.problems += _override(given, name, overrides[name])
    SETTINGS.report_missing(given, document)
    return Outcome(Settings(**{"title": "", **given}), tuple(document.problems))


def _override(given: Given, name: str, text: str) -> tuple[Diagnostic, ...]:
    path = f"-D {name}"
    field = SETTINGS.by_name.get(name)
    if field is None:
        hint = did_you_mean(name, SETTINGS.by_name) or f"known: {', '.join(SETTINGS.by_name)}"
        return (error("unknown-field", f"there is no setting '{name}'", Span(path), hint),)
    if not text:
        given.pop(name, None)
        given.nodes.pop(name, None)
        return ()
    is_list = isinstance(field.kind, ListOf) or (
        isinstance(field.kind, (ByForm, Made)) and text.startswith("[")
    )
    document = compose_text(path, text) if is_list else scalar(path, text)
    content = None if document.root is None else field.kind.read(document.root, document)
    if content is not None:
        given[name] = content
    # The command line has no lines and columns.
    return tuple(replace(problem, where=Span(path)) for problem in document.problems)


def _base_url(text: str, node: Node, document: Document) -> str | None:
    url = safe_url(text)
    if url is None or "?" in url or "#" in url:
        document.error(
            "bad-address",
            f"'{shortened(text)}' is not the address of a site",
            node,
            "write it like https://reading.example.org/list/",
        )
        return None
    return url if url.endswith("/") else url + "/"


def _language(text: str, node: Node, document: Document) -> str | None:
    if not _LANGUAGE.fullmatch(text):
        message = f"'{shortened(text)}' is not the code of a language"
        document.error("bad-language", message, node, "write it like en, de or pt-BR")
        return None
    return text


def _host(text: str, node: Node, document: Document) -> str | None:
    if len(text) > 253 or not _HOST.fullmatch(text):
        hint = "write only the name, like reading.example.org"
        document.error("bad-host", f"'{shortened(text)}' is not the name of a host", node, hint)
        return None
    return text.lower()


def _theme(text: str, node: Node, document: Document) -> Theme:
    return Theme(text, document.span(node))


def _accent(text: str, node: Node, document: Document) -> str | None:
    if not _COLOUR.fullmatch(text):
        hint = "write it like '#1d6f42', in quotes"
        document.error("bad-colour", f"'{shortened(text)}' is not a colour", node, hint)
        return None
    return text.lower()


def _source(pattern: str, node: Node, document: Document) -> DumpSource:
    return DumpSource(pattern, where=document.span(node))


def _source_with_settings(given: Given, document: Document) -> DumpSource | None:
    if "path" not in given:
        return None
    captured = given.get("captured")
    return DumpSource(
        given["path"],
        captured.iso if captured else "",
        given.get("label", ""),
        document.span(given.nodes["path"]),
        given.get("where"),
    )


def _navigation(given: Given, _: Document) -> NavLink | None:
    return NavLink(given["label"], given["url"]) if "label" in given and "url" in given else None


def _paper_files(wanted: bool, _: Node, __: Document) -> tuple[str, ...]:
    return FILE_ENDINGS[:1] if wanted else ()


def _each_once(endings: tuple[str, ...], _: Node, __: Document) -> tuple[str, ...]:
    return tuple(ending for ending in FILE_ENDINGS if ending in endings)


def _page_or_address(text: str, node: Node, document: Document) -> str | None:
    url = text if _PAGE.fullmatch(text) and ".." not in text else safe_url(text)
    if url is None:
        document.warning(
            "unsafe-link",
            f"'{shortened(text)}' is no address that can be linked",
            node,
            "write https://… in full, or the name of a page of this site",
        )
    return url


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{5,8})*")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PAGE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*(?:\?[A-Za-z0-9._=&%+-]*)?(?:#[A-Za-z0-9._-]*)?")

SOURCE = Shape(
    "a source",
    "Dumps, and what their files cannot say themselves.",
    (
        Field(
            "path",
            Text(),
            "A file, a folder or a pattern like dumps/*.txt, from the folder of this file.",
            required=True,
        ),
        *CAPTURE_FIELDS,
        Field("where", WANTED, "Which of their records are wanted. Default: all."),
    ),
    _source_with_settings,
)
SETTINGS = Shape(
    "sitegen.yaml",
    "What the curator decided about the site as a whole.",
    (
        Field("title", Text(), "The site's title.", required=True),
        Field("tagline", Text(), "One sentence under the title."),
        Field(
            "base_url",
            Made(Text(), _base_url, {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^?#]+$"}),
            "Where the site will be: https://reading.example.org/list/. Without it there are no feeds and no sitemap.",
        ),
        Field(
            "language",
            Made(Text(), _language, {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}),
            "The language of the site's own words and prose: en, de, pt-BR. Words of the interface exist in en and de;"
            " they are English elsewhere until templates/languages/<language>.yaml has them. Default: en.",
        ),
        Field("author", Text(), "Who publishes the site, in feeds and metadata."),
        Field(
            "sources",
            ListOf(ByForm(scalar=Made(Text(), _source), mapping=SOURCE)),
            "The dumps that the papers come from.",
        ),
        Field(
            "navigation",
            ListOf(
                Shape(
                    "a link",
                    "A link in the navigation.",
                    (
                        Field("label", Text(), "What readers see.", required=True),
                        Field(
                            "url",
                            Made(Text(), _page_or_address),
                            "A page of the site (about.html) or an http(s) address.",
                            required=True,
                        ),
                    ),
                    _navigation,
                    example="{label: Code, url: https://…}",
                )
            ),
            "Links beside the built-in ones.",
        ),
        Field("page_size", Whole(1, 1000), "Papers on one page of a long list. Default: 50."),
        Field(
            "cname",
            Made(Text(), _host, {"type": "string", "pattern": f"^{_HOST.pattern}$"}),
            "The site's own host name, for hosts that read it from a file CNAME.",
        ),
        Field(
            "list_files",
            Made(ListOf(Choice(FILE_ENDINGS)), _each_once),
            "Endings of the files beside every collection's and tag's page. Default: all of them.",
        ),
        Field(
            "paper_files",
            ByForm(
                scalar=Made(Flag(), _paper_files), sequence=Made(ListOf(Choice(FILE_ENDINGS)), _each_once)
            ),
            "Endings of the files beside every paper's page; `true` is bib alone, `false` none. Default: [bib].",
        ),
        Field("search", Flag(), "Whether the site has a search. Default: true."),
        Field(
            "related",
            Flag(),
            "Whether pages name related papers, and there is a map of all. Default: true.",
        ),
        Field(
            "author_pages",
            Whole(0, 1000),
            "Papers that a name needs for a page of its own. Default: 0, no pages of authors.",
        ),
        Field("feed_size", Whole(1, 1000), "Papers in a feed. Default: 30."),
        Field("home_latest", Whole(0, 100), 'Papers under "latest" on the home page. Default: 8.'),
        Field(
            "theme",
            Made(Text(), _theme),
            "The site's look: default, catalogue, or the name of a folder in templates/themes/. Default: default.",
        ),
        Field(
            "accent",
            Made(Text(), _accent, {"type": "string", "pattern": f"^{_COLOUR.pattern}$"}),
            "The site's colour, in quotes: '#1d6f42'.",
        ),
        Field(
            "subscribe",
            SUBSCRIBE,
            "Where readers ask for mail: the page `subscribe.html` leads there.",
        ),
        Field(
            "mail",
            MAIL,
            "How `sitegen digest --send` mails.",
        ),
    ),
    lambda given, _: given,
)
