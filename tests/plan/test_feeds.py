import pytest

from sitegen.model.library import Entry
from sitegen.model.record import PartialDate
from sitegen.plan.feeds import plan_feeds


@pytest.fixture
def feeds(make_context):
    def feeds(*args, **settings):
        return {page.url: page.view for page in plan_feeds(make_context(*args, **settings))}

    return feeds


def test_an_entry_is_dated_by_the_day_it_was_added_then_by_its_own_date_then_by_its_list(
    feeds, make_paper, make_list
):
    added, dated, listed, _ = papers = [
        make_paper("added", date=PartialDate(2020)),
        make_paper("dated", date=PartialDate(2024, 3)),
        make_paper("listed"),
        make_paper("unknown"),
    ]
    shelf = make_list(Entry(paper=added, added="2026-05-01"), dated, listed, updated="2026-06-01")
    assert [(e.url.split("/")[-1], e.updated) for e in feeds(papers, [shelf])["feed.xml"].entries] == [
        ("listed.html", "2026-06-01T00:00:00Z"),
        ("added.html", "2026-05-01T00:00:00Z"),
        ("dated.html", "2024-03-01T00:00:00Z"),
        ("unknown.html", "2026-06-01T00:00:00Z"),  # the site's last edit, and last all the same
    ]


def test_a_feed_is_as_new_as_its_newest_entry(feeds, make_paper):
    papers = [make_paper("a", date=PartialDate(2020)), make_paper("b", date=PartialDate(2024))]
    view = feeds(papers)["feed.xml"]
    assert view.updated == "2024-01-01T00:00:00Z"
    assert [entry.updated for entry in view.entries] == sorted(
        (e.updated for e in view.entries), reverse=True
    )


def test_an_entry_is_the_same_in_every_feed(feeds):
    entries = {}
    for url, view in feeds().items():
        for entry in () if url == "feeds.opml" else view.entries:
            assert entries.setdefault(entry.url, entry) == entry
    assert "https://shelf.example/list/papers/first.html" in entries


def test_a_feed_holds_as_many_entries_as_the_settings_say(feeds, make_paper):
    assert len(feeds([make_paper(f"p{n}") for n in range(9)], feed_size=4)["feed.xml"].entries) == 4


def test_an_empty_feed_has_a_date_all_the_same(feeds):
    assert feeds([])["feed.xml"].updated == "1970-01-01T00:00:00Z"


def test_both_forms_know_each_other_and_their_page(feeds):
    view = feeds()["tags/language.xml"]
    assert view is feeds()["tags/language.feed.json"] or view == feeds()["tags/language.feed.json"]
    assert view.home == "https://shelf.example/list/tags/language.html"
    assert view.json == "https://shelf.example/list/tags/language.feed.json"
    assert feeds()["feed.xml"].home == "https://shelf.example/list/"


def test_every_list_that_has_an_address_has_a_feed_and_stands_in_the_outline(feeds, make_context):
    planned = feeds()
    groups = planned["feeds.opml"].groups
    assert [(group.title, len(group.items)) for group in groups] == [
        ("", 1),
        ("Collections", 2),
        ("Tags", 3),
        ("Years", 3),
    ]
    listed = {
        item.feed.removeprefix("https://shelf.example/list/") for group in groups for item in group.items
    }
    assert listed == {url for url in planned if url.endswith(".xml")}


def test_without_a_base_url_there_are_no_feeds(feeds):
    assert feeds(base_url="") == {}


def test_an_author_who_has_a_page_has_a_feed(feeds, make_paper):
    papers = [make_paper("a", authors=("Ada Example",)), make_paper("b", authors=("Ada Example", "Bo"))]
    planned = feeds(papers, author_pages=2)
    found = {url for url in planned if url.startswith("authors/")}
    assert found == {"authors/ada-example.xml", "authors/ada-example.feed.json"}
    assert len(planned["authors/ada-example.xml"].entries) == 2
    assert not any(url.startswith("authors/") for url in feeds(papers))
