"""An issue: what is in it, what its mail is made of, and that no paper is in two."""

import email
import email.policy
import errno
import json
import os
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from sitegen.build import Options, build
from sitegen.cli import program

SINCE = ("--since", "2026-11-01")
BASE = "https://shelf.example/list/"


def drafted(project, name="2026-11-21"):
    folder = project / ".sitegen/digest" / name
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


def message_of(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def recorded(project):
    return {path.stem: json.loads(path.read_text()) for path in (project / "content").glob("digests/*.json")}


def test_a_draft_says_what_is_new_and_changes_nothing_of_the_project(project, digest):
    before = sorted(p for p in (project / "content").rglob("*"))
    ended = digest(*SINCE)
    assert ended.exit_code == 0, ended.output
    assert ended.stdout.splitlines()[:2] == [
        "Shelf & co: 2 new papers since 2026-11-01",
        "  Knots & [ropes]: 2",
    ]
    assert set(drafted(project)) == {".html", ".txt", ".eml"}
    assert sorted(p for p in (project / "content").rglob("*")) == before


def test_a_message_holds_its_text_and_its_html(project, digest):
    digest(*SINCE)
    files = drafted(project)
    message = message_of(files[".eml"])
    assert message.get_content_type() == "multipart/alternative"
    text, body = message.iter_parts()
    assert (text.get_content_type(), body.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == files[".txt"].decode()
    assert body.get_content().replace("\r\n", "\n").encode() == files[".html"]
    assert message["Subject"] == "Shelf & co: 2 new papers"
    assert message["Message-ID"] == "<digest.2026-11-21@shelf.example>"
    assert message["List-Unsubscribe"] is None
    assert max(map(len, files[".eml"].split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
    assert b"\n" not in files[".eml"].replace(b"\r\n", b"")


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_its_html_needs_nothing_and_runs_nothing(project, digest):
    digest(*SINCE)
    text = drafted(project)[".html"].decode()
    tags = Tags(text).tags
    assert {tag for tag, _ in tags}.isdisjoint({"script", "link", "img", "style", "form", "iframe", "math"})
    links = [attrs["href"] for tag, attrs in tags if tag == "a"]
    assert len(links) >= 5
    assert all(link.startswith("https://") for link in links)
    assert f"{BASE}papers/bowlines.html" in links
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)
    assert "Reef &lt;b&gt;and&lt;/b&gt; x_1 *granny*" in text
    assert "Ada Ä, Bo" in text


def test_a_link_in_a_note_leads_to_the_site_from_its_text_too(project, digest):
    digest(*SINCE)
    assert f"Which is [which]({BASE}papers/bowlines.html)?" in " ".join(
        drafted(project)[".txt"].decode().split()
    )


def test_its_html_is_short_enough_for_mail_programs_however_much_is_new(project, digest):
    picks = "".join(
        f"  - added: 2026-11-02\n    note: {'Read it. ' * 30}\n    paper: {{title: Paper {n}}}\n"
        for n in range(900)
    )
    (project / "content/collections/knots.yaml").write_text(f"title: Many\npicks:\n{picks}")
    ended = digest(*SINCE)
    assert "900 new papers" in ended.stdout
    body = drafted(project)[".html"]
    assert 10_000 < len(body) <= 100 * 1024
    shown = body.count(b"<h3")
    assert f"and {900 - shown} more".encode() in body
    assert f"{BASE}digests/2026-11-21.html".encode() in body


@pytest.mark.parametrize(
    ("lists", "words"), [(1, 60_000), (600, 20)], ids=["one endless note", "very many lists"]
)
def test_its_html_is_short_enough_whatever_is_long(project, digest, lists, words):
    for number in range(lists):
        (project / f"content/collections/many-{number}.yaml").write_text(
            f"title: List {number}\npicks:\n"
            f"  - added: 2026-11-02\n    note: {'Läsä. ' * words}\n    paper: {{title: Paper {number}}}\n"
        )
    ended = digest(*SINCE)
    assert f"{lists + 2} new papers" in ended.stdout
    body = drafted(project)[".html"]
    assert len(body) <= 100 * 1024
    left_out = lists + 2 - body.count(b"<h3")
    assert bool(left_out) == (f"{BASE}digests/2026-11-21.html".encode() in body)
    assert (b"Bowlines" in body) == (lists == 1)


def test_no_paper_is_in_two_issues(project, digest):
    assert digest(*SINCE, "--record").exit_code == 0
    assert recorded(project)["2026-11-21"]["papers"][1:] == ["bowlines"]
    ended = digest(*SINCE)
    assert (ended.exit_code, ended.stdout) == (0, "")
    path = project / "content/collections/knots.yaml"
    path.write_text(path.read_text() + "  - paper: {title: Hitches}\n    added: 2026-11-13\n")
    assert digest(*SINCE, "--record").exit_code == 0
    issues = recorded(project)
    assert issues["2026-11-21-2"]["papers"] == ["hitches"]
    everything = [paper for issue in issues.values() for paper in issue["papers"]]
    assert len(everything) == len(set(everything)) == 3


def test_a_paper_whose_title_was_mended_is_not_told_again(project, digest):
    path = project / "content/collections/knots.yaml"
    pick = "picks:\n  - {paper: {title: Sparce Knots, arxiv: 2401.00010}, added: 2026-11-10}\n"
    path.write_text(f"title: Knots\n{pick}")
    assert digest(*SINCE, "--record").exit_code == 0
    assert CliRunner().invoke(program, ["-C", str(project), "addresses", "--record"]).exit_code == 0
    path.write_text(path.read_text().replace("Sparce", "Sparse"))
    ended = digest(*SINCE, "--record")
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert list(recorded(project)) == ["2026-11-21"]


def test_an_issue_of_a_day_tells_nothing_of_the_days_after_it(project, digest):
    path = project / "content/collections/knots.yaml"

    def record(day):
        ended = CliRunner().invoke(program, ["-C", str(project), "changes", "--record", "--day", day])
        assert ended.exit_code == 0, ended.output

    record("2026-10-01")
    path.write_text(
        path.read_text()
        + "  - paper: {title: Undated}\n"
        + "".join(f"  - {{paper: {{title: T{day}}}, added: 2026-11-{day}}}\n" for day in (20, 21, 22))
    )
    record("2026-11-22")
    assert digest("--since", "2026-11-20", "--record").exit_code == 0
    assert recorded(project)["2026-11-21"]["papers"] == ["t20", "t21"]


def test_a_page_that_somebody_wrote_is_not_written_over(project, digest):
    page = project / "content/pages/digests/2026-11-21.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: By hand\n---\nMine.\n")
    before = page.read_bytes()
    assert digest(*SINCE, "--record").exit_code == 0
    assert page.read_bytes() == before
    assert list(recorded(project)) == ["2026-11-21-2"]
    assert page.with_name("2026-11-21-2.md").is_file()


def test_what_cannot_be_written_whole_is_not_there(project, digest, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    path = project / "content/addresses.txt"
    path.write_text("gone title:gone\n")
    for command in (("addresses", "--record"), ("changes", "--record")):
        assert CliRunner().invoke(program, ["-C", str(project), *command]).exit_code != 0, command
    assert digest(*SINCE, "--record").exit_code != 0
    assert path.read_text() == "gone title:gone\n"
    assert recorded(project) == {}
    assert list(project.glob("content/changes/*")) == []


@pytest.mark.parametrize(
    "note",
    [
        "```\ncode that never ends",
        "~~~\ncode that never ends",
        "# Loud",
        "Loud\n====",
        "- one\n\n    - two",
        "<div><details>",
        "Read.\n\n---\nAgain.",
        "Read.[^1]\n\n[^1]: A note on the note.",
        "$$",
    ],
)
def test_a_note_ends_where_it_ends_on_the_page_of_an_issue(project, digest, note):
    (project / "content/collections/knots.yaml").write_text(
        "title: Knots\npicks:\n"
        f"  - {{paper: {{title: First}}, added: 2026-11-11, note: {json.dumps(note)}}}\n"
        "  - {paper: {title: Second}, added: 2026-11-10}\n"
    )
    digest(*SINCE, "--record")
    assert build(project, Options(jobs=1)).published
    page = (project / "site/digests/2026-11-21.html").read_text()
    main = page[page.index("<main") : page.index("</main>")]
    assert '<p><strong><a href="../papers/second.html">Second</a></strong></p>' in main
    assert main.count("<h1") == 1
    assert '<a href="../collections/knots.html">Knots</a>' in re.findall(r"<h2[^>]*>(.*?)</h2>", main)
    quoted = main.index("<blockquote>"), main.index("</blockquote>")
    assert quoted[0] < quoted[1] < main.index("papers/second.html")


def test_an_issue_is_a_page_of_the_site_that_shows_titles_as_they_are(project, digest):
    digest(*SINCE, "--record")
    report = build(project, Options(jobs=1))
    assert report.published, report.diagnostics
    assert [p for p in report.diagnostics if p.severity != "info"] == []
    page = (project / "site/digests/2026-11-21.html").read_text()
    main = page[page.index("<main") : page.index("</main>")]
    text = " ".join(re.sub(r"<[^>]+>", "", main).split())
    assert "Knots &amp; [ropes]" in text
    assert "Reef &lt;b&gt;and&lt;/b&gt; x_1 *granny*" in text
    assert 'href="../papers/bowlines.html"' in main
    assert "<script" not in main


def test_a_recorded_change_tells_when_a_pick_without_a_day_came(project, digest):
    path = project / "content/collections/knots.yaml"

    def record(day):
        ended = CliRunner().invoke(program, ["-C", str(project), "changes", "--record", "--day", day])
        assert ended.exit_code == 0, ended.output

    record("2026-10-01")
    path.write_text(path.read_text() + "  - paper: {title: Undated}\n")
    record("2026-11-14")
    digest("--since", "2026-11-13", "--record")
    assert recorded(project)["2026-11-21"]["papers"] == ["undated"]


def test_weekly_is_the_last_seven_days(project, digest):
    assert digest("--weekly").stdout == ""
    path = project / "content/collections/knots.yaml"
    path.write_text(
        path.read_text()
        + "  - {paper: {title: In}, added: 2026-11-15}\n  - {paper: {title: Out}, added: 2026-11-14}\n"
    )
    digest("--weekly", "--record")
    assert recorded(project)["2026-11-21"]["papers"] == ["in"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((), "either --since DAY or --weekly"),
        ((*SINCE, "--weekly"), "either --since DAY or --weekly"),
        ((*SINCE, "-D", "base_url="), "set base_url"),
        ((*SINCE, "--send"), "nobody to send it to"),
    ],
)
def test_what_cannot_be_is_said(project, digest, arguments, hint):
    ended = digest(*arguments)
    assert ended.exit_code == 2
    assert hint in ended.stderr
    assert recorded(project) == {}


def test_a_damaged_record_stops_the_next_issue(project, digest):
    (project / "content/digests").mkdir()
    (project / "content/digests/2026-11-01.json").write_text("{")
    ended = digest(*SINCE)
    assert ended.exit_code == 1
    assert "content/digests/2026-11-01.json:1" in ended.stderr
    assert "damaged-digest" in ended.stderr
