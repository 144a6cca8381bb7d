"""The sockets of the preview: requests in, answers and events out, on the loopback interface alone."""

from __future__ import annotations

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from sitegen.serve.answer import EVENTS, Answer, answer, events_headers, message, refusal

if TYPE_CHECKING:
    from sitegen.serve.state import Channel


_PATIENCE = 10.0  # seconds for a client that says nothing, or half a request
_MOST = 256  # connections at once
_HEARTBEAT = 15.0  # seconds between signs of life on a stream; a browser that is gone shows then


class PreviewServer(ThreadingHTTPServer):
    """Serves the newest state of `channel`. Raises OSError where the port is taken."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # Elsewhere than on POSIX this would share a port with whoever listens there already.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int, channel: Channel) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.channel = channel
        self._places = BoundedSemaphore(_MOST)
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks the name service who we are, which may take seconds.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
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


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer

    protocol_version = "HTTP/1.1"
    server_version = "sitegen"
    sys_version = ""
    timeout = _PATIENCE
    # Without these two every request over a kept connection takes 44 ms.
    disable_nagle_algorithm = True
    wbufsize = 65536

    def do_GET(self) -> None:
        refused = self._refused()
        if refused is not None:
            self.close_connection = True
            self._send(refused)
        elif self._target() == EVENTS:
            self._stream()
        else:
            self._send(self._answer())

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if self.command in {"GET", "HEAD"} and self.request_version in {"HTTP/1.0", "HTTP/1.1"}:
            return True
        status = 405 if self.request_version.startswith("HTTP/1") else 400
        self.request_version = "HTTP/1.1"
        # Whoever asks from elsewhere does not learn what we would do.
        self._send(self._refused() or message(status, "Only GET and HEAD work here.", {"Allow": "GET, HEAD"}))
        self.close_connection = True
        return False

    def handle_expect_100(self) -> bool:
        self._send(message(417, "Requests to a preview have no body."))
        self.close_connection = True
        return False

    def send_error(self, code: int, message_: str | None = None, explain: str | None = None) -> None:
        # What the library cannot parse: an answer like every other.
        del explain
        self.close_connection = True
        self.command = getattr(self, "command", None) or "GET"
        self.request_version = "HTTP/1.1"
        self._send(message(int(code), message_ or "That was no request."))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing: the terminal is for the build."""

    def _target(self) -> str:
        # `self.path` has lost the second of two slashes at its start.
        return self.requestline.split()[1]

    def _refused(self) -> Answer | None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return refusal(self.headers.get_all("Host") or [], headers, self.server.server_port)

    def _answer(self) -> Answer:
        try:
            return answer(self._target(), self.server.channel.state)
        except Exception:  # noqa: BLE001 - our bug: the browser gets an answer, the terminal the traceback
            self.server.handle_error(self.request, self.client_address)
            return message(500, "sitegen failed; the terminal says how.")

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

    def _stream(self) -> None:
        """Send every new state until the page is closed."""
        self.close_connection = True
        self.send_response(200)
        for name, value in events_headers().items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        serial, channel = -1, self.server.channel
        while not channel.closed:
            serial, state = channel.after(serial, _HEARTBEAT)
            self.wfile.write(state.event() if state else b": still here\n\n")
            self.wfile.flush()
