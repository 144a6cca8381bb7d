"""Random edits of collections written in every style, beside a model of what they say.

A law for whatever a file looks like: an edit does to its content what it says, no comment of anybody else is lost, and every line
but those of the thing edited stays. `SITEGEN_EDITS=10000 pytest tests/splice/test_random_edits.py` makes 10,000 edits.
"""

from __future__ import annotations

import codecs
import os
from collections import Counter

from handwriting import PROSE, TAG, TEXT, Writer
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from outline import COMMENT, lists_of, name_of, others, outline, says, text_of, token

from sitegen.diagnostics import has_errors
from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.splice import (
    NewPick,
    PickAt,
    SectionAt,
    add_pick,
    add_section,
    move_pick,
    move_section,
    remove_pick,
    remove_section,
    set_collection_fields,
    set_pick_fields,
    set_section_fields,
)

SOME = 300
EDITS = int(os.environ.get("SITEGEN_EDITS", SOME))
EACH = 5  # edits of one file

FIELDS = st.one_of(
    st.tuples(st.just("note"), st.one_of(PROSE, TEXT, st.just(""))),
    st.tuples(st.just("tags"), st.lists(TAG, max_size=4, unique=True)),
    st.tuples(st.just("status"), st.sampled_from(["read", "to-read", ""])),
    st.tuples(st.just("rating"), st.sampled_from([1, 4, None])),
    st.tuples(st.just("start_here"), st.sampled_from([True, False, None])),
    st.tuples(st.just("added"), st.sampled_from(["2026-02-03", None])),
    st.tuples(st.just("paper"), TEXT),
)
OF_SECTION = st.one_of(
    st.tuples(st.just("title"), TEXT), st.tuples(st.just("description"), st.one_of(PROSE, st.just("")))
)
OF_COLLECTION = st.one_of(
    OF_SECTION, st.tuples(st.just("blurb"), TEXT), st.tuples(st.just("weight"), st.sampled_from([7, None]))
)
PICKS = ("remove", "move", "move", "move", "add", "fields", "fields", "fields", "fields")
SECTIONS = ("add section", "move section", "remove section", "name section")


def several(fields):
    """Some fields at once, each once."""
    return st.lists(fields, min_size=1, max_size=4, unique_by=lambda each: each[0]).map(dict)


EVERY_COMMENT_STAYS = "*"  # also those of what is touched: they travel with it
THOSE_OF_PICKS_STAY = "-"  # those of a section go with it


def plain(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return value
    return "" if value is None else str(value).strip()


def edit(draw, data, model, serial):
    """An edit: (its outcome, the names of what it touches); the model is changed to what is meant. None where it makes no sense."""
    file = SourceFile("content/collections/c.yaml", data, "")
    lists = lists_of(model)
    places = [
        (PickAt(at.section, number, name_of(pick)), picks)
        for at, picks in lists
        for number, pick in enumerate(picks)
    ]
    kind = draw(st.sampled_from((*PICKS, *SECTIONS, "collection")))
    if kind == "collection":
        values = draw(several(OF_COLLECTION))
        say(model, values)
        return set_collection_fields(file, values), {*values}
    if kind in SECTIONS:
        return edit_section(draw, kind, file, model, serial)
    if kind in {"remove", "move", "fields"}:
        if not places:
            return None
        at, picks = draw(st.sampled_from(places))
        name = token(at.paper)
        if kind == "remove":
            del picks[at.pick]
            return remove_pick(file, at), {name}
        if kind == "fields":
            values = draw(several(FIELDS))
            if "paper" in values:
                values["paper"] += f" {name}"
            pick = picks[at.pick]
            mapping = {"paper": pick} if isinstance(pick, str) else pick
            say(mapping, values)
            picks[at.pick] = mapping["paper"] if isinstance(pick, str) and len(mapping) == 1 else mapping
            return set_pick_fields(file, at, values), {name}
        to = draw(st.sampled_from([SectionAt(0), *(at for at, _ in lists)]))
        target = next((picks for at, picks in lists if at == to), None)
        target = _list_at(model, to, target)
        position = draw(st.integers(0, 4))
        target_length = len(target) - (target is picks)
        pick = picks.pop(at.pick)
        target.insert(min(position, target_length), pick)
        return move_pick(file, at, to, position), {name, EVERY_COMMENT_STAYS}
    if kind == "add":
        to = draw(st.sampled_from([SectionAt(0), *(at for at, _ in lists)]))
        target = _list_at(model, to, next((picks for at, picks in lists if at == to), None))
        name, note = f"{draw(TEXT)} p{serial}", draw(st.one_of(st.just(""), PROSE))
        position = draw(st.one_of(st.none(), st.integers(0, 4)))
        target.insert(len(target) if position is None else position, name)
        return add_pick(file, NewPick(name, note, "2026-11-21"), to, position), {
            f"p{serial}",
            ("added", note),
        }
    raise AssertionError(kind)


def edit_section(draw, kind, file, model, serial):
    """The same for an edit of a section."""
    sections = model.get("sections", [])
    if kind == "add section":
        title, position = f"{draw(TEXT)} s{serial}", draw(st.one_of(st.none(), st.integers(0, 3)))
        titled = model.setdefault("sections", sections)
        titled.insert(len(titled) if position is None else position, {"title": title})
        return add_section(file, title, position), {f"s{serial}", EVERY_COMMENT_STAYS}
    if not sections:
        return None
    number = draw(st.integers(0, len(sections) - 1))
    section, name = sections[number], token(sections[number]["title"])
    at = SectionAt(number + bool(model.get("picks")), section["title"])
    picks = section.get("picks") or []
    if kind == "name section":
        values = draw(several(OF_SECTION))
        if "title" in values:
            values["title"] += f" {name}"
        say(section, values)
        return set_section_fields(file, at, values), {name}
    if kind == "move section":
        position = draw(st.integers(0, 3))
        sections.insert(position, sections.pop(number))
        return move_section(file, at, position), {
            name,
            *(token(name_of(each)) for each in picks),
            EVERY_COMMENT_STAYS,
        }
    sections.remove(section)
    there = sections[number - 1] if number else model
    there["picks"] = [*(there.get("picks") or []), *picks]
    return remove_section(file, at), {name, *(token(name_of(each)) for each in picks), THOSE_OF_PICKS_STAY}


def say(mapping, values):
    """What a mapping says after its fields were set."""
    for name, value in values.items():
        if plain(value):
            mapping[name] = plain(value)
        else:
            mapping.pop(name, None)


def _list_at(model, to, found):
    """The list of a section, which may not be there yet."""
    holder = model if not to.title else next(each for each in model["sections"] if each["title"] == to.title)
    return holder.setdefault("picks", [])


def without_empty_lists(model):
    for holder in (model, *model.get("sections", ())):
        if not holder.get("picks"):
            holder.pop("picks", None)
    if not model.get("sections"):
        model.pop("sections", None)


def check(before, after, model, targets):
    said = says(after)
    for target in targets:
        if isinstance(target, tuple):  # how a new pick is written is up to its neighbours
            _check_added(said, model, targets, target[1])
    assert said == model
    assert not has_errors(parse_collection(SourceFile("c.yaml", after, "")).diagnostics)
    names = {target for target in targets if isinstance(target, str)}
    lines, items, comments = others(before, names)
    own, _, still = outline(text_of(after))
    if EVERY_COMMENT_STAYS in targets:
        comments = others(before, set())[2]
    if THOSE_OF_PICKS_STAY in targets:
        own_before, text = outline(text_of(before))[0], text_of(before).split("\n")
        picked = {number for name in names if name.startswith("p") for number in own_before.get(name, ())}
        comments += Counter(found[0].strip() for n in picked if (found := COMMENT.search(text[n])))
    comments -= others(after, set())[2]
    assert not comments
    unfolded = {
        name for name in items if name not in still
    }  # a list in brackets that took an item with comments
    new_lines, new_items, _ = others(after, names | unfolded)
    for name in unfolded:
        lines_now = [text_of(after).split("\n")[number].strip(" ") for number in own[name]]
        first = items[name].split("\n")[0]
        assert any(line.startswith(f"- {first}") for line in lines_now)
        del items[name]
    assert new_lines == lines
    assert new_items == items
    assert before.startswith(codecs.BOM_UTF8) == after.startswith(codecs.BOM_UTF8)
    for line_end in (b"\r\n", b"\r", b"\n"):
        if line_end in before:
            assert (
                after.replace(line_end, b"").count(b"\n") == before.replace(line_end, b"").count(b"\n") == 0
            )
            break


def _check_added(said, model, targets, note):
    name = next(target for target in targets if isinstance(target, str))
    for at, picks in lists_of(said):
        for number, pick in enumerate(picks):
            if token(name_of(pick)) == name:
                mine = dict(lists_of(model))[at]
                written = {"paper": pick} if isinstance(pick, str) else pick
                assert written["paper"] == mine[number]
                assert written.get("note", "") == note
                assert set(written) <= {"paper", "note", "added"}
                mine[number] = pick


@settings(
    max_examples=EDITS // EACH,
    derandomize=EDITS == SOME,  # the suite tries the same edits each time, a long run others
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # the file that failed says enough; making it smaller takes minutes
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(st.data())
def test_an_edit_does_what_it_says_and_leaves_everything_else(data):
    now = Writer(data.draw).file()
    file = SourceFile("c.yaml", now, "")
    assert not has_errors(parse_collection(file).diagnostics), text_of(now)
    for serial in range(900, 900 + EACH):
        meant = says(now)
        made = edit(data.draw, now, meant, serial)
        if made is None:
            continue
        outcome, targets = made
        assert outcome.value is not None, (text_of(now), targets, outcome.diagnostics)
        without_empty_lists(meant)
        note(f"{targets}\n{text_of(now)}\n>>>>\n{text_of(outcome.value)}")
        check(now, outcome.value, meant, targets)
        now = outcome.value
