"""What others fell for: one test for each kind of attack on servers of this kind, over real sockets."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from threading import Thread

import pytest

from sitegen.serve.editor import editor, opening
from sitegen.serve.own import own
from sitegen.serve.server import PreviewServer
from sitegen.serve.state import Channel, Problem, State


@pytest.fixture
def server(tmp_path):
    """A site in site/, a project with secrets around it, an editor that would be started, and a problem to open."""
    root = tmp_path / "site"
    (root / "papers").mkdir(parents=True)
    (root / "index.html").write_text("<body>home</body>")
    (root / "404.html").write_text("<body>lost</body>")
    (root / "papers/a.bib").write_text("@misc{a}")
    (root / ".env").write_text("secret")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "up").symlink_to(tmp_path)
    files = dict.fromkeys(["index.html", "404.html", "papers/a.bib", "link.txt", "up/secret.txt"], "1")
    problem = Problem("x.yaml:1", "error: secret", file=tmp_path / "secret.txt")
    channel = Channel(State(root=root, files=files, problems=(problem,)))
    command = editor(f"touch {tmp_path / 'started'}")
    ours = own([opening(command, lambda: channel.state.problems)])
    with PreviewServer("127.0.0.1", 0, channel, ours) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        channel.close()
        server.shutdown()
        thread.join()
    assert not (tmp_path / "started").exists()


@pytest.fixture
def raw(server):
    """raw(text): all that comes back for these bytes; {host} stands for the server's own."""

    def raw(text):
        with closing(socket.create_connection(("127.0.0.1", server.server_port), 60)) as line:
            line.sendall(text.replace("{host}", f"localhost:{server.server_port}").encode("latin-1"))
            answer = b""
            while piece := line.recv(65536):
                answer += piece
            assert b"secret" not in answer
            return answer.decode("latin-1")

    return raw


@pytest.fixture
def ask(raw):
    """ask(target, *headers): the status, and the answer."""

    def ask(target, *headers, method="GET", body=""):
        lines = [f"{method} {target} HTTP/1.1", "Host: {host}", *headers, "Connection: close", "", body]
        answer = raw("\r\n".join(lines))
        return int(answer[9:12]), answer

    return ask


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.nip.example", "localhost:1"]
)
def test_rebinding(raw, host):
    """A name of the attacker's that leads to 127.0.0.1: MkDocs, Jekyll, Python's http.server, Transmission."""
    assert raw(f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").startswith("HTTP/1.1 421 ")


def test_the_address_of_every_address(raw, server):
    """A public site asks http://0.0.0.0:8000, which browsers let through to loopback: Ray, Selenium Grid."""
    assert raw(f"GET / HTTP/1.1\r\nHost: 0.0.0.0:{server.server_port}\r\n\r\n").startswith("HTTP/1.1 421 ")


def test_open_to_every_origin(ask):
    """`Access-Control-Allow-Origin: *` on pages and events let any site read the sources: esbuild, Vite before 6.0.9."""
    for target in ("/", "/_sitegen/events?page=/", "/_sitegen/preview.js", "/gone"):
        status, answer = ask(target, "Origin: http://evil.example")
        assert status == 403
        assert "access-control" not in answer.lower()
    status, answer = ask(
        "/", "Origin: http://evil.example", "Access-Control-Request-Method: POST", method="OPTIONS"
    )
    assert status == 403
    assert "access-control" not in answer.lower()


def test_a_socket_for_whoever_connects(ask):
    """A stream without a look at the Origin tells any page what changes: webpack-dev-server, Vite, Storybook, Jupyter."""
    for origin in ("null", "http://evil.example", "http://127.0.0.1:1", "file://"):
        assert ask("/_sitegen/events?page=/", f"Origin: {origin}")[0] == 403


@pytest.mark.parametrize("place", ["script", "style", "image", "iframe", "object", "document"])
def test_taken_in_by_another_page(ask, place):
    """A script element of another site runs our files, and reads what they define: webpack-dev-server."""
    for site in ("cross-site", "same-site"):
        headers = ("Sec-Fetch-Mode: no-cors", f"Sec-Fetch-Dest: {place}", f"Sec-Fetch-Site: {site}")
        assert ask("/papers/a.bib", *headers)[0] == 403
    assert "\r\nCross-Origin-Resource-Policy: same-origin\r\n" in ask("/papers/a.bib")[1]


def test_framed(ask):
    """A transparent frame under somebody's mouse: every local tool with buttons."""
    assert "frame-ancestors 'none'" in ask("/")[1]
    assert "\r\nX-Frame-Options: DENY\r\n" in ask("/")[1]


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",  # Node's static servers by the dozen
        "/.%2e/secret.txt",  # Apache httpd 2.4.49
        "/%2e%2e/secret.txt",
        "/%%32%65%%32%65/secret.txt",  # Apache httpd 2.4.50
        "/%252e%252e/secret.txt",  # Sprockets: decoded twice
        "/..%2fsecret.txt",
        "/..%5csecret.txt",  # aiohttp and Vite on Windows
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",  # overlong UTF-8: IIS, Java
        "/..;/secret.txt",  # Tomcat behind a proxy
        "/papers/..;/..;/secret.txt",
        "/....//secret.txt",  # servers that strip `../` once
        "//../secret.txt",
        "/_sitegen/../secret.txt",  # webpack-dev-middleware: two roots, one join
        "/_sitegen/..%2f..%2fsecret.txt",
        "/_sitegen//etc/passwd",
        "/@fs/etc/passwd",  # Vite's way to any file
        "/@fs/etc/passwd?raw??",
        "/.env?raw??",  # Vite: two question marks
        "/.env?import&raw",
        "/.env?.svg?.wasm?init",
        "/.env#/index.html",  # Vite: `#` in a request
        "/.env/.",  # Vite: a dot behind
        "/.env%00.html",  # PHP, Perl: the string ends for C
        "/.env::$DATA",  # IIS, and whoever runs on NTFS
        "/.ENV",
        "/.env%20",
        "/.env.",
        "/.git/config",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/proc/self/environ",
    ],
)
def test_a_file_that_is_not_of_the_site(ask, target):
    """Traversal in all its spellings; what each fell for stands beside it. That nothing secret comes is asserted in `raw`."""
    assert ask(target)[0] in {400, 404}


@pytest.mark.parametrize("target", ["/link.txt", "/up/secret.txt"])
def test_a_link_out_of_the_site(ask, target):
    """A link that a package, a checkout or a colleague left: aiohttp's follow_symlinks, gitbook, Gogs."""
    assert ask(target)[0] == 404


@pytest.mark.parametrize("target", ["/papers/", "/papers", "/_sitegen/", "/_sitegen"])
def test_a_listing(ask, target):
    """What lies in a folder is nobody's business: http.server, and with names that are markup its listing ran scripts."""
    status, answer = ask(target)
    assert status == 404
    assert "a.bib" not in answer


@pytest.mark.parametrize(
    "target", ["//evil.example/..", "///evil.example", "/\\evil.example", "//evil.example/%2f.."]
)
def test_sent_elsewhere(ask, target):
    """`//host` became the Location of a redirect: http.server of Python, serve-static."""
    status, answer = ask(target)
    assert status == 400
    assert "\r\nLocation:" not in answer


@pytest.mark.parametrize(
    "target", ["/%0d%0aSet-Cookie:%20x=1", "/papers%0d%0aX:%20y/", "/%E5%98%8A%E5%98%8DX:y"]
)
def test_a_header_of_ones_own(ask, target):
    """Line breaks in an address that is repeated in a header: response splitting."""
    head = ask(target)[1].partition("\r\n\r\n")[0]
    assert not [line for line in head.split("\r\n") if line.startswith(("Set-Cookie", "X:"))]


def test_an_address_that_is_markup(ask):
    """`No such file: <script>…` on the page of the error: many."""
    for target in (
        "/<script>alert(1)</script>",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/?<script>",
        "/_sitegen/<svg/onload=x>",
    ):
        assert "alert(1)" not in ask(target)[1]


def test_written_by_put(ask, server):
    """Servers that took a file for the asking: Tomcat's readonly=false, WebDAV left on."""
    for method in ("PUT", "DELETE", "MOVE", "MKCOL", "PATCH"):
        assert ask("/new.jsp", "Content-Length: 2", method=method, body="hi")[0] == 405
    assert not (server.channel.state.root / "new.jsp").exists()


PRESS = json.dumps({"place": "x.yaml:1"})


def press(ask, ours, *headers, target="/_sitegen/open", body=PRESS, **how):
    return ask(target, *headers, f"Content-Length: {len(body)}", body=body, **({"method": "POST"} | how))[0]


def test_an_editor_started_by_a_link(ask, server):
    """`/__open-in-editor?file=…` by GET, from any page, with a file name that held a command: react-dev-utils, launch-editor."""
    assert ask("/_sitegen/open?place=x.yaml:1")[0] == 405
    assert ask("/_sitegen/open")[0] == 405
    ours = (
        "Origin: http://{host}",
        "Content-Type: application/json",
        f"X-Sitegen-Token: {server.ours.token}",
    )
    for place in ("/etc/passwd", "x.yaml:1 & calc", "$(reboot)", "../secret.txt:1"):
        assert press(ask, server, *ours, body=json.dumps({"place": place})) == 404


def test_done_by_a_form(ask, server):
    """A form of another site posts text/plain that reads as JSON: APIs of local tools that looked at neither type nor origin."""
    token = f"X-Sitegen-Token: {server.ours.token}"
    json_ = "Content-Type: application/json"
    assert press(ask, server, "Origin: http://{host}", json_) == 403
    assert press(ask, server, token, json_) == 403
    assert press(ask, server, "Origin: http://evil.example", token, json_) == 403
    assert press(ask, server, "Origin: null", token, json_) == 403
    assert press(ask, server, "Origin: http://{host}", token, "Content-Type: text/plain") == 415
    assert press(ask, server, "Origin: http://{host}", token, json_, "Sec-Fetch-Site: cross-site") == 403


def test_a_token_that_is_read_from_elsewhere(ask, server):
    """A token in a script or in an address is read by a page that loads the one, or is told the other as referrer: Jupyter."""
    for headers in (
        (),
        ("Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: script"),
        ("Sec-Fetch-Site: same-origin", "Sec-Fetch-Dest: empty", "Origin: http://evil.example"),
    ):
        assert ask("/_sitegen/token", *headers)[0] == 403
    for target in ("/", "/_sitegen/preview.js", "/_sitegen/post.js"):
        assert server.ours.token not in ask(target)[1]


@pytest.mark.parametrize(
    "hidden",
    [
        "Content-Length: 40\r\nContent-Length: 0",
        "Content-Length: 40, 0",
        "Content-Length: 0x28",
        "Content-Length : 40",
        "Content-Length:\x0b40",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        " Content-Length: 40",
        "Transfer-Encoding: chunked\r\nContent-Length: 40",
        "X: y\r\n\tContent-Length: 40\r\nno header at all",
    ],
)
def test_a_second_request_in_the_first(raw, hidden):
    """One program takes the rest for a body, the next for a request: smuggling, in proxies and in most servers at some time."""
    for method in ("GET", "POST"):
        answer = raw(
            f"{method} /_sitegen/open HTTP/1.1\r\nHost: {{host}}\r\n{hidden}\r\n\r\n"
            "GET /papers/a.bib HTTP/1.1\r\nHost: {host}\r\n\r\n"
        )
        assert answer.count("HTTP/1.1 ") == 1
        assert "@misc" not in answer


def test_a_body_without_end(ask, server):
    """A length that is believed, and memory with it: everybody once."""
    ours = (
        "Origin: http://{host}",
        "Content-Type: application/json",
        f"X-Sitegen-Token: {server.ours.token}",
    )
    assert (
        ask("/_sitegen/open", *ours, "Content-Length: 99999999999", method="POST", body="x" * 100_000)[0]
        == 413
    )
    assert press(ask, server, *ours, body="[" * 200_000) == 400
