"""Every tag is a term that we know, and papers have the tags that they were given."""

from __future__ import annotations

from sitegen.curate import curate
from sitegen.diagnostics import Outcome, Span
from sitegen.merge import merge
from sitegen.model.collection import Collection, Pick, Section
from sitegen.model.library import Library
from sitegen.model.record import Record
from sitegen.model.settings import Settings
from sitegen.model.tag import Tag, TagRule

_LLM = Tag(
    id="llm", label="LLM", aliases=("large language model",), where=Span("tags.yaml", 1), parent="language"
)


def _record(line: int, title: str, **fields) -> Record:
    return Record(where=Span("d.txt", line), title=title, **fields)


def _curated(*records: Record, tags: tuple[Tag, ...] = (), picks: tuple[Pick, ...] = ()) -> Outcome[Library]:
    collection = Collection(id="c", where=Span("c.yaml", 1), title="C", sections=(Section(picks=picks),))
    return curate(Settings(title="T"), merge(records).value, (collection,), tags, ())


def _tags(outcome: Outcome[Library]) -> dict[str, tuple[str, ...]]:
    return {paper.id: paper.tags for paper in outcome.value.papers}


def test_key_label_and_alias_are_one_tag_whatever_their_case():
    record = _record(1, "Gates", tags=("Llm", "#llm", "Large Language Model", "LLM"))
    outcome = _curated(record, tags=(_LLM,))
    assert _tags(outcome) == {"gates": ("llm",)}
    assert list(outcome.value.tags) == ["llm"]


def test_c_and_its_relatives_stay_three():
    assert _tags(_curated(_record(1, "Gates", tags=("c++", "C#", "c")))) == {
        "gates": ("c", "c-plus-plus", "c-sharp")
    }


def test_an_undeclared_tag_is_labelled_as_it_was_first_written():
    outcome = _curated(_record(9, "Later Gates", tags=("deep RL",)), _record(2, "Gates", tags=("Deep  RL",)))
    tag = outcome.value.tags["deep-rl"]
    assert (tag.label, tag.declared, tag.where.line) == ("Deep RL", False, 2)
    assert outcome.diagnostics == ()


def test_a_pick_tags_its_paper_and_its_entry():
    pick = Pick(paper="gates", where=Span("c.yaml", 3), tags=("LLM", "large language model"))
    outcome = _curated(_record(1, "Gates", tags=("b",)), tags=(_LLM,), picks=(pick,))
    assert _tags(outcome) == {"gates": ("b", "llm")}
    (entry,) = outcome.value.lists[0].entries
    assert (entry.tags, entry.paper.tags) == (("llm",), ("b", "llm"))


def test_a_blank_tag_is_no_tag():
    pick = Pick(paper="gates", where=Span("c.yaml", 3), tags=(" ",))
    outcome = _curated(_record(1, "Gates", tags=("", "  ")), picks=(pick,))
    assert (_tags(outcome), dict(outcome.value.tags)) == ({"gates": ()}, {})


def test_a_rule_tags_by_words_in_title_or_abstract_by_title_alone_and_unless():
    rules = {
        "anywhere": TagRule(words=("gates",)),
        "title": TagRule(title=("gates",)),
        "either": TagRule(words=("oak",), title=("gates",)),
        "unless": TagRule(words=("gates",), unless=("oak",)),
    }
    tags = tuple(Tag(id=name, label=name, where=Span("t", 1), rule=rule) for name, rule in rules.items())
    outcome = _curated(
        _record(1, "Gates"), _record(2, "Doors", abstract="Not gates."), _record(3, "Oak gates"), tags=tags
    )
    assert _tags(outcome) == {
        "gates": ("anywhere", "either", "title", "unless"),
        "doors": ("anywhere", "unless"),
        "oak-gates": ("anywhere", "either", "title"),
    }


def test_a_paper_keeps_its_own_tags_alone_and_not_those_above():
    parent = Tag(id="language", label="Language", where=Span("tags.yaml", 5))
    assert _tags(_curated(_record(1, "Gates", tags=("llm",)), tags=(_LLM, parent))) == {"gates": ("llm",)}


def test_declared_tags_are_known_even_when_nobody_uses_them():
    assert list(_curated(_record(1, "Gates"), tags=(_LLM,)).value.tags) == ["llm"]
