"""Collections as a whole: a new file, and the fields of one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.model.source import SourceFile
from sitegen.parse.collection import COLLECTION, parse_collection
from sitegen.splice.edits import changed, refusal
from sitegen.splice.fields import Place, Said, with_field, without_field
from sitegen.splice.layout import field
from sitegen.splice.scalars import tidy, unwritable, written
from sitegen.splice.sections import opened_collection
from sitegen.splice.values import first_unwritable, said_by

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def set_collection_field(file: SourceFile, name: str, value: Value | None) -> Outcome[bytes | None]:
    """The collection's bytes with a field of its own set, such as `title`; None or an empty text takes it out."""
    outcome = opened_collection(file)
    source = outcome.value
    if source is None:
        return Outcome(None, outcome.diagnostics)
    known = COLLECTION.by_name.get(name)
    if known is None or name in {"picks", "sections"}:
        hint = f"known: {', '.join(COLLECTION.by_name)}"
        return Outcome(None, (refusal(file, f"cannot have '{name}' set", hint),))
    said = None if value is None else said_by(value, known.kind)
    if said and (bad := first_unwritable(said)):
        return Outcome(None, (refusal(file, f"cannot hold the character U+{ord(bad):04X}", "delete it"),))
    place = Place((), source.root)
    if said:
        return changed(source, with_field(source, place, Said(name, said, known.kind)))
    if field(place.node, name) is None:
        return Outcome(file.data)
    return changed(source, without_field(source, place, name))


_SCHEMA = "# yaml-language-server: $schema=../../.sitegen/schema/collection.json"
