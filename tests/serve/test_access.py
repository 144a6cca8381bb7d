"""Who may ask: every way in which others fell for a page of another origin."""

from __future__ import annotations

import pytest

from sitegen.serve.access import Place, Request, refusal

HERE = Place("127.0.0.1", 8000)
HOST = "localhost:8000"


def refused(hosts, headers=None, place=HERE):
    return refusal(Request(hosts=tuple(hosts), headers=headers or {}), place)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_this_machine_under_its_own_names_may_ask(host):
    assert refused([host]) is None


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["evil.example"],
        ["evil.example:8000"],
        ["localhost"],
        ["localhost:8001"],
        ["localhost:8000.evil.example"],
        ["localhost.evil.example:8000"],
        ["localhost.:8000"],
        ["evil.example@localhost:8000"],
        ["127.0.0.2:8000"],
        ["127.1:8000"],
        ["2130706433:8000"],
        ["0.0.0.0:8000"],
        ["::1:8000"],
        ["192.168.0.1:8000"],
        [" localhost:8000"],
        ["localhost:8000", "localhost:8000"],
        ["localhost:8000", "evil.example"],
    ],
)
def test_a_name_that_is_not_ours_is_misdirected(hosts):
    assert refused(hosts).status == 421


def test_the_port_may_be_left_out_where_it_is_the_protocols_own():
    assert refused(["localhost"], place=Place("127.0.0.1", 80)) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "something-new"])
def test_a_request_that_another_site_caused_is_refused(site):
    assert refused([HOST], {"sec-fetch-site": site}).status == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_request_of_our_own_pages_or_of_a_person_is_answered(site):
    assert refused([HOST], {"sec-fetch-site": site}) is None


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://localhost:8000",
        "http://localhost",
        "http://localhost:8001",
        "http://127.0.0.1:8000",
        "http://localhost:8000.evil.example",
        "http://evil.example",
        "http://localhost:8000/",
    ],
)
def test_an_origin_that_is_not_exactly_ours_is_refused(origin):
    assert refused([HOST], {"origin": origin}).status == 403


def test_our_own_origin_is_answered():
    assert refused([HOST], {"origin": f"http://{HOST}"}) is None


@pytest.mark.parametrize("name", ["content-length", "transfer-encoding"])
def test_a_request_with_a_body_is_refused(name):
    assert refused([HOST], {name: "4"}).status == 400


# Where other machines are let in


@pytest.mark.parametrize("host", ["192.168.0.7:8000", "[fe80::1]:8000", "localhost:8000", "127.0.0.1:8000"])
def test_who_listens_everywhere_answers_to_addresses(host):
    assert refused([host], place=Place("0.0.0.0", 8000)) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8000",
        "192.168.0.7.evil.example:8000",
        "192.168.0.7",
        "0.0.0.0:8000",
        "[::]:8000",
        "1:8000",
    ],
)
def test_who_listens_everywhere_believes_no_name_and_no_address_of_nobody(host):
    """Rebinding needs a name; 0.0.0.0 reaches a machine's own services from any site in some browsers."""
    assert refused([host], place=Place("0.0.0.0", 8000)).status == 421


def test_who_listens_on_a_name_answers_to_that_name():
    desk = Place("desk.local", 8000)
    assert refused(["desk.local:8000"], place=desk) is None
    assert refused(["evil.example:8000"], place=desk).status == 421
    assert refused(["192.168.0.7:8000"], place=desk).status == 421
