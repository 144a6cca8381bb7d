from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Diagnostic, Span
from sitegen.model.settings import NavLink, Settings
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.settings import SETTINGS, parse_settings


def test_settings_are_read_with_everything_they_may_say(source):
    outcome = parse_settings(
        source(
            """\
            title: Reading list
            tagline: 'All: of it'
            base_url: https://reading.example.org/list
            language: pt-BR
            author: Us
            sources:
              - dumps/*
              - path: ../shared/dumps/*.txt
                captured: 2025
                label: Autumn
            navigation: [{label: Code, url: "https://x.org/"}, {label: About, url: about.html}]
            page_size: 20
            cname: Reading.example.org
            paper_files: false
            search: false
            feed_size: 10
            home_latest: 0
            accent: '#1D6F42'
            """
        ),
        {},
    )
    assert outcome.diagnostics == ()
    assert outcome.value == Settings(
        title="Reading list",
        tagline="All: of it",
        base_url="https://reading.example.org/list/",
        language="pt-BR",
        author="Us",
        sources=(
            DumpSource("dumps/*", where=Span("x.yaml", 7, 5, 7)),
            DumpSource("../shared/dumps/*.txt", "2025", "Autumn", Span("x.yaml", 8, 11, 21)),
        ),
        navigation=(NavLink("Code", "https://x.org/"), NavLink("About", "about.html")),
        page_size=20,
        cname="reading.example.org",
        paper_files=(),
        search=False,
        feed_size=10,
        home_latest=0,
        accent="#1d6f42",
    )


def test_only_a_title_is_needed(source):
    assert parse_settings(source("title: x\n"), {}).value == Settings(title="x")
    assert parse_settings(source("tagline: x\n"), {"title": "y"}).value == Settings(title="y", tagline="x")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "base_url: https://x.org/a?b",
            (
                "2:11+17 error bad-address: 'https://x.org/a?b' is not the address of a site"
                " | write it like https://reading.example.org/list/"
            ),
        ),
        (
            "base_url: reading.example.org",
            (
                "2:11+19 error bad-address: 'reading.example.org' is not the address of a site"
                " | write it like https://reading.example.org/list/"
            ),
        ),
        ("accent: red", "2:9+3 error bad-colour: 'red' is not a colour | write it like '#1d6f42', in quotes"),
        (
            "language: English",
            "2:11+7 error bad-language: 'English' is not the code of a language | write it like en, de or pt-BR",
        ),
        (
            "cname: https://x.org/",
            "2:8+14 error bad-host: 'https://x.org/' is not the name of a host | write only the name, like reading.example.org",
        ),
        ("search: on", "2:9+2 error wrong-type: true or false is expected, not 'on' | write true"),
        ("page_size: 0", "2:12+1 error out-of-range: a whole number from 1 to 1000 is expected, not 0"),
        (
            "sources: dumps/*",
            "2:10+7 error wrong-type: a list is expected, not 'dumps/*' | write a list: [dumps/*]",
        ),
        (
            "sources: [{label: x}]",
            "2:12+5 error missing-field: a source needs the field 'path' | add 'path: …'",
        ),
        (
            "navigation: [{label: x, url: 'javascript:alert(1)'}]",
            (
                "2:30+21 warning unsafe-link: 'javascript:alert(1)' is no address that can be linked"
                " | write https://… in full, or the name of a page of this site"
            ),
        ),
        (
            "navigation: [{label: x, url: ../../etc/passwd}]",
            (
                "2:30+16 warning unsafe-link: '../../etc/passwd' is no address that can be linked"
                " | write https://… in full, or the name of a page of this site"
            ),
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_reported_and_its_default_stays(text, problem, source, shown):
    outcome = parse_settings(source(f"title: x\n{text}\n"), {})
    assert [shown(p) for p in outcome.diagnostics] == [problem]
    assert outcome.value == Settings(title="x")


def test_the_command_line_overrides_the_file(source):
    overrides = {
        "title": "Foo: bar [x] #1",
        "sources": "[a/*, {path: b, captured: 2024-3}]",
        "page_size": "7",
        "search": "false",
        "tagline": "",
    }
    outcome = parse_settings(source("title: x\ntagline: y\npage_size: 3\nauthor: z\n"), overrides)
    assert outcome.diagnostics == ()
    settings = outcome.value
    assert (settings.title, settings.tagline, settings.author) == ("Foo: bar [x] #1", "", "z")
    assert (settings.page_size, settings.search) == (7, False)
    assert [(s.pattern, s.captured) for s in settings.sources] == [("a/*", ""), ("b", "2024-03")]


def test_problems_of_the_command_line_name_its_option(source):
    overrides = {"page_size": "many", "titel": "x", "sources": "[a"}
    outcome = parse_settings(source("title: x\n"), overrides)
    assert outcome.diagnostics == (
        Diagnostic(
            "error",
            "wrong-type",
            "a whole number from 1 to 1000 is expected, not 'many'",
            Span("-D page_size"),
        ),
        Diagnostic(
            "error",
            "yaml-syntax",
            "this '[' is not closed",
            Span("-D sources"),
            "close it with ']', or put the text in quotes",
        ),
        Diagnostic(
            "error", "unknown-field", "there is no setting 'titel'", Span("-D titel"), "did you mean 'title'?"
        ),
    )


def test_the_title_cannot_be_taken_away(source, shown):
    outcome = parse_settings(source("title: x\n"), {"title": ""})
    assert [shown(p) for p in outcome.diagnostics] == [
        "1:1+5 error missing-field: sitegen.yaml needs the field 'title' | add 'title: …'"
    ]


def test_an_empty_file_has_no_title(source, shown):
    outcome = parse_settings(source(""), {})
    assert outcome.value is None
    assert [shown(p) for p in outcome.diagnostics] == [
        "0:0+1 warning empty-file: the file is empty",
        "0:0+1 error missing-field: sitegen.yaml needs the field 'title' | add 'title: …'",
    ]


def test_every_setting_can_be_written_in_the_file():
    assert {field.name for field in SETTINGS.fields} == set(Settings.__struct_fields__)


@given(st.sampled_from(sorted(SETTINGS.by_name)), st.text(min_size=1, max_size=40))
def test_any_override_returns(name, text):
    outcome = parse_settings(SourceFile("x.yaml", b"title: x\n", ""), {name: text})
    assert outcome.value.title or name == "title"
    assert all(problem.where.path == f"-D {name}" for problem in outcome.diagnostics)


def test_a_link_of_the_navigation_is_shown_by_example(source):
    (problem,) = parse_settings(source("title: x\nnavigation: [foo]\n"), {}).diagnostics
    assert (problem.code, problem.hint) == ("wrong-type", "write it like {label: Code, url: https://…}")
