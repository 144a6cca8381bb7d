from __future__ import annotations

from sitegen.model.source import DumpSource
from sitegen.parse.sidecar import parse_sidecar

PATH = "content/dumps/autumn.txt.meta.yaml"


def test_a_sidecar_says_when_its_dump_was_captured_and_how_to_call_it(source):
    outcome = parse_sidecar(source("captured: 2025-9\nlabel: Daily Papers\n", PATH))
    assert outcome.diagnostics == ()
    assert outcome.value == DumpSource("content/dumps/autumn.txt", "2025-09", "Daily Papers")


def test_a_sidecar_that_cannot_be_read_says_nothing_but_why(source, shown):
    outcome = parse_sidecar(source("captured: autumn\nlable: x\n", PATH))
    assert outcome.value == DumpSource("content/dumps/autumn.txt")
    assert [shown(p) for p in outcome.diagnostics] == [
        "1:11+6 error bad-date: 'autumn' is no date | write a date like 2024, 2024-03 or 2024-03-01",
        (
            "2:1+5 error unknown-field: a dump's sidecar has no field 'lable'"
            " | did you mean 'label'? allowed here: captured, label"
        ),
    ]
