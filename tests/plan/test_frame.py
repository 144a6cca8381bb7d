"""What surrounds every page."""

from __future__ import annotations

import pytest

from sitegen.model.settings import NavLink


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("about", "about.html"),
        ("/about", "about.html"),
        ("docs/index.html", "docs/index.html"),
        ("about#section-team", "about.html#section-team"),
        ("about?a=1.5#b/c", "about.html?a=1.5#b/c"),
        ("search?q=x.y/", "search.html?q=x.y/"),
        ("tags/", "tags/index.html"),
        ("tags/#llm", "tags/index.html#llm"),
        ("/", "index.html"),
        ("#top", "index.html#top"),
        ("feed.xml", "feed.xml"),
    ],
)
def test_a_link_of_the_navigation_leads_to_a_page_of_the_site(make_context, written, url):
    frame = make_context([], navigation=(NavLink("There", written),)).frame
    assert (frame.navigation[-1].url, frame.navigation[-1].external) == (url, False)
