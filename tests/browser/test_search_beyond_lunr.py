"""What the engine finds and says beyond lunr, in a real browser."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from sitegen.diagnostics import Span
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, PartialDate, Signal
from sitegen.model.settings import Settings
from sitegen.model.site import Appearance, Site
from sitegen.model.tag import Tag
from sitegen.search.indexing import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.browser


def paper(key: str, title: str, abstract: str = "", **more: Any) -> Paper:
    return Paper(id=key, title=title, abstract=abstract, **more)


def comments(number: int) -> tuple[Signal, ...]:
    return (Signal(kind="comments", value=number, day=PartialDate(2025, 1, 1)),)


PAPERS = (
    paper("erdos", "A theorem of Erdős", "On graphs.", date=PartialDate(2020, 5), venue="ICML"),
    paper("vila", "$VILA^2$: augmented", "Images and words.", date=PartialDate(2024), tags=("vision",)),
    paper("cjk", "深度学习综述", "关于神经网络的研究", date=PartialDate(2023, 1, 2), tags=("vision", "text")),
    paper("slash", "An encoder/decoder for speech", "It's the model's own voice.", venue="ICML"),
    paper("llm", "Reading with a large language model (LLM)", "In pretraining, books.", signals=comments(3)),
    paper("llm2", "What a large language model (LLM) knows", "Pre-training on many books helps."),
    paper(
        "llm3",
        "LLM inference at night",
        "Pre-training costs, a pretraining run pays.",
        date=PartialDate(2025),
    ),
    paper("gradient", "Gradient descent finds minima", "Stochastic gradient descent, step by step."),
    paper(
        "descent",
        "The descent of man",
        "A gradient of opinions on descent and origin.",
        tags=("text",),
        identifiers=(Identifier("doi", "10.1016/0004-3702(94)90009-4"), Identifier("acl", "P19-1001")),
    ),
    paper("attention", "Attention is all you need", "Sequence models.", signals=comments(40)),
    paper(
        "needs",
        "You need attention",
        "All is attention; all need it.",
        date=PartialDate(2024, 2),
        identifiers=(Identifier("arxiv", "math/0309136"), Identifier("acl", "2020.acl-main.1")),
    ),
    paper("names", "YOLOv7 – A* with β-rewards"),
    paper("quant", "Quantization of transformers", "Fewer bits.", authors=("Ana Łukasz",), venue="NeurIPS"),
)
TAGS = {key: Tag(id=key, label=key.title(), where=Span("tags.yaml", 1, 1)) for key in ("text", "vision")}


def a_site() -> Site:
    entries = (Entry(paper=PAPERS[0], status="read"), Entry(paper=PAPERS[4], status="to-read"))
    picked = ReadingList(
        id="classics", path="c.yaml", title="Classics", parts=(Part(id="all", entries=entries),)
    )
    return Site(
        library=Library(settings=Settings(title="T"), papers=PAPERS, lists=(picked,), tags=TAGS, pages=()),
        by_tag={},
        by_year={},
        undated=(),
        newest=PAPERS,
        children={},
        related_tags={},
        appearances={
            entry.paper.id: (
                Appearance(list=picked, part_id="all", entry=entry, position=at, previous=None, next=None),
            )
            for at, entry in enumerate(entries, 1)
        },
        since={paper.id: paper.date.iso if paper.date else "" for paper in PAPERS},
    )


class QuietHandler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {
        ".js": "text/javascript",
        ".html": "text/html",
        "": "application/octet-stream",
    }

    def log_message(self, *_: object) -> None:
        """Tests read results, not logs."""


SEARCH = """async ([query, options]) => {
    const { openSearch } = await import("/js/client.js");
    const search = await openSearch(new URL("/search/", location.href));
    try { return await search.search(query, { abstracts: false, ...options }); } finally { search.close(); }
}"""


@pytest.fixture(scope="module")
def search(tmp_path_factory, root, browser) -> Iterator[Callable[..., dict[str, Any]]]:
    """Asks a browser: search(query, **options) is what the engine answers."""
    folder = tmp_path_factory.mktemp("www")
    (folder / "js").symlink_to(root / "templates/assets/js/search")
    (folder / "page.html").write_text("<!doctype html><title>Search</title>")
    for output in build(a_site()):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/page.html")
        yield lambda query, **options: tab.evaluate(SEARCH, [query, options])
        tab.close()
        server.shutdown()
        thread.join()


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["card"]["id"] for hit in answer["hits"]]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("erdos", {"erdos"}),
        ("Erdős", {"erdos"}),
        ("ERDÖS", {"erdos"}),
        ("lukasz", {"quant"}),
        ("vila2", {"vila"}),
        ("VILA^2", {"vila"}),
        ("学习", {"cjk"}),
        ("神经网络", {"cjk"}),
        ("深度学习综述", {"cjk"}),
        ("decoder", {"slash"}),
        ("encoder/decoder", {"slash"}),
        ("yolo", {"names"}),
        ("beta", {"names"}),
        ("β", {"names"}),
        ("constructor", set()),
        ("models", {"slash", "llm", "llm2", "llm3", "attention"}),
        ("pretraining", {"llm", "llm2", "llm3"}),
        ("pre-training", {"llm", "llm2", "llm3"}),
        ("pre training", {"llm", "llm2", "llm3"}),
        ("llm", {"llm", "llm2", "llm3"}),
        ("quantisation", {"quant"}),
        ("qantization", {"quant"}),
        ("uqantization", {"quant"}),
        ("erdso", {"erdos"}),  # a slip, and without the accent
        ("lukaz", {"quant"}),
        ("transfromers", {"quant"}),
        ("stochas", {"gradient"}),  # unfinished, and Enter was pressed
        ("研", set()),
        ("研*", set()),
        ("author:lukasz", {"quant"}),
        ("Author:Łukasz", {"quant"}),
        ("abstract:神经网络", {"cjk"}),
        ("title:神经网络", set()),
        ("books -pre-training", {"llm"}),
        ("+pre-training books", {"llm", "llm2", "llm3"}),
        ("title:large-language", {"llm", "llm2", "llm3"}),
        ("where is the quantization", {"quant"}),
    ],
)
def test_a_word_is_found_in_its_other_spellings(search, query, wanted):
    assert set(ids(search(query))) == wanted


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("quantization*", {"quant"}),
        ("*ization", {"quant"}),
        ("*modal", set()),
        ("at*tion", {"attention", "needs"}),
        ("yolov*", {"names"}),
        ("title:learning*", set()),
        ("A* yolo", {"names"}),  # one letter and a star are no pattern, but the name of an algorithm
    ],
)
def test_a_pattern_is_met_by_words_as_they_are_written(search, pattern, wanted):
    assert set(ids(search(pattern))) == wanted


def test_signs_are_words_where_there_are_no_others_or_where_they_are_meant(search):
    assert ids(search("–")) == ids(search('"–"')) == ["names"]
    assert ids(search("yolo –")) == ids(search("yolo +–")) == ["names"]
    assert ids(search("quantization –")) == ["quant"]
    assert ids(search("quantization +–")) == ["names"]
    assert ids(search("yolo -–")) == []


@pytest.mark.parametrize("signs", ["😀", "'", "()", "*", "**", "++", "+*", "__", '"', "\u200b"])
def test_signs_alone_find_nothing_and_beside_words_change_nothing(search, signs):
    assert search(signs)["total"] == 0
    assert ids(search(f"{signs} quantization")) == ids(search(f"quantization {signs}")) == ["quant"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("10.1016/0004-3702(94)90009-4", "descent"),
        ("https://doi.org/10.1016/0004-3702(94)90009-4.", "descent"),
        ("DOI:10.1016/0004-3702(94)90009-4", "descent"),
        ("P19-1001", "descent"),
        ("https://aclanthology.org/2020.acl-main.1/", "needs"),
        ("math.GT/0309136v2", "needs"),
        ("arxiv.org/abs/math/0309136", "needs"),
        ("attention -math/0309136", "attention"),
    ],
)
def test_a_paper_is_found_by_its_identifier_in_every_writing(search, query, wanted):
    assert ids(search(query)) == [wanted]


def test_words_that_all_papers_have_are_said_to_be_too_common(search):
    assert search("the of")["message"] == search('"the"')["message"] == "common"
    assert "message" not in search("the gradient")
    assert "message" not in search("")
    assert "message" not in search("the year:2024")


def test_exactly_lunr_knows_no_other_spellings(search):
    for query in ("erdos", "vila2", "学习", "decoder", "qantization", "math/0309136"):
        assert search(query, exact=True)["total"] == 0


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ('"gradient descent"', {"gradient"}),
        ('"descent gradient"', set()),
        ('"attention is all you need"', {"attention"}),
        ('title:"gradient descent"', {"gradient"}),
        ('abstract:"by step"', {"gradient"}),
        ('descent -"gradient descent"', {"descent"}),
        ('"the"', set()),
        ('"unheard of things"', set()),
        ('attention "all you need', {"attention", "needs"}),
        ("“gradient descent”", {"gradient"}),
        ('"theorem of erdos"', {"erdos"}),
        ('"theorem of Erdös"', {"erdos"}),
        ('author:"ana lukasz"', {"quant"}),
        ('"神经网络"', {"cjk"}),
        ('"网络神经"', set()),
    ],
)
def test_words_in_quotes_stand_side_by_side(search, query, wanted):
    assert set(ids(search(query))) == wanted


def test_papers_with_more_of_the_words_come_first_and_titles_of_nothing_else_before_them(search):
    assert ids(search("gradient descent minima"))[0] == "gradient"
    assert ids(search("descent man"))[0] == "descent"


def test_one_edit_in_a_short_word_and_two_in_a_long_one_are_tolerated(search):
    assert ids(search("quantizasion")) == ids(search("qantisation")) == ["quant"]
    assert ids(search("bitz")) == ["quant"]
    assert search("bydz")["total"] == 0


def test_an_acronym_and_its_words_find_each_other_where_papers_explain_it(search):
    assert {*ids(search("llm"))} == {"llm", "llm2", "llm3"}
    assert {*ids(search("large language model"))} >= {"llm", "llm2", "llm3"}
    assert {*ids(search('"large language model"'))} == {"llm", "llm2"}, "in quotes are exactly these words"


def test_a_paper_that_has_more_of_the_words_comes_before_one_that_repeats_a_rare_one(search):
    assert ids(search("attention sequence models"))[0] == "attention"
    assert ids(search("stochastic gradient origin"))[:2] == ["gradient", "descent"]


def test_while_typing_the_last_word_is_unfinished(search):
    assert ids(search("gradient desc", asYouType=True))[:1] == ["gradient"]
    assert ids(search("quantizat", asYouType=True)) == ["quant"]
    assert search("c++ q", asYouType=True)["total"] == 0
    # `mode` may become `model`, and `the` `theorem`; whole, the one is no word of these papers and the other no word.
    assert set(ids(search("voice mode", asYouType=True))) >= {"slash", "llm"}
    assert "erdos" in ids(search("the", asYouType=True))
    assert search("the")["total"] == 0


@pytest.mark.parametrize(
    ("query", "filters", "wanted"),
    [
        ("year:2024", {}, ["needs", "vila"]),
        ("year:2023..2024", {}, ["needs", "vila", "cjk"]),
        ("year:2023-2024", {}, ["needs", "vila", "cjk"]),
        ("Year:2024–2023", {}, ["needs", "vila", "cjk"]),
        ("year:2023 year:2024", {}, ["needs", "vila", "cjk"]),
        ("year:2023..2024 -year:2023", {}, ["needs", "vila"]),
        ("year:speech", {}, ["slash"]),
        ("year:2024..", {}, ["llm3", "needs", "vila"]),
        ("year:..2020", {}, ["erdos"]),
        ("year:undated speech", {}, ["slash"]),
        ("", {"venue": ["ICML"], "year": ["undated"]}, ["slash"]),
        ("in:classics", {}, ["erdos", "llm"]),
        ("status:read", {}, ["erdos"]),
        ("-in:classics language", {}, ["llm2", "llm3"]),
        ("", {"tag": ["vision", "text"]}, ["vila", "cjk", "descent"]),
        ("", {"tag": {"all": ["vision", "text"]}}, ["cjk"]),
        ("", {"tag": "vision", "year": "2023"}, ["cjk"]),
        ("", {"venue": ["ICML"], "collection": "classics"}, ["erdos"]),
        ("gradient", {"tag": ["text"]}, ["descent"]),
        ("", {"tag": ["no such"]}, []),
        ("", {"tag": []}, []),
        ("", {}, []),
        ("in:nowhere", {}, []),
    ],
)
def test_results_can_be_limited_with_words_or_without(search, query, filters, wanted):
    found = ids(search(query, filters=filters))
    assert found == wanted if "language" not in query else set(found) == set(wanted)


def test_counts_are_those_of_the_whole_result_and_leave_a_facets_own_filter_out(search):
    answer = search("", filters={"venue": ["ICML"]}, facets=True, limit=1)
    assert (answer["total"], len(answer["hits"])) == (2, 1)
    assert answer["facets"] == {
        "year": [
            {"id": "2020", "label": "2020", "count": 1},
            {"id": "undated", "label": "undated", "count": 1},
        ],
        "tag": [],
        "venue": [
            {"id": "ICML", "label": "ICML", "count": 2},
            {"id": "NeurIPS", "label": "NeurIPS", "count": 1},
        ],
        "collection": [{"id": "classics", "label": "Classics", "count": 1}],
        "status": [{"id": "read", "label": "read", "count": 1}],
    }


def test_results_can_be_sorted_by_date_and_by_discussion(search):
    by_date = ids(search("attention language models", sort="date"))
    assert by_date[:2] == ["llm3", "needs"]
    assert ids(search("attention language models", sort="discussion"))[:2] == ["attention", "llm"]


def test_a_slip_is_named_and_nothing_found_leads_on(search):
    assert search("Qantization of bits")["didYouMean"] == "quantization of bits"
    nothing = search("quantization +zzyzxq")
    assert nothing["total"] == 0
    assert nothing["suggestions"] == ["quantization"]
    assert "didYouMean" not in search("quantization")


def test_what_a_field_does_not_have_is_no_way_on(search):
    elsewhere = search("author:gradint")
    assert elsewhere["total"] == 0
    assert elsewhere["suggestions"] == ["gradient"]
    assert "didYouMean" not in elsewhere


@pytest.mark.parametrize(
    "query",
    ['"' * 9999, 'a"b"' * 2500, "year:" * 2000, "in:" + "x" * 9000, "<img src=x onerror=alert(1)>", "😀 👩‍👩‍👧", "的" * 9000,
     "\x00\x01", "word " * 2000, "zyx" * 3000, '"' + "deep " * 2000 + '"', "+- ^~ :*", "year:x..y", "学" * 3 + "*", "10.1145/" + "." * 9000,
     "10.1145/x/" * 1000, "a-b/" * 3000],
)  # fmt: skip
def test_whatever_is_typed_there_is_an_answer(search, query):
    answer = search(query, facets=True)
    assert 0 <= answer["total"] <= len(PAPERS)


@pytest.mark.parametrize(
    "query", ["*a* " * 2500, "ab~2 " * 2000, " ".join(f"*{n}* {n}~2" for n in range(999))]
)
def test_patterns_by_the_thousand_cost_what_a_few_do(search, query):
    for exact in (False, True):
        assert 0 <= search(query, exact=exact)["total"] <= len(PAPERS)


def test_words_of_asking_count_for_little_in_a_long_question(search):
    question = "can anyone please recommend papers with a theorem about graphs"
    assert ids(search(question))[0] == "erdos"
