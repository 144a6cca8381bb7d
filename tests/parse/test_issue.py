"""What the digest has written down is told by its line where it was damaged, long before the next issue."""

import msgspec
import pytest

from sitegen.model.issue import Issued
from sitegen.parse.issue import parse_issue

ISSUED = Issued("2026-11-08", "2026-11-01", ("gates", "kettles"))
WRITTEN = msgspec.json.format(msgspec.json.encode(ISSUED), indent=1)


def test_what_was_written_is_read(source):
    outcome = parse_issue(source(WRITTEN, "content/digests/2026-11-08.json"))
    assert (outcome.value, outcome.diagnostics) == (ISSUED, ())


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"[]", 1),
        (WRITTEN.replace(b'"papers"', b'"paper"'), 1),
        (WRITTEN.replace(b"2026-11-08", b"yesterday"), 1),
        (WRITTEN.replace(b' "papers"', b'<<<<<<< ours\n "papers"'), 4),
        (WRITTEN.replace(b"kettles", b"k\xff"), 6),
        (WRITTEN[:-8], 6),
        (b"[" * 100_000, 1),
    ],
)
def test_what_is_damaged_is_an_error_with_its_line(source, data, line):
    outcome = parse_issue(source(data, "content/digests/2026-11-08.json"))
    assert outcome.value is None
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("error", "damaged-digest", line)
    assert problem.hint
