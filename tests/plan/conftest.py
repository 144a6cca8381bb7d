from pathlib import Path

import msgspec
import pytest
import yaml

from sitegen.diagnostics import Span
from sitegen.model.collection import Rule
from sitegen.model.free_page import FreePage
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import MergeReason, Paper
from sitegen.model.record import Identifier, Link, Organization, PartialDate, Record, Signal
from sitegen.model.settings import NavLink, Settings
from sitegen.model.tag import Tag
from sitegen.plan.context import Context
from sitegen.relate import relate
from sitegen.text.texts import Texts

_NOTE = "Read **this**: $a_b$.[^1]\n\n[^1]: Or not.\n"  # more than once, as people copy their own words
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def texts():
    return Texts("en", yaml.safe_load((TEMPLATES / "languages/en.yaml").read_text(encoding="utf-8")))


@pytest.fixture
def make_paper():
    def make(name="swarm", **fields):
        record = Record(where=Span("content/dumps/autumn.txt", 7), title=fields.get("title", "Swarms"))
        return Paper(**{"id": name, "title": "Swarms", "records": (record,)} | fields)

    return make


@pytest.fixture
def make_site(make_paper):
    """A site of the given papers and lists; by default one that has something of everything."""

    def make(papers=None, lists=(), tags=(), pages=(), **settings):
        settings = {"title": "Shelf", "base_url": "https://shelf.example/list/", "page_size": 2} | settings
        if papers is None:
            return relate(_library_of_everything(make_paper, Settings(**settings)))
        library = Library(
            settings=Settings(**settings),
            papers=tuple(sorted(papers, key=lambda paper: paper.id)),
            lists=tuple(lists),
            tags={tag.id: tag for tag in sorted(tags, key=lambda tag: tag.id)},
            pages=tuple(pages),
        )
        return relate(library)

    return make


@pytest.fixture
def make_context(make_site, texts):
    return lambda *args, **settings: Context(make_site(*args, **settings), texts)


@pytest.fixture
def make_list():
    def make(*entries, name="shelf", parts=None, **fields):
        entries = tuple(e if isinstance(e, Entry) else Entry(paper=e) for e in entries)
        return ReadingList(
            **{
                "id": name,
                "path": f"content/collections/{name}.yaml",
                "title": name.title(),
                "parts": parts if parts is not None else (Part(id="picks", entries=entries),),
            }
            | fields
        )

    return make


@pytest.fixture
def make_tag():
    return lambda name, **fields: Tag(
        **{"id": name, "label": name.upper(), "where": Span("content/tags.yaml", 1)} | fields
    )


def _library_of_everything(make_paper, settings):
    first = make_paper(
        "first",
        title=r"A $k$-th <b>first</b> & last: 72\% of everything",
        abstract="One sentence with $x^2$ & more. " * 20,
        summary="In *our* words.",
        authors=tuple(f"Author {n}" for n in range(9)),
        organizations=(Organization("Institute of Examples", "examples"),),
        date=PartialDate(2025, 3, 4, "inferred"),
        venue="ICML",
        identifiers=(Identifier("arxiv", "2503.00001"), Identifier("doi", "10.1000/xyz")),
        links=(Link("code", "https://code.example/a"), Link("other", "https://else.example/", "Elsewhere")),
        keywords=("keyword",),
        signals=(Signal("comments", 3, PartialDate(2025, 12, 9)), Signal("upvotes", 5)),
        tags=("c-plus-plus", "language"),
        records=(
            Record(where=Span("content/dumps/autumn.txt", 7), title="A first"),
            Record(where=Span("content/papers/a.yaml", 1), title="A first", curated=True),
        ),
        provenance=(("title", 0), ("summary", 1)),
        reasons=(MergeReason("title", "a first", 0, 1),),
    )
    second = make_paper("second", title="Second", author_count=9, date=PartialDate(2024), tags=("language",))
    third = make_paper("third", title="Third", abstract="Short.")
    entries = (
        Entry(
            paper=first,
            note=_NOTE,
            status="read",
            rating=4,
            start_here=True,
            added="2026-01-02",
        ),
        Entry(paper=second, note=_NOTE, status="to-read"),
        Entry(paper=third, note="Then this.", status="reading"),
    )
    curated = ReadingList(
        id="curated",
        path="content/collections/curated.yaml",
        title="Curated",
        blurb="What to read.",
        description="Some *words*.",
        curators=("Ada Example",),
        updated="2026-01-02",
        parts=(
            Part(id="main", title="Main", description="At the beginning.", entries=entries[:1]),
            Part(id="go-on", title="Go on", entries=entries[1:]),
        ),
    )
    rule = Rule(where=Span("content/collections/smart.yaml", 3), tags=("language",), since=2020, limit=9)
    smart = ReadingList(
        id="smart",
        path="content/collections/smart.yaml",
        title="Smart",
        parts=(Part(id="gathered", entries=(Entry(paper=first, note=_NOTE), Entry(paper=second))),),
        rule=rule,
    )
    where = Span("content/tags.yaml", 1)
    tags = (
        Tag(id="c-plus-plus", label="C++", where=where, parent="language"),
        Tag(
            id="language",
            label="Language",
            where=where,
            description="About *language*.",
            aliases=("tongue",),
        ),
        Tag(id="unused", label="Unused", where=where),
    )
    page = FreePage(
        id="about",
        where=Span("content/pages/about.md", 1),
        title="About",
        text="# Why\n\nBecause of [a paper](papers/first.html).",
    )
    return Library(
        settings=msgspec.structs.replace(
            settings, navigation=(NavLink("About", "about"), NavLink("Code", "https://code.example/"))
        ),
        papers=(first, second, third),
        lists=(curated, smart),
        tags={tag.id: tag for tag in tags},
        pages=(page,),
    )
