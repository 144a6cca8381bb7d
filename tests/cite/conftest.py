from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from sitegen.merge import merge
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Link, Notice, Organization, PartialDate, Publication
from sitegen.model.settings import Settings
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import parse_dump
from sitegen.plan.exports import everything, export
from sitegen.relate import relate
from sitegen.render import Renderer
from sitegen.text.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

NASTY = (
    Paper(id="nothing-but-a-title", title="Only a title"),
    Paper(
        id="tex",
        title=r"Braces {A} \{b\}, 72\% of #1 & co. at $5_a^b~\\ and $\mathcal{O}(n^{2})$",
        authors=(r"Erd\H{o}s P\'al", "A{B}C D", r"50% of # & _ ~ ^ \ $"),
        venue=r"Trans. of {Everything} & 100% \#1",
        identifiers=(Identifier("doi", "10.1/a_b%c{d}#e"), Identifier("arxiv", "2401.00010", "2")),
        summary="A *note*, 100% of #1 {here} at $a_b$: `x_y`.\n\nAnd a second paragraph with \\backslash.",
        date=PartialDate(2024),
    ),
    Paper(
        id="quotes",
        title="“Say 'it'” \"twice\", <b>bold</b> &amp; </script><!-- ]]> --> ,;|\ttab",
        authors=("Jean-Pierre O'Neil", 'Ada "the" Lovelace', "Barnes and Noble", "Acme, Inc.", "others"),
        keywords=("a, b", "c; d", "e"),
        links=(Link("page", "https://a.example/?q=1&r={2}%20#x,y"),),
        date=PartialDate(2024, 12, 31, "inferred"),
    ),
    Paper(
        id="scripts",
        title="深層学習 📚 für Ærøskøbing: Привет — مرحبا \u202eevil\u202c",
        authors=("山田太郎", "김 철수", "Łukasz Żółć", "محمد علي", "Владимир Ленский", "Plato", "😀 Face"),
        venue="第1回 会議",
        date=PartialDate(1998, 2),
    ),
    Paper(
        id="names",
        title="Names",
        authors=(
            *("Ludwig van Beethoven", "Laurens Van Der Maaten", "Martin Luther King Jr.", "Yann Le Cun"),
            *(
                "Maria de los Angeles",
                "Quoc V. Le",
                "John Smith III",
                "Qwen Team",
                "DeepSeek-AI",
                "Ai Weiwei",
            ),
        ),
        venue="Journal of Names",
        identifiers=(Identifier("doi", "10.1000/xyz(1)<2>"),),
        organizations=(Organization("Institute of Examples"), Organization("R and D, Inc.")),
    ),
    Paper(
        id="three-hundred-authors",
        title="Everybody's paper?",
        authors=tuple(f"Given{n} M. Family{n}" for n in range(300)),
        author_count=300,
        identifiers=(Identifier("arxiv", "cs/9901001"),),
        date=PartialDate(2024, 2, 29),
    ),
    Paper(id="counted", title="Nobody is named.", author_count=12, organizations=(Organization("NVIDIA"),)),
    Paper(id="formula", title="=HYPERLINK(1)", abstract='-1+1\r\n@x, "y"\n\'=z', authors=("@cmd",)),
    Paper(
        id="taken-back",
        title="Taken back",
        authors=("Wei Wang", "Wei Wang", "Loop; Team"),
        orcids=("0000-0002-1825-0097", "", "0000-0002-1694-233X"),
        venue="Journal of Loops",
        identifiers=(Identifier("arxiv", "2401.00011", "3"), Identifier("doi", "10.1000/loops")),
        notices=(
            Notice("retracted", 'It "leaks"; <b>\n & more', PartialDate(2025, 1, 2), "dumps/a b.json"),
            Notice("corrected", "", None, "dumps/b.json"),
            Notice("revised", "v3", PartialDate(2024, 5), "dumps/a b.json"),
        ),
        date=PartialDate(2024, 1, 2),
    ),
    Paper(
        id="an-article",
        title="An article",
        venue="Journal of Names",
        publication=Publication("article", "12", "3–4", "11–24", "Wiley & Sons {Inc.}"),
        identifiers=(Identifier("arxiv", "2401.00012"),),
        organizations=(Organization("Institute of Examples"),),
    ),
    Paper(
        id="a-numbered-article",
        title="A numbered article",
        venue="Names",
        publication=Publication("article", "100%", "", "e1001"),
    ),
    Paper(
        id="a-paper",
        title="A paper",
        venue="Journal of Proceedings",
        publication=Publication("paper", "2", "", "12-1–12-9", "ACM"),
    ),
    Paper(
        id="a-chapter",
        title="A chapter",
        venue="The Book of #1",
        publication=Publication("chapter", "", "", "7, 9–11", "A_B"),
    ),
    Paper(
        id="a-book",
        title="A book",
        publication=Publication("book", "2", "", "", "Press"),
        venue="Great Texts",
    ),
    Paper(
        id="a-thesis", title="A thesis", publication=Publication("thesis", publisher="University of Loops")
    ),
    Paper(id="a-report", title="A report", publication=Publication("report", "", "TR-7", "", "Lab 1")),
    Paper(
        id="a-preprint-with-numbers",
        title="A preprint",
        venue="CoRR",
        publication=Publication("article", "abs/2401.00013", "1", "1–9", "Publisher"),
    ),
    Paper(
        id="lines",
        title=" Two \n\n lines\r\nER  - \r\nTY  - JOUR ",
        summary="TY  - JOUR\nER  - ",
        venue="arXiv",
    ),
)


@pytest.fixture(scope="session")
def nasty() -> tuple[Paper, ...]:
    return NASTY


@pytest.fixture(scope="session")
def ten_thousand(real_papers: Path) -> tuple[Paper, ...]:
    """The real papers; tests that ask for them are absent where these are."""
    file = SourceFile("content/dumps/papers.jsonl.xz", real_papers.read_bytes(), "0")
    return merge(parse_dump(file, DumpSource("dumps/*"), None).value.records).value


@pytest.fixture(scope="session")
def exported():
    """A function: the papers, each with its own note or none, as the bytes of a format."""

    def exported(name, papers, note=None):
        papers = tuple(papers)
        entries = tuple(Entry(paper=paper, note=note) for paper in papers) if note else ()
        lists = (ReadingList(id="all", path="x", title="All", parts=(Part(id="p", entries=entries),)),)
        library = Library(
            settings=Settings(title="x"), papers=papers, lists=lists if note else (), tags={}, pages=()
        )
        site = relate(library)
        renderer = Renderer({}, Settings(title="x"), Texts("en", {}), {})
        [output] = renderer.render(export(site, name, "papers", partial(everything, site))).value
        return output.data

    return exported
