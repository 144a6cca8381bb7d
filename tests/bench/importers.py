"""What reading each format costs: seconds of the processor and memory for the same papers, written in every one of them.

`make bench-importers`, or `python tests/bench/importers.py --papers FILE.jsonl.xz --size 10000`. BibTeX, RIS and CSL-JSON are as we write them
ourselves; the others are put together here. Each is read in a process of its own; memory is what that had at most beyond what it
had before, the listing itself included (Linux).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

SHARED = Path(os.environ.get("SITEGEN_SHARED", Path(__file__).resolve().parents[3] / "shared"))

READ = """
import gc, sys, time
from pathlib import Path
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import parse_dump
parse_dump(SourceFile("warm", b'{"title": "A"}', ""), DumpSource("*"))
def peak():  # of this program: what getrusage tells began before exec, with the one that started us
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
before = peak()
data = open(sys.argv[1], "rb").read()
gc.disable()  # as in a build
start = time.process_time()
outcome = parse_dump(SourceFile("listing", data, ""), DumpSource("*", "2025"))
print(outcome.value.format, len(outcome.value.records), len(outcome.diagnostics), time.process_time() - start, peak() - before)
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, default=SHARED / "corpora" / "papers-10k.jsonl.xz")
    parser.add_argument("--size", type=int, default=10_000)
    options = parser.parse_args()
    with lzma.open(options.papers, "rt", encoding="utf-8") as file:
        papers = [json.loads(line) for line, _ in zip(file, range(options.size), strict=False)]
    print(f"{len(papers):,} papers of {options.papers.name}, read in each format")
    print(f"  {'format':<24}{'MB':>7}{'records':>9}{'problems':>10}{'CPU s':>8}{'MB/s':>7}{'peak MB':>9}")
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
        path = Path(folder, "listing")
        for write in (*WRITERS, *_own_writers(papers)):
            path.write_text(write(papers), "utf-8")
            size = path.stat().st_size / 1e6
            done = subprocess.run(
                [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
            )
            name, records, problems, seconds, peak = done.stdout.split()
            speed = size / float(seconds)
            print(
                f"  {name:<24}{size:>7.1f}{records:>9}{problems:>10}{float(seconds):>8.2f}{speed:>7.0f}{float(peak):>9.0f}"
            )


def _jsonl(papers: list) -> str:
    return _lines(papers)


def _snapshot(papers: list) -> str:
    return _lines({
        "id": _arxiv(n), "title": p["title"], "abstract": p.get("abstract"), "authors": ", ".join(_authors(p)),
        "authors_parsed": [[*_split(a)[::-1], ""] for a in _authors(p)], "categories": "cs.CL cs.LG", "journal-ref": None,
        "versions": [{"version": "v1", "created": f"Mon, 2 Apr {_year(p)} 19:18:42 GMT"}], "update_date": f"{_year(p)}-05-01",
    } for n, p in enumerate(papers))  # fmt: skip


def _openalex(papers: list) -> str:
    def inverted(text: str) -> dict:
        index: dict[str, list[int]] = {}
        for at, word in enumerate(text.split()):
            index.setdefault(word, []).append(at)
        return index

    return _lines({
        "id": f"https://openalex.org/W{n + 1}", "title": p["title"], "publication_year": _year(p),
        "abstract_inverted_index": inverted(p.get("abstract") or ""), "cited_by_count": 3,
        "authorships": [{"author": {"display_name": a}} for a in _authors(p)],
    } for n, p in enumerate(papers))  # fmt: skip


def _semantic_scholar(papers: list) -> str:
    return _lines({
        "paperId": f"{n:040x}", "externalIds": {"ArXiv": _arxiv(n)}, "title": p["title"], "abstract": p.get("abstract"),
        "year": _year(p), "venue": p.get("venue") or "", "authors": [{"name": a} for a in _authors(p)], "citationCount": 3,
    } for n, p in enumerate(papers))  # fmt: skip


def _papers_with_code(papers: list) -> str:
    return json.dumps([{
        "paper_url": f"https://example.org/paper/{n}", "arxiv_id": _arxiv(n), "title": p["title"], "abstract": p.get("abstract"),
        "authors": _authors(p), "date": f"{_year(p)}-04-02", "proceeding": None,
    } for n, p in enumerate(papers)])  # fmt: skip


def _code_links(papers: list) -> str:
    return json.dumps([{
        "paper_url": f"https://example.org/paper/{n}", "paper_title": p["title"], "paper_arxiv_id": _arxiv(n),
        "repo_url": f"https://github.com/example/{n}", "is_official": True,
    } for n, p in enumerate(papers)])  # fmt: skip


def _daily(papers: list) -> str:
    return json.dumps([{
        "publishedAt": "2025-01-02T00:00:00.000Z", "numComments": 2,
        "paper": {"id": _arxiv(n), "title": p["title"], "summary": p.get("abstract") or "", "upvotes": 5,
                  "publishedAt": f"{_year(p)}-04-02T00:00:00.000Z", "authors": [{"name": a} for a in _authors(p)]},
    } for n, p in enumerate(papers)])  # fmt: skip


def _atom(papers: list) -> str:
    entries = (
        f"<entry><id>http://arxiv.org/abs/{_arxiv(n)}v1</id><published>{_year(p)}-04-02T00:00:00Z</published>"
        f"<title>{_xml(p['title'])}</title><summary>{_xml(p.get('abstract') or '')}</summary>"
        + "".join(f"<author><name>{_xml(a)}</name></author>" for a in _authors(p))
        + "</entry>\n"
        for n, p in enumerate(papers)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">\n{"".join(entries)}</feed>\n'


def _anthology(papers: list) -> str:
    entries = (
        f"<paper id='{n + 1}'><title>{_xml(p['title'])}</title>"
        + "".join(
            "<author><first>{}</first><last>{}</last></author>".format(*map(_xml, _split(a)))
            for a in _authors(p)
        )
        + f"<abstract>{_xml(p.get('abstract') or '')}</abstract><url>2024.acl-long.{n + 1}</url></paper>\n"
        for n, p in enumerate(papers)
    )
    start = "<collection id='2024.acl'>\n<volume id='long'><meta><booktitle>Proceedings</booktitle><year>2024</year></meta>\n"
    return f"{start}{''.join(entries)}</volume></collection>\n"


def _page(papers: list) -> str:
    blocks = (
        f"{' '.join(p['title'].split())}\n\n{' '.join((p.get('abstract') or 'None.').split())}\n\n"
        f"  • {len(_authors(p)) or 1} authors\n·\nApr 2, {_year(p)} 3\n\n"
        for p in papers
    )
    return f"Daily Papers\n\nDec 9\n\n{''.join(blocks)}"


WRITERS = (
    _jsonl, _snapshot, _openalex, _semantic_scholar, _papers_with_code, _code_links, _daily, _atom, _anthology, _page,
)  # fmt: skip


def _own_writers(papers: list) -> list:
    from sitegen.merge import merge
    from sitegen.model.source import DumpSource, SourceFile
    from sitegen.parse.dump import parse_dump
    from sitegen.render.cite import bibtex, csl_json, ris

    del papers

    def merged(listed: list) -> list:
        dump = parse_dump(SourceFile("papers", _lines(listed).encode(), ""), DumpSource("*")).value
        return list(merge(dump.records).value)

    return [
        lambda listed: "\n".join(map(bibtex.entry, merged(listed))),
        lambda listed: "".join(map(ris.entry, merged(listed))),
        lambda listed: csl_json.text(map(csl_json.item, merged(listed))).decode(),
    ]


def _lines(entries: object) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)  # type: ignore[attr-defined]


def _authors(paper: dict) -> list:
    return paper.get("authors") or []


def _split(name: str) -> list[str]:
    given, _, family = name.rpartition(" ")
    return [given, family]


def _year(paper: dict) -> int:
    return int(str(paper.get("year") or paper.get("date") or 2020)[:4])


def _arxiv(number: int) -> str:
    return f"{10 + number // 60_000:02}{1 + number // 5000 % 12:02}.{number % 5000:05}"


def _xml(text: str) -> str:
    return escape("".join(c for c in text if c.isprintable() or c == "\n"))


if __name__ == "__main__":
    main()
