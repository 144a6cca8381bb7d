"""content/pages/*.md → a page in Markdown, with its title and settings in front of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sitegen.diagnostics import Outcome, Span, error, has_errors
from sitegen.model.free_page import FreePage
from sitegen.parse.kinds import Flag, Text, Whole
from sitegen.parse.nodes import Document, compose_text
from sitegen.parse.shapes import Field, Given, Shape
from sitegen.parse.yaml_text import decode
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model.source import SourceFile


def parse_free_page(file: SourceFile) -> Outcome[FreePage | None]:
    """The page; None where the file is no text. Without a title in front, the first `# heading` is the title."""
    decoded = decode(file.path, file.data)
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    problems = list(decoded.diagnostics)
    name = _id(file.path)
    where, text = Span(file.path, 1, 1), decoded.value
    given: Mapping[str, Any] = {}
    if front := _FRONT.match(text):
        text = text[front.end() :]
        # The empty line stands for the opening `---`: so the numbers of lines are those of the file.
        document = compose_text(file.path, "\n" + front["fields"])
        fields = None if document.root is None else PAGE.read(document.root, document)
        if fields is not None:
            given, where = fields
        problems += document.problems
    elif _OPENING.match(text):
        problems.append(
            error("yaml-syntax", "the fields in front are never closed", where, "close them with '---'")
        )
    title = given.get("title", "")
    if not title and (heading := _HEADING.match(text)):
        title, text = _without_closing(heading["line"]), text[heading.end() :]
        line = decoded.value.count("\n", 0, len(decoded.value) - len(text) - len(heading["line"])) + 1
        where = Span(file.path, line, 1, len(heading["line"].rstrip()))
    if not title and not has_errors(problems):
        hint = "begin the file with a line '# Title', or with the lines '---', 'title: …' and '---'"
        problems.append(error("missing-field", "the page has no title", where, hint))
    page = FreePage(
        id=name,
        where=where,
        title=title or name.rpartition("/")[2],
        text=text.strip("\n"),
        description=given.get("description", ""),
        navigation=given.get("navigation", True),
        order=given.get("order", 0),
    )
    return Outcome(page, tuple(problems))


_HOME = "content/pages/"


def _id(path: str) -> str:
    """`docs/search` of `content/pages/docs/search.md`. In a folder `index` is its first page; at the top is the home page."""
    *folders, name = path.removeprefix(_HOME).removesuffix(".md").split("/")
    return "/".join([*map(slug, folders), "index" if folders and name == "index" else slug(name)])


_OPENING = re.compile(r"---[ \t]*\n")
_FRONT = re.compile(
    r"---[ \t]*\n(?P<fields>(?:(?!(?:---|\.\.\.)[ \t]*$).*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE
)
_HEADING = re.compile(r"(?:[ \t]*\n)*(?P<line>#[ \t].*)(?:\n|\Z)")


def _without_closing(line: str) -> str:
    """The title of `# Title ##`."""
    title = line[1:].strip()
    opened = title.rstrip("#")
    return opened.rstrip() if opened != title and opened[-1:] in {" ", "\t", ""} else title


def _page(given: Given, document: Document) -> tuple[Mapping[str, Any], Span]:
    return given, document.span(given.nodes.get("title", given.node))


PAGE = Shape(
    "a page",
    "The settings in front of a page.",
    (
        Field("title", Text(), "Its title. Default: its first heading."),
        Field("description", Text(), "One plain sentence for search engines and previews of links."),
        Field(
            "navigation",
            Flag(),
            "Whether the footer leads to it or, within a folder, the list beside its pages. Default: true.",
        ),
        Field("order", Whole(-1000, 1000), "Lower stands earlier among the pages of its folder. Default: 0."),
    ),
    _page,
)
