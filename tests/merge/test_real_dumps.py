"""Three saved pages: which of their records are one work is known."""

from __future__ import annotations

from hashlib import blake2b

from sitegen.merge import merge
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import parse_dump


def test_247_records_are_210_works_and_no_work_has_two_titles(real_dumps):
    records = []
    for path in real_dumps:
        data = path.read_bytes()
        file = SourceFile(path.name, data, blake2b(data).hexdigest())
        records += parse_dump(file, DumpSource(path.name)).value.records
    outcome = merge(records)
    assert (len(records), len(outcome.value)) == (247, 210)
    assert outcome.diagnostics == ()
    assert all(len({record.abstract[:200] for record in paper.records}) == 1 for paper in outcome.value)
    assert all(len({record.where.path for record in p.records}) == len(p.records) for p in outcome.value)
