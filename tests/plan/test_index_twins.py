"""Every page that leads to papers can be read as Markdown, and what leads on leads to Markdown."""

import re

import markdown
import pytest

from sitegen.model.record import PartialDate
from sitegen.model.settings import Settings
from sitegen.plan import plan
from sitegen.plan.index_twins import plan_index_twins
from sitegen.render import Renderer
from sitegen.text.texts import Texts

ORCID = "0000-0002-1825-0097"


@pytest.fixture
def drawn(make_context):
    """A function: the twins of a site with these papers, as text by path."""

    def draw(papers=None, **settings):
        renderer = Renderer({}, Settings(title="x"), Texts("en", {}), {})
        pages = plan_index_twins(make_context(papers, **{"author_pages": 1} | settings))
        return {o.path: o.data.decode() for page in pages for o in renderer.render(page).value}

    return draw


def test_home_and_indexes_and_years_and_authors_have_a_twin(drawn):
    assert {path for path in drawn() if "author-" not in path} == {
        *("index.md", "collections/index.md", "papers/index.md", "tags/index.md", "years/index.md"),
        *("years/2025.md", "years/2024.md", "years/undated.md", "authors/index.md"),
    }
    assert "authors/author-0.md" in drawn()


def test_there_are_none_where_lists_have_none(drawn):
    assert drawn(list_files=("bib",)) == {}


def test_every_link_of_a_twin_leads_to_a_file_of_the_site(make_site, texts):
    pages = [*plan(make_site(author_pages=1), texts)]
    there = {page.url for page in pages}
    renderer = Renderer({}, Settings(title="x"), Texts("en", {}), {})
    followed = 0
    for page in pages:
        if page.renderer != "twin" or page.url == "about.md":  # which a person wrote, relative to the site
            continue
        (output,) = renderer.render(page).value
        for address in re.findall(r'href="([^"]*)"', markdown.markdown(output.data.decode())):
            if not address.startswith("https:"):
                parts = [*page.url.split("/")[:-1], *address.partition("#")[0].split("/")]
                path = "/".join(parts)
                while (shorter := re.sub(r"[^/]+/\.\./", "", path, count=1)) != path:
                    path = shorter
                assert path in there, (page.url, address)
                followed += 1
    assert followed > 20


def test_an_author_is_told_with_the_orcid_and_a_long_list_says_where_the_rest_is(drawn, make_paper):
    papers = [
        make_paper(
            f"p{n}", title=f"*Gates* {n}", authors=("Ada Wool",), orcids=(ORCID,), date=PartialDate(2024)
        )
        for n in range(501)
    ]
    files = drawn(papers)
    assert f"- [ORCID {ORCID}](https://orcid.org/{ORCID})" in files["authors/ada-wool.md"]
    assert files["years/2024.md"].count("\n- ") + files["years/2024.md"].count("\n\n- ") >= 501
    assert files["papers/index.md"].count("Gates") == 500
    assert "papers.jsonl" in files["papers/index.md"]
    assert "papers.jsonl" not in drawn(papers[:5])["papers/index.md"]
