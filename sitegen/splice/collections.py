"""Collections as a whole: a new file, and what one says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome
from sitegen.model.source import SourceFile
from sitegen.parse.collection import COLLECTION, parse_collection
from sitegen.splice.edits import changed, opened, refusal
from sitegen.splice.fields import Place, asked_for, with_fields
from sitegen.splice.scalars import tidy, unwritable, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.splice.values import Value


def new_collection(
    path: str, title: str, *, blurb: str = "", sections: Sequence[str] = ()
) -> Outcome[bytes | None]:
    """The bytes of a new file at this path: a collection without picks, or with these sections."""
    texts = [tidy(text) for text in (title, blurb, *sections)]
    if any("\n" in text or unwritable(text) for text in texts) or not all((texts[0], *texts[2:])):
        why = "needs titles of one line"
        return Outcome(None, (refusal(SourceFile(path, b"", ""), why, "type them"),))
    lines = [_SCHEMA, f"title: {written(texts[0])}"]
    if texts[1]:
        lines.append(f"blurb: {written(texts[1])}")
    lines += ("", "sections:") if sections else ("picks: []",)
    lines += (f"  - title: {written(text)}" for text in texts[2:])
    data = "".join(line + "\n" for line in lines).encode()
    problems = parse_collection(SourceFile(path, data, "")).diagnostics
    return Outcome(None if problems else data, problems)


def set_collection_fields(file: SourceFile, values: Mapping[str, Value | None]) -> Outcome[bytes | None]:
    """The collection's bytes with these fields of its own set, such as `title` or `description`; None takes one out."""
    outcome = opened(file, COLLECTION)
    source = outcome.value
    if source is None:
        return Outcome(None, outcome.diagnostics)
    fields = asked_for(file, COLLECTION, values)
    if isinstance(fields, Diagnostic):
        return Outcome(None, (fields,))
    return changed(source, with_fields(source, Place((), source.root), fields, after=_HEAD))


_HEAD = ("title", "blurb", "description")
_SCHEMA = "# yaml-language-server: $schema=../../.sitegen/schema/collection.json"
