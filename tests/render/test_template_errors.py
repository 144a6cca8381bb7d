"""What is wrong with a template is told with its place, and what may have been meant."""

from __future__ import annotations

import pytest
from drawing import Card, problem, renderer

from sitegen.diagnostics import Span
from sitegen.model.page import Page


class TestTemplateErrors:
    def test_a_syntax_error_has_its_line(self):
        diagnostic = problem("\n\n{% if %}")
        assert (diagnostic.code, diagnostic.where) == ("template-syntax", Span("templates/page.html", 3))

    def test_all_syntax_errors_are_found_by_compiling(self):
        made = renderer(a="{% if %}", b="fine", partials__c="\n{{ }}", d_xml="{% for %}")
        places = [problem.where for problem in made.compile_all()]
        assert places == [
            Span("templates/a.html", 1),
            Span("templates/d.xml", 1),
            Span("templates/partials/c.html", 2),
        ]

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("{% for a in view %}" * 25 + "{% endfor %}" * 25, "too many statically nested blocks"),
            ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "too many things in each other"),
            ("{% if 1 %}" * 400 + "{% endif %}" * 400, "too many things in each other"),
            ("{{ card(a=1, a=2) }}", "keyword argument repeated: a"),
        ],
    )
    def test_what_jinja_takes_and_python_does_not_is_a_syntax_error_of_its_file(self, source, message):
        fine = {"a": "a", "default__a": "b", "default__b": "b"}
        made = renderer(**fine, partials__deep=source)
        made.compiled(["partials/deep.html"])  # by another process, where it ends nothing
        (diagnostic,) = made.compile_all()
        assert (diagnostic.code, diagnostic.message) == ("template-syntax", message)
        assert diagnostic.where == Span("templates/partials/deep.html")
        assert problem("{% include 'partials/deep.html' %}", partials__deep=source) == diagnostic

    def test_an_unknown_name_has_its_line_and_a_suggestion(self):
        diagnostic = problem("a\n{{ veiw.title }}", Card("x", "t"))
        assert diagnostic.code == "unknown-name"
        assert diagnostic.message == "'veiw' is not known here"
        assert diagnostic.where == Span("templates/page.html", 2)
        assert diagnostic.hint == "did you mean 'view'?"

    def test_an_unknown_attribute_names_the_nearest_that_there_is(self):
        diagnostic = problem("{{ view.titel }}", Card("x", "t"))
        assert (diagnostic.message, diagnostic.hint) == ("Card has no 'titel'", "did you mean 'title'?")

    def test_an_unknown_key_names_the_nearest_that_there_is(self):
        assert problem("{{ view.titel }}", {"title": 1}).hint == "did you mean 'title'?"

    @pytest.mark.parametrize(
        "use", ["{% if x %}{% endif %}", "{% for y in x %}{% endfor %}", "{{ x ~ 'a' }}"]
    )
    def test_an_unknown_name_is_an_error_however_it_is_used(self, use):
        assert problem(use).code == "unknown-name"

    def test_the_place_is_where_the_name_stands_not_the_page_that_includes_it(self):
        diagnostic = problem(
            "{% extends 'base.html' %}\n{% block a %}\n{{ nothing }}{% endblock %}",
            base="{% block a %}{% endblock %}",
        )
        assert diagnostic.where == Span("templates/page.html", 3)

    def test_an_unknown_template_names_the_nearest(self):
        diagnostic = problem("\n{% include 'partials/crad.html' %}", partials__card="")
        assert diagnostic.code == "unknown-template"
        assert diagnostic.where == Span("templates/page.html", 2)
        assert diagnostic.hint == "did you mean 'partials/card.html'?"

    def test_unknown_texts_and_assets_name_the_nearest(self):
        assert (problem("{{ t('paper') }}").code, problem("{{ t('paper') }}").hint) == (
            "unknown-text",
            "did you mean 'papers'?",
        )
        assert (
            problem("{{ asset('css/sight.css') }}").code,
            problem("{{ asset('css/sight.css') }}").hint,
        ) == (
            "unknown-asset",
            "did you mean 'css/site.css'?",
        )

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("{{ 1 // 0 }}", "ZeroDivisionError"),
            ("{{ view|tex }}", "AttributeError"),
            ("{% include 'page.html' %}", "RecursionError"),
            ("{{ view.x.y }}", "no 'x'"),
            ("{{ 1|nothing }}", "nothing"),
        ],
    )
    def test_whatever_else_a_template_does_is_an_error_with_its_place(self, source, message):
        diagnostic = problem(source, 5)
        assert message in diagnostic.message
        assert diagnostic.where == Span("templates/page.html", 1)

    def test_one_broken_page_does_not_break_the_next(self):
        made = renderer(page="{{ view.title }}")
        assert made.render(Page("a.html", "html", "page.html", {})).value == ()
        assert made.render(Page("a.html", "html", "page.html", {"title": "t"})).value[0].data == b"t"
