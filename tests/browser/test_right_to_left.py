"""A site in Arabic, beside the same site in English: what stands at the left in one stands at the right in the other.

There are no words of the interface in Arabic, so both speak English; that makes their boxes comparable.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Host

from sitegen.build import Options, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

COLLECTION = """
title: قراءات في نماذج اللغة
blurb: من أين تأتي البيانات، وكيف تُنتقى، وما الذي يُنسى في الطريق.
description: نبدأ بالأسئلة البسيطة ثم نصعد.
sections:
  - title: من أين نبدأ
    description: ورقتان لكل سؤال.
    picks:
      - {paper: العين والأذن, note: تقيس الورقة ما تضيفه الصورة إلى الصوت., start_here: true, status: reading}
      - {paper: "Is more data always better?", note: "سؤال قديم بأرقام جديدة.", status: read, rating: 4}
  - title: ثم ماذا
    picks:
      - {paper: ذاكرة قصيرة ونص طويل, note: حدّ بسيط للطول., status: to-read}
      - {paper: A small model of rivers, note: مثال من خارج اللغة.}
"""
PAPERS = (
    ("العين والأذن", "ندرس كيف تتعلم النماذج من الصورة والصوت معًا. النتائج أوضح مما ظننا.", 2024),
    ("Is more data always better?", "We count what is left after filtering. Less was enough.", 2023),
    ("ذاكرة قصيرة ونص طويل", "نقترح حدًّا للطول: 12 صفحة (تقريبًا). وما بعده يُلخَّص.", 2024),
    ("A small model of rivers", "Water flows downhill. The model agrees in 97% of cases.", 2022),
    ("قياس $O(n^2)$ في الزمن", "نقيس الكلفة بالرموز لا بالثواني.", 2025),
)
TAGS = {"data": {"label": "بيانات", "description": "ما تتعلم منه النماذج.", "match": {"words": ["data"]}}}
KINDS = {
    "home": "index.html",
    "collections": "collections/index.html",
    "collection": "collections/readings.html",
    "papers": "papers/index.html",
    "paper": "papers/is-more-data-always-better.html",
    "tags": "tags/index.html",
    "years": "years/index.html",
    "search": "search.html?q=data",
    "statistics": "statistics.html",
    "not found": "404.html",
}
# What a reader would miss on the wrong side, where a page has it.
PARTS = (
    ".site-name",
    ".site-header nav",
    ".site-header .search",
    ".search kbd",
    "button.theme",
    ".lede",
    ".side",
    ".body",
    ".wide",
    ".narrow",
    ".cards > .card",
    ".card > .note",
    ".card > details summary",
    ".card > .actions",
    ".card > .actions .cite",
    ".shelf .facts",
    ".shelf .spark",
    ".toc li",
    ".filters",
    ".pager [aria-current]",
    ".bars td",
    ".terms > li",
    ".progress",
    ".site-footer nav",
)
BOXES = """parts => Object.fromEntries(parts.flatMap(part => {
    const found = document.querySelector(part);
    if (!found || !found.getClientRects().length) return [];
    const {left, right} = found.getBoundingClientRect();
    const body = document.body.getBoundingClientRect();
    return [[part, [left, right, body.left + body.right]]];
}))"""


@pytest.fixture(scope="module", params=["default", "catalogue"])
def hosts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Host]]:
    """The same site twice, by direction."""
    project = tmp_path_factory.mktemp(f"right-to-left-{request.param}")
    content = project / "content"
    (content / "collections").mkdir(parents=True)
    (content / "dumps").mkdir()
    (content / "collections" / "readings.yaml").write_text(COLLECTION, "utf-8")
    papers = [
        {"title": title, "abstract": abstract, "year": year, "authors": ["ليلى حداد", "Jo Lee"]}
        for title, abstract, year in PAPERS
    ]
    lines = "".join(f"{json.dumps(paper)}\n" for paper in papers)
    (content / "dumps" / "papers.jsonl").write_text(lines, "utf-8")
    (content / "tags.yaml").write_text(json.dumps(TAGS), "utf-8")
    (content / "sitegen.yaml").write_text(
        "title: رفّ القراءة\ntagline: أوراق قليلة، ولكل ورقة سبب.\nsources: [dumps/*]\npage_size: 3\n"
        "base_url: https://shelf.example.org/\n",
        "utf-8",
    )
    for name, language in (("rtl", "ar"), ("ltr", "en")):
        chosen = {"language": language, "theme": request.param}
        report = build(project, Options(output=name, jobs=1, overrides=chosen))
        assert report.published, report.diagnostics
    hosts = {name: Host(project / name, "/") for name in ("rtl", "ltr")}
    yield hosts
    for host in hosts.values():
        host.close()


@pytest.fixture
def opened(browser: Browser, hosts: dict[str, Host]) -> Iterator[Callable[..., Page]]:
    pages: list[Any] = []

    def opened(direction: str, path: str, width: int) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.goto(hosts[direction].url + path)
        if path.startswith("search"):
            page.locator("#results[data-settled=true] .card").first.wait_for()
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_left_in_english_stands_right_in_arabic(opened: Callable[..., Page], kind: str):
    pages = [opened(direction, KINDS[kind], 1440) for direction in ("rtl", "ltr")]
    wrong = {}
    for width in (390, 768, 1440):
        for page in pages:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function("width => innerWidth === width", arg=width)
        rtl, ltr = (page.evaluate(BOXES, PARTS) for page in pages)
        assert rtl.keys() == ltr.keys()
        assert len(rtl) >= 5
        for part, (left, right, room) in rtl.items():
            mirrored = room - ltr[part][1], room - ltr[part][0]
            if abs(left - mirrored[0]) > 2 or abs(right - mirrored[1]) > 2:
                wrong[width, part] = {"is": (left, right), "should be": mirrored}
    assert wrong == {}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_on_either_side(opened: Callable[..., Page], kind: str):
    page = opened("rtl", KINDS[kind], 1280)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    out = """all => all.filter(each => {
        const {left, right, width, height} = each.getBoundingClientRect();
        const room = document.documentElement.clientWidth;
        return width > 1 && height > 1 && (left < -1 || right > room + 1) && !each.closest(".choices, svg, pre, table, .unseen");
    }).map(each => each.outerHTML.slice(0, 120))"""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        assert page.eval_on_selector_all("body *", out) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_title_in_another_script_keeps_its_own_order(opened: Callable[..., Page]):
    page = opened("rtl", KINDS["collection"], 1280)
    ends = """link => {
        const walk = document.createTreeWalker(link, NodeFilter.SHOW_TEXT), text = walk.nextNode(), range = new Range();
        const at = index => { range.setStart(text, index); range.setEnd(text, index + 1); return range.getBoundingClientRect().left; };
        return [at(0), at(text.length - 1)];
    }"""
    first, last = page.get_by_role("link", name="Is more data always better?").last.evaluate(ends)
    assert first < last, "the question mark stands before the question"
    first, last = page.get_by_role("link", name="ذاكرة قصيرة ونص طويل").last.evaluate(ends)
    assert first > last


def test_arrows_point_where_reading_goes(opened: Callable[..., Page]):
    turned = "summary => getComputedStyle(summary, '::before').rotate"
    page = opened("rtl", KINDS["papers"], 1280)
    summary = page.locator(".card summary").first
    assert summary.evaluate(turned) == "135deg"
    summary.click()
    assert summary.evaluate(turned) == "45deg"
    assert opened("ltr", KINDS["papers"], 1280).locator(".card summary").first.evaluate(turned) == "-45deg"
    page = opened("rtl", "papers/is-more-data-always-better.html", 1280)
    arrow = (
        "link => { const { content, scale } = getComputedStyle(link, '::before'); return content + scale; }"
    )
    assert page.locator(".beside .before").first.evaluate(arrow) == '"← "-1 1'
    assert page.locator(".beside .after").first.evaluate(arrow) == '"→ "-1 1'


def test_bars_grow_from_where_reading_begins(opened: Callable[..., Page]):
    page = opened("rtl", KINDS["years"], 1280)
    bars = """all => all.map(bar => {
        const whole = bar.getBoundingClientRect(), drawn = bar.querySelector("rect").getBoundingClientRect();
        return [Math.round(whole.right - drawn.right), drawn.width < whole.width - 1];
    })"""
    found = page.eval_on_selector_all(".bars svg", bars)
    assert {from_the_right for from_the_right, _ in found} == {0}
    assert any(shorter for _, shorter in found)
