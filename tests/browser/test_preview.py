"""The preview in a real browser: what a curator sees after each kind of edit."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from sitegen.cli import program

pytestmark = pytest.mark.browser


class Preview:
    """`sitegen serve` in a process of its own."""

    def __init__(self, project, *args):
        self.content = project / "content"
        command = [sys.executable, "-m", "sitegen", "-C", str(project), "serve", *args]
        env = os.environ | {"PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
        )
        self.url = self._process.stdout.readline().split()[0]

    @property
    def port(self):
        return re.search(r":(\d+)/", self.url)[1]

    def close(self):
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)


@pytest.fixture
def project(tmp_path):
    assert CliRunner().invoke(program, ["init", str(tmp_path)]).exit_code == 0
    (tmp_path / "content/sitegen.yaml").write_text(
        "title: A list\nbase_url: https://example.org/a/b/\nsources: [dumps/*]\n"
    )
    return tmp_path


@pytest.fixture
def preview(project):
    with closing(Preview(project, "--port", str(lasting_port()))) as preview:
        yield preview


def lasting_port():
    """A free port that no system gives away meanwhile: who ends a preview finds it free for the next."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    some = random.SystemRandom().sample(range(500), 500)
    for port in (20_000 + 500 * (worker % 24) + each for each in some):
        with socket.socket() as line, suppress(OSError):
            line.bind(("127.0.0.1", port))
            return port
    raise AssertionError("all ports are taken")


@pytest.fixture
def page(browser, preview):
    """The collection's page, open; what the console complains of fails the test."""
    context = browser.new_context(viewport={"width": 900, "height": 300})
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.complaints = complaints
    page.goto(f"{preview.url}collections/getting-started.html")
    page.evaluate("window.sameDocument = true")
    yield page
    context.close()


def reloaded(page):
    return not page.evaluate("window.sameDocument === true")


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_an_edit_reloads_the_page_and_keeps_the_place(page, preview):
    page.evaluate("scrollTo(0, 200)")
    edit(preview.content / "collections/getting-started.yaml", "Fill in the blanks", "Guess the blanks")
    expect(page.get_by_text("Guess the blanks")).to_be_visible()
    assert reloaded(page)
    page.wait_for_function("() => scrollY === 200")
    assert page.complaints == []


def test_what_was_opened_stays_open_where_it_was(page, preview):
    page.goto(f"{preview.url}papers/attention-is-all-you-need.html")
    opened = page.locator("details").nth(1)
    opened.locator("summary").click()
    opened.evaluate("element => element.scrollIntoView()")
    place = page.evaluate("scrollY")
    edit(preview.content / "sitegen.yaml", "title: A list", "title: Another list")
    expect(page).to_have_title(re.compile("Another list"))
    expect(opened).to_have_attribute("open", "")
    expect(page.locator("details[open]")).to_have_count(1)
    assert place > 0
    page.wait_for_function("place => scrollY === place", arg=place)


def test_what_is_out_of_sight_is_laid_out_once_the_page_has_loaded_anew(page, preview):
    shown = "getComputedStyle(document.querySelector('li[data-paper]')).contentVisibility"
    height = "document.documentElement.scrollHeight"
    page.add_init_script(
        f"addEventListener('DOMContentLoaded', () => {{ window.atFirst = [{shown}, {height}].join(); }});"
    )
    edit(preview.content / "collections/getting-started.yaml", "Fill in the blanks", "Guess the blanks")
    page.wait_for_function(f"() => {shown} === 'visible' && window.atFirst === ['auto', {height}].join()")


def test_an_edit_elsewhere_leaves_the_page_alone(page, preview):
    about = preview.content / "pages/about.md"
    with page.context.new_page() as other:
        other.goto(f"{preview.url}about.html")
        edit(about, "This reading list is kept by hand", "This reading list is kept with care")
        expect(other.get_by_text("kept with care")).to_be_visible()
    page.bring_to_front()
    assert not reloaded(page)


def test_a_page_whose_image_never_comes_is_followed_all_the_same(page, preview, project):
    page.route("**/slow.svg", lambda _: None)
    page.goto(f"{preview.url}soon.html")
    (project / "static").mkdir(exist_ok=True)
    (project / "static/slow.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (preview.content / "pages/soon.md").write_text("---\ntitle: Soon\n---\nHere it is. ![Slow](slow.svg)\n")
    expect(page.get_by_text("Here it is.")).to_be_visible()
    page.wait_for_function("document.readyState === 'interactive'")
    edit(preview.content / "pages/soon.md", "Here it is.", "There it is.")
    expect(page.get_by_text("There it is.")).to_be_visible()


def test_every_tab_that_shows_a_page_shows_its_newest_form(page, preview):
    with page.context.new_page() as other:
        other.goto(f"{preview.url}collections/getting-started.html")
        edit(preview.content / "collections/getting-started.yaml", "Fill in the blanks", "Guess the blanks")
        expect(other.get_by_text("Guess the blanks")).to_be_visible()
    expect(page.get_by_text("Guess the blanks")).to_be_visible()


def test_a_page_that_is_not_there_yet_appears_when_it_is_written(page, preview):
    page.goto(f"{preview.url}soon.html")
    (preview.content / "pages/soon.md").write_text("---\ntitle: Soon\n---\nHere it is.\n")
    expect(page.get_by_text("Here it is.")).to_be_visible()


def test_a_style_sheet_is_swapped_without_a_reload(page, preview, project):
    (project / "templates/assets/css").mkdir(parents=True)
    (project / "templates/assets/css/site.css").write_text("body { outline: 3px solid rgb(1, 2, 3); }")
    expect(page.locator("body")).to_have_css("outline-color", "rgb(1, 2, 3)")
    (project / "templates/assets/css/site.css").write_text("body { outline: 3px solid rgb(3, 2, 1); }")
    expect(page.locator("body")).to_have_css("outline-color", "rgb(3, 2, 1)")
    expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
    assert not reloaded(page)
    assert page.complaints == []


def test_of_style_sheets_that_follow_each_other_closely_the_last_stays(page):
    page.evaluate(
        """async () => {
            const { exchangeStyles } = await import("/_sitegen/styles.js");
            for (const version of ["one", "two", "three"]) exchangeStyles(version);
        }"""
    )
    sheet = page.locator("head link[rel=stylesheet]")
    expect(sheet).to_have_count(1)
    expect(sheet).to_have_attribute("href", re.compile(r"\?three$"))
    assert page.complaints == []


def test_a_mistake_is_shown_over_the_page_until_it_is_mended(page, preview):
    path = preview.content / "collections/getting-started.yaml"
    edit(path, "status: to-read", "status: to-<b>read</b>")
    overlay = page.get_by_role("alert")
    expect(overlay).to_contain_text("content/collections/getting-started.yaml:")
    expect(overlay).to_contain_text("^^^^")
    expect(overlay).to_contain_text("to-<b>read</b>")
    assert overlay.locator("b").count() == 0
    expect(page.get_by_text("Fill in the blanks")).to_be_attached()
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    edit(path, "status: to-<b>read</b>", "status: sometimes")
    expect(overlay).to_contain_text("sometimes")
    edit(path, "status: sometimes", "status: to-read")
    expect(overlay).to_have_count(0)
    assert not reloaded(page)
    assert page.complaints == []


def test_a_first_build_that_fails_becomes_the_site_when_it_is_mended(browser, project):
    path = project / "content/collections/getting-started.yaml"
    edit(path, "curators: [You]", "curater: [You]")
    with closing(Preview(project, "--port", "0")) as preview, browser.new_page() as page:
        assert page.goto(f"http://127.0.0.1:{preview.port}/a/b/").status == 503
        expect(page.get_by_role("main")).to_contain_text("cannot be built yet")
        edit(path, "curater: [You]", "curators: [You]")
        expect(page).to_have_title(re.compile("A list"))


def test_a_page_finds_its_server_again(page, preview, project):
    preview.close()
    with closing(Preview(project, "--port", preview.port)):
        edit(project / "content/collections/getting-started.yaml", "Fill in the blanks", "Guess the blanks")
        expect(page.get_by_text("Guess the blanks")).to_be_visible()


def test_the_same_site_from_another_server_is_no_reason_to_load_the_page_again(page, preview, project):
    said = page.get_by_role("status")
    preview.close()
    expect(said).to_have_text("The preview is not running. This page waits for it.")
    with closing(Preview(project, "--port", preview.port)):
        expect(said).to_be_empty()
        assert not reloaded(page)


def test_what_is_under_way_is_said_at_the_foot_of_the_page(page, preview):
    marks = page.locator("script[data-page]").evaluate(
        "script => ({ page: script.dataset.page, styles: script.dataset.styles })"
    )
    state = marks | {"underWay": "Building the rest …", "more": 0, "problems": []}
    stream = f"retry: 100000\nevent: state\ndata: {json.dumps(state)}\n\n"
    page.route(
        "**/_sitegen/events?*", lambda route: route.fulfill(content_type="text/event-stream", body=stream)
    )
    page.evaluate(
        "document.addEventListener('visibilitychange', () => 0); document.dispatchEvent(new Event('visibilitychange'))"
    )
    said = page.get_by_role("status")
    expect(said).to_have_text(re.compile("Building the rest|not running"))
    expect(said).to_be_visible()


def test_the_place_of_a_mistake_is_a_link_to_the_editor(browser, project):
    path = project / "content/collections/getting-started.yaml"
    address = "vscode://file/{path}:{line}:{column}"
    with closing(Preview(project, "--port", "0", "--editor", address)) as preview, browser.new_page() as page:
        page.goto(preview.url)
        edit(path, "status: to-read", "status: never")
        line = path.read_text().partition("never")[0].count("\n") + 1
        place = page.get_by_role("alert").get_by_role("link")
        expect(place).to_have_attribute("href", re.compile(f"^vscode://file/.*/getting-started.yaml:{line}:"))


def test_pressing_the_place_of_a_mistake_starts_the_editor(browser, project):
    path = project / "content/collections/getting-started.yaml"
    command = "sed -i '{line}s/never/to-read/' {path}"  # an editor that knows what is wanted
    with closing(Preview(project, "--port", "0", "--editor", command)) as preview, browser.new_page() as page:
        page.goto(preview.url)
        edit(path, "status: to-read", "status: never")
        page.get_by_role("alert").get_by_role("button", name="getting-started.yaml").click()
        expect(page.get_by_role("alert")).to_have_count(0)
    assert "never" not in path.read_text()


def test_nothing_of_the_preview_is_on_disk(page, preview, project):
    for path in (project / ".sitegen/preview").rglob("*.html"):
        assert b"/_sitegen/" not in path.read_bytes()
    assert not (project / "site").exists()


class _Evil(BaseHTTPRequestHandler):
    """A page of another origin that the curator has open."""

    def do_GET(self):
        body = b"<!doctype html><title>evil</title><body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def evil(browser):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Evil) as server, browser.new_page() as page:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_origin_reads_nothing(evil, preview, host):
    base = f"http://{host}:{preview.port}"
    read = """async (url) => { try { return await (await fetch(url)).text() } catch { return "refused" } }"""
    assert evil.evaluate(read, f"{base}/a/b/") == "refused"
    loads = """([tag, name, url]) => new Promise((tell) => {
        const made = document.createElement(tag);
        made.onload = () => tell("loaded"); made.onerror = () => tell("refused");
        if (tag === "link") made.rel = "stylesheet";
        made[name] = url;
        document.body.append(made);
    })"""
    assert evil.evaluate(loads, ["script", "src", f"{base}/_sitegen/preview.js"]) == "refused"
    assert evil.evaluate(loads, ["link", "href", f"{base}/_sitegen/overlay.css"]) == "refused"
    events = """(url) => new Promise((tell) => {
        const source = new EventSource(url);
        source.onerror = () => { source.close(); tell("refused") };
        source.addEventListener("state", () => tell("told"));
    })"""
    assert evil.evaluate(events, f"{base}/_sitegen/events") == "refused"


def test_a_page_of_another_origin_cannot_frame_the_preview(evil, preview):
    evil.evaluate(
        """url => new Promise((loaded) => {
            const frame = Object.assign(document.createElement("iframe"), { src: url, onload: loaded });
            document.body.append(frame);
        })""",
        preview.url,
    )
    assert all("A list" not in frame.content() for frame in evil.frames)
