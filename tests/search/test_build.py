"""The index on disk: the same site gives the same files, and an edit changes only what it must."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from sitegen.diagnostics import Span
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.settings import Settings
from sitegen.model.site import Appearance, Site
from sitegen.model.tag import Tag
from sitegen.search import arrays, columns, families
from sitegen.search.blocks import Block, block_cuts, line_blocks
from sitegen.search.columns import Portion
from sitegen.search.documents import FIELDS, read_documents
from sitegen.search.facets import FACETS
from sitegen.search.indexing import Made, build
from sitegen.search.reading import Read

if TYPE_CHECKING:
    from collections.abc import Sequence


def site_of(papers: Sequence[Paper], note: str = "") -> Site:
    entry = Entry(paper=papers[0], note=note) if papers else None
    lists = (
        (ReadingList(id="a", path="a.yaml", title="A", parts=(Part(id="all", entries=(entry,)),)),)
        if entry
        else ()
    )
    places = (
        {
            papers[0].id: tuple(
                Appearance(list=each, part_id="all", entry=entry, position=1, previous=None, next=None)
                for each in lists
            )
        }
        if entry
        else {}
    )
    tag = Tag(id="llm", label="LLM", aliases=("large language model",), where=Span("tags.yaml", 1, 1))
    library = Library(
        settings=Settings(title="T"), papers=tuple(papers), lists=lists, tags={"llm": tag}, pages=()
    )
    return Site(
        library=library,
        by_tag={},
        by_year={},
        undated=(),
        newest=tuple(papers),
        children={},
        related_tags={},
        appearances=places,
        since=dict.fromkeys([paper.id for paper in papers], "2024-05-06"),
    )


def papers(count: int) -> tuple[Paper, ...]:
    return tuple(
        Paper(
            id=f"p{number}",
            title=f"On the {'very ' * (number % 3)}number {number}",
            abstract=f"We study x{number} and x{number % 17}. " * (number % 9),
            authors=(f"Ann Nº{number % 5}",),
        )
        for number in range(count)
    )


def files(site: Site, **how: Any) -> dict[str, bytes]:
    outputs = list(build(site, **how))
    assert max(Counter(output.path for output in outputs).values()) == 1
    return {output.path: output.data for output in outputs}


def test_the_same_site_gives_the_same_files_with_numpy_and_without(monkeypatch):
    site = site_of(papers(400))
    monkeypatch.setattr(arrays, "_HAS_NUMPY", False)
    without = files(site)
    monkeypatch.setattr(arrays, "_HAS_NUMPY", True)
    monkeypatch.setattr(arrays, "_NUMPY_PAYS", 1)
    assert files(site) == without


@pytest.mark.parametrize("numpy_pays", [1, 1 << 30])
def test_the_same_site_gives_the_same_files_however_few_terms_are_turned_around_at_once(
    monkeypatch, numpy_pays
):
    monkeypatch.setattr(arrays, "_NUMPY_PAYS", numpy_pays)
    site = site_of(papers(400))
    whole = files(site)
    for at_once, packed_at_once in ((1, 1), (100, 30), (5_000, 700)):
        monkeypatch.setattr(columns, "_AT_ONCE", at_once)
        monkeypatch.setattr(columns, "_PACKED_AT_ONCE", packed_at_once)
        assert files(site) == whole


def test_the_same_site_gives_the_same_files_when_another_process_reads_a_part_of_it(monkeypatch):
    site = site_of(papers(401))
    whole = files(site)
    kinds = []

    def apart(run, kind):
        kinds.append(kind)
        packed = msgspec.msgpack.encode(run())
        return lambda: msgspec.msgpack.decode(packed, type=kind)

    class Elsewhere:
        def __init__(self):
            self.put_there = {}

        def stands(self, path, digest):
            return False

        def put(self, output):
            assert self.put_there.setdefault(output.path, output.data) == output.data

        def told(self):
            return msgspec.msgpack.encode(self.put_there)

    def take(told):
        there = msgspec.msgpack.decode(told, type=dict[str, bytes])
        assert put_there.keys().isdisjoint(there)
        put_there.update(there)

    assert files(site, apart=apart) == whole
    assert kinds == []  # so few papers are read before another process has begun
    monkeypatch.setattr("sitegen.search.reading.MANY", 2)
    monkeypatch.setattr("sitegen.search.indexing.MANY", 2)
    assert files(site, apart=apart) == whole
    assert kinds == [Read, Portion]
    put_there = {}
    given = files(site, apart=apart, elsewhere=Elsewhere, take=take)
    assert kinds[2:] == [Read, Made, Portion, Made]
    assert {**given, **put_there} == whole
    assert given.keys().isdisjoint(put_there)
    assert {path.split("/")[1] for path in put_there} == {
        "cards",
        "facets",
        "words",
        "positions",
        "endings",
    }
    monkeypatch.setattr("sitegen.search.reading._BATCH", 150)
    kinds.clear()
    assert files(site, apart=apart) == whole
    assert kinds == [Read] * 3 + [Portion]
    monkeypatch.setattr("sitegen.search.indexing._MOST_ASIDE", 400)
    kinds.clear()
    put_there.clear()
    assert {**files(site, apart=apart, elsewhere=Elsewhere, take=take), **put_there} == whole
    assert kinds == [Read] * 3 + [Portion, Made]
    monkeypatch.setattr(columns, "_AT_ONCE", 2_000)
    kinds.clear()
    assert files(site, apart=apart) == whole
    assert kinds[3:] == [Portion] * (len(kinds) - 3) and len(kinds) > 5


def test_a_file_that_stands_is_not_made_again():
    made = []
    whole = files(site_of(papers(400), "known"), stands=lambda *file: made.append(file))
    assert [path for path, _ in made] == [path for path in whole if path != "search/manifest.json"]
    known = set(made)
    assert files(site_of(papers(400), "known"), stands=lambda *file: file in known) == {
        "search/manifest.json": whole["search/manifest.json"]
    }
    after = files(site_of(papers(400), "words"))
    changed = files(site_of(papers(400), "words"), stands=lambda *file: file in known)
    assert {path: whole.get(path) for path in after} | changed == after


def test_a_file_stands_only_where_its_blocks_are_cut_alike():
    assert families._digest(0, [Block("", b"a"), Block("", b"bc")]) != families._digest(
        0, [Block("", b"ab"), Block("", b"c")]
    )


def test_a_file_stands_only_where_its_neighbours_have_the_same_numbers(monkeypatch):
    monkeypatch.setattr(families, "_MOST_DIGESTS", 2)

    def written(*blocks: bytes) -> dict[str, bytes]:
        each = [Block("", block) for block in blocks]
        return {
            output.path: zlib.decompress(output.data)
            for output in families.family_files("postings", each, len(each), lambda _path, _digest: False)
        }

    before = written(b"a", b"b", b"c", b"d")
    # Now three share a digest; `c` and `d` are two again.
    after = written(b"new", b"a", b"b", b"c", b"d")
    assert list(after.values()) == [b"new", b"a", b"b", b"c", b"d"]
    assert before.keys().isdisjoint(after)


@pytest.mark.parametrize(
    "papers_of", [lambda term: 100_000 // (term % 997 + 1), lambda term: 1 if term % 2 else 20_000]
)
def test_a_hundred_thousand_papers_have_no_more_files_of_search_than_hosts_allow(papers_of):
    count, terms, fields = 100_000, 300_000, len(FIELDS) + 2
    starts = array("Q", [0])
    for term in range(terms):
        starts.extend([starts[-1] + papers_of(term)] * fields)
    posted = block_cuts(starts[::fields])
    assert [first for first, _ in posted[1:]] == [end for _, end in posted[:-1]]
    names = [f"w{term}" for term in range(terms)]
    lines = sum(1 for _ in line_blocks(names, dict.fromkeys(names, 1)))
    cards = len(range(0, count, families.cards_each(count)))
    assert 3_000 < 2 * len(posted) + 3 * lines + cards + len(FACETS) + len(["manifest.json"]) <= 4_000


def test_another_note_leaves_all_blocks_but_those_that_hold_it():
    before, after = files(site_of(papers(400), "known")), files(site_of(papers(400), "words"))
    changed = Counter(path.split("/")[1] for path in before.keys() ^ after.keys())
    assert changed == dict.fromkeys(("cards", "postings", "positions", "vocabulary", "endings", "words"), 2)


@pytest.mark.parametrize("count", [0, 1, 33])
def test_the_manifest_names_every_file_and_counts_every_paper(count):
    made = files(site_of(papers(count)))
    manifest = json.loads(made.pop("search/manifest.json"))
    assert manifest["documents"] == count == sum(manifest["lengths"][1::2])
    assert [field["name"] for field in manifest["fields"]] == list(FIELDS)
    named = {
        f"search/{family}/{number}.{index['digests'][at : at + 6]}.bin"
        for family, index in manifest["blocks"].items()
        for at in range(0, len(index["digests"]), 6)
        for number in range(at // 6 * index["each"], (at // 6 + 1) * index["each"])
    }
    assert named == made.keys()


def test_blocks_begin_with_the_term_by_which_the_manifest_finds_them():
    words = " ".join(f"x{number}" for number in range(9000))
    made = files(site_of([Paper(id="p", title="T", abstract=words)]))
    manifest = json.loads(made["search/manifest.json"])
    starts = manifest["blocks"]["vocabulary"]["starts"].split("\n")
    assert len(starts) == 7  # 9,001 terms, 1,500 a block
    for path, data in made.items():
        if path.startswith("search/vocabulary/"):
            number = int(path.split("/")[2].split(".")[0])
            assert zlib.decompress(data).decode().startswith(starts[number])


def test_terms_stand_in_the_order_of_javascripts_strings():
    made = files(site_of([Paper(id="p", title="\uff5a \U0001d49c q")]))
    manifest = json.loads(made["search/manifest.json"])
    [block] = [zlib.decompress(made[path]).decode() for path in made if path.startswith("search/vocabulary/")]
    assert block == "q\t1\n\U0001d49c\t1\n\uff5a\t1"
    assert manifest["terms"] == 3


def test_notes_are_read_without_markdown_titles_without_tex_and_tags_by_all_their_names():
    paper = Paper(
        id="p",
        title=r"Scaling by 72\% with $VILA^2$",
        authors=("A", "B", "C", "D"),
        author_count=9,
        tags=("llm",),
    )
    note = "**Good**, see [the *page*](https://example.org/x_y).\n\n> `snake_case` <b>now</b> ![fig](a.png)"
    site = site_of([msgspec.structs.replace(paper, summary="# Sum")], note)
    [document] = read_documents(site, site.newest)
    assert dict(zip(FIELDS, document.texts, strict=True)) == {
        "title": "Scaling by 72% with VILA^2",
        "abstract": "",
        "authors": "A, B, C, D",
        "notes": "Good, see the page. snake_case now fig Sum",
        "tags": "LLM, large language model",
        "venue": "",
    }
    assert document.card[2:4] == (["A", "B", "C"], 9)


def test_half_a_character_does_not_stop_the_build():
    assert "search/manifest.json" in files(
        site_of([Paper(id="p", title="Broken \ud835", abstract="x\udc9cy")])
    )


def test_terms_that_are_met_equally_often_are_halved_between_two_processes(monkeypatch):
    monkeypatch.setattr("sitegen.search.reading.MANY", 1)
    monkeypatch.setattr("sitegen.search.indexing.MANY", 1)
    kinds = []

    def apart(run, kind):
        kinds.append(kind)
        return run

    site = site_of([Paper(id="p", title="alpha beta")])
    assert files(site, apart=apart) == files(site)
    assert Portion in kinds
