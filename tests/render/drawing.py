"""What tests draw small templates with."""

from __future__ import annotations

import msgspec

from sitegen.model.page import Page
from sitegen.model.settings import Settings
from sitegen.render import Renderer
from sitegen.text.texts import Texts

TEXTS = Texts(
    "en",
    {
        "months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "date_day": "{day} {month} {year}",
        "date_month": "{month} {year}",
        "date_inferred": "inferred",
        "papers": {"one": "{n} paper", "other": "{n} papers"},
    },
)


class Card(msgspec.Struct, frozen=True):
    id: str
    title: str
    note: str = ""


def renderer(base_url="https://reading.example/list/", **templates):
    sources = {name.replace("__", "/").replace("_xml", ".xml").replace("_json", ".json"): text
               for name, text in templates.items()}  # fmt: skip
    sources = {name if "." in name else f"{name}.html": text for name, text in sources.items()}
    settings = Settings(title="Reading & list", base_url=base_url)
    return Renderer(sources, settings, TEXTS, {"css/site.css": "assets/0f/css/site.css"})


def shown(source, view=None, url="papers/x.html", **more):
    outcome = renderer(page=source, **more).render(Page(url, "html", "page.html", view))
    assert outcome.diagnostics == ()
    (output,) = outcome.value
    assert output.path == url
    return output.data.decode()


def problem(source, view=None, **more):
    outcome = renderer(page=source, **more).render(Page("papers/x.html", "html", "page.html", view))
    assert outcome.value == ()
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.severity == "error"
    return diagnostic
