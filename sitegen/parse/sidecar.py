"""`<dump>.meta.yaml` → what a dump cannot say itself: when it was captured, and how to call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.model.source import DumpSource
from sitegen.parse.kinds import Date, Text
from sitegen.parse.nodes import Document, compose
from sitegen.parse.shapes import Field, Given, Shape

if TYPE_CHECKING:
    from sitegen.model.source import SourceFile

ENDING = ".meta.yaml"


def parse_sidecar(file: SourceFile) -> Outcome[DumpSource]:
    """The settings for the one dump beside it; its `pattern` is that dump's path."""
    document = compose(file)
    pattern = file.path.removesuffix(ENDING)
    settings = None if document.root is None else SIDECAR.read(document.root, document)
    if settings is None:
        return Outcome(DumpSource(pattern), tuple(document.problems))
    captured, label = settings
    return Outcome(DumpSource(pattern, captured, label), tuple(document.problems))


def _capture(given: Given, _: Document) -> tuple[str, str]:
    captured = given.get("captured")
    return captured.iso if captured else "", given.get("label", "")


CAPTURE_FIELDS = (
    Field(
        "captured",
        Date(),
        "The year, month or day on which the listing was saved: 2025, 2025-12 or 2025-12-09.",
    ),
    Field("label", Text(), "How readers see this source named. Default: the file's name."),
)
SIDECAR = Shape("a dump's sidecar", "What a dump cannot say itself.", CAPTURE_FIELDS, _capture)
