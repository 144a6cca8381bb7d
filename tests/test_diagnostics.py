"""Problems as text and as JSON."""

from __future__ import annotations

import json

from sitegen.diagnostics import Span, as_json, as_text, error


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
