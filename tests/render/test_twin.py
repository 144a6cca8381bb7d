import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.page import Page
from sitegen.model.settings import Settings
from sitegen.plan.twins import TwinItem, TwinPart, TwinView
from sitegen.render import Renderer
from sitegen.text.texts import Texts


def drawn(url="x.md", **view):
    view = TwinView(**{"title": "T"} | view)
    [output] = (
        Renderer({}, Settings(title="x"), Texts("en", {}), {}).render(Page(url, "twin", "", view)).value
    )
    return output.data.decode()


def test_a_page_is_a_title_what_it_is_about_and_its_parts():
    part = TwinPart(
        title="First",
        text="*Read* this.",
        items=(TwinItem(title="A", url="papers/a.html", facts=("B", "2024")),),
    )
    assert drawn(about="Of things.", facts=("Ada", "2024"), parts=(part,)) == (
        "# T\n\n> Of things.\n\nAda · 2024\n\n## First\n\n*Read* this.\n\n- [A](papers/a.html): B · 2024\n"
    )


def test_links_lead_from_where_the_file_lies():
    part = TwinPart(
        text="[a](tags/x.html), [b](https://x.example/), [c](#here)",
        items=(TwinItem(title="A", url="papers/a (1).html", note="See [d](papers/d.html)."),),
    )
    text = drawn("collections/y.md", parts=(part,))
    assert re.findall(r"\]\(([^)]*)\)", text) == [
        *("../tags/x.html", "https://x.example/", "#here"),
        *("../papers/a%20%281%29.html", "../papers/d.html"),
    ]


@pytest.mark.parametrize(
    "text", ["2.5 Years", "1. A list", "# no heading", "a_b *c* `d` [e](f)", "<b> &amp; x", "- x", "--- y"]
)
def test_text_is_text_again(text):
    html = markdown.markdown(drawn(parts=(TwinPart(plain=text),)).split("\n\n", 1)[1])
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html == f"<p>{escaped}</p>"


@given(st.text())
def test_no_text_makes_markup(text):
    html = markdown.markdown(drawn(parts=(TwinPart(plain=f"Text: {text}"),)).split("\n\n", 1)[1])
    assert not re.search("<(?!/?p>)", html), html
