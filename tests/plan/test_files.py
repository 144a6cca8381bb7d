import pytest

from sitegen.plan import plan
from sitegen.plan.discovery import plan_sitemaps

INDEX_TWINS = {
    *("index.md", "collections/index.md", "papers/index.md", "tags/index.md"),
    *("years/index.md", "years/2025.md", "years/2024.md", "years/undated.md"),
}
EVERY_FILE = {
    *("index.html", "search.html", "statistics.html", "about.html", "404.html", "texts.json"),
    *(
        "collections/index.html",
        "collections/curated.html",
        "collections/curated.2.html",
        "collections/smart.html",
    ),
    *("papers/index.html", "papers/index.2.html"),
    *("papers/first.html", "papers/second.html", "papers/third.html"),
    *("tags/index.html", "tags/c-plus-plus.html", "tags/language.html", "tags/unused.html"),
    *("years/index.html", "years/2025.html", "years/2024.html", "years/undated.html"),
    *("papers.bib", "papers/first.bib", "papers/second.bib", "papers/third.bib"),
    *("papers.ris", "papers.csl.json", "papers.csv", "papers.jsonl"),
    *(
        f"{stem}.{ending}"
        for stem in (
            *("collections/curated", "collections/smart"),
            *("tags/c-plus-plus", "tags/language", "tags/unused"),
        )
        for ending in ("bib", "ris", "csl.json", "json", "md")
    ),
    *("index.json", "papers.json", "llms.txt", "about.md"),
    *INDEX_TWINS,
    *(f"schemas/{kind}.json" for kind in ("site", "papers", "paper", "collection", "tag")),
    *("feed.xml", "collections/curated.xml", "collections/smart.xml"),
    *("feed.json", "collections/curated.feed.json", "collections/smart.feed.json"),
    *("tags/c-plus-plus.xml", "tags/language.xml", "tags/unused.xml"),
    *("tags/c-plus-plus.feed.json", "tags/language.feed.json", "tags/unused.feed.json"),
    *(f"years/{year}.{form}" for year in ("2025", "2024", "undated") for form in ("xml", "feed.json")),
    *("feeds.opml", "subscribe.html"),
    *("reading.html", "reading.json"),
    *("sitemap.xml", "robots.txt", "opensearch.xml", ".nojekyll", "_headers", "_redirects"),
}


@pytest.fixture
def pages(make_site, texts):
    return lambda **settings: {page.url: page for page in plan(make_site(**settings), texts)}


def test_every_file_of_the_site_is_planned(pages):
    assert set(pages()) == EVERY_FILE


def test_no_two_pages_share_an_address(make_site, texts):
    urls = [page.url for page in plan(make_site(), texts)]
    assert len(urls) == len(set(urls))


def test_without_a_base_url_nothing_is_planned_that_needs_absolute_addresses(pages):
    without = pages(base_url="")
    gone = set(pages()) - set(without)
    assert gone == {url for url in pages() if url.endswith((".xml", "feed.json", ".opml", "subscribe.html"))}
    assert not any(page.view.head.feeds for page in without.values() if page.renderer == "html")


def test_readers_scripts_are_told_the_papers_of_every_list_that_can_be_read_to_its_end(
    make_site, make_list, make_paper, texts
):
    papers = [make_paper(f"p{n}") for n in range(1001)]
    lists = [make_list(*papers, name="all"), make_list(papers[2], papers[1], papers[2], name="some")]
    site = {page.url: page for page in plan(make_site(papers, lists), texts)}
    assert site["reading.json"].view == {"some": ["p2", "p1"]}


def test_without_search_there_is_no_page_for_it(pages):
    assert set(pages()) - set(pages(search=False)) == {"search.html", "opensearch.xml"}


def test_files_of_papers_can_be_left_out(pages):
    assert set(pages()) - set(pages(paper_files=())) == {
        f"papers/{n}.bib" for n in ("first", "second", "third")
    }


def test_papers_have_the_files_that_the_settings_ask_for(pages):
    endings = ("bib", "ris", "csl.json", "json", "md")
    assert set(pages(paper_files=endings)) - set(pages()) == {
        f"papers/{n}.{ending}" for n in ("first", "second", "third") for ending in endings[1:]
    }


def test_lists_have_the_files_that_the_settings_ask_for(pages):
    few = pages(list_files=("ris",))
    stems = ("collections/curated", "collections/smart", "tags/c-plus-plus", "tags/language", "tags/unused")
    assert set(pages()) - set(few) == {
        "about.md",
        *INDEX_TWINS,
        *(f"{stem}.{ending}" for stem in stems for ending in ("bib", "csl.json", "json", "md")),
    }


def test_a_domain_of_its_own_is_told_to_the_host(pages):
    assert pages(cname="shelf.example")["CNAME"].view == "shelf.example\n"


def test_an_accent_has_a_sheet_whose_name_changes_with_it(pages):
    [blue] = set(pages(accent="#0000ff")) - set(pages())
    [red] = set(pages(accent="#ff0000")) - set(pages())
    assert blue != red
    assert pages(accent="#0000ff")["index.html"].view.frame.accent_css == blue


def test_an_empty_project_still_has_a_site(make_site, texts):
    urls = {page.url for page in plan(make_site([]), texts)}
    assert {
        "index.html",
        "papers/index.html",
        "collections/index.html",
        "tags/index.html",
        "404.html",
    } <= urls


def test_planning_is_deterministic(make_site, texts):
    def seen():
        return [
            (page.url, page.renderer, page.template, page.view, page.modified)
            for page in plan(make_site(), texts)
        ]

    assert seen() == seen()


def test_the_sitemap_lists_what_is_to_be_found_and_nothing_else(pages):
    site = pages()
    listed = {url for url, _ in site["sitemap.xml"].view.urls}
    assert "https://shelf.example/list/" in listed
    assert "https://shelf.example/list/tags/" in listed
    assert "https://shelf.example/list/papers/first.html" in listed
    assert not {url for url in listed if url.endswith(("404.html", "reading.html", "index.html"))}
    html = [url for url, page in site.items() if page.renderer == "html"]
    assert len(listed) == len(html) - 2


def test_the_sitemap_dates_pages_by_their_content_alone(pages):
    dates = dict(pages()["sitemap.xml"].view.urls)
    assert dates["https://shelf.example/list/papers/first.html"] == "2026-01-02"
    assert dates["https://shelf.example/list/papers/second.html"] == ""


def test_fifty_thousand_addresses_fit_one_sitemap_and_one_more_makes_an_index(make_context):
    context = make_context([])
    addresses = [(f"papers/{n}.html", "") for n in range(50_001)]
    [alone] = plan_sitemaps(context, addresses[:50_000])
    assert (alone.url, len(alone.view.urls)) == ("sitemap.xml", 50_000)
    *parts, index = plan_sitemaps(context, addresses)
    assert [len(part.view.urls) for part in parts] == [50_000, 1]
    assert index.url == "sitemap.xml"
    assert [url for url, _ in index.view.urls] == [f"https://shelf.example/list/{part.url}" for part in parts]


def test_the_short_name_for_browsers_has_sixteen_characters_at_most_and_ends_at_a_word(pages):
    assert pages(title="A very long title of a reading list")["opensearch.xml"].view.name == "A very long"


def test_robots_are_told_where_the_sitemap_is(pages):
    assert pages()["robots.txt"].view.endswith("Sitemap: https://shelf.example/list/sitemap.xml\n")
    assert "Sitemap" not in pages(base_url="")["robots.txt"].view


def test_a_retired_address_leads_on_also_where_a_host_reads_no_redirects(make_site, make_paper, texts):
    pages = {page.url: page for page in plan(make_site([make_paper("now", aliases=("then",))]), texts)}
    assert "/list/papers/then.html /list/papers/now.html 301" in pages["_redirects"].view
    assert pages["papers/then.html"].view.url == "papers/now.html"
    assert "papers/then.html" not in str(pages["sitemap.xml"].view.urls)


def test_no_header_is_set_by_two_rules_that_meet(pages):
    rules = {}
    for line in pages()["_headers"].view.splitlines():
        if line.startswith("/"):
            path = line
        elif line:
            rules.setdefault(line.split(":")[0].strip(), []).append(path.rstrip("*"))
    for paths in rules.values():
        assert not [(a, b) for a in paths for b in paths if a != b and b.startswith(a)]
