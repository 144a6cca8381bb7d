"""What a template draws in is found in its source; where its name is computed, everything counts."""

from __future__ import annotations

import pytest

from sitegen.render.dependencies import dependencies

OTHERS = {"base.html": "", "partials/card.html": "", "partials/a.html": "", "x.html": ""}


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("{% extends 'base.html' %}", {"base.html"}),
        ('{%- include "partials/a.html" ignore missing with context -%}', {"partials/a.html"}),
        ('{% from "partials/a.html" import row as line %}', {"partials/a.html"}),
        ("{% import 'partials/a.html' as a %}", {"partials/a.html"}),
        ("{{ card(view) }}", {"partials/card.html"}),
        ("{{ shared('partials/a.html', view.id) }}", {"partials/a.html"}),
        ("{% set draw = card %}", {"partials/card.html"}),
        ("{{ 'partials/a.html'|shared }}", {"partials/a.html"}),
        ("{{ view.card.shared }}", set()),
        ("no 'other.html'", set()),
    ],
)
def test_a_name_in_quotes_is_drawn_in(source: str, drawn: set[str]):
    assert dependencies({**OTHERS, "page.html": source})["page.html"] == {"page.html", *drawn}


@pytest.mark.parametrize(
    "source",
    [
        "{% extends layout %}",
        '{% include "partials/" ~ kind %}',
        '{% include ["x.html", other] %}',
        "{{ shared('partials/' ~ kind) }}",
        "{{ shared(name) }}",
        "{% set draw = shared %}{{ draw(name) }}",
        "{{ ['partials/' ~ 'a.html']|map('shared')|join(',') }}",
        "{% set draw = shared %}",
        '{{ "}}" ~ shared(name) }}',
        '{% include "a\\u002ehtml" %}',
    ],
)
def test_a_computed_name_may_be_any(source: str):
    assert dependencies({**OTHERS, "page.html": source})["page.html"] == {*OTHERS, "page.html"}


def test_what_is_drawn_in_draws_in_more_and_may_do_so_in_a_circle():
    sources = {"a": "{% include 'b' %}", "b": "{% include 'c' %}", "c": "{% include 'a' %}", "d": ""}
    assert dependencies(sources) == {key: set("abc") if key in "abc" else {"d"} for key in sources}
