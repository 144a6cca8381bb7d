"""Collections as a whole: a new file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.splice.edits import refusal
from sitegen.splice.scalars import tidy, unwritable, written

if TYPE_CHECKING:
    from collections.abc import Sequence


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


_SCHEMA = "# yaml-language-server: $schema=../../.sitegen/schema/collection.json"
