"""The preview over real sockets of the loopback interface."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from http.client import HTTPConnection
from threading import Thread

import pytest

from sitegen.serve import server as server_module
from sitegen.serve.own import own
from sitegen.serve.server import PreviewServer
from sitegen.serve.state import Channel, Problem, State


@pytest.fixture
def server(tmp_path):
    (tmp_path / "index.html").write_text("<body>home</body>")
    (tmp_path / "big.txt").write_text("x" * 3_000_000)
    channel = Channel(State(root=tmp_path, files={"index.html": "1", "big.txt": "2"}))
    with PreviewServer("127.0.0.1", 0, channel, own()) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        channel.close()
        server.shutdown()
        thread.join()


def raw(server, data, *, timeout=60):
    """What comes back over the line for these bytes, up to the end of the connection."""
    with closing(socket.create_connection(("127.0.0.1", server.server_port), timeout)) as line:
        line.sendall(data)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
        return answer


def ask(server, request_line, *headers):
    lines = [request_line, f"Host: localhost:{server.server_port}", "Connection: close", *headers, "", ""]
    return raw(server, "\r\n".join(lines).encode("latin-1"))


def status(answer):
    assert answer.startswith(b"HTTP/1.1 "), answer[:60]
    return int(answer[9:12])


def test_get_and_head_have_the_same_headers_and_head_no_body(server):
    got, headed = ask(server, "GET / HTTP/1.1"), ask(server, "HEAD / HTTP/1.1")
    head, _, body = got.partition(b"\r\n\r\n")
    assert b"home" in body
    without_date = lambda text: [line for line in text.split(b"\r\n") if not line.startswith(b"Date")]  # noqa: E731
    assert without_date(headed.partition(b"\r\n\r\n")[0]) == without_date(head)
    assert headed.endswith(b"\r\n\r\n")


def test_a_connection_is_kept_for_several_requests(server):
    with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=60)) as line:
        for _ in range(3):
            line.request("GET", "/", headers={"Host": f"localhost:{server.server_port}"})
            answer = line.getresponse()
            assert answer.status == 200
            assert b"home" in answer.read()


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "PROPFIND", "get"]
)
def test_other_methods_are_answered_with_what_is_allowed(server, method):
    answer = ask(server, f"{method} / HTTP/1.1")
    assert status(answer) == 405
    assert b"\r\nAllow: GET, HEAD\r\n" in answer


def test_a_foreign_host_learns_nothing_whatever_its_method(server):
    for method in ("GET", "HEAD", "POST"):
        assert status(raw(server, f"{method} / HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode())) == 421


def test_the_host_is_checked_before_the_address_is_looked_at(server):
    assert status(raw(server, b"GET /_sitegen/events HTTP/1.1\r\nHost: evil.example\r\n\r\n")) == 421
    assert status(raw(server, b"GET /../x HTTP/1.1\r\nHost: evil.example\r\n\r\n")) == 421


def test_a_request_without_a_host_or_with_two_is_misdirected(server):
    ours = f"Host: localhost:{server.server_port}\r\n".encode()
    assert status(raw(server, b"GET / HTTP/1.1\r\n\r\n")) == 421
    assert status(raw(server, b"GET / HTTP/1.0\r\n\r\n")) == 421
    assert status(raw(server, b"GET / HTTP/1.1\r\n" + ours + ours + b"\r\n")) == 421


@pytest.mark.parametrize("path", ["/", "/_sitegen/events", "/_sitegen/preview.js", "/gone"])
def test_other_sites_get_nothing(server, path):
    assert status(ask(server, f"GET {path} HTTP/1.1", "Sec-Fetch-Site: cross-site")) == 403
    assert status(ask(server, f"GET {path} HTTP/1.1", "Origin: http://evil.example")) == 403


@pytest.mark.parametrize("begun", [b"GET / HT", b"POST /_sitegen/x HTTP/1.1\r\nA: "])
def test_who_sends_byte_by_byte_is_not_waited_for_without_end(server, monkeypatch, begun):
    monkeypatch.setattr(server_module._Handler, "timeout", 0.3)
    with closing(socket.create_connection(("127.0.0.1", server.server_port), 60)) as line:
        line.sendall(begun)
        ended = False
        for _ in range(600):  # each byte comes long before a client that says nothing would be given up
            line.settimeout(0.05)
            try:
                ended = line.recv(1) == b""
            except TimeoutError:
                with suppress(ConnectionError):  # the next reading tells
                    line.sendall(b"x")
            except ConnectionError:
                ended = True
            if ended:
                break
        assert ended


def test_two_slashes_are_not_made_one(server):
    assert status(ask(server, "GET //index.html HTTP/1.1")) == 400
    assert status(ask(server, "GET //evil.example/%2f.. HTTP/1.1")) == 400


@pytest.mark.parametrize(
    "data",
    [
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/x\r\n\r\n",
        b"GET  / x HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_gets_an_answer(server, data):
    answer = raw(server, data)
    assert 400 <= status(answer) <= 505
    assert b"X-Content-Type-Options: nosniff" in answer
    assert b"<html" not in answer.lower()


def test_an_expectation_is_refused_before_its_body(server):
    assert status(ask(server, "GET / HTTP/1.1", "Expect: 100-continue", "Content-Length: 3")) == 417


def test_a_body_cannot_smuggle_a_second_request(server):
    inner = f"GET /index.html HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n"
    answer = raw(
        server,
        f"GET / HTTP/1.1\r\nHost: localhost:{server.server_port}\r\nContent-Length: {len(inner)}\r\n\r\n{inner}".encode(),
    )
    assert answer.count(b"HTTP/1.1 ") == 1
    assert status(answer) == 400


def test_the_server_says_little_about_itself(server):
    assert b"Server: sitegen" in ask(server, "GET / HTTP/1.1")
    assert b"Python" not in ask(server, "GET / HTTP/1.1")


def test_150_clients_that_stop_in_the_middle_do_not_keep_another_waiting(server):
    lines = []
    try:
        for _ in range(150):
            line = socket.create_connection(("127.0.0.1", server.server_port), 60)
            line.sendall(b"GET / HTTP/1.1\r\nHost: loc")
            lines.append(line)
        assert status(ask(server, "GET / HTTP/1.1")) == 200
    finally:
        for line in lines:
            line.close()


def test_a_client_that_says_nothing_is_let_go(server, monkeypatch):
    monkeypatch.setattr(server_module._Handler, "timeout", 0.05)
    for begun in (b"", b"GET / HTTP/1.1\r\nHost:"):
        answer = b""
        with suppress(ConnectionError):  # who is so slow that even this is sent too late hears it in this way
            answer = raw(server, begun)
        assert answer == b""


def test_a_browser_that_leaves_in_the_middle_of_an_answer_is_nobodys_problem(server, capfd):
    for path in ("/big.txt", "/_sitegen/events?page=/"):
        with closing(socket.create_connection(("127.0.0.1", server.server_port), 60)) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
            line.recv(10)
    server.channel.publish(server.channel.state)
    assert status(ask(server, "GET / HTTP/1.1")) == 200
    assert "Traceback" not in capfd.readouterr().err


def test_our_own_bug_is_an_answer_too(server, monkeypatch, capfd):
    monkeypatch.setattr(server_module, "answer", lambda *_, **__: 1 / 0)
    assert status(ask(server, "GET / HTTP/1.1")) == 500
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_taken_port_is_an_error_of_the_system(server):
    with pytest.raises(OSError, match="in use"):
        PreviewServer("127.0.0.1", server.server_port, server.channel, own())


# Events


@pytest.fixture
def events(server):
    with closing(socket.create_connection(("127.0.0.1", server.server_port), 60)) as line:
        line.sendall(
            f"GET /_sitegen/events?page=/ HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode()
        )
        with closing(line.makefile("rb")) as stream:
            yield stream


def next_event(stream):
    while not (text := stream.readline()).startswith(b"data: "):
        assert text
    return text


def test_a_page_learns_the_state_at_once_and_then_every_newer_one(server, events, tmp_path):
    state = server.channel.state
    assert b'"problems":[]' in next_event(events)
    problem = Problem("x.yaml:1", "error: bad\n</script>")
    server.channel.publish(State(root=tmp_path, files=state.files, problems=(problem,)))
    told = next_event(events)
    assert b"error: bad\\n</script>" in told  # one line of JSON, whatever the text
    server.channel.publish(State(root=tmp_path, files={"index.html": "3"}))
    assert b'"problems":[]' in next_event(events)


def test_the_stream_is_never_cached_and_open_to_no_other_origin(server, events):
    head = b""
    while (text := events.readline()).strip():
        head += text
    assert b"Content-Type: text/event-stream" in head
    assert b"Cache-Control: no-store" in head
    assert b"Access-Control" not in head


def test_a_stream_ends_with_the_preview(server, events):
    next_event(events)
    server.channel.close()
    assert not [line for line in events if line.startswith(b"data")]
