"""The sockets of the preview: requests in, answers and events out, on the loopback interface alone."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader, RawIOBase
from socketserver import TCPServer
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, ParamSpec

from sitegen.serve.access import Place, Request, is_local, refusal
from sitegen.serve.answer import Answer, events_headers, message
from sitegen.serve.own import EVENTS, LARGEST_BODY, Own, act, denied
from sitegen.serve.site import answer, event, viewed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.serve.state import Channel

P = ParamSpec("P")

_PATIENCE = 10.0  # seconds for a whole request, and for a client to take an answer
_MOST = 256  # connections at once
_LINGER = 0.5  # seconds for a client that was refused to stop sending
_PIECE = 65536  # bytes
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
)
_HEARTBEAT = 15.0  # seconds between signs of life on a stream; a browser that is gone shows then


class PreviewServer(ThreadingHTTPServer):
    """Serves the newest state of `channel`. Raises OSError where the port is taken."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # Elsewhere than on POSIX this would share a port with whoever listens there already.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int, channel: Channel, ours: Own) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.channel = channel
        self.ours = ours
        self._host = host
        self._places = BoundedSemaphore(_MOST)
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks the name service who we are, which may take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.place = Place(self._host, self.server_port)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        with contextlib.suppress(OSError):
            request.setblocking(False)
            request.send(_FULL)
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A browser that goes away in the middle of an answer is nobody's problem.
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Incoming(RawIOBase):
    """What a client sends up to a time, TimeoutError after it: who sends byte by byte holds no place for longer."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._timeout = connection, connection.gettimeout()
        self.until = 0.0  # as `time.monotonic` tells it

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(self._timeout)


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    protocol_version = "HTTP/1.1"
    server_version = "sitegen"
    sys_version = ""
    timeout = _PATIENCE
    # Without these two every request over a kept connection takes 44 ms.
    disable_nagle_algorithm = True
    wbufsize = 65536

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._incoming = _Incoming(self.connection)
        self.rfile = BufferedReader(self._incoming)

    def handle_one_request(self) -> None:
        self._incoming.until = time.monotonic() + self.timeout
        super().handle_one_request()

    def do_GET(self) -> None:
        request = self._request()
        refused = refusal(request, self.server.place)
        if refused is not None:
            self._refuse(refused)
        elif request.target.partition("?")[0] == EVENTS:
            self._stream(request)
        else:
            self._send(self._answer(answer, request, self.server.channel.state, self.server.ours))

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def _act(self) -> None:
        request, ours = self._request(), self.server.ours
        # Whoever asks from elsewhere does not learn what we would do.
        refused = refusal(request, self.server.place) or denied(request, ours)
        if refused is not None:
            self._refuse(refused)
            return
        length = int(request.headers["content-length"])
        body = self.rfile.read(length)
        if len(body) < length:
            self._refuse(message(400, "The body is shorter than Content-Length says."))
        else:
            self._send(self._answer(act, request, body, ours))

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if self.request_version not in {"HTTP/1.0", "HTTP/1.1"}:
            self._refuse(
                message(505 if self.request_version.startswith("HTTP/") else 400, "This is HTTP/1.1.")
            )
            return False
        if self.headers.defects or self.headers.get_payload():
            # What we skip in a header (`Content-Length : 5`), somebody between the browser and us may have read.
            self._refuse(message(400, "The headers are not well formed."))
            return False
        if self.command not in {"GET", "HEAD"}:
            self._act()
            self.close_connection = True  # nothing that follows a body is taken for a request
            return False
        return True

    def handle_expect_100(self) -> bool:
        self._refuse(message(417, "Send the body at once, if there is one."))
        return False

    def send_error(self, code: int, message_: str | None = None, explain: str | None = None) -> None:
        # What the library cannot parse: an answer like every other.
        del explain
        self.command = getattr(self, "command", None) or "GET"
        self._refuse(message(int(code), message_ or "That was no request."))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing: the terminal is for the build."""

    def _request(self) -> Request:
        headers: dict[str, str] = {}
        for name, text in self.headers.items():
            known = headers.get(name.lower())
            headers[name.lower()] = text if known is None else f"{known}, {text}"
        return Request(
            method=self.command,
            target=self.requestline.split()[1],  # `self.path` has lost the second of two slashes at its start
            hosts=tuple(self.headers.get_all("Host") or ()),
            headers=headers,
            local=is_local(self.client_address[0], self.connection.getsockname()[0]),
        )

    def _answer(self, respond: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        try:
            return respond(*args, **kwargs)
        except Exception:  # noqa: BLE001 - our bug: the browser gets an answer, the terminal the traceback
            self.server.handle_error(self.request, self.client_address)
            return message(500, "sitegen failed; the terminal says how.")

    def _refuse(self, refused: Answer) -> None:
        """Answer, and end the connection: after an answer that the browser got whole, though it may still be sending."""
        self.close_connection = True
        self.request_version = "HTTP/1.1"
        self._send(refused)
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(_LINGER)
            # A connection that is closed with bytes unread is reset, and the answer lost.
            for _ in range(2 * LARGEST_BODY // _PIECE):
                if not self.connection.recv(_PIECE):
                    break

    def _send(self, answered: Answer) -> None:
        self.send_response(answered.status)
        for name, value in answered.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answered.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answered.body)
        self.wfile.flush()

    def _stream(self, request: Request) -> None:
        """Tell the page that asks every new state, until it is closed."""
        path = viewed(request.target)
        if path is None:
            self._refuse(message(400, "Which page is it?"))
            return
        self.close_connection = True
        self.send_response(200)
        for name, value in events_headers().items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        serial, told, channel = -1, b"", self.server.channel
        with channel.viewing(path):
            while not channel.closed:
                serial, state = channel.after(serial, _HEARTBEAT)
                said = event(state, self.server.ours, path) if state else b": still here\n\n"
                if said != told:
                    told = said if state else told
                    self.wfile.write(said)
                    self.wfile.flush()
