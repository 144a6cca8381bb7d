import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.page import Page
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Link, Organization, PartialDate
from sitegen.model.settings import Settings
from sitegen.render import Renderer
from sitegen.text.texts import Texts


def bib(view):
    view = view if isinstance(view, tuple) else ((view, ""),)
    made = Renderer({}, Settings(title="x"), Texts("en", {}), {})
    (output,) = made.render(Page("x.bib", "bibtex", "", view)).value
    return output.data.decode()


def read(text):
    """A BibTeX file's entries as BibTeX itself delimits them: braces counted, escaped or not. Strict."""
    entries = []
    at = 0
    while match := re.compile(r"\s*@(\w+)\{([^\s,{}]+),\n").match(text, at):
        kind, key = match.groups()
        at = match.end()
        fields = {}
        while field := re.compile(r"  (\w+) = ").match(text, at):
            start = at = field.end()
            depth = 0
            while depth or text[at] != ",":
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                assert depth >= 0
                at += 1
            assert field[1] not in fields
            fields[field[1]] = text[start:at]
            at = text.index("\n", at) + 1
        assert text[at : at + 2] == "}\n"
        at += 2
        entries.append((kind, key, fields))
    assert not text[at:].strip()
    return entries


def one(**fields):
    ((kind, key, read_back),) = read(bib(Paper(**{"id": "a-paper", "title": "A title"} | fields)))
    assert key == "a-paper"
    return kind, read_back


def test_a_preprint_is_misc_and_says_so_in_both_dialects():
    kind, fields = one(
        authors=("Ada Lovelace", "Erdős Pál"),
        date=PartialDate(2024, 3, 1),
        identifiers=(Identifier("arxiv", "2403.00001", "2"), Identifier("doi", "10.48550/arXiv.2403.00001")),
    )
    assert kind == "misc"
    assert fields == {
        "title": "{{A title}}",
        "author": "{Ada Lovelace and Erdős Pál}",
        "year": "{2024}",
        "month": "mar",
        "eprint": "{2403.00001}",
        "archivePrefix": "{arXiv}",
        "eprinttype": "{arxiv}",
        "doi": "{10.48550/arXiv.2403.00001}",
        "url": "{https://arxiv.org/abs/2403.00001}",
    }


@pytest.mark.parametrize(
    ("venue", "kind", "field"),
    [
        ("ICML", "inproceedings", "booktitle"),
        ("Proceedings of the Conference on Machine Learning", "inproceedings", "booktitle"),
        ("Journal of Machine Learning Research", "article", "journal"),
        ("TMLR", "article", "journal"),
        ("arXiv", "misc", None),
        ("", "misc", None),
    ],
)
def test_the_venue_decides_the_type(venue, kind, field):
    read_kind, fields = one(venue=venue)
    assert read_kind == kind
    assert {name for name in fields if name in {"booktitle", "journal"}} == ({field} if field else set())


def test_a_paper_without_authors_names_has_no_author():
    _, fields = one(author_count=8, organizations=(Organization("NVIDIA"), Organization("R and D")))
    assert "author" not in fields
    assert fields["organization"] == "{NVIDIA and {R and D}}"


@pytest.mark.parametrize("name", ["Barnes and Noble", "Acme, Inc.", "others", "And"])
def test_a_name_that_bibtex_would_split_stands_in_braces(name):
    assert one(authors=("A B", name))[1]["author"] == f"{{A B and {{{name}}}}}"


def test_the_curator_s_note_is_an_annotation():
    paper = Paper(id="a", title="t", summary="own words")
    ((_, _, with_note), (_, _, without)) = read(bib(((paper, "a\nnote"), (paper, ""))))
    assert (with_note["annote"], without["annote"]) == ("{a note}", "{own words}")


@pytest.mark.parametrize(
    ("note", "annotation"),
    [
        ("**Read** [it](papers/x.html) *first*, by `run_it`.", r"{Read it first, by run\_it.}"),
        ("One.\n\n- two\n- three[^1]\n\n[^1]: four", "{One. two three four}"),
        ("at $n^2$, 50% & <script>alert(1)</script>more", r"{at $n^2$, 50\% \& more}"),
        ("$n$", "{$n$}"),
    ],
)
def test_a_note_is_an_annotation_in_plain_text(note, annotation):
    assert one(summary=note)[1]["annote"] == annotation


@pytest.mark.parametrize(
    ("title", "read"),
    [
        (r"A $\mathcal{O}(n^2)$ bound", r"{{A $\mathcal{O}(n^2)$ bound}}"),
        (r"$\frac{a}{b}$, \textbf{bold} and $5 to $6", r"{{$\frac{a}{b}$, bold and \$5 to \$6}}"),
        (r"mathcal{O}(n)", "{{O(n)}}"),
        (r"$\input{x}$", r"{{inputx}}"),
        (r"$^^5cinput x$", r"{{\textasciicircum{}\textasciicircum{}5cinput x}}"),
        (r"$a}b{c$", r"{{abc}}"),
        (r"$\{a\}$", r"{{\textbraceleft{}a\textbraceright{}}}"),
        (r"$a%b$", r"{{a\%b}}"),
    ],
)
def test_a_formula_stays_a_formula_where_tex_reads_it_without_surprises(title, read):
    assert one(title=title)[1]["title"] == read


def test_no_papers_make_an_empty_file():
    assert bib(()) == ""


def test_what_tex_would_run_is_escaped():
    assert one(venue=r"50% of \input{x} #1 & a_b^c~ $")[1]["booktitle"] == (
        r"{50\% of \textbackslash{}input\textbraceleft{}x\textbraceright{} \#1 \& a\_b\textasciicircum{}c\textasciitilde{} \$}"
    )


def test_an_address_is_read_as_it_stands():
    page = Link("page", "https://a.example/b%20c_d?e=f&g#h~i{j}\\k")
    assert one(links=(page,))[1]["url"] == "{https://a.example/b%20c_d?e=f&g#h~i%7Bj%7D%5Ck}"


@given(
    st.builds(
        Paper,
        id=st.from_regex("[a-z0-9][a-z0-9-]{0,9}", fullmatch=True),
        title=st.text(),
        authors=st.lists(st.text(), max_size=3).map(tuple),
        venue=st.text(max_size=9),
        summary=st.text(),
        identifiers=st.builds(Identifier, st.sampled_from(["arxiv", "doi"]), st.text()).map(lambda i: (i,)),
        links=st.builds(Link, st.just("page"), st.text()).map(lambda link: (link,)),
        organizations=st.lists(st.builds(Organization, st.text()), max_size=2).map(tuple),
        date=st.none() | st.builds(PartialDate, st.integers(1, 9999), st.integers(0, 12)),
    )
)
def test_any_paper_is_one_entry_that_tex_reads_without_running_anything(paper):
    ((_, key, fields),) = read(bib(paper))
    assert key == paper.id
    for name in set(fields) - {"url", "doi", "eprint", "month"}:
        rest = re.sub(r"\\(?:text\w+\{\}|[%#$&_])", "", fields[name])
        rest = re.sub(r"\$(?:(?!\^\^|\\)[^$%#&~])+\$", "", rest)  # a formula without commands
        assert not set(rest) & set("\\%#$&_^~")
