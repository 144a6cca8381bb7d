"""Problems as text and as JSON."""

from __future__ import annotations

import json

from sitegen.diagnostics import Diagnostic, Span, as_json, as_text, error, folded


def test_no_name_of_a_file_repaints_the_terminal_or_begins_a_line():
    problem = error("odd", "odd", Span("a\x1b[2J\n::error::b.yaml", 3))
    assert as_text(problem, lambda *_: None) == "a\ufffd[2J\ufffd::error::b.yaml:3: error: odd [odd]"


def test_what_no_encoding_has_is_told_in_json_by_its_number():
    (told,) = json.loads(as_json([error("odd", "a \udc80", Span("\udcff.yaml"), "not \ud800")]))
    assert (told["message"], told["where"]["path"], told["hint"]) == (
        "a \\udc80",
        "\\udcff.yaml",
        "not \\ud800",
    )


# floods


def flood(count, code="bad-identifier", path="dump.json", severity="warning"):
    return [Diagnostic(severity, code, f"number {n}", Span(path, n)) for n in range(1, count + 1)]


def test_of_a_flood_of_equal_warnings_the_first_three_stand_for_all():
    mixed = [*flood(190), *flood(20, code="bad-date"), *flood(21, path="other.json")]
    shown = folded(mixed)
    assert [(each.shown.where.path, each.shown.where.line, each.more) for each in shown] == [
        *(("dump.json", n, 187 if n == 3 else 0) for n in (1, 2, 3)),
        *(("dump.json", n, 0) for n in range(1, 21)),
        *(("other.json", n, 18 if n == 3 else 0) for n in (1, 2, 3)),
    ]
    assert sum(1 + each.more for each in shown) == len(mixed)


def test_errors_are_never_folded():
    assert [each.more for each in folded(flood(50, severity="error"))] == [0] * 50
