"""Free pages, alone and in folders."""

import pytest

from sitegen.diagnostics import Span
from sitegen.model.free_page import FreePage
from sitegen.plan import plan


@pytest.fixture
def pages(make_site, texts):
    def make(*ids, hidden=()):
        found = tuple(
            FreePage(id=i, where=Span(f"{i}.md"), title=i.upper(), text="", navigation=i not in hidden)
            for i in ids
        )
        return {page.url: page.view for page in plan(make_site([], pages=found), texts)}

    return make


def around(view):
    return view.previous and view.previous.url, view.following and view.following.url


def test_pages_of_a_folder_lead_to_each_other(pages):
    site = pages("about", "docs/index", "docs/a", "docs/b")
    view = site["docs/a.html"]
    assert [item.url for item in view.siblings] == ["docs/index.html", "docs/a.html", "docs/b.html"]
    assert view.folder == "DOCS/INDEX"
    assert around(view) == ("docs/index.html", "docs/b.html")
    assert around(site["docs/index.html"]) == (None, "docs/a.html")
    assert around(site["docs/b.html"]) == ("docs/a.html", None)
    assert (view.head.section, view.head.previous) == ("docs/index.html", "docs/index.html")


def test_pages_at_the_top_and_pages_alone_in_their_folder_have_nothing_beside_them(pages):
    site = pages("about", "imprint", "docs/index")
    for url in ("about.html", "imprint.html", "docs/index.html"):
        assert site[url].siblings == ()
        assert around(site[url]) == (None, None)
        assert site[url].head.section == url


def test_a_page_that_is_not_listed_leads_to_those_that_are(pages):
    view = pages("docs/index", "docs/a", "docs/draft", hidden={"docs/draft"})["docs/draft.html"]
    assert [item.url for item in view.siblings] == ["docs/index.html", "docs/a.html"]
    assert around(view) == (None, None)


def test_the_footer_has_the_top_s_pages_and_the_first_of_each_folder(pages):
    site = pages("about", "imprint", "docs/index", "docs/a", "talks/one", "talks/two", hidden={"imprint"})
    footer = [item.url for item in site["index.html"].frame.footer]
    assert footer == ["about.html", "docs/index.html", "talks/one.html", "subscribe.html", "reading.html"]
