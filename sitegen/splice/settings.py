"""content/sitegen.yaml: a source of dumps more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import MappingNode, ScalarNode, SequenceNode

from sitegen.diagnostics import Outcome, has_errors
from sitegen.model.source import SourceFile
from sitegen.parse.settings import parse_settings
from sitegen.splice.edits import changed, opened, refusal
from sitegen.splice.fields import Place
from sitegen.splice.layout import value_of
from sitegen.splice.lists import Item, with_item
from sitegen.splice.scalars import written

if TYPE_CHECKING:
    from yaml import Node


def add_source(file: SourceFile, pattern: str) -> Outcome[bytes | None]:
    """The settings' bytes with a pattern more in `sources`, its last."""
    outcome = opened(file)
    source = outcome.value
    if source is None:
        return Outcome(None, outcome.diagnostics)
    if not isinstance(source.root, MappingNode) or has_errors(parse_settings(file, {}).diagnostics):
        return Outcome(None, (refusal(file, "has errors", "mend them first"),))
    sources = value_of(source.root, "sources")
    count = len(sources.value) if isinstance(sources, SequenceNode) else 0
    item = Item(
        lambda column, beside: (f"{' ' * column}- {written(pattern, _style(beside))}\n", [pattern]),
        lambda beside: (written(pattern, _style(beside), flow=True), [pattern]),
    )
    after = changed(source, with_item(source, Place((), source.root), "sources", item, at=count))
    if after.value is not None and has_errors(
        parse_settings(SourceFile(file.path, after.value, ""), {}).diagnostics
    ):
        return Outcome(None, (refusal(file, f"cannot have the source '{pattern}'", "edit it by hand"),))
    return after


def _style(beside: Node | None) -> str:
    return beside.style or "" if isinstance(beside, ScalarNode) else ""
