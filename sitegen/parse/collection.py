"""content/collections/*.yaml → a curated list, its picks still unresolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from sitegen.diagnostics import Outcome, has_errors
from sitegen.model.collection import Collection, Order, Pick, Rule, Section, Status
from sitegen.model.record import PartialDate, Record
from sitegen.parse.kinds import Choice, Date, Flag, Prose, Text, Whole
from sitegen.parse.nodes import Document, compose
from sitegen.parse.paper_file import DEFINITION
from sitegen.parse.shapes import ByForm, Field, Given, ListOf, Made, Shape
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from yaml import Node

    from sitegen.model.source import SourceFile


def parse_collection(file: SourceFile) -> Outcome[Collection | None]:
    """The list with every pick that can be used; None where the file holds no list at all."""
    document = compose(file)
    collection: Collection | None = (
        None if document.root is None else COLLECTION.read(document.root, document)
    )
    if collection is not None and has_errors(document.problems):
        collection = replace(collection, complete=False)
    return Outcome(collection, tuple(document.problems))


def _collection(given: Given, document: Document) -> Collection:
    name = slug(document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    rule: Rule | None = given.get("smart")
    loose: tuple[Pick, ...] = given.get("picks", ())
    sections: tuple[Section, ...] = given.get("sections", ())
    if loose:
        sections = (Section(picks=loose), *sections)
    return Collection(
        id=name,
        where=document.span(given.nodes.get("title", given.node)),
        title=given.get("title", name),
        blurb=given.get("blurb", ""),
        description=given.get("description", ""),
        curators=given.get("curators", ()),
        updated=_iso(given.get("updated")),
        weight=given.get("weight", 0),
        sections=sections,
        rule=rule,
    )


def _section(given: Given, _: Document) -> Section:
    return Section(
        title=given.get("title", ""), description=given.get("description", ""), picks=given.get("picks", ())
    )


def _pick(given: Given, document: Document) -> Pick | None:
    paper: str | Record | None = given.get("paper")
    if paper is None:
        return None
    definition = paper if isinstance(paper, Record) else None
    return Pick(
        paper=_name_of(paper) if isinstance(paper, Record) else paper,
        where=document.span(given.nodes["paper"]),
        note=given.get("note", ""),
        tags=given.get("tags", ()),
        status=given.get("status", ""),
        rating=given.get("rating"),
        start_here=given.get("start_here", False),
        added=_iso(given.get("added")),
        definition=definition,
    )


def _name_of(definition: Record) -> str:
    """What a pick names its own definition by: the surest of id, identifier, title."""
    if definition.id:
        return definition.id
    return definition.identifiers[0].value if definition.identifiers else definition.title


def _bare_pick(paper: str, node: Node, document: Document) -> Pick:
    return Pick(paper=paper, where=document.span(node))


def _iso(date: PartialDate | None) -> str:
    return date.iso if date else ""


def _rule(given: Given, document: Document) -> Rule:
    since, until = given.get("since"), given.get("until")
    if since is not None and until is not None and since > until:
        document.error("empty-rule", f"no year is since {since} and until {until}", given.nodes["since"])
    fields = {name: value for name, value in given.items() if name in Rule.__struct_fields__}
    return Rule(where=document.span(given.node), **fields)


_NAMES_A_PAPER = "its id, arXiv id, DOI, URL or title"
_STATUSES: tuple[Status, ...] = tuple(status for status in get_args(Status) if status)
_ORDERS: tuple[Order, ...] = get_args(Order)

PICK = Shape(
    "a pick",
    "A paper of the list, and why it is in it.",
    (
        Field(
            "paper",
            ByForm(scalar=Text(), mapping=DEFINITION),
            f"The paper: {_NAMES_A_PAPER}; or a mapping that describes it, where no dump has it.",
            required=True,
        ),
        Field("note", Prose(), "Why it is in the list: the curator's voice. Markdown."),
        Field("tags", ListOf(Text()), "Terms of the taxonomy, as in tags.yaml."),
        Field("status", Choice(_STATUSES), "How far the curators have come with it."),
        Field("rating", Whole(1, 5), "How good the curators find it; 5 is the best."),
        Field("start_here", Flag(), "Whether newcomers should begin with it."),
        Field("added", Date(full=True), "The day on which it came into the list: 2026-11-21."),
    ),
    _pick,
    {
        **dict.fromkeys(("title", "id", "arxiv", "doi", "url"), "paper"),
        **dict.fromkeys(("comment", "why", "reason"), "note"),
    },
)
PICKS = ListOf(ByForm(scalar=Made(Text(), _bare_pick), mapping=PICK))
SECTION = Shape(
    "a section",
    "A part of the list, with a heading.",
    (
        Field("title", Text(), "Its heading.", required=True),
        Field("description", Prose(), "What its papers have in common. Markdown."),
        Field("picks", PICKS, "Its papers, in the order in which readers should see them."),
    ),
    _section,
)
RULE = Shape(
    "a smart rule",
    "Gathers every paper that meets all conditions that are given.",
    (
        Field("tags", ListOf(Text()), "Papers with any of these tags."),
        Field("all_tags", ListOf(Text()), "Papers with every one of these tags."),
        Field("since", Whole(1000, 9999), "Papers of this year and later."),
        Field("until", Whole(1000, 9999), "Papers of this year and earlier."),
        Field("words", ListOf(Text()), "Papers with any of these words or phrases in title or abstract."),
        Field("source", Text(), "Papers that a dump of this path has; * stands for any text: dumps/*.txt."),
        Field("order", Choice(_ORDERS), "In which order. Default: newest."),
        Field("limit", Whole(1, 100_000), "No more papers than this."),
        Field("exclude", ListOf(Made(Text(), _bare_pick)), f"Papers to leave out, each by {_NAMES_A_PAPER}."),
    ),
    _rule,
    {
        **dict.fromkeys(("years", "year"), "since: 2023, until: 2025"),
        **dict.fromkeys(("from", "after"), "since"),
        **dict.fromkeys(("to", "before"), "until"),
        "tag": "tags",
        "sort": "order",
    },
)
COLLECTION = Shape(
    "a collection",
    "A reading list.",
    (
        Field("title", Text(), "Its title.", required=True),
        Field("blurb", Text(), "One plain line about it, for lists of collections."),
        Field("description", Prose(), "What the list is for and how it was chosen. Markdown."),
        Field("curators", ListOf(Text()), "Who keeps it."),
        Field(
            "updated",
            Date(full=True),
            "The day of its last change. Default: the latest `added` of its picks.",
        ),
        Field("weight", Whole(-1000, 1000), "Lower stands earlier on the home page. Default: 0."),
        Field("picks", PICKS, "Its papers, where it has no sections, or before the first."),
        Field("sections", ListOf(SECTION), "Its parts, in their order."),
        Field(
            "smart",
            RULE,
            "A rule that gathers papers by itself. Picks beside it stand first, whether or not it finds them.",
        ),
    ),
    _collection,
    {
        **dict.fromkeys(("papers", "paper", "entries", "items"), "picks"),
        "name": "title",
        **dict.fromkeys(("author", "authors", "curator"), "curators"),
        **dict.fromkeys(("summary", "abstract"), "description"),
        "date": "updated",
    },
)
