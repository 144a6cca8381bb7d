"""What a template finds: links, filters, cards, and what it defines itself."""

from __future__ import annotations

import msgspec
import pytest
from drawing import Card, problem, renderer, shown

from sitegen.diagnostics import Span
from sitegen.model.page import Page
from sitegen.model.record import PartialDate


class TestLinks:
    @pytest.mark.parametrize(
        ("url", "root"),
        [("index.html", ""), ("papers/x.html", "../"), ("a/b/c.html", "../../"), ("404.html", "/list/")],
    )
    def test_links_lead_from_where_the_page_lies(self, url, root):
        assert shown("{{ href('tags/a.html') }} {{ href(asset('css/site.css')) }}", url=url) == (
            f"{root}tags/a.html {root}assets/0f/css/site.css"
        )

    def test_without_a_base_url_404_leads_from_the_host_s_root(self):
        made = renderer(base_url="", page="{{ href('a.html') }}")
        assert made.render(Page("404.html", "html", "page.html")).value[0].data == b"/a.html"

    @pytest.mark.parametrize(
        "url", ["https://a.example/", "http://a.example/", "mailto:a@b.example", "#part"]
    )
    def test_addresses_elsewhere_and_fragments_stay(self, url):
        assert shown("{{ href(view) }} {{ absolute(view) }}", url) == f"{url} {url}"

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "/x"])
    def test_what_is_no_page_of_the_site_never_gets_a_scheme_or_a_host(self, url):
        assert shown("{{ href(view) }}", url, url="index.html").startswith("./")
        assert shown("{{ absolute(view) }}", url).startswith("https://reading.example/list/./")

    def test_absolute_links_stand_under_the_base_url(self):
        assert shown("{{ absolute('papers/x.html') }}") == "https://reading.example/list/papers/x.html"

    def test_links_work_inside_includes_and_macros(self):
        more = {
            "partials__a": "{{ href('a') }}",
            "partials__m": "{% macro m() %}{{ href('b') }}{% endmacro %}",
        }
        source = "{% include 'partials/a.html' %} {% from 'partials/m.html' import m with context %}{{ m() }}"
        assert shown(source, **more) == "../a ../b"

    def test_a_macro_that_makes_links_without_context_is_told_what_it_lacks(self):
        macro = "{% macro m() %}{{ href('b') }}{% endmacro %}"
        diagnostic = problem("{% from 'm.html' import m %}{{ m() }}", m=macro)
        assert "with context" in diagnostic.message
        assert diagnostic.where == Span("templates/m.html", 1)


class TestFilters:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (PartialDate(2024, 3, 1), '<time datetime="2024-03-01">1 Mar 2024</time>'),
            (PartialDate(2024, 3), '<time datetime="2024-03">Mar 2024</time>'),
            (PartialDate(2024), '<time datetime="2024">2024</time>'),
            (
                PartialDate(2025, 12, 9, "inferred"),
                '<time datetime="2025-12-09" class="inferred" title="inferred">9 Dec 2025</time>',
            ),
            (None, ""),
        ],
    )
    def test_dates_are_as_precise_as_they_are_known(self, day, expected):
        assert shown("{{ view|date }}", day) == expected

    def test_dates_in_xml_are_iso(self):
        made = renderer(a_xml="{{ view|date }}")
        assert made.render(Page("a.xml", "xml", "a.xml", PartialDate(2024, 3))).value[0].data == b"2024-03"

    def test_numbers_are_grouped_and_texts_have_plurals(self):
        assert shown("{{ 12345|number }} {{ t('papers', n=1) }}") == "12,345 1 paper"

    def test_plain_is_text_without_tex(self):
        assert shown("{{ view|plain }}", r"72\% < $x$") == "72% &lt; x"

    def test_everything_else_is_escaped(self):
        assert shown("<a title='{{ view }}'>{{ settings.title }}</a>", "'><script>") == (
            "<a title='&#39;&gt;&lt;script&gt;'>Reading &amp; list</a>"
        )

    def test_json_in_html_ends_no_element(self):
        text = shown(
            '<script type="application/json">{{ view|json }}</script>', {"a": "</script><!--&\u2028"}
        )
        assert text.count("<") == 2
        assert "&" not in text
        assert msgspec.json.decode(text.split(">", 1)[1].rsplit("<", 1)[0]) == {"a": "</script><!--&\u2028"}

    def test_characters_that_no_file_should_hold_are_replaced(self):
        assert shown("{{ view }}", "a\x00b\x1b\x85\ud800\ufdd0\U0001ffffc\n\té·漢😀") == (
            "a\ufffdb" + "\ufffd" * 5 + "c\n\té·漢😀"
        )


class TestMarkdown:
    def test_links_to_pages_of_the_site_lead_from_the_page(self):
        assert 'href="../papers/y.html"' in shown("{{ view|markdown }}", "[y](papers/y.html)")
        assert 'href="papers/y.html"' in shown("{{ view|markdown }}", "[y](papers/y.html)", url="index.html")

    def test_what_could_not_be_converted_is_shown_and_the_page_says_so(self):
        page = Page("papers/x.html", "html", "page.html", "[" * 10_000)
        outcome = renderer(page="<main>{{ view|markdown }}</main>").render(page)
        (warning,) = outcome.diagnostics
        assert (warning.severity, warning.code, warning.where.path) == (
            "warning",
            "markdown",
            "papers/x.html",
        )
        assert outcome.value[0].data.decode() == f"<main><p>{'[' * 10_000}</p>\n</main>"


class TestCards:
    PARTIAL = {"partials__card": "<li><a href='{{ href(view.id) }}'>{{ view.title }}</a></li>"}  # noqa: RUF012

    def test_a_card_is_the_partial_filled_with_its_view(self):
        assert shown("<ol>{{ card(view) }}</ol>", Card("x", "<b>"), **self.PARTIAL) == (
            "<ol><li><a href='../x'>&lt;b&gt;</a></li></ol>"
        )

    def test_another_root_or_another_view_makes_another_card(self):
        made = renderer(page="{{ card(view) }}", **self.PARTIAL)

        def card(url, view):
            return made.render(Page(url, "html", "page.html", view)).value[0].data.decode()

        first = card("papers/a.html", Card("x", "one"))
        assert card("papers/b.html", Card("x", "one")) == first
        assert card("index.html", Card("x", "one")) == first.replace("../", "")
        assert card("papers/a.html", Card("x", "two")) == first.replace("one", "two")

    def test_every_page_that_shows_a_card_with_a_problem_says_so(self):
        made = renderer(page="{{ card(view) }}", partials__card="{{ view.note|markdown }}")
        view = Card("x", "t", "[" * 10_000)
        pages = [Page(url, "html", "page.html", view) for url in ("papers/a.html", "papers/b.html")]
        assert [made.render(page).diagnostics[0].where.path for page in pages] == [page.url for page in pages]

    @pytest.mark.parametrize("use", ["{{ card(view) }}", "{{ shared('partials/card.html') }}"])
    def test_what_is_drawn_once_for_many_pages_knows_none_of_them(self, use):
        diagnostic = problem(use, Card("x", "t"), partials__card="{{ page.url }}")
        assert "page" in diagnostic.message
        assert diagnostic.where == Span("templates/partials/card.html", 1)

    def test_an_error_in_a_card_is_told_at_the_card_s_line(self):
        diagnostic = problem("{{ card(view) }}", Card("x", "t"), partials__card="\n{{ view.titel }}")
        assert diagnostic.where == Span("templates/partials/card.html", 2)


class TestNamesOfATemplateItself:
    @pytest.mark.parametrize("name", ["t", "href", "absolute", "asset", "card", "shared"])
    def test_its_macros_and_values_stand_before_ours(self, name):
        macro = f"{{% macro {name}(x) %}}own {{{{ x }}}}{{% endmacro %}}"
        use = f"{{{{ {name}('y') }}}}"
        assert shown(macro + use) == "own y"
        assert shown(f"{{% from 'page2.html' import {name} with context %}}{use}", page2=macro) == "own y"
        assert shown(f"{{% from 'page2.html' import mine as {name} with context %}}{use}",
                     page2=macro.replace(f"{name}(", "mine(")) == "own y"  # fmt: skip
        assert shown(f"{{% macro m() %}}{{% set {name} = view.__add__ %}}{use}{{% endmacro %}}{{{{ m() }}}}",
                     "x") == "xy"  # fmt: skip
