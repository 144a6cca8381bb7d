"""templates/languages/*.yaml → the words of the user interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitegen.diagnostics import Outcome
from sitegen.parse.kinds import Text
from sitegen.parse.nodes import Document, compose
from sitegen.parse.shapes import ByForm, Field, Given, MapOf, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model.source import SourceFile


def parse_catalogue(file: SourceFile) -> Outcome[Mapping[str, str | Mapping[str, str]]]:
    """Texts by key; a text that depends on a number is a mapping of plural forms, `other` among them."""
    document = compose(file)
    entries = None if document.root is None else CATALOGUE.read(document.root, document)
    return Outcome({key: text for key, _, text in entries or ()}, tuple(document.problems))


def _plural(given: Given, _: Document) -> dict[str, Any] | None:
    return dict(given) if "other" in given else None


# https://cldr.unicode.org/index/cldr-spec/plural-rules
_FORMS = {
    "zero": "For no thing, where the language has a form for it.",
    "one": "For one thing.",
    "two": "For two things.",
    "few": "For few things.",
    "many": "For many things.",
    "other": "For every number without a form of its own.",
}
_PLURAL = Shape(
    "a text with plural forms",
    "A text by number.",
    tuple(Field(name, Text(), words, required=name == "other") for name, words in _FORMS.items()),
    _plural,
)
CATALOGUE = MapOf("texts", "Texts by key.", ByForm(scalar=Text(blanks=True), mapping=_PLURAL))
