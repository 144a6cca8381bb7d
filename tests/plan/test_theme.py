"""The theme as a whole: every page drawn from the default templates, and the templates themselves."""

import gzip
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest

from sitegen.build.theme import read_theme, without_other_themes
from sitegen.model.settings import Theme
from sitegen.model.source import SourceFile
from sitegen.plan import plan
from sitegen.render.renderer import Renderer

TEMPLATES = Path(__file__).parents[2] / "templates"
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*"))
    if path.is_file()
}
TEMPLATE_SOURCES = {
    name: text for name, text in SOURCES.items() if not name.startswith(("assets/", "languages/", "themes/"))
}
ASSETS = {
    re.sub(r"(\.(?:css|js))/.*", r"\1", name.removeprefix("assets/")): name
    for name in SOURCES
    if name.startswith("assets/")
}


@pytest.fixture
def draw(make_site, texts):
    def draw(**settings):
        site = make_site(**settings)
        renderer = Renderer(TEMPLATE_SOURCES, site.library.settings, texts, ASSETS)
        files = {}
        for page in plan(site, texts):
            outcome = renderer.render(page)
            assert outcome.diagnostics == (), page.url
            files |= {output.path: output.data for output in outcome.value}
        return files

    return draw


@pytest.fixture
def html(draw):
    return {path: data.decode() for path, data in draw(accent="#aa0000").items() if path.endswith(".html")}


class Outline(HTMLParser):
    """Elements with their attributes; that every one is closed where it should be."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "wbr"})
    NOT_IN_P = frozenset(
        {"p", "div", "ul", "ol", "dl", "table", "section", "details", "pre", "h1", "h2", "h3"}
    )

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.text = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert not ("p" in self.open and tag in self.NOT_IN_P), f"<{tag}> in <p>"
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_page_is_drawn_without_a_problem_and_every_element_is_closed(html):
    for text in html.values():
        Outline(text)


def test_no_page_uses_an_id_twice_or_points_at_one_that_is_not_there(html):
    for path, text in html.items():
        elements = Outline(text).elements
        ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
        assert len(ids) == len(set(ids)), path
        named = {attrs["aria-labelledby"] for _, attrs in elements if "aria-labelledby" in attrs}
        assert named <= set(ids), path


def test_every_page_has_one_first_heading_and_skips_no_level(html):
    for path, text in html.items():
        levels = [int(tag[1]) for tag, _ in Outline(text).elements if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_every_link_within_the_site_leads_to_a_file_of_it(draw):
    files = draw()
    ids = {
        path: {attrs["id"] for _, attrs in Outline(data.decode()).elements if "id" in attrs}
        for path, data in files.items()
        if path.endswith(".html")
    }
    for path in ids:
        for tag, attrs in Outline(files[path].decode()).elements:
            url = attrs.get("href", "")
            if tag not in {"a", "link"} or url.startswith(("https:", "assets/")) or "/assets/" in url:
                continue
            target, _, fragment = _resolved(path, url)
            assert target in files, (path, url)
            assert not fragment or fragment in ids[target], (path, url)


def _resolved(path, url):
    url = url.removeprefix("/list/") if path == "404.html" else url
    target, mark, fragment = url.partition("#")
    target = target.partition("?")[0]
    if not target:
        return path, mark, fragment
    folders = path.split("/")[:-1]
    while target.startswith("../"):
        target, folders = target[3:], folders[:-1]
    return "/".join((*folders, target)), mark, fragment


def test_nothing_on_any_page_needs_an_unsafe_policy(html):
    for path, text in html.items():
        for tag, attrs in Outline(text).elements:
            assert not [name for name in attrs if name == "style" or name.startswith("on")], path
            assert tag != "style"
            if tag == "script":
                assert "src" in attrs or attrs["type"] in {"application/json", "application/ld+json"}, path
        assert 'http-equiv="Content-Security-Policy"' in text


def test_nothing_of_a_page_comes_from_elsewhere(html):
    for text in html.values():
        for tag, attrs in Outline(text).elements:
            loaded = attrs.get("src") or (
                tag == "link" and attrs["rel"] in {"stylesheet", "icon"} and attrs["href"]
            )
            assert not (loaded and re.match("(https?:)?//", loaded))


def test_titles_are_shown_with_their_math_and_without_their_markup(html):
    text = html["papers/first.html"]
    assert "<b>first" not in text
    assert "&lt;b&gt;first&lt;/b&gt; &amp; last: 72% of everything" in text
    assert "<math" in text


def test_a_date_says_how_it_is_known(html):
    assert 'class="inferred"' in html["papers/first.html"]
    assert "year inferred" in html["papers/first.html"]
    assert "undated" in html["papers/third.html"]


def test_a_signal_stands_beside_its_day(html):
    assert re.search(r"3 comments.{0,40}9 Dec 2025", html["index.html"], re.DOTALL)
    assert "upvote" not in "".join(html.values())


def test_what_filters_and_orders_need_is_data_of_a_card(html):
    for path in ("papers/index.html", "tags/language.html"):
        assert 'data-venue="ICML" data-comments="3"' in html[path]
    assert html["papers/index.html"].count("data-comments") == 1, "a paper that nobody discussed has none"


def test_status_and_rating_are_words_too(html):
    text = html["collections/curated.html"]
    assert re.search(r'class="status read">Read<', text)
    assert "Rated 4 of 5" in text
    assert "Start here" in text


def test_machines_are_told_no_address_that_is_not_absolute(draw):
    for base_url in ("", "https://shelf.example/list/"):
        pages = [data.decode() for path, data in draw(base_url=base_url).items() if path.endswith(".html")]
        data = [json.loads(found) for text in pages for found in re.findall("ld.json.>(.*?)<", text)]
        urls = re.findall(r'"(?:url|@id)": "(.*?)"', json.dumps(data))
        assert len(data) > 9
        assert bool(urls) == bool(base_url)
        assert all(url.startswith("https://") for url in urls)


def test_pages_that_are_not_to_be_found_have_no_canonical_address(html):
    without = {path for path, text in html.items() if 'rel="canonical"' not in text}
    assert without == {"404.html", "reading.html"}


def test_a_share_is_told_as_all_where_it_is_all(make_site, make_paper, texts):
    papers = [make_paper(f"p{n}", abstract="Words." * (n > 0), author_count=2) for n in range(210)]
    site = make_site(papers)
    [statistics] = (page for page in plan(site, texts) if page.url == "statistics.html")
    [output] = Renderer(TEMPLATE_SOURCES, site.library.settings, texts, ASSETS).render(statistics).value
    rows = re.findall(r"<td>(\d+) <small>(\d+) %</small>", output.data.decode())
    assert ("209", "99") in rows
    assert ("210", "100") in rows


def test_a_retired_address_leads_to_where_the_paper_is_now(make_site, make_paper, texts):
    site = make_site([make_paper("now", title="Now & then", aliases=("then",))])
    renderer = Renderer(TEMPLATE_SOURCES, site.library.settings, texts, ASSETS)
    [stub] = (page for page in plan(site, texts) if page.url == "papers/then.html")
    [output] = renderer.render(stub).value
    text = output.data.decode()
    Outline(text)
    assert '<meta http-equiv="refresh" content="0; url=../papers/now.html">' in text
    assert '<link rel="canonical" href="https://shelf.example/list/papers/now.html">' in text
    assert '<a href="../papers/now.html">Now &amp; then</a>' in text


def test_feeds_are_read_by_a_reader_of_feeds(draw):
    files = draw()
    for path in ("feed.xml", "collections/curated.xml", "tags/language.xml"):
        feed = feedparser.parse(files[path])
        assert not feed.bozo, path
        assert feed.feed.id
        assert all(entry.id == entry.link and entry.updated for entry in feed.entries)
    first = next(e for e in feedparser.parse(files["feed.xml"]).entries if e.id.endswith("first.html"))
    assert "<strong>this</strong>" in first.content[0].value
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all("content_html" in item or "content_text" in item for item in feed["items"])


def test_every_text_that_is_asked_for_exists_and_every_other_is_gone(texts):
    sources = list(TEMPLATE_SOURCES.values())
    sources += [path.read_text() for path in sorted((TEMPLATES.parent / "sitegen").rglob("*.py"))]
    everything = "\n".join(sources)
    asked = set(re.findall(r"""\bt\('([\w.-]+)'[,)]""", everything))
    assert {key for key in asked if key not in texts} == set()
    mentioned = set(re.findall(r"""["']([\w.-]+)["']""", everything))
    families = (
        "link.",
        "signal.",
        "course.",
        "notice.",
        "status.",
        "rule.order.",
        "merge.",
        "changes.",
        "field.",
        "keys.",
        "coverage.",
        "search.js.",
        "filters.",
        "reading.js.",
        "statistics.",
        "map.",
    )
    keys = re.findall(r"^([\w.-]+):", SOURCES["languages/en.yaml"], re.MULTILINE)
    assert [key for key in keys if key not in mentioned and not key.startswith(families)] == []


def test_templates_arrange_and_decide_nothing():
    for name, text in SOURCES.items():
        assert not name.endswith((".html", ".xml")) or not re.search(
            r"\|\s*(safe|sort|groupby|unique|selectattr|rejectattr|map)\b", text
        ), name


def test_scripts_make_no_markup_out_of_text():
    for name, text in SOURCES.items():
        if name.endswith(".js"):
            assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text), (
                name
            )


@pytest.mark.parametrize("theme", ["default", "catalogue"])
def test_a_theme_stays_within_its_budgets(theme):
    files = tuple(SourceFile(f"default/{name}", text.encode(), "") for name, text in SOURCES.items())
    _, assets = read_theme(without_other_themes(files, Theme(theme)).value, theme)

    def packed(*names):
        return sum(len(gzip.compress(assets[name][1], 9)) for name in names)

    assert packed("css/site.css") <= 8 * 1024
    assert packed("js/theme.js", "js/site.js") <= 6 * 1024
