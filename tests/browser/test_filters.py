"""Filters: counts that are true, of the whole list; state in the address; a column, or a dialog where there is no room."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from sitegen.build import Options, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page, Route

pytestmark = pytest.mark.browser

SLOW = 60_000  # milliseconds: the search opens its index when it is asked first, and machines may be busy
COLLECTION = "collections/continual-learning.html"
PAPERS = "papers/index.html"


class Card(NamedTuple):
    """A paper as a list's own HTML has it."""

    title: str
    year: str
    tags: frozenset[str]


def read_cards(*pages: Path) -> list[Card]:
    texts = "".join(page.read_text("utf-8") for page in pages)
    return [
        Card(
            title=re.sub("<.*?>", "", re.findall(r'card-title">.*?<a [^>]*>(.*?)</a>', card)[0]),
            year="".join(re.findall(r'<time datetime="(\d{4})', card)[:1]),
            tags=frozenset(
                html.unescape(tag)
                for tag in [
                    *re.findall(r'<a class="tag"[^>]*>([^<]+)</a>', card),
                    *re.findall(r"^(?:.* data-tags=\"|tags/)\S* ([^\"\n]+)$", card, re.MULTILINE),
                ]
            ),
        )
        for card in re.split(r'<li class="card"', texts)[1:]
    ]


def years(cards: list[Card]) -> Counter[str]:
    return Counter(card.year or "Undated" for card in cards)


@pytest.fixture
def whole(sites: dict[str, Path]) -> list[Card]:
    """All papers, read from the pages of the list of all of them."""
    return read_cards(sites["/"] / PAPERS, *(sites["/"] / "papers").glob("index.*.html"))


@pytest.fixture
def look(hosted: dict[str, Any], context: BrowserContext) -> Callable[[str], Page]:
    def look(address: str) -> Page:
        page = context.new_page()
        page.goto(hosted["/"].url + address)
        return page

    return look


def open_filters(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    expect(group(page, "Year").locator("li").first).to_be_visible(timeout=SLOW)


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def option(page: Page, name: str, label: str) -> Locator:
    return group(page, name).get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)}\s*[\d,]+$"))


def counts(page: Page, name: str) -> dict[str, int]:
    """Every option of a group with its number."""
    more = group(page, name).locator("[value=more][aria-expanded=false]:visible")
    if more.count():
        more.click()
    rows = group(page, name).locator("li").all_inner_texts()
    return {label: int(count) for label, count in (row.split("\n") for row in rows)}


def shown(page: Page) -> list[str]:
    return page.locator(".body .card:visible .card-title a").all_inner_texts()


def asked(page: Page) -> list[tuple[str, str]]:
    return parse_qsl(page.evaluate("() => location.search.slice(1)"))


def test_a_list_on_one_page_is_filtered_where_it_stands(sites, look, complaints):
    cards = read_cards(sites["/"] / COLLECTION)
    page = look(COLLECTION)
    open_filters(page)
    assert counts(page, "Year") == years(cards)
    assert counts(page, "Tag") == Counter(tag for card in cards for tag in card.tags)
    numbers = page.evaluate(
        "Array.from(document.querySelectorAll('.numbered > .card'), (item) => item.value)"
    )
    assert numbers == list(range(1, len(cards) + 1)), "a paper keeps its number when others are hidden"

    year = max(card.year for card in cards)
    option(page, "Year", year).click()
    of_year = [card for card in cards if card.year == year]
    expect(page.locator(".filters-said")).to_have_text(f"{len(of_year)} of {len(cards)} papers")
    assert shown(page) == [card.title for card in of_year]
    assert counts(page, "Tag") == Counter(tag for card in of_year for tag in card.tags)
    assert counts(page, "Year") == years(cards), "a group widens itself"
    assert asked(page) == [("year", year)]
    for section in page.locator(".body > section:visible").all():
        expect(section.locator(".card:visible").first).to_be_visible()

    page.reload()
    expect(page.locator(".filters-said")).to_have_text(f"{len(of_year)} of {len(cards)} papers")
    assert shown(page) == [card.title for card in of_year]
    page.go_back()
    expect(page.locator(".body .card:visible")).to_have_count(len(cards))
    assert complaints == []


def test_two_choices_of_a_group_widen_and_two_groups_narrow(look, whole):
    page = look(f"{PAPERS}?year=2024..2025&tag=llm")
    both = [card for card in whole if card.year in {"2024", "2025"} and "LLM" in card.tags]
    assert 0 < len(both) < 50
    expect(page.locator(".filters-said")).to_have_text(f"{len(both)} of {len(whole)} papers", timeout=SLOW)
    expect(page.locator(".body .card:visible")).to_have_count(len(both))
    assert sorted(shown(page)) == sorted(html.unescape(card.title) for card in both)


def test_a_list_of_several_pages_is_filtered_as_a_whole(look, whole, complaints):
    page = look(PAPERS)
    first = shown(page)
    assert len(first) < len(whole)
    open_filters(page)
    assert counts(page, "Year") == years(whole)
    assert counts(page, "Tag") == Counter(tag for card in whole for tag in card.tags)
    assert shown(page) == first, "nothing is chosen yet"
    last = min(card.year for card in whole if card.year)
    option(page, "Year", last).click()
    fitting = [card for card in whole if card.year == last]
    expect(page.locator(".found .card:visible")).to_have_count(len(fitting))
    expect(page.locator(".pager")).to_be_hidden()
    page.get_by_role("button", name=f"Remove the filter Year: {last}").click()
    expect(page.locator(".found")).to_be_hidden()
    assert shown(page) == first
    assert asked(page) == []
    page.go_back()
    expect(page.locator(".found .card:visible")).to_have_count(len(fitting))
    assert complaints == []


def test_a_year_and_a_tag_with_terms_below_it_are_filtered_within_themselves(look, sites):
    for address in ("years/2024.html", "tags/adaptation.html"):
        stem = address.removesuffix(".html")
        pages = [sites["/"] / address, *sites["/"].glob(f"{stem}.[0-9]*.html")]
        cards = read_cards(*pages)
        assert len(pages) > 1, f"{address} has one page: choose another"
        page = look(address)
        open_filters(page)
        assert counts(page, "Tag") == Counter(tag for card in cards for tag in card.tags), address


def test_the_search_is_filtered_and_put_in_order(look, whole, complaints):
    page = look("search.html?q=learning")
    results = page.locator("#results")
    expect(results).to_have_attribute("data-settled", "true", timeout=SLOW)
    everything = int(page.locator("#search-status").inner_text().split()[0])
    open_filters(page)
    years = counts(page, "Year")
    assert sum(years.values()) <= everything
    option(page, "Year", "2024").click()
    expect(page.locator("#search-status")).to_contain_text(f"{years['2024']} papers")
    option(page, "Year", "2025").click()
    expect(page.locator("#search-status")).to_contain_text(f"{years['2024'] + years['2025']} papers")
    page.get_by_label("Order").select_option("date")
    expect(page.locator("#results[data-settled=true] .card").first).to_contain_text("2025")
    assert asked(page) == [("q", "learning"), ("year", "2024..2025"), ("sort", "date")]
    page.go_back()
    page.go_back()
    expect(page.locator("#search-status")).to_contain_text(f"{years['2024']} papers")
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert complaints == []


def test_filters_work_without_a_query_and_outlive_a_new_one(look, whole):
    of_year = sum(card.year == "2024" for card in whole)
    page = look("search.html?year=2024")
    expect(page.locator("#search-status")).to_contain_text(f"{of_year} of {len(whole)} papers", timeout=SLOW)
    expect(page.locator("#results .card")).to_have_count(20)
    page.get_by_role("searchbox", name="Search papers").fill("learning")
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_contain_text("“learning”")
    assert asked(page) == [("q", "learning"), ("year", "2024")]


def test_a_long_group_is_narrowed_by_typing(look):
    page = look(PAPERS)
    open_filters(page)
    tags = group(page, "Tag")
    expect(tags.locator("li")).to_have_count(8)
    tags.get_by_role("searchbox").fill("DISTÍL")
    expect(tags.locator("li").first).to_contain_text("distil")
    assert all("distil" in label.lower() for label in tags.locator("li").all_inner_texts())
    tags.get_by_role("searchbox").fill("")
    tags.get_by_role("button").click()
    assert tags.locator("li").count() > 8


def test_keys_alone_choose_and_take_back(look):
    page = look(COLLECTION)
    page.get_by_role("button", name="Filters").focus()
    page.keyboard.press("Enter")
    expect(group(page, "Year")).to_be_visible()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "checkbox":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    assert page.evaluate("document.activeElement.type + document.activeElement.checked") == "checkboxtrue"
    page.locator(".chosen button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Filters", exact=True)).to_be_focused()


def test_an_answer_that_comes_late_leaves_the_focus_where_keys_have_put_it(look):
    page = look(f"{PAPERS}?year=2024&tag=llm")
    said = page.locator(".filters-said")
    expect(said).to_contain_text("papers")
    before = said.inner_text()
    page.locator(".chosen button").first.focus()
    page.keyboard.press("Enter")
    expect(said).not_to_have_text(before)
    expect(page.get_by_role("button", name="Remove the filter Tag: LLM")).to_be_focused()


def test_who_presses_while_filters_are_on_their_way_is_not_forgotten(hosted, context):
    page = context.new_page()
    held: list[Route] = []
    page.route("**/filters.js", lambda route: held.append(route))  # noqa: PLW0108 - playwright asks for its name
    with page.expect_request("**/filters.js"):  # the address has some
        page.goto(hosted["/"].url + COLLECTION + "?year=2024", wait_until="commit")
    page.get_by_role("button", name="Filters").click()
    for route in held:
        route.continue_()
    expect(group(page, "Year").locator("li").first).to_be_visible()


def test_on_a_small_screen_filters_are_a_dialog(hosted, browser):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(hosted["/"].url + COLLECTION)
    page.get_by_role("button", name="Filters").click()
    dialog = page.get_by_role("dialog", name="Filters")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").first.check()
    expect(dialog.get_by_role("status")).to_contain_text("papers")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    dialog.get_by_role("button", name="Show papers").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("button", name="Filters (1)")).to_have_attribute("aria-expanded", "false")
    page.get_by_role("button", name="Filters (1)").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(group(page, "Year")).to_be_visible()
    context.close()


@pytest.mark.parametrize("where", [COLLECTION, PAPERS, "search.html"])
def test_a_hostile_address_is_text(look, complaints, where):
    hostile = "%3Cimg+src=x+onerror=alert(1)%3E"
    many = "&".join(f"tag=t{n}" for n in range(500))
    page = look(
        f"{where}?tag={hostile}&year=9999..&status=facet&venue=__proto__&sort=constructor&{many}&year={'9' * 5000}"
    )
    chips = page.locator(".chosen")
    expect(chips).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".body .card:visible")).to_have_count(0)
    assert page.locator(".chosen button").count() < 120
    assert page.locator("main img").count() == 0
    page.get_by_role("button", name="Clear all").click()
    expect(chips).to_be_hidden()
    assert asked(page) == []
    assert complaints == []


def test_from_the_file_system_a_list_is_filtered_where_it_stands(sites, context, complaints):
    page = context.new_page()
    page.goto((sites["/"] / COLLECTION).as_uri())
    cards = read_cards(sites["/"] / COLLECTION)
    open_filters(page)
    year, papers = max(Counter(card.year for card in cards).items())
    option(page, "Year", year).click()
    expect(page.locator(".body .card:visible")).to_have_count(papers)
    assert complaints == []


def test_nothing_of_it_is_loaded_before_it_is_used_or_shown_without_scripts(hosted, browser, context):
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path.rpartition("/")[2]))
    page.goto(hosted["/"].url + COLLECTION)
    page.wait_for_load_state("networkidle")
    assert not {"filters.js", "filters.css", "list.js"} & {*loaded}
    open_filters(page)
    assert {"filters.js", "filters.css"} <= {*loaded}
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(hosted["/"].url + COLLECTION + "?year=2024")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".body .card").first).to_be_visible()
    plain.close()


def test_years_are_written_as_ranges(look):
    page = look(COLLECTION)
    open_filters(page)
    toggled = (
        "([values, id]) => selection.toggled(values, 'year', id, ['2025', '2024', '2023', '2021', '2020'])"
    )
    for values, year, then in (
        ([], "2024", ["2024"]),
        (["2024"], "2025", ["2024..2025"]),
        (["2023", "2025"], "2024", ["2023..2025"]),
        (["2020..2025"], "2024", ["2020..2021", "2023", "2025"]),
        (["2023.."], "2025", ["2023..2024"]),
        (["..2021"], "2020", ["2021"]),
        (["nonsense"], "2020", ["2020"]),
    ):
        assert page.evaluate(toggled, [values, year]) == then


def test_what_curators_say_of_a_paper_filters_their_list_and_that_of_all_papers(root, tmp_path, context):
    story = root / "tests" / "sites" / "every_way_to_name_a_paper" / "content"
    shutil.copytree(story, tmp_path / "content")
    assert build(tmp_path, Options(output="site", jobs=1)).published
    for address in ("collections/five.html", PAPERS):
        page = context.new_page()
        page.goto((tmp_path / "site" / address).as_uri())
        open_filters(page)
        assert counts(page, "Curator’s status") == {"Read": 1}
        option(page, "Curator’s status", "Read").click()
        expect(page.locator(".body .card:visible")).to_have_count(1)


def test_what_a_reader_has_marked_is_a_filter(look):
    page = look(COLLECTION)
    cards = len(shown(page))
    page.locator(".card .star").nth(1).click()
    open_filters(page)
    assert counts(page, "Your marks") == {"Not read yet": cards, "Starred": 1}
    option(page, "Your marks", "Starred").click()
    expect(page.locator(".body .card:visible")).to_have_count(1)
    assert asked(page) == [("mine", "starred")]
    page.locator(".body .card:visible .star").click()
    expect(page.locator(".body .card:visible")).to_have_count(0)


def test_a_list_on_one_page_is_put_in_order_by_discussion_and_filtered_by_venue_and_by_having_no_date(
    tmp_path, context
):
    (tmp_path / "content" / "dumps").mkdir(parents=True)
    (tmp_path / "content" / "sitegen.yaml").write_text("title: Some\nsources: [dumps/*]\n")
    papers = [
        {
            "title": f"On {word} {word[::-1]} matters {word * 2}",
            "abstract": f"About {word} things.",
            "url": f"https://example.org/{word}",
            **more,
        }
        for word, more in {
            "calm": {"date": "2025-03-01", "venue": "ICML"},
            "loud": {"date": "2020-05-01"},
            "busy": {"date": "2021-05-01", "venue": "ICML"},
            "early": {},
            "plain": {"date": "2024-01-01"},
            "late": {"date": "2025-10-01"},
        }.items()
    ]
    (tmp_path / "content" / "dumps" / "some.jsonl").write_text("\n".join(json.dumps(each) for each in papers))
    assert build(tmp_path, Options(output="site", jobs=1)).published
    page = context.new_page()
    index = tmp_path / "site" / PAPERS
    text = index.read_text()
    for word, comments in {"loud": 40, "busy": 7, "early": 1}.items():
        text = text.replace(f'data-paper="on-{word}-', f'data-comments="{comments}" data-paper="on-{word}-')
    index.write_text(text)  # listings have numbers of comments; lines of JSON have none
    page.goto(index.as_uri())
    open_filters(page)
    assert counts(page, "Year") == {"2025": 2, "2024": 1, "2021": 1, "2020": 1, "Undated": 1}
    assert counts(page, "Venue") == {"ICML": 2}
    page.get_by_label("Order").select_option("discussion")
    expect(page.locator(".body .card-title").first).to_contain_text("loud")
    assert [title.split()[1] for title in shown(page)][:3] == ["loud", "busy", "early"]
    option(page, "Year", "Undated").click()
    expect(page.locator(".body .card:visible")).to_have_count(1)
    option(page, "Year", "2021").click()
    expect(page.locator(".body .card:visible")).to_have_count(2)
    option(page, "Year", "Undated").click()
    option(page, "Venue", "ICML").click()
    expect(page.locator(".body .card:visible")).to_have_count(1)
    assert [title.split()[1] for title in shown(page)] == ["busy"]
