"""Made-up sites, their search on a local server, and how tests ask it."""

from __future__ import annotations

import json
import random
import zlib
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sitegen.diagnostics import Span
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.record import PartialDate
from sitegen.model.settings import Settings
from sitegen.model.site import Appearance, Site
from sitegen.model.tag import Tag
from sitegen.search.documents import read_documents
from sitegen.search.indexing import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Page as Tab


WORDS = [
    "learning",
    "learned",
    "learns",
    "models",
    "model",
    "modelling",
    "attention",
    "attentive",
    "transformer",
    "transformers",
    "language",
    "vision",
    "visual",
    "representation",
    "representations",
    "training",
    "trained",
    "pre-training",
    "state-of-the-art",
    "try",
    "tries",
    "trying",
    "key",
    "keys",
    "array",
    "delay",
    "play",
    "playing",
    "happy",
    "happiness",
    "relational",
    "relation",
    "conditional",
    "conditioning",
    "generalization",
    "generalize",
    "generalizing",
    "GPT-4",
    "LLaMA-2",
    "c++",
    "naïve",
    "Erdős",
    "Σας",
    "𝒜𝒜ed",
    "straße",
    "3d",
    "2d",
    "a.s",
    "it's",
    "e.g.",
    "(models),",
    '"quoted"',
    "agreed",
    "feed",
    "hopping",
    "hoping",
    "falling",
    "controller",
    "roll",
    "ties",
    "caresses",
    "sses",
    "iness",
    "ion",
    "lions",
    "adoption",
    "the",
    "of",
    "and",
    "we",
]
NAMES = ["Ada Byron", "Bo Chen", "Cy Diaz", "Ana García", "Jo O'Neil", "李 雷", "Max Müller-Lüdenscheidt"]
TAGS = {
    name: Tag(id=name, label=label, aliases=aliases, where=Span("tags.yaml", 1, 1))
    for name, label, aliases in (
        ("llm", "LLM", ("large language model",)),
        ("c-plus-plus", "C++", ()),
        ("vision", "Vision", ("computer vision", "seeing")),
    )
}


class Index(NamedTuple):
    """A site with its search on a server."""

    address: str
    site: Site
    order: tuple[str, ...]  # ids by number

    @property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """By id, what is searched of each paper, in the order of FIELDS."""
        documents = zip(self.site.newest, read_documents(self.site, self.site.newest), strict=True)
        return {paper.id: document.texts for paper, document in documents}


def made_up_site(count: int) -> Site:
    """Papers of random words, the same every time; notes and tags on some."""
    chance = random.Random(20261121)

    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(most + 1)))

    papers = tuple(
        Paper(
            id=f"paper-{number}",
            title=words(8) or "untitled",
            abstract=words(60),
            authors=tuple(chance.sample(NAMES, k=chance.randrange(5))),
            date=PartialDate(2000 + number % 25),
            tags=tuple(sorted(chance.sample(sorted(TAGS), k=chance.randrange(3)))),
        )
        for number in range(count)
    )
    entries = tuple(
        Entry(paper=paper, note=f"**{words(5)}** [see]({paper.id}.html)") for paper in papers[::7]
    )
    reading_list = ReadingList(
        id="list", path="list.yaml", title="A list", parts=(Part(id="all", entries=entries),)
    )
    return site_of(papers, reading_list)


def site_of(papers: tuple[Paper, ...], reading_list: ReadingList | None = None) -> Site:
    lists = (reading_list,) if reading_list else ()
    places = {
        entry.paper.id: (
            Appearance(list=each, part_id="all", entry=entry, position=at, previous=None, next=None),
        )
        for each in lists
        for at, entry in enumerate(each.entries, 1)
    }
    return Site(
        library=Library(settings=Settings(title="T"), papers=papers, lists=lists, tags=TAGS, pages=()),
        by_tag={},
        by_year={},
        undated=(),
        newest=papers,
        children={},
        related_tags={},
        appearances=places,
        since={paper.id: paper.date.iso if paper.date else "" for paper in papers},
    )


def indexed(site: Site, folder: Path, address: str) -> Index:
    """The index of a site, in a folder of the server at the address."""
    for output in build(site):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)
    cards = sorted((folder / "search/cards").glob("*"), key=lambda path: int(path.name.split(".")[0]))
    return Index(f"{address}{folder.name}/search/", site, tuple(_ids(cards)))


def _ids(blocks: Sequence[Path]) -> Iterator[str]:
    for block in blocks:
        for line in zlib.decompress(block.read_bytes()).splitlines():
            yield json.loads(line)[0]


class QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many blocks
    extensions_map: ClassVar = {
        ".js": "text/javascript",
        ".html": "text/html",
        "": "application/octet-stream",
    }

    def log_message(self, *_: object) -> None:
        """Tests read results, not logs."""


SEARCH = """async ([address, queries, options]) => {
    const { openSearch } = await import("/js/client.js");
    const search = await openSearch(address);
    const answers = [];
    for (const query of queries) answers.push(await search.search(query, options));
    search.close();
    return answers;
}"""


def search(tab: Tab, index: Index, queries: Sequence[str], **options: object) -> list[dict[str, Any]]:
    return tab.evaluate(
        SEARCH, [index.address, list(queries), {"limit": 100_000, "abstracts": False, **options}]
    )


def found(tab: Tab, index: Index, query: str, **options: object) -> list[str]:
    [answer] = search(tab, index, [query], **options)
    return [hit["card"]["id"] for hit in answer["hits"]]
