"""Who may ask: this machine under its own names, and pages of this preview. Checked before the address is looked at.

The threat is every other page that is open in the same browser: DNS rebinding, requests across sites, frames, forms.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

import msgspec

from sitegen.serve.answer import Answer, message


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What came over the line, but for its body."""

    method: str = "GET"
    target: str = "/"  # the address as it was sent
    hosts: tuple[str, ...] = ()  # every `Host` header
    headers: Mapping[str, str] = {}  # by lower-case name; several of one name are joined by commas
    local: bool = True  # whether it came from this machine


class Place(msgspec.Struct, frozen=True):
    """Where the preview listens: an address of this machine, or a name for one, and a port."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether nobody else can reach it.

        >>> Place("127.0.0.1", 8000).is_loopback, Place("0.0.0.0", 8000).is_loopback
        (True, False)
        """
        return is_loopback(self.host)

    def answers_to(self, host: str) -> bool:
        """Whether a `Host` header names this preview.

        Where other machines are let in, by an address: names can be rebound, and are believed only if we listen on them.

        >>> Place("127.0.0.1", 8000).answers_to("localhost:8000")
        True
        >>> Place("0.0.0.0", 8000).answers_to("192.168.0.7:8000"), Place("0.0.0.0", 8000).answers_to("evil.example:8000")
        (True, False)
        """
        found = _HOST.fullmatch(host.lower())
        if found is None or int(found[2] or 80) != self.port:
            return False
        name = found[1]
        if name in _OURS:
            return True
        if self.is_loopback:
            return False
        bare = name.strip("[]")
        if self.host not in _EVERYWHERE:
            return bare == self.host.lower()
        try:
            return not ipaddress.ip_address(bare).is_unspecified
        except ValueError:
            return False


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches this address or name.

    >>> is_loopback("::1"), is_loopback("127.0.0.2"), is_loopback("192.168.0.7"), is_loopback("example.org")
    (True, True, False, False)
    >>> is_loopback("::ffff:127.0.0.1"), is_loopback("::ffff:192.168.0.7")
    (True, False)
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    # A socket that takes both kinds of address tells one of the older kind in the form of the newer.
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def is_local(peer: str, reached: str) -> bool:
    """Whether who asks from the address `peer`, and reached us at `reached`, is this machine.

    >>> is_local("127.0.0.1", "127.0.0.1"), is_local("192.168.0.7", "192.168.0.7"), is_local("192.168.0.8", "192.168.0.7")
    (True, True, False)
    """
    return is_loopback(peer) or peer == reached


def refusal(request: Request, place: Place) -> Answer | None:
    """Why this request gets nothing, or None."""
    if len(request.hosts) != 1 or not place.answers_to(request.hosts[0]):
        return message(421, "This preview answers to localhost, 127.0.0.1 and [::1] alone.")
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return message(403, "Another site asked for this page. Type the address, or paste it, to see it.")
    if request.headers.get("origin", own_origin(request)) != own_origin(request):
        return message(403, "Another origin asked for this.")
    has_body = "content-length" in request.headers or "transfer-encoding" in request.headers
    if has_body and request.method in {"GET", "HEAD"}:
        return message(400, "Requests to a preview have no body.")
    return None


def own_origin(request: Request) -> str:
    """The origin of pages that this request's host serves. https://html.spec.whatwg.org/multipage/browsers.html#origin"""
    return f"http://{request.hosts[0]}"


_OURS = {"localhost", "127.0.0.1", "[::1]"}
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - asked for by --host alone
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,253})(?::([0-9]{1,5}))?")
