"""Feeds as files: what RFC 4287, JSON Feed 1.1 and OPML 2.0 ask for, and what feedparser makes of them."""

import json
import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from sitegen.build import Options, build

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://shelf.example/list/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    project = tmp_path_factory.mktemp("feeds")
    (project / "content/collections").mkdir(parents=True)
    (project / "content/sitegen.yaml").write_text(
        f"title: Shelf & <co>\nbase_url: {BASE}\ntagline: 'a < b'\nauthor: Ada & Bob\nauthor_pages: 1\nsources: [dumps/*]\n",
        encoding="utf-8",
    )
    (project / "content/collections/odd.yaml").write_text(
        "title: Odd & <even>\npicks:\n"
        "  - added: 2026-01-02\n"
        "    note: 'See [another](papers/second.html) & `a < b` ]]> <script>alert(1)</script>'\n"
        "    tags: ['R&D', 'c++']\n"
        "    paper: {title: 'On $x < y$ & ]]> 日本語 🙂', date: 2025-03-04, authors: ['A & B', 'Ó <i>', 李伟],\n"
        "            arxiv: '2503.00001',\n"
        "            links: {code: 'https://code.example/?a=1&b=2'}}\n"
        "  - paper: {title: Second}\n"
        "  - paper: {title: Third, date: 2024}\n",
        encoding="utf-8",
    )
    (project / "content/dumps").mkdir()
    (project / "content/dumps/odd.jsonl").write_text(
        json.dumps(
            {
                "title": "On $x < y$ & ]]> 日本語 🙂",
                "arxiv": "2503.00001",
                "abstract": "We show $a_b < c$ & <b>more</b> ]]>.",
            }
        ),
        encoding="utf-8",
    )
    report = build(project, Options(jobs=1))
    assert report.published, report.diagnostics
    return project / "site"


def moment(text):
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text), text
    return datetime.fromisoformat(text)


def absolute(url):
    assert urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc, url
    return url


def only(element, name):
    [found] = element.findall(ATOM + name)
    return found.text


def check_atom(path):
    """What RFC 4287 requires of a feed and its entries (sections 4.1.1 and 4.1.2)."""
    feed = ET.parse(path).getroot()
    assert feed.tag == ATOM + "feed"
    assert only(feed, "title").strip()
    absolute(only(feed, "id"))
    newest = moment(only(feed, "updated"))
    assert [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='self']")] == [only(feed, "id")]
    authored = all(a.find(ATOM + "name").text.strip() for a in feed.findall(ATOM + "author"))
    ids = []
    for entry in feed.findall(ATOM + "entry"):
        ids.append(absolute(only(entry, "id")))
        assert only(entry, "title").strip()
        assert moment(only(entry, "updated")) <= newest
        assert authored or entry.find(ATOM + "author") is not None
        [alternate] = entry.findall(f"{ATOM}link[@rel='alternate']")
        absolute(alternate.get("href"))
        assert len(entry.findall(ATOM + "content")) <= 1
        for published in entry.findall(ATOM + "published"):
            moment(published.text)
        assert all(category.get("term") for category in entry.findall(ATOM + "category"))
    assert len(ids) == len(set(ids))
    return ids


def check_json_feed(path):
    """What JSON Feed 1.1 requires: https://www.jsonfeed.org/version/1.1/."""
    feed = json.loads(path.read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    absolute(feed["home_page_url"])
    assert (
        absolute(feed["feed_url"])
        == BASE + path.relative_to(path.parents[0 if path.name == "feed.json" else 1]).as_posix()
    )
    assert all(author["name"] for author in feed["authors"])
    for item in feed["items"]:
        absolute(item["id"])
        absolute(item["url"])
        assert isinstance(item.get("content_html", item.get("content_text")), str)
        assert ("content_html" in item) != ("content_text" in item)
        for name in ("date_published", "date_modified"):
            assert name not in item or moment(item[name])
        assert all(isinstance(tag, str) for tag in item.get("tags", ()))
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    return ids


def outlined(site):
    return [o for o in ET.parse(site / "feeds.opml").getroot().iter("outline") if o.get("type") == "rss"]


def test_the_outline_names_every_feed_and_every_feed_is_valid(site):
    opml = ET.parse(site / "feeds.opml").getroot()
    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    assert opml.find("head/title").text == "Shelf & <co>"
    assert all(outline.get("text") for outline in opml.iter("outline"))
    named = {absolute(outline.get("xmlUrl")).removeprefix(BASE) for outline in outlined(site)}
    found = {p.relative_to(site).as_posix() for p in site.rglob("*.xml")} - {"sitemap.xml", "opensearch.xml"}
    assert named == found
    assert {"feed.xml", "collections/odd.xml", "years/2025.xml", "years/undated.xml"} <= named
    assert len([name for name in named if name.startswith("authors/")]) == 3
    for name in sorted(named):
        twin = "feed.json" if name == "feed.xml" else name.removesuffix(".xml") + ".feed.json"
        ids = check_atom(site / name)
        assert ids
        assert check_json_feed(site / twin) == ids


def test_the_page_of_every_feed_names_it(site):
    for outline in outlined(site):
        home = outline.get("htmlUrl").removeprefix(BASE) or "index.html"
        feed = outline.get("xmlUrl").removeprefix(BASE)
        links = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', (site / home).read_text()
        )
        assert (feed if "/" not in feed else feed.rpartition("/")[2]) in {
            link.rpartition("/")[2] for link in links
        }


def test_a_reader_of_feeds_finds_everything_and_nothing_that_runs(site):
    parsed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.feed.title_detail.value == "Shelf & <co>"
    [first] = [entry for entry in parsed.entries if "日本語" in entry.title]
    assert [author.name for author in first.authors] == ["A & B", "Ó <i>", "李伟"]
    content = first.content[0].value
    assert f'href="{BASE}papers/second.html"' in content
    assert "a &lt; b" in content
    assert "<script" not in content
    assert "more" in content and "https://arxiv.org/abs/2503.00001" in content
    assert 'href="https://code.example/?a=1&amp;b=2"' in content
    assert {tag.term for tag in first.tags} == {"R&D", "c++"}
    raw = ET.parse(site / "feed.xml").getroot().find(f"{ATOM}entry/{ATOM}content").text
    item = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"][0]
    assert raw == item["content_html"]
    assert "<script" not in raw
