"""The search index of the next build is made of what the last one read."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

import sitegen.build.searching
import sitegen.search.documents
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
    real = sitegen.search.documents.read_documents

    def watched(site, papers):
        papers = list(papers)
        read.extend(paper.title for paper in papers)
        return real(site, papers)

    for module in (sitegen.build.searching, sitegen.search.reading):
        monkeypatch.setattr(module, "read_documents", watched)
    (content / "collections" / "l.yaml").write_text(LIST.format("Better."), "utf-8")
    report = build(tmp_path, Options())
    assert read == ["First one"]
    written = {path.split("/")[1] for path in report.changed if path.startswith("search/")}
    assert {"postings", "cards", "manifest.json"} <= written
    assert "facets" not in written

    read.clear()
    build(tmp_path, Options(clean=True))
    assert sorted(read) == ["First one", "Second one"]


@pytest.mark.parametrize("family", ["postings", "facets"])  # read before a file is staged, and afterwards
@pytest.mark.parametrize("harm", ["altered", "gone", "replaced"])
@pytest.mark.parametrize("jobs", [1, 2])  # the patch is made here, or by the process ahead
def test_after_a_block_was_harmed_the_index_is_made_anew_with_the_bytes_of_a_clean_build(
    tmp_path: Path, monkeypatch, harm: str, family: str, jobs: int
):
    monkeypatch.setattr("sitegen.build.pipeline._MANY", 0)
    content = tmp_path / "content"
    (content / "collections").mkdir(parents=True)
    (content / "sitegen.yaml").write_text("title: T\n", "utf-8")
    whole = []
    real = sitegen.search.reading.read

    def watched(site, **options):
        whole.append(site)
        return real(site, **options)

    monkeypatch.setattr(sitegen.search.reading, "read", watched)

    def built(note: str, **options) -> dict[str, bytes]:
        (content / "collections" / "l.yaml").write_text(LIST.format(note), "utf-8")
        whole.clear()
        report = build(tmp_path, Options(jobs=jobs, **options))
        assert report.published
        index = tmp_path / options.get("output", "site") / "search"
        return {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*.*")}

    built("Good.")
    patched = built("Better.")
    assert not whole
    block = next((tmp_path / "site" / "search" / family).iterdir())
    match harm:
        case "altered":
            data = block.read_bytes()
            block.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        case "gone":
            block.unlink()
        case "replaced":  # by what can be unpacked
            block.write_bytes(zlib.compress(b"\0"))
    files = built("Best.")
    assert whole
    assert files != patched
    assert files == built("Best.", output="clean", clean=True)
