"""The search index of the next build is made of what the last one read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sitegen.search.reading
from sitegen.build import Options, build

if TYPE_CHECKING:
    from pathlib import Path

LIST = "title: L\npicks:\n  - paper: {{title: First one}}\n    note: {}\n  - paper: {{title: Second one}}\n"


def test_after_another_note_its_paper_alone_is_read_and_files_that_stand_stay(tmp_path: Path, monkeypatch):
    content = tmp_path / "content"
    (content / "collections").mkdir(parents=True)
    (content / "sitegen.yaml").write_text("title: T\n", "utf-8")
    (content / "collections" / "l.yaml").write_text(LIST.format("Good."), "utf-8")
    assert build(tmp_path, Options()).published
    read = []
    real = sitegen.search.reading.read_documents

    def watched(site, papers):
        papers = list(papers)
        read.extend(paper.title for paper in papers)
        return real(site, papers)

    monkeypatch.setattr(sitegen.search.reading, "read_documents", watched)
    (content / "collections" / "l.yaml").write_text(LIST.format("Better."), "utf-8")
    report = build(tmp_path, Options())
    assert read == ["First one"]
    written = {path.split("/")[1] for path in report.changed if path.startswith("search/")}
    assert {"postings", "cards", "manifest.json"} <= written
    assert "facets" not in written

    read.clear()
    build(tmp_path, Options(clean=True))
    assert sorted(read) == ["First one", "Second one"]
