"""`where:` of a source → which of its records are wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.model.source import Wanted
from sitegen.parse.kinds import Text, shortened
from sitegen.parse.shapes import Field, Given, ListOf, Made, Shape

if TYPE_CHECKING:
    from yaml import Node

    from sitegen.parse.nodes import Document


def _wanted(given: Given, document: Document) -> Wanted | None:
    wanted = Wanted(
        tuple(category.lower().removesuffix(".*") for category in given.get("categories", ())),
        given.get("years"),
        tuple(word.lower() for word in given.get("words", ())),
    )
    if not given.node.value:
        document.warning("empty-rule", "`where` says nothing", given.node, "say categories, years or words")
        return None
    return wanted


def _years(text: str, node: Node, document: Document) -> tuple[int, int] | None:
    match = _YEARS.fullmatch(text)
    first = int(match["first"] or 0) if match else 1
    last = int(match["last"] or match["end"] or (9999 if match["on"] else first)) if match else 0
    if first > last:
        message = f"'{shortened(text)}' is no span of years"
        document.error("bad-years", message, node, "write 2024, 2020-2024, 2020- or '-2019'")
        return None
    return first, last


_YEARS = re.compile(r"(?P<first>[0-9]{4})(?P<on>\s*[-–]\s*(?P<last>[0-9]{4})?)?|[-–]\s*(?P<end>[0-9]{4})")

# The same for editors.
_PATTERN = r"^([0-9]{4}(\s*[-–]\s*([0-9]{4})?)?|[-–]\s*[0-9]{4})$"

WANTED = Shape(
    "a where",
    "Which records of the dumps are wanted: those that meet every condition that is given.",
    (
        Field(
            "categories",
            ListOf(Text()),
            "Records with any of these categories or keywords: cs.CL; cs stands for all of cs.",
        ),
        Field(
            "years",
            Made(Text(), _years, {"type": ["string", "integer"], "pattern": _PATTERN}),
            "Records of these years: 2024, 2020-2024, 2020-.",
        ),
        Field("words", ListOf(Text()), "Records with any of these words or phrases in title or abstract."),
    ),
    _wanted,
    {"category": "categories", **dict.fromkeys(("year", "since", "until"), "years"), "word": "words"},
)
