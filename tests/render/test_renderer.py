"""Every kind of page becomes its file."""

from __future__ import annotations

import msgspec
import pytest
from drawing import Card, renderer

from sitegen.diagnostics import Span
from sitegen.model.page import Output, Page
from sitegen.render import RENDERERS


class TestEveryKind:
    def test_text_is_the_view_in_utf_8(self):
        page = Page("robots.txt", "text", "", "é\n")
        assert renderer().render(page).value == (Output("robots.txt", ("é\n".encode(),)),)

    def test_bytes_are_the_view(self):
        page = Page("search/1", "bytes", "", b"\x00\xff")
        assert renderer().render(page).value == (Output("search/1", (b"\x00\xff",)),)

    def test_json_is_the_view_in_the_order_of_its_fields(self):
        page = Page("x.json", "json", "", Card("b", "a"))
        assert renderer().render(page).value == (Output("x.json", (b'{"id":"b","title":"a","note":""}',)),)

    def test_json_may_be_arranged_by_a_template(self):
        feed = renderer(feed_json='{"title": {{ view.title|json }}, "html": {{ view.note|markdown|json }}}')
        (output,) = feed.render(
            Page("feed.json", "json", "feed.json", Card("x", '</script>"', "*a* [b](c.html)"))
        ).value
        assert msgspec.json.decode(output.data) == {
            "title": '</script>"',
            "html": '<p><em>a</em> <a href="https://reading.example/list/c.html">b</a></p>',
        }

    def test_a_template_that_makes_no_json_is_reported(self):
        outcome = renderer(feed_json='{"title": }').render(Page("feed.json", "json", "feed.json"))
        assert outcome.value == ()
        assert [d.code for d in outcome.diagnostics] == ["template-json"]
        assert outcome.diagnostics[0].where == Span("templates/feed.json")

    def test_xml_is_escaped_formulas_and_notes_included(self):
        feed = renderer(
            atom_xml="<entry>{{ view.title }}|{{ view.title|tex }}|{{ view.note|markdown }}|{{ href('a.html') }}</entry>"
        )
        (output,) = feed.render(Page("feed.xml", "xml", "atom.xml", Card("x", "a<b", "[c](d.html)"))).value
        assert output.data.decode() == (
            "<entry>a&lt;b|a&amp;lt;b|&lt;p&gt;&lt;a href=&#34;https://reading.example/list/d.html&#34;"
            "&gt;c&lt;/a&gt;&lt;/p&gt;|https://reading.example/list/a.html</entry>"
        )

    def test_every_kind_of_page_has_a_renderer(self):
        assert list(RENDERERS) == [
            "html",
            "xml",
            "mail",
            "text",
            "json",
            "bytes",
            "bibtex",
            "ris",
            "csl-json",
            "apa",
            "csv",
            "jsonl",
            "twin",
        ]

    @pytest.mark.parametrize("kind", ["html", "xml", "json"])
    def test_the_same_page_gives_the_same_bytes_again(self, kind):
        made = renderer(**{f"page_{kind}" if kind != "html" else "page": "{{ view.title|tex|json }}"})
        page = Page("x", kind, f"page.{kind}", Card("x", "$x^2$"))
        assert made.render(page) == made.render(page)
