"""The page of a reader: all that is kept, out of the browser and in again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from keeping import LIST, PAPER, UL2, bring, exported, kept, said
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.browser


def test_what_is_exported_can_be_imported_and_both_are_kept(visit, tmp_path: Path):
    page = visit("reading.html")
    bring(page, "a.json", exported({UL2: {"starred": True, "note": "one", "title": "UL2"}}))
    expect(said(page)).to_have_text("1 paper added.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "reading.json"
    download.value.save_as(file)
    bring(page, "a.json", file.read_bytes())
    expect(said(page)).to_have_text("1 paper stays as it was.")
    bring(page, "b.json", exported({UL2: {"read": True, "note": "two"}}))
    expect(said(page)).to_have_text("1 paper changed.")
    assert kept(page)["papers"] == {UL2: [3, "UL2", "one\n\ntwo", ""]}
    page.get_by_role("button", name="Undo").click()
    assert kept(page)["papers"] == {UL2: [2, "UL2", "one", ""]}


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"<script>alert(1)</script>", "is not JSON"),
        (b"[1, 2]", "not a reading list"),
        (b'{"papers": {}}', "not a reading list"),
        (exported([1]), "not a reading list"),
        (exported({}, version=2), "later version"),
        (exported({}, version="x"), "not a reading list"),
        (exported({}) + b" " * 10_000_000, "too large"),
    ],
)
def test_what_is_no_reading_list_is_refused_and_nothing_changes(visit, complaints, data, answer):
    page = visit("reading.html")
    bring(page, "<i>x</i>.json", data)
    expect(said(page)).to_contain_text("<i>x</i>.json")
    expect(said(page)).to_contain_text(answer)
    assert page.evaluate("sitegen.reader.ids()") == []
    assert complaints == []


def test_entries_that_make_no_sense_are_left_out_and_counted(visit, context, complaints):
    page = visit("reading.html")
    hostile = (
        '{"format": "sitegen reading", "version": 1, "papers": {'
        '"__proto__": {"starred": true}, "../../x": {"starred": true}, "a b": {"read": true},'
        '"number": 7, "list": [], "types": {"starred": "yes"}, "nothing": {},'
        f'"{UL2}": {{"starred": true, "title": "<img src=x onerror=alert(1)>", "note": "</textarea>"}},'
        '"constructor": {"read": true, "title": "A title", "polluted": true}}}'
    )
    bring(page, "x.json", hostile.encode())
    expect(said(page)).to_have_text("2 papers added. 7 entries make no sense and were left out.")
    expect(page.locator("#reading-starred .card-title a")).to_have_text("<img src=x onerror=alert(1)>")
    assert page.evaluate("[sitegen.reader.ids(), ({}).starred]") == [[UL2, "constructor"], None]
    assert complaints == []


def test_starred_papers_become_one_bibliography(visit, tmp_path: Path):
    page = visit(LIST)
    for at in (0, 1):
        page.locator(".card .star").nth(at).click()
    page.evaluate("sitegen.reader.set('no-such-paper', { starred: true, title: 'Gone' })")
    page.goto(page.url.replace(LIST, "reading.html"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Starred as BibTeX").click()
    download.value.save_as(tmp_path / "x.bib")
    text = (tmp_path / "x.bib").read_text("utf-8")
    assert text.count("\n@") + text.startswith("@") == 2
    assert download.value.suggested_filename == "starred.bib"
    expect(said(page)).to_contain_text("2 citations saved.")
    expect(said(page)).to_contain_text("Gone")


def test_a_link_shows_the_list_to_others_who_add_it_or_leave_it(visit, browser, url, complaints):
    page = visit(PAPER)
    page.get_by_role("button", name="Star", exact=True).click()
    page.goto(url + "reading.html")
    page.get_by_role("button", name="Starred as a link").click()
    address = page.locator("#reading-address").input_value()
    assert address == f"{url}reading.html#papers={UL2}"

    other = browser.new_context()
    theirs = other.new_page()
    theirs.goto(f"{address},<b>,{UL2},__proto__")
    offer = theirs.locator("#reading-offer")
    expect(offer.locator(".card-title a")).to_have_text("UL2: Unifying Language Learning Paradigms")
    assert theirs.evaluate("sitegen.reader.ids()") == []
    theirs.get_by_role("button", name="Add to my starred papers").click()
    expect(offer).to_be_hidden()
    expect(theirs.locator("#reading-starred .card")).to_have_count(1)
    expect(theirs).to_have_url(re.compile(r"reading\.html$"))
    theirs.goto(address)
    theirs.get_by_role("button", name="Leave it").click()
    expect(offer).to_be_hidden()
    other.close()
    assert complaints == []


def test_an_address_that_leads_nowhere_says_so(visit):
    page = visit("reading.html#papers=no-such-paper")
    expect(page.locator("#reading-offer .card")).to_contain_text("has no paper with this address")


def test_each_message_has_the_undo_and_the_address_that_belong_to_it_alone(visit):
    page = visit("reading.html")
    undo, address = page.get_by_role("button", name="Undo"), page.locator("#reading-address")
    bring(page, "a.json", exported({UL2: {"starred": True}}))
    expect(said(page)).to_have_text("1 paper added.")
    expect(undo).to_be_visible()
    bring(page, "b.json", b"no")
    expect(said(page)).to_contain_text("is not JSON")
    expect(undo).to_be_hidden()
    page.get_by_role("button", name="Starred as a link").click()
    expect(address).to_be_visible()
    bring(page, "a.json", exported({UL2: {"starred": True}}))
    expect(said(page)).to_have_text("1 paper stays as it was.")
    expect(address).to_be_hidden()
    expect(undo).to_be_hidden()
    page.get_by_role("button", name="Starred as a link").click()
    expect(address).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(address).to_be_hidden()


def test_rows_say_who_and_when_as_far_as_it_was_seen(visit):
    page = visit(PAPER)
    page.get_by_role("button", name="Star", exact=True).click()
    seen = page.locator(".lede .facts span").last.inner_text()
    page.evaluate("sitegen.reader.set('kept-long-ago', { read: true, title: 'Old' })")
    page.goto(page.url.replace(PAPER, "reading.html"))
    expect(page.locator("#reading-starred .facts")).to_contain_text(seen)
    expect(page.locator("#reading-read .facts")).to_have_text("")


def test_all_is_forgotten_only_after_a_question_and_can_be_had_back(visit):
    page = visit("reading.html")
    bring(page, "a.json", exported({UL2: {"starred": True}, "other": {"read": True}}))
    expect(said(page)).to_have_text("2 papers added.")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Forget all marks and notes of 2 papers?")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    assert len(kept(page)["papers"]) == 2
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Forget all of it").click()
    expect(page.locator("#reading-empty")).to_be_visible()
    assert kept(page)["papers"] == {}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#reading-starred .card")).to_have_count(1)


def test_without_javascript_the_page_says_what_it_would_do(browser, url):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url + "reading.html")
    assert "needs JavaScript" in page.locator("main").inner_text()
    expect(page.locator("#reading")).to_be_hidden()
    context.close()
