import msgspec
import pytest

from sitegen.model.likeness import Related
from sitegen.model.record import Identifier, Link, PartialDate, Publication, Signal
from sitegen.plan import plan
from sitegen.plan.links import links_of
from sitegen.plan.paper import plan_papers
from sitegen.plan.signals import courses, current, discussed


@pytest.fixture
def view_of(make_context):
    def view_of(paper, *others, **settings):
        pages = plan_papers(make_context([paper, *others], **settings))
        return next(page.view for page in pages if page.url == f"papers/{paper.id}.html")

    return view_of


def test_identifiers_lead_out_first_and_no_address_twice(make_paper):
    paper = make_paper(
        identifiers=(Identifier("arxiv", "2401.00010", "2"), Identifier("isbn", "978")),
        links=(
            Link("project", "https://p.example/"),
            Link("code", "https://c.example/"),
            Link("page", "https://arxiv.org/abs/2401.00010"),
        ),
    )
    assert [(link.kind, link.url) for link in links_of(paper)] == [
        ("arxiv", "https://arxiv.org/abs/2401.00010"),
        ("pdf", "https://arxiv.org/pdf/2401.00010"),
        ("code", "https://c.example/"),
        ("project", "https://p.example/"),
    ]


def test_a_pdf_of_its_own_goes_before_the_one_of_arxiv(make_paper):
    paper = make_paper(
        identifiers=(Identifier("arxiv", "2401.00010"),), links=(Link("pdf", "https://x.example/a.pdf"),)
    )
    assert [link.url for link in links_of(paper) if link.kind == "pdf"] == ["https://x.example/a.pdf"]


def test_an_identifier_cannot_break_out_of_its_address(make_paper):
    paper = make_paper(identifiers=(Identifier("doi", '10.1/"><script>?#'),))
    assert links_of(paper)[0].url == "https://doi.org/10.1/%22%3E%3Cscript%3E%3F%23"


def test_a_preprint_is_told_as_one_and_names_no_journal(view_of, make_paper):
    meta = dict(view_of(make_paper(title="On $x^2$", date=PartialDate(2024, 3, 1))).meta)
    assert meta["citation_title"] == "On x^2"
    assert meta["citation_publication_date"] == "2024/03/01"
    assert meta["z:itemType"] == "preprint"
    assert not [name for name in meta if name.startswith(("citation_journal", "citation_conference"))]


def test_a_published_paper_names_its_venue_and_is_no_preprint(view_of, make_paper):
    meta = dict(view_of(make_paper(venue="ICML", date=PartialDate(2024, 3))).meta)
    assert meta["citation_conference_title"] == "ICML"
    assert meta["citation_publication_date"] == "2024"
    assert "z:itemType" not in meta


def test_each_author_has_a_tag_and_a_number_of_authors_none(view_of, make_paper):
    assert [c for n, c in view_of(make_paper(authors=("A", "B"))).meta if n == "citation_author"] == [
        "A",
        "B",
    ]
    assert not [c for n, c in view_of(make_paper(author_count=9)).meta if n == "citation_author"]


def test_descriptions_end_at_a_word(view_of, make_paper):
    description = view_of(make_paper(abstract="word " * 100)).head.description
    assert len(description) <= 202
    assert description.endswith("word …")


def test_what_is_not_known_is_not_in_the_data_for_machines(view_of, make_paper):
    data = view_of(make_paper()).head.data
    assert set(data) == {"@context", "@type", "headline", "url"}


def test_a_paper_tells_which_record_gave_what_and_why_they_are_one(make_site, texts):
    from sitegen.plan import plan

    view = next(page.view for page in plan(make_site(), texts) if page.url == "papers/first.html")
    listed, curated = view.sources
    assert (listed.path, listed.line, listed.fields) == ("content/dumps/autumn.txt", 7, ("title",))
    assert (curated.curated, curated.fields) == (True, ("summary",))
    assert curated.reasons == ("Same work as record 1: their titles are the same",)


def test_a_paper_knows_its_neighbours_in_every_list(make_site, texts):
    from sitegen.plan import plan

    view = next(page.view for page in plan(make_site(), texts) if page.url == "papers/second.html")
    curated, smart = view.places
    assert (curated.previous.url, curated.following.url) == ("papers/first.html", "papers/third.html")
    assert (smart.previous.url, smart.following) == ("papers/first.html", None)
    assert curated.url == "collections/curated.html#paper-second"


def test_a_signal_without_a_day_is_never_shown(make_paper):
    assert current(make_paper(signals=(Signal("upvotes", 5),))) == ()


def test_the_last_reading_of_a_signal_counts_and_zero_says_nothing(make_paper):
    early, late = PartialDate(2025, 11, 3), PartialDate(2025, 12, 9)
    paper = make_paper(
        signals=(Signal("comments", 9, late), Signal("comments", 4, early), Signal("stars", 0, late))
    )
    assert current(paper) == (Signal("comments", 9, late),)


def test_two_readings_make_a_line_of_their_kind_alone(make_paper):
    first, second, last = PartialDate(2025, 11, 1), PartialDate(2025, 11, 11), PartialDate(2025, 11, 21)
    paper = make_paper(
        signals=(
            Signal("comments", 2, first),
            Signal("comments", 8, last),
            Signal("comments", 6, second),
            Signal("comments", 99),
            Signal("upvotes", 50, second),
        )
    )
    (course,) = courses(paper)
    assert (course.kind, course.first, course.since, course.last, course.until) == (
        "comments",
        2,
        first,
        8,
        last,
    )
    assert course.path == "M0 30L50 10L100 0"


def test_one_day_makes_no_line_nor_does_a_month(make_paper):
    day, month = PartialDate(2025, 11, 1), PartialDate(2025, 10)
    assert courses(make_paper(signals=(Signal("stars", 2, day), Signal("stars", 3, day)))) == ()
    assert courses(make_paper(signals=(Signal("stars", 2, day), Signal("stars", 1, month)))) == ()


def test_the_most_discussed_come_first_and_equals_keep_their_order(make_paper):
    day = PartialDate(2025, 12, 9)
    papers = [
        make_paper(name, signals=(Signal("comments", n, day),))
        for name, n in (("a", 1), ("b", 3), ("c", 3), ("d", 0))
    ]
    assert [paper for paper, _ in discussed(papers)] == ["b", "c", "a"]


def test_related_papers_come_with_their_weightiest_reasons(make_site, make_paper, make_list, make_tag, texts):
    one, two = make_paper("one", tags=("birds",)), make_paper("two", title="Two", tags=("birds",))
    site = make_site([one, two], [make_list(one, two)], [make_tag("birds")])
    related = Related("two", 500, words=("a", "b", "c", "d"), tags=("birds",), lists=("shelf",))
    site = msgspec.structs.replace(site, related={"one": (related,)})
    (kin,) = next(page.view for page in plan(site, texts) if page.url == "papers/one.html").related
    assert (kin.card.title, kin.words) == ("Two", ("a", "b", "c"))
    assert [tag.url for tag in kin.tags] == ["tags/birds.html"]
    assert [(at.title, at.url) for at in kin.lists] == [("Shelf", "collections/shelf.html")]


@pytest.mark.parametrize(
    ("kind", "tags"),
    [
        ("article", {"journal_title": "V", "volume": "12", "issue": "3", "publisher": "P"}),
        ("paper", {"conference_title": "V", "volume": "12", "issue": "3", "publisher": "P"}),
        ("chapter", {"inbook_title": "V", "volume": "12", "issue": "3", "publisher": "P"}),
        ("book", {"volume": "12", "issue": "3", "publisher": "P"}),
        ("thesis", {"volume": "12", "issue": "3", "dissertation_institution": "P"}),
        (
            "report",
            {"volume": "12", "technical_report_number": "3", "technical_report_institution": "P"},
        ),
    ],
)
def test_the_page_tells_citation_managers_where_in_its_venue_it_is(view_of, make_paper, kind, tags):
    said = Publication(kind, "12", "3", "11–24", "P")
    meta = dict(view_of(make_paper(venue="V", publication=said)).meta)
    told = {name.removeprefix("citation_"): value for name, value in meta.items()}
    tags |= {"firstpage": "11", "lastpage": "24"}
    assert {name: told.get(name) for name in tags} == tags
    assert told.get("z:itemType") == (kind if kind in {"book", "thesis", "report"} else None)


@pytest.mark.parametrize(
    ("pages", "tags"),
    [("e1001", ["e1001"]), ("in press", []), ("7, 9–11", []), ("12-1–12-9", ["12-1", "12-9"])],
)
def test_what_is_no_page_is_no_first_page(view_of, make_paper, pages, tags):
    meta = view_of(make_paper(venue="V", publication=Publication("article", pages=pages))).meta
    assert [value for name, value in meta if name.endswith("page")] == tags


def test_a_preprint_tells_nothing_of_volumes(view_of, make_paper):
    said = Publication("article", "abs/2401.00010", "1", "1–9", "P")
    view = view_of(make_paper(venue="CoRR", publication=said))
    assert not [name for name, _ in view.meta if name.endswith(("volume", "issue", "page", "publisher"))]
    assert view.appeared == "CoRR"


def test_readers_see_where_in_its_venue_it_is(view_of, make_paper):
    article = make_paper(venue="J", publication=Publication("article", "12", "3", "11–24", "P"))
    assert view_of(article).appeared == "J, 12(3), 11–24"
    thesis = make_paper(publication=Publication("thesis", publisher="University of Loops"), venue="")
    assert view_of(thesis).appeared == "University of Loops"


def test_data_has_the_issue_as_part_of_the_volume_as_part_of_the_journal(view_of, make_paper):
    said = Publication("article", "12", "3", "11–24", "P")
    data = view_of(make_paper(venue="J", publication=said)).head.data
    assert data["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "12",
            "isPartOf": {"@type": "Periodical", "name": "J"},
        },
    }
    assert (data["@type"], data["pageStart"], data["pageEnd"]) == ("ScholarlyArticle", "11", "24")
    assert data["publisher"] == {"@type": "Organization", "name": "P"}
    chapter = view_of(make_paper(venue="B", publication=Publication("chapter"))).head.data
    assert (chapter["@type"], chapter["isPartOf"]) == ("Chapter", {"@type": "Book", "name": "B"})
