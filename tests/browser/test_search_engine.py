"""The engine in a real browser finds what lunr.py finds, with its scores, and says so when it cannot."""

from __future__ import annotations

import html
import json
import lzma
import random
import re
import threading
import zlib
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import lunr
import pytest
from lunr.stemmer import stemmer
from lunr.token import Token

from sitegen.diagnostics import Span
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.record import PartialDate
from sitegen.model.settings import Settings
from sitegen.model.site import Appearance, Site
from sitegen.model.tag import Tag
from sitegen.search import build
from sitegen.search.documents import FIELDS, read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

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
    """A site with its search, and lunr.py's index of the same papers."""

    address: str
    site: Site
    lunr: Any
    order: tuple[str, ...]  # ids by number


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
    )


def indexed(site: Site, folder: Path, address: str) -> Index:
    for output in build(site):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)
    papers = list(read_documents(site))
    texts = [{"id": paper.card[0], **dict(zip(FIELDS, paper.texts, strict=True))} for paper in papers]
    fields = [{"field_name": name, "boost": boost} for name, boost in FIELDS.items()]
    stock = lunr.lunr(ref="id", fields=fields, documents=texts) if texts else None
    cards = sorted((folder / "search/cards").glob("*"), key=lambda path: int(path.name.split(".")[0]))
    return Index(f"{address}{folder.name}/search/", site, stock, tuple(_ids(cards)))


def _ids(blocks: Sequence[Path]) -> Iterator[str]:
    for block in blocks:
        for line in zlib.decompress(block.read_bytes()).splitlines():
            yield json.loads(line)[0]


class QuietHandler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {
        ".js": "text/javascript",
        ".html": "text/html",
        "": "application/octet-stream",
    }

    def log_message(self, *_: object) -> None:
        """Tests read results, not logs."""


@pytest.fixture(scope="module")
def www(tmp_path_factory, root) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which a server on loopback shows it."""
    folder = tmp_path_factory.mktemp("www")
    (folder / "js").symlink_to(root / "templates/assets/js/search")
    (folder / "page.html").write_text("<!doctype html><title>Search</title>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def tab(www, browser) -> Iterator[Tab]:
    tab = browser.new_page()
    tab.goto(www[1] + "page.html")
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def made_up(www) -> Iterator[Index]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FIELDS, "title", 2.5)  # boosts are lunr's, too
        yield indexed(made_up_site(320), www[0] / "made-up", www[1])


@pytest.fixture(scope="module")
def real(www, real_papers) -> Index:
    with lzma.open(real_papers) as lines:
        rows = [json.loads(line) for line in islice(lines, 1000)]
    papers = tuple(
        Paper(
            id=f"paper-{number}",
            title=row["title"],
            abstract=row["abstract"],
            authors=tuple(row.get("authors", ())),
            tags=("llm",) if "language" in row["abstract"] else (),
        )
        for number, row in enumerate(rows)
    )
    return indexed(site_of(papers), www[0] / "real", www[1])


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


# ---- the same as lunr.py


def some_queries(index: Index, count: int) -> list[str]:
    """Queries with every operator, from words of the index, words around them, and words that nobody wrote."""
    chance = random.Random(4)
    terms = sorted(index.lunr.inverted_index)
    raw = sorted(
        {
            w
            for p in islice(read_documents(index.site), 200)
            for t in p.texts
            for w in re.findall(r"\w+", t.lower())
        }
    )

    def word() -> str:
        kind = chance.random()
        if kind < 0.5:
            return chance.choice(raw)
        if kind < 0.8:
            return re.sub(r"[\\:~^*+\s-]", "", chance.choice(terms)) or "key"
        return chance.choice(["the", "of", "zzyzx", "quux9", "and"])

    def typo(text: str) -> str:
        at = chance.randrange(len(text))
        letter = chance.choice("abcdeé")
        swapped = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        return chance.choice([text[:at] + text[at + 1 :], text[:at] + letter + text[at:], swapped]) or "x"

    def clause() -> str:
        text = word()
        kind = chance.randrange(9)
        at = chance.randrange(len(text) + 1)
        shaped = {
            0: text[: max(2, at)] + "*",
            1: "*" + text[-max(2, at) :],
            2: text[:at] + "*" + text[at:][-2:],
            3: typo(text) + "~1",
            4: f"{typo(typo(text))}~2" if chance.random() < 0.3 else f"{text}~1^3",
            5: f"{text}^{chance.randrange(12)}",
        }.get(kind, text)
        field = chance.choice(sorted(FIELDS)) + ":" if chance.random() < 0.25 else ""
        sign = chance.choice(["+", "-", "", "", ""])
        return sign + field + shaped

    return [" ".join(clause() for _ in range(chance.choice([1, 1, 2, 2, 3, 5]))) for _ in range(count)]


def assert_like_lunr(tab: Tab, index: Index, queries: Sequence[str]) -> None:
    """The same papers with the same scores, the best first, equal scores in the order of their numbers."""
    number = {paper: at for at, paper in enumerate(index.order)}
    hits = 0
    for query, answer in zip(queries, search(tab, index, queries, exact=True), strict=True):
        theirs = {match["ref"]: match["score"] for match in index.lunr.search(query)}
        ours = {hit["card"]["id"]: hit["score"] for hit in answer["hits"]}
        assert answer["total"] == len(theirs), query
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9), query
        assert [number[paper] for paper in ours] == [hit["doc"] for hit in answer["hits"]], query
        order = [(-hit["score"], hit["doc"]) for hit in answer["hits"]]
        assert order == sorted(order), query
        hits += len(ours)
    assert hits > len(queries)  # so many queries that find nothing would prove nothing


def test_made_up_queries_find_what_lunr_py_finds_with_its_scores(tab, made_up):
    assert_like_lunr(tab, made_up, some_queries(made_up, 200))


def test_queries_on_a_thousand_papers_find_what_lunr_py_finds_with_its_scores(tab, real):
    assert_like_lunr(tab, real, some_queries(real, 60))  # lunr.py takes a quarter of a second each


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "-learning",
        "-learning -model",
        "+the",
        "+zzyzx learning",
        "+learning -zzyzx",
        "learning learning^4 learn",
        "+title:learning +abstract:model",
        "-title:learning abstract:model",
        "title:\\+x learning",
        "pre\\-training pre-training",
        "*",
        "+learning^0",
        "*ing",
        "l*r*n",
        "m*l~1",
        "𝒜𝒜ed",
        "a.s it's",
        "title:  learning",
        "lear ~1",
        "learning\\",
        "c++",
    ],
)
def test_corners_of_the_language_are_lunrs(tab, made_up, query):
    [answer] = search(tab, made_up, [query], exact=True)
    theirs = {match["ref"]: match["score"] for match in made_up.lunr.search(query)}
    assert {hit["card"]["id"]: hit["score"] for hit in answer["hits"]} == pytest.approx(theirs, abs=1e-9)


def test_words_and_their_stems_are_lunr_pys(tab, made_up, request):
    suffixes = [
        "s",
        "es",
        "ed",
        "ing",
        "ies",
        "sses",
        "eed",
        "ational",
        "tional",
        "enci",
        "izer",
        "bli",
        "alli",
        "ousli",
        "ization",
        "ation",
        "alism",
        "iveness",
        "biliti",
        "logi",
        "icate",
        "ative",
        "alize",
        "iciti",
        "ful",
        "ness",
        "ance",
        "ement",
        "ion",
        "ou",
        "ism",
        "e",
        "y",
        "ll",
    ]
    stems = [
        "a",
        "y",
        "by",
        "ha",
        "rel",
        "hopp",
        "fall",
        "syzyg",
        "agr",
        "feed",
        "controll",
        "activ",
        "𝒜𝒜",
        "b𝒜o",
        "ye",
        "gener",
        "oscill",
        "ties",
    ]
    words = {stem + suffix + more for stem in stems for suffix in suffixes for more in ("", "s", "ly")}
    words.update(WORDS)
    words = sorted(word.lower() for word in words)
    stemmed = tab.evaluate(
        "async (words) => { const { stem } = await import('/js/stemmer.js'); return words.map(stem); }", words
    )
    assert dict(zip(words, stemmed, strict=True)) == {word: stemmer(Token(word)).string for word in words}


def test_every_word_of_ten_thousand_papers_has_lunr_pys_stem(tab, real_papers):
    with lzma.open(real_papers) as lines:
        words = sorted(
            {word for line in lines for word in re.findall(r"[^\s\-]+", json.loads(line)["abstract"].lower())}
        )
    stemmed = tab.evaluate(
        "async (words) => { const { stem } = await import('/js/stemmer.js'); return words.map(stem); }", words
    )
    assert dict(zip(words, stemmed, strict=True)) == {word: stemmer(Token(word)).string for word in words}


# ---- more than lunr.py


def test_signs_around_a_word_do_not_hide_it_but_where_lunr_is_asked_for_exactly(tab, made_up):
    assert found(tab, made_up, "learning?") == found(tab, made_up, "learning") != []
    assert found(tab, made_up, "learning?", exact=True) == []


def test_while_typing_the_last_word_is_the_beginning_of_words(tab, made_up):
    whole = set(found(tab, made_up, "transformer"))
    assert whole <= set(found(tab, made_up, "transfo", asYouType=True))
    assert whole <= set(found(tab, made_up, "transforme", asYouType=True))
    assert found(tab, made_up, "transfo") == found(tab, made_up, "transfo ", asYouType=True) == []


@pytest.mark.parametrize(
    ("malformed", "words"),
    [
        ("nothing:learning", "nothing learning"),
        ("title:", "title"),
        ("learning^", "learning"),
        ("learning~x", "learning x"),
        ("VILA: learning models", "vila learning models"),
        ("title:author:chen", "title author:chen"),
        ("++learning", "+learning"),
        ("title:+learning", "title +learning"),
        ("learning +", "learning"),
        ("~1 learning", "1 learning"),
        (":learning", "learning"),
        ("author:chen tag:llm", "authors:chen tags:llm"),
    ],
)
def test_what_lunr_calls_an_error_is_read_as_words(tab, made_up, malformed, words):
    odd, plain = search(tab, made_up, [malformed, words])
    assert odd == plain


@pytest.mark.parametrize(
    "query",
    [
        "+-~^:*\\" * 1000,
        "<script>alert(1)</script>",
        "\ud800 \udc00x\ud800",
        "a" * 10_000,
        "*a" * 3000,
        "x~99999999999999",
        "😀*",
        "^^^~~~",
    ],
)
def test_any_query_gets_an_answer(tab, made_up, query):
    result = tab.evaluate(
        "async ([address, query]) => { const { openSearch } = await import('/js/client.js');"
        " const search = await openSearch(address);"
        " const answer = await search.search(eval(query)); search.close(); return answer.total; }",
        [made_up.address, json.dumps(query)],
    )
    assert result >= 0


def test_a_card_shows_the_paper_in_plain_text(tab, made_up, www):
    paper = next(
        p for p in made_up.site.newest if p.id in made_up.site.appearances and p.tags and len(p.authors) > 3
    )
    page = www[0] / "made-up" / "papers" / f"{paper.id}.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f'<!doctype html><p class="abstract">{html.escape(paper.abstract)}</p>')
    answers = search(tab, made_up, [f"+authors:{paper.authors[0].split()[0]} +notes:see"], abstracts=True)
    [card] = [hit["card"] for hit in answers[0]["hits"] if hit["card"]["id"] == paper.id]
    note = made_up.site.appearances[paper.id][0].entry.note
    assert card == {
        "id": paper.id,
        "title": paper.title,
        "authors": list(paper.authors[:3]),
        "authorCount": len(paper.authors),
        "date": paper.date.iso,
        "venue": "",
        "note": note.split("**")[1] + " see",
        "tags": [{"id": tag, "label": TAGS[tag].label} for tag in paper.tags],
        "collections": [{"id": "list", "title": "A list"}],
        "abstract": paper.abstract,
    }


def test_hits_say_which_terms_matched_in_which_field(tab, made_up):
    [answer] = search(tab, made_up, ["+title:learning models -zzyzx"])
    for hit in answer["hits"]:
        assert "learn" in hit["terms"]["title"]
        assert set(hit["terms"]) <= set(FIELDS)
        assert {term for terms in hit["terms"].values() for term in terms} <= {"learn", "model"}


def test_pages_of_hits_follow_each_other(tab, made_up):
    everything = found(tab, made_up, "learning model")
    pages = [
        found(tab, made_up, "learning model", limit=50, offset=at) for at in range(0, len(everything), 50)
    ]
    assert [paper for page in pages for paper in page] == everything


@pytest.mark.parametrize("count", [0, 1])
def test_a_site_of_hardly_any_papers_can_be_searched(tab, www, count):
    index = indexed(made_up_site(count), www[0] / f"with-{count}", www[1])
    for query in ("learning", "*", "*x", "x~1", "x~2", "-learning", "+the"):
        assert len(found(tab, index, query)) <= count
    assert len(found(tab, index, "-zzyzx")) == count


MARKED = "async ([name, ...given]) => (await import('/js/client.js'))[name](...given)"


def test_hits_are_marked_by_the_indexs_own_stems(tab):
    pieces = tab.evaluate(
        MARKED, ["mark", "State-of-the-art (models), modelling <b>keys</b>", ["model", "kei", "state"]]
    )
    assert "".join(piece["text"] for piece in pieces) == "State-of-the-art (models), modelling <b>keys</b>"
    assert [piece["text"] for piece in pieces if piece["hit"]] == ["State", "models", "modelling", "keys"]


def test_a_snippet_is_the_passage_with_most_of_the_words(tab):
    text = (
        "Models first. "
        + "Nothing to see here at all. " * 20
        + "The models of vision learn keys. "
        + "More of nothing. " * 20
    )
    pieces = tab.evaluate(MARKED, ["snippet", text, ["model", "vision", "kei"], 120])
    assert [piece["text"] for piece in pieces if piece["hit"]] == ["models", "vision", "keys"]
    assert pieces[0]["text"] == pieces[-1]["text"] == "…"
    assert len("".join(piece["text"] for piece in pieces)) <= 122
    assert tab.evaluate(MARKED, ["snippet", "Short.", None]) == [{"text": "Short.", "hit": False}]


# ---- when files are not what they should be


def harmed(tab: Tab, www: tuple[Path, str], name: str, harm: Any) -> str:
    """What a reader is told when `harm` was done to the search folder."""
    index = indexed(made_up_site(40), www[0] / name, www[1])
    harm(www[0] / name / "search")
    return tab.evaluate(
        """async (address) => {
            const { openSearch } = await import("/js/client.js");
            try { const search = await openSearch(address); await search.search("learning"); return "found"; }
            catch (problem) { return `${problem.constructor.name}: ${problem.message}`; }
        }""",
        index.address,
    )


def _postings(folder: Path) -> Path:
    return next(folder.glob("postings/0.*.bin"))


@pytest.mark.parametrize(
    ("name", "harm", "words"),
    [
        ("missing", lambda folder: _postings(folder).unlink(), "is not there"),
        (
            "truncated",
            lambda folder: _postings(folder).write_bytes(_postings(folder).read_bytes()[:-40]),
            "damaged",
        ),
        ("foreign", lambda folder: _postings(folder).write_bytes(b"<html>Not found</html>"), "damaged"),
        (
            "swapped",
            lambda folder: _postings(folder).write_bytes(next(folder.glob("cards/0.*")).read_bytes()),
            "damaged",
        ),
        ("no-manifest", lambda folder: (folder / "manifest.json").unlink(), "is not there"),
        (
            "html-manifest",
            lambda folder: (folder / "manifest.json").write_text("<html>"),
            "manifest cannot be read",
        ),
        (
            "later-format",
            lambda folder: (folder / "manifest.json").write_text('{"format": 99}'),
            "another version",
        ),
    ],
)
def test_a_missing_or_foreign_file_is_reported_in_words(tab, www, name, harm, words):
    said = harmed(tab, www, name, harm)
    assert said.startswith("Error: ")
    assert words in said


def test_without_workers_the_page_searches_itself(tab, made_up):
    tab.evaluate("() => { window.RealWorker = window.Worker; window.Worker = undefined; }")
    try:
        alone = search(tab, made_up, ["learning models"])
    finally:
        tab.evaluate("() => { window.Worker = window.RealWorker; }")
    assert alone == search(tab, made_up, ["learning models"])


def test_where_the_worker_cannot_be_loaded_the_page_searches_itself(tab, made_up):
    tab.route("**/worker.js", lambda route: route.fulfill(status=404))
    try:
        alone = search(tab, made_up, ["learning models"])
    finally:
        tab.unroute("**/worker.js")
    assert alone == search(tab, made_up, ["learning models"])
