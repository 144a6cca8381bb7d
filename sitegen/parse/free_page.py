"""content/pages/*.md → a page in Markdown, with its title and settings in front of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome, Span, error
from sitegen.model.free_page import FreePage
from sitegen.parse.fields import Field, Flag, Given, Shape, Text
from sitegen.parse.nodes import Document, compose_text
from sitegen.parse.yaml_text import decode
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from sitegen.model.source import SourceFile


def parse_free_page(file: SourceFile) -> Outcome[FreePage | None]:
    """The page; None where the file is no text. Without a title in front, the first `# heading` is the title."""
    decoded = decode(file.path, file.data)
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    problems = list(decoded.diagnostics)
    front, text = decoded.value, ""
    given: Given | None = None
    found = _FRONT.match(front)
    if found:
        front, text = found["front"], decoded.value[found.end() :]
        # An empty line in place of the opening `---` keeps the numbers of the lines.
        document = compose_text(file.path, "\n" + front)
        if document.root is not None:
            given = PAGE.read(document.root, document)
        problems += document.problems
    else:
        text = decoded.value
        if text.startswith("---\n"):
            hint = "close it with a line '---'"
            problems.append(
                error("yaml-syntax", "the front matter is never closed", Span(file.path, 1, 1, 3), hint)
            )
    where = Span(file.path, 1, 1)
    title = str(given["title"]) if given is not None and "title" in given else ""
    if title and given is not None:
        where = Document(file.path, decoded.value, None, problems).span(given.nodes["title"])
    elif heading := _HEADING.match(text):
        title, text = heading["title"], text[heading.end() :]
        line = decoded.value.count("\n", 0, len(decoded.value) - len(text) - len(heading[0])) + 1
        where = Span(file.path, line, 1, len(heading[0].strip()))
    name = slug(file.name.rsplit(".", 1)[0])
    if not title:
        hint = "begin the file with '---', 'title: …', '---', or with '# …'"
        problems.append(error("missing-field", "the page has no title", where, hint))
    return Outcome(
        FreePage(
            id=name,
            where=where,
            title=title or name,
            text=text.strip("\n"),
            description=given.get("description", "") if given else "",
            navigation=given.get("navigation", True) if given else True,
        ),
        tuple(problems),
    )


_FRONT = re.compile(r"---[ \t]*\n(?P<front>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_HEADING = re.compile(r"\s*^#[ \t]+(?P<title>.*?)(?:[ \t]+#*)?[ \t]*(?:\n|\Z)", re.MULTILINE)


def _given(given: Given, _: Document) -> Given:
    return given


PAGE = Shape(
    "a page",
    "The settings in front of a page.",
    (
        Field("title", Text(), "Its title. Default: its first heading."),
        Field("description", Text(), "One plain sentence for search engines and previews of links."),
        Field("navigation", Flag(), "Whether the footer of every page leads to it. Default: true."),
    ),
    _given,
)
