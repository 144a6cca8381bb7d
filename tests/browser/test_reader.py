"""What readers keep for themselves: marks, notes, what is new."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from keeping import LIST, PAPER, UL2, bring, exported, keep, kept, pressed, said
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PRESSED = {"name": "aria-pressed", "value": "true"}
DENIED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("denied", "SecurityError"); } })"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def test_a_star_and_a_tick_last_and_are_the_same_in_lists_and_on_the_paper_s_page(visit, complaints):
    page = visit(LIST)
    card = page.locator(".card").first
    card.locator(".star").click()
    card.locator(".read").click()
    expect(card).to_have_attribute("data-starred", "")
    card.locator(".card-title a").click()
    expect(page.locator("article[data-read][data-starred]")).to_have_count(1)
    page.get_by_role("button", name="Star", exact=True).click()
    page.go_back()
    page.reload()
    expect(page.locator(".card").first.locator(".read")).to_have_attribute("aria-pressed", "true")
    expect(pressed(page, "star")).to_have_count(0)
    assert complaints == []


def test_marks_are_made_with_the_keyboard(visit):
    page = visit(LIST)
    star = page.locator(".card .star").first
    star.focus()
    page.keyboard.press("Space")
    expect(star).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card .read").first).to_have_attribute("aria-pressed", "true")


def test_other_tabs_follow_and_nothing_that_one_of_them_keeps_is_lost(visit):
    one, other = visit(LIST), visit(LIST)
    one.locator(".card .star").nth(0).click()
    expect(other.locator(".card .star").nth(0)).to_have_attribute("aria-pressed", "true")
    other.locator(".card .star").nth(1).click()
    expect(pressed(one, "star")).to_have_count(2)
    assert len(kept(one)["papers"]) == 2


def test_sites_in_folders_of_one_host_do_not_mix(hosted, context):
    page = context.new_page()
    page.goto(hosted["/a/b/"].url + LIST)
    page.locator(".card .star").first.click()
    expect(pressed(page, "star")).to_have_count(1)
    assert next(iter(kept(page, "/a/b/")["papers"].values()))[0] == 2
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('sitegen:')).length") == 1


def test_what_is_read_hides_and_the_others_keep_their_numbers(visit, complaints):
    page = visit(LIST)
    cards = page.locator(".card")
    total = cards.count()
    for at in (0, 2):
        cards.nth(at).locator(".read").click()
    tally = page.locator(".tally")
    expect(tally).to_contain_text(f"2 of {total} read")
    page.get_by_role("button", name="Hide read").click()
    expect(cards.nth(0)).to_be_hidden()
    expect(cards.nth(1)).to_be_visible()
    expect(tally).to_contain_text("2 hidden")
    page.reload()
    expect(page.get_by_role("button", name="Hide read")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".card:visible")).to_have_count(total - 2)
    shown = page.locator(".card:visible").first
    top = shown.bounding_box()["y"]
    number = "getComputedStyle(document.querySelectorAll('.card')[1], '::before').content"
    assert page.evaluate(number) == "counter(list-item)"
    assert top > tally.bounding_box()["y"]
    assert complaints == []


def test_rows_of_collections_say_how_much_is_read(visit):
    page = visit(LIST)
    page.locator(".card .read").first.click()
    page.goto(page.url.replace(LIST, ""))
    row = page.locator("[data-list=interleaved-data]")
    expect(row).to_contain_text("1 of ")
    page.evaluate("sitegen.reader.setAll(sitegen.reader.ids().map(id => [id, { read: false }]))")
    expect(row).to_contain_text("papers")


def test_nothing_is_asked_for_on_behalf_of_somebody_who_has_marked_nothing(visit, context):
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit("index.html")
    page.wait_for_load_state("networkidle")
    assert not [each for each in asked if "/reader/" in each or each.endswith("reading.json")]


def test_what_came_after_the_last_visit_is_marked_as_new(context, url):
    context.clock.set_fixed_time("2040-01-08T12:00:00Z")
    page = context.new_page()
    page.goto(url + "papers/index.html")
    expect(page.locator(".star").first).to_be_visible()
    marked = page.locator(".card[data-new]")
    expect(marked).to_have_count(0)
    days = sorted(page.eval_on_selector_all(".card", "all => all.map(each => each.dataset.added)"))
    before = max((day for day in days if day < days[-1]), default="2000-01-01")
    newer = sum(day > before for day in days)
    keep(page, papers={}, hide=False, visit=["", 1, before])
    page.reload()
    expect(marked).to_have_count(newer)
    expect(page.locator(".tally")).to_contain_text(f"{newer} new")
    page.reload()  # the same visit still
    expect(marked).to_have_count(newer)
    assert kept(page)["visit"][0] == before
    context.clock.set_fixed_time("2040-01-09T12:00:00Z")
    page.reload()
    expect(page.locator(".star").first).to_be_visible()
    expect(marked).to_have_count(0)


def test_results_of_a_search_are_marked_as_new_like_the_cards_of_lists(context, url):
    context.clock.set_fixed_time("2040-01-08T12:00:00Z")
    page = context.new_page()
    page.goto(url + "papers/index.html")
    days = dict(
        page.eval_on_selector_all(".card", "all => all.map(({dataset}) => [dataset.paper, dataset.added])")
    )
    newest = max(days, key=days.__getitem__)
    title = page.locator(f"[data-paper={newest}] .card-title").inner_text()
    keep(page, papers={}, hide=False, visit=["", 1, "2000-01-01"])
    page.goto(url + "search.html?" + urlencode({"q": title}))
    expect(page.locator(f".card[data-paper={newest}][data-new]")).to_have_attribute(
        "data-added", days[newest]
    )


def test_a_note_is_written_on_the_paper_s_page_and_found_again(visit, complaints):
    page = visit(PAPER)
    page.get_by_role("button", name="Note").click()
    page.get_by_role("textbox", name="Note").fill("<b>Compare</b> with T5")
    opener = page.locator("button.own-note")
    page.get_by_role("textbox", name="Note").blur()  # which keeps it
    expect(opener).to_have_text("Note")
    page.get_by_role("textbox", name="Note").press("Escape")
    expect(page.get_by_role("button", name="Note: <b>Compare</b> with T5")).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Note: <b>Compare</b> with T5")).to_be_visible()
    page.goto(page.url.replace(PAPER, "reading.html"))
    field = page.locator("#reading-noted textarea")
    expect(field).to_have_value("<b>Compare</b> with T5")
    field.fill("")
    field.blur()
    expect(page.locator("#reading-empty")).to_be_visible()
    assert complaints == []


def test_buttons_appear_without_moving_anything(visit, url, context):
    page = context.new_page()
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    for path in (LIST, PAPER, "index.html", "reading.html"):
        page.goto(url + path)
        page.evaluate(
            "sitegen.reader.set('ul2-unifying-language-learning-paradigms', { read: true, note: 'x' })"
        )
        page.reload()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") == 0, path


@pytest.mark.parametrize("storage", [DENIED, FULL])
def test_without_storage_all_works_until_the_page_is_left_and_that_is_told_once(
    context, url, complaints, storage
):
    context.add_init_script(storage)
    page = context.new_page()
    page.goto(url + LIST)
    for at in (0, 1):
        page.locator(".card .star").nth(at).click()
    expect(pressed(page, "star")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="keeps nothing")).to_have_count(1)
    page.goto(url + "reading.html")
    expect(said(page)).to_contain_text("keeps nothing")
    bring(page, "mine.json", exported({UL2: {"starred": True}}))
    expect(page.locator("#reading-starred .card")).to_have_count(1)
    assert complaints == []


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "null",
        "[]",
        '{"v": 1, "papers": null}',
        '{"v": 1, "papers": [1, 2], "visit": "x"}',
        '{"v": 1, "papers": {"__proto__": [3], "<b>": [3, "", ""], "a": "b", "c": [{}, 7, []]}, "visit": [1, {}, "x"]}',
    ],
)
def test_what_others_wrote_into_the_storage_does_no_harm(visit, complaints, text):
    page = visit(LIST)
    page.evaluate("text => localStorage.setItem('sitegen:/', text)", text)
    page.reload()
    expect(page.locator(".card .star").first).to_be_visible()
    assert page.evaluate("sitegen.reader.ids()") == []
    page.locator(".card .star").first.click()
    expect(pressed(page, "star")).to_have_count(1)
    assert kept(page)["v"] == 1
    assert complaints == []


def test_what_a_later_version_keeps_is_left_alone(visit):
    page = visit(LIST)
    keep(page, v=2, papers="otherwise")
    page.reload()
    page.locator(".card .star").first.click()
    expect(page.get_by_role("status").filter(has_text="keeps nothing")).to_have_count(1)
    assert kept(page) == {"v": 2, "papers": "otherwise"}


def test_marks_work_on_pages_that_were_opened_from_a_file(sites, context, complaints):
    page = context.new_page()
    page.goto((sites["/"] / LIST).as_uri())
    page.locator(".card .read").first.click()
    expect(page.locator(".tally")).to_contain_text("1 of ")
    page.goto((sites["/"] / "reading.html").as_uri())
    expect(page.locator("#reading-read .card")).to_have_count(1)
    assert complaints == []


def test_results_of_a_search_have_marks(visit):
    page = visit("search.html?q=interleaved")
    page.locator("#results .star").first.click()
    expect(pressed(page, "star")).to_have_count(1)
    page.reload()
    expect(pressed(page, "star")).to_have_count(1)
