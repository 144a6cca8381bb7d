import pytest

from sitegen.diagnostics import Span
from sitegen.model.settings import Settings
from sitegen.render import Renderer
from sitegen.text.texts import Texts

DEFAULTS = {
    "base.html": "{% block head %}{% endblock %}{% block main %}{% endblock %}",
    "paper.html": "{% extends 'base.html' %}{% block main %}{% block facts %}{% endblock %}{% endblock %}",
    "partials/card.html": "card",
}


def told(own):
    """What is said about a project's own templates, by file and line."""
    sources = DEFAULTS | {f"default/{name}": text for name, text in DEFAULTS.items()} | own
    problems = Renderer(sources, Settings(title="Shelf"), Texts("en", {}), {}).compile_all()
    assert all(problem.severity == "warning" for problem in problems)
    return {(problem.code, problem.where): problem.hint for problem in problems}


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"paper.html": "{% extends 'default/paper.html' %}{% block facts %}x{% endblock %}"},
        {"paper.html": "{% extends 'default/paper.html' %}{% block head %}of the base{% endblock %}"},
        {"paper.html": "{% extends 'default/paper.html' %}{% block main %}{% block new %}{% endblock %}{% endblock %}"},
        {"paper.html": "{% block whatever %}replaced as a whole{% endblock %}"},
        {"paper.html": "{% include 'partials/mine.html' %}", "partials/mine.html": "x"},
        {"paper.html": "{{ shared('partials/mine.html') }}", "partials/mine.html": "x"},
        {"paper.html": "{% include view.kind ~ '.html' %}", "note.html": "may be meant"},
    ],
)  # fmt: skip
def test_an_override_that_is_seen_is_not_spoken_of(own):
    assert told(own) == {}


def test_a_block_that_nothing_above_has_is_reported_with_those_that_there_are():
    own = {"paper.html": "{% extends 'default/paper.html' %}\n{% block fatcs %}x{% endblock %}"}
    assert told(own) == {
        ("unknown-block", Span("templates/paper.html", 2)): (
            "did you mean 'facts'? its blocks are: facts, head, main"
        )
    }


def test_a_file_that_no_page_and_no_template_uses_is_reported_with_the_nearest_name():
    assert told({"papr.html": "x", "notes/readme.txt": "x"}) == {
        ("unused-template", Span("templates/papr.html")): "did you mean 'paper.html'?",
        ("unused-template", Span("templates/notes/readme.txt")): "",
    }
