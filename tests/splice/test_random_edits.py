"""Random edits of collections written in every style, beside a model of what they say.

A law for whatever a file looks like: an edit does to its content what it says, no comment of anybody else is lost, and every line
but those of the thing edited stays. `SITEGEN_EDITS=10000 pytest tests/splice/test_random_edits.py` makes 10,000 edits.
"""

from __future__ import annotations

import codecs
import os
import re
from collections import Counter

import yaml
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

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

# --- files as people write them -----------------------------------------------------------------------------------------

WORDS = (
    "deep learning", "a", "C# and F#", "a: b", "x #1", "*star", "[Re] x", "{y}", "'tis", 'say "no"', "no", "null", "1e3",
    "2401.00010", "100%", "back\\slash", "é", "漢字 𝔘", "café\u00a0au lait", "- dash", "? what", "a , b", "key: ", "@at", "`tick`",
    "|", ">", "&amp", "!bang", "%d", "~", "end:", "#hash", "tab\there", "2024-01-01", "true", "--- x", "…", "a  b", "\u0627\u0644", "😀",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join).map(str.strip)
PROSE = st.lists(
    st.one_of(TEXT, TEXT, st.sampled_from(["", "  indented", "trailing  ", "# head", "- item", "long " * 30, "---", "..."])),
    min_size=1,
    max_size=5,
).map("\n".join).map(str.strip).filter(bool)  # fmt: skip
TAG = st.sampled_from(["agents", "long context", "no", "C#", "a: b", "2401.00010", "x, y", "[z]", "é"])


class Writer:
    """Draws one file; every comment in it has a number, and most belong to a pick."""

    def __init__(self, draw):
        self.draw = draw
        self.serial = 0

    def one_of(self, *options):
        return self.draw(st.sampled_from(options))

    def maybe(self, text, of=3):
        return text if self.draw(st.integers(1, of)) == 1 else ""

    def number(self):
        self.serial += 1
        return self.serial

    def comment(self, margin=""):
        return f"{margin}#{self.one_of(' ', ' ', chr(9), '')}c{self.number()}{self.one_of('', ' why: not', ' [x', ' “é')}\n"

    def behind(self, of=4):
        """A comment at the end of a line."""
        return self.maybe(f"{self.one_of(' ', '  ', chr(9))}# c{self.number()}", of)

    def noise(self, margin):
        """What stands between items and belongs to none: it begins with a blank line."""
        return self.one_of(
            "",
            "",
            "",
            "",
            "\n",
            "\n",
            "\n\n",
            "\n" + self.comment(margin) + "\n",
            "\n" + self.comment() + "\n",
        )

    def scalar(self, text, *, flow=False, margin=None):
        """Text on one line; with a margin it may run over several."""
        style = self.one_of("'", '"', "", "")
        if style == "" and (
            flow or not re.fullmatch(r"[A-Za-zé][\w é]*", text) or text in {"no", "null", "true"}
        ):
            style = "'"
        if style == '"':
            text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        elif style == "'":
            text = "'" + text.replace("'", "''") + "'"
        if margin and self.maybe("x", 5):
            text = re.sub(r"(?<=\w) (?=\w)", "\n" + margin + "  ", text, count=1)
        return text

    def block(self, text, column):
        """Text below its key, in any of the ways; blank lines after it are part of some."""
        style, chomping = self.one_of("|", ">"), self.one_of("", "", "-", "+")
        depth = self.one_of(1, 2, 2, 4)
        digit = str(depth) if text[0] in " \t" or self.maybe("x", 5) else ""
        margin = " " * (column + depth)
        lines = "".join(f"{margin}{line}\n" if line else "\n" for line in text.split("\n"))
        end = self.one_of("", "", "\n", "\n\n")
        if "\n" in end and chomping != "+" and self.maybe("x"):
            end += self.comment(" " * column)
        return f"{style}{digit}{chomping}{self.behind()}\n{lines}{end}"

    def tags(self, column):
        tags = self.draw(st.lists(TAG, min_size=1, max_size=3, unique=True))
        margin = " " * column
        shape = self.one_of("flow", "flow", "padded", "lines", "block", "block", "level")
        if shape == "flow":
            return f" [{', '.join(self.scalar(tag, flow=True) for tag in tags)}{self.maybe(',')}]{self.behind()}\n"
        if shape == "padded":
            return f" [ {' , '.join(self.scalar(tag, flow=True) for tag in tags)} ]{self.behind()}\n"
        if shape == "lines":
            inner = "".join(f"{margin}  {self.scalar(tag, flow=True)},{self.behind()}\n" for tag in tags)
            return f" [{self.behind()}\n{inner}{margin}]\n"
        dash = margin + ("" if shape == "level" else "  ") + "-" + self.one_of(" ", "  ")
        return f"{self.behind()}\n" + "".join(f"{dash}{self.scalar(tag)}{self.behind()}\n" for tag in tags)

    def fields(self, name, column):
        """The lines of a pick that is a mapping, without the margin of the first."""
        margin = " " * column
        colon = self.one_of(":", ":", ":", " :")
        paper = self.one_of("paper", "paper", "paper", '"paper"')
        lines = [f"{paper}{colon} {self.scalar(name, margin=margin)}{self.behind()}\n"]
        if self.maybe("x"):
            lines.append(f"tags:{self.tags(column)}")
        if self.maybe("x"):
            lines.append(f"rating: {self.one_of(1, 2, 3)}{self.behind()}\n")
        if self.maybe("x", 4):
            lines.append(f"status: {self.scalar(self.one_of('read', 'reading'))}{self.behind()}\n")
        if self.maybe("x", 4):
            lines.append(
                f"added: {self.one_of('2026-11-21', chr(39) + '2026-1-2' + chr(39))}{self.behind()}\n"
            )
        if self.maybe("x", 6):
            lines.append(f"start_here: {self.one_of('true', 'false')}\n")
        if self.maybe("x", 5):
            lines.append(f"note:{self.behind()}\n")
        elif self.maybe("x", 2):
            prose = self.draw(PROSE)
            if self.one_of(True, True, False):
                lines.append(f"note: {self.block(prose, column)}")
            else:
                prose = " ".join(prose.split())
                lines.append(f"note: {self.scalar(prose, margin=margin)}{self.behind()}\n")
        first, *others = self.draw(st.permutations(lines))
        return first + "".join(self.maybe(self.comment(margin), 10) + margin + line for line in others)

    def item(self, column, gap):
        margin, name = " " * column, f"{self.draw(TEXT)} p{self.number()}"
        lead = "".join(self.comment(margin) for _ in range(self.one_of(0, 0, 0, 1, 2)))
        shape = self.one_of("scalar", "scalar", "mapping", "mapping", "mapping", "braces", "defined", "below")
        dash = margin + "-" + " " * gap
        if shape == "scalar":
            own = f"{dash}{self.scalar(name, margin=margin)}{self.behind()}\n"
        elif shape == "braces":
            rating = self.maybe(f", rating: {self.one_of(1, 2)}")
            own = f"{dash}{{{self.maybe(' ')}paper: {self.scalar(name, flow=True)}{rating}{self.maybe(',')}}}{self.behind()}\n"
        elif shape == "defined":
            inner = " " * (column + 1 + gap)
            own = f"{dash}paper:\n{inner}  title: {self.scalar(name)}\n{inner}  authors: 3{self.behind()}\n{inner}rating: 2\n"
        elif shape == "below":
            inner = " " * (column + 1 + gap)
            own = (
                f"{margin}-{self.behind().replace(chr(9), ' ')}\n{inner}{self.fields(name, column + 1 + gap)}"
            )
        else:
            own = f"{dash}{self.fields(name, column + 1 + gap)}"
        return lead + own + self.maybe(self.comment(margin + "   "), 6)

    def picks(self, column):
        """What follows `picks:` in a mapping whose keys begin in `column`."""
        shape = self.one_of("block", "block", "block", "block", "brackets", "lines", "none", "null")
        if shape == "none":
            return f" {self.one_of('[]', '[ ]')}{self.behind()}\n"
        if shape == "null":
            return f"{self.one_of('', ' ~', ' null')}{self.behind()}\n"
        count = self.one_of(1, 1, 2, 3, 4)
        if shape in {"brackets", "lines"}:
            items = []
            for _ in range(count):
                name = self.scalar(f"{self.draw(TEXT)} p{self.number()}", flow=True)
                items.append(self.one_of(name, name, f"{{paper: {name}, status: read}}"))
                if shape == "lines" and self.maybe("x", 4):
                    inner = " " * (column + 4)
                    items[-1] = f"{{paper: {name},{self.behind(2)}\n{inner}status: read}}"
            if shape == "brackets":
                return f" [{', '.join(items)}]{self.behind()}\n"
            margin = " " * (column + 2)
            last = self.one_of(",", "")
            inner = "".join(
                f"{margin}{item}{',' if number + 1 < count else last}{self.behind()}\n"
                for number, item in enumerate(items)
            )
            return f" [{self.behind()}\n{inner}{' ' * column}]\n"
        start, gap = column + self.one_of(0, 2, 2, 4), self.one_of(1, 1, 2, 3)
        between = self.one_of("", "", "\n", None)
        parts = [self.item(start, gap)]
        for _ in range(count - 1):
            parts += [self.noise(" " * start) if between is None else between, self.item(start, gap)]
        return f"{self.behind()}\n{self.maybe(chr(10), 6)}{''.join(parts)}"

    def section(self, column, gap):
        margin, inner = " " * column, " " * (column + 1 + gap)
        title = f"title: {self.scalar(f'{self.draw(TEXT)} s{self.number()}')}{self.behind()}\n"
        lines = [title]
        if not self.maybe("x", 8):
            lines.append(f"picks:{self.picks(column + 1 + gap)}")
        if self.maybe("x", 5):
            lines.append(f"description: {self.block(self.draw(PROSE), column + 1 + gap)}")
        lines = self.draw(st.permutations(lines)) if self.maybe("x") else lines
        lead = self.maybe(self.comment(margin), 5)
        return f"{lead}{margin}-{' ' * gap}{inner.join(lines)}"

    def file(self):
        lines = [f"title: {self.scalar(self.draw(TEXT))}{self.behind()}\n"]
        shape = self.one_of("picks", "sections", "sections", "both")
        if shape != "sections":
            lines.append(f"picks:{self.picks(0)}")
        if shape != "picks":
            start, gap = self.one_of(0, 2, 2), self.one_of(1, 1, 2)
            between = self.one_of("", "\n", "\n")
            lines.append(
                "sections:\n" + between.join(self.section(start, gap) for _ in range(self.one_of(1, 2, 3)))
            )
        if self.maybe("x"):
            lines.append(f"blurb: {self.scalar(self.draw(TEXT))}\n")
        if self.maybe("x"):
            lines.append(f"description: {self.block(self.draw(PROSE), 0)}")
        if self.maybe("x", 4):
            lines.append("weight: 3\n")
        lines = self.draw(st.permutations(lines)) if self.maybe("x") else lines
        text = self.one_of("", "", "\n").join(self.maybe(self.comment(), 6) + part for part in lines)
        text = self.maybe("---\n", 6) + self.maybe(self.comment() + self.maybe("\n"), 3) + text
        text += self.maybe("...\n", 8) or self.maybe("\n" + self.comment())
        if self.maybe("x", 4):
            text = text.rstrip("\n")
        text = text.replace("\n", self.one_of("\n", "\n", "\n", "\r\n", "\r"))
        return (codecs.BOM_UTF8 if self.maybe("x", 6) else b"") + text.encode()


# --- what a file says, read without our own code ------------------------------------------------------------------------


def text_of(data):
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def says(data):
    """The content as plain dicts, lists and texts without blanks around them; lists that hold nothing are left out."""
    whole = _stripped(yaml.load(text_of(data), Loader=yaml.CBaseLoader))
    for holder in (whole, *(whole.get("sections") or () if isinstance(whole.get("sections"), list) else ())):
        for name in ("picks", "sections"):
            if not isinstance(holder.get(name), list) or not holder[name]:
                holder.pop(name, None)
    return whole


def _stripped(value):
    if isinstance(value, dict):
        return {name: _stripped(each) for name, each in value.items()}
    return [_stripped(each) for each in value] if isinstance(value, list) else value.strip()


def name_of(pick):
    paper = pick if isinstance(pick, str) else pick["paper"]
    return paper if isinstance(paper, str) else paper["title"]


def lists_of(model):
    """Where picks are, as the collection is parsed, and the lists themselves."""
    found = [model["picks"]] if model.get("picks") else []
    found = [(SectionAt(0), picks) for picks in found]
    for section in model.get("sections", ()):
        found.append((SectionAt(len(found), section["title"]), section.get("picks", [])))
    return found


def token(name):
    return name.split()[-1]


def outline(text):
    """For every pick, section and field of the collection its own lines; and the lines and items of lists in brackets."""
    root, lines = yaml.compose(text, Loader=yaml.CSafeLoader), text.split("\n")
    own, brackets, items = {}, set(), {}
    last = lines.index("...") if "..." in lines else len(lines)
    ends = [key.start_mark.line for key, _ in root.value[1:]] + [last]
    for (key, value), end in zip(root.value, ends, strict=True):
        own[key.value] = range(key.start_mark.line, end)
        if key.value == "picks":
            _outline_picks(value, lines, text, own, brackets, items)
        elif key.value == "sections" and value.value:
            for section in value.value:
                fields = {k.value: v for k, v in section.value}
                own[token(fields["title"].value)] = _own_lines(section, value.start_mark.column, lines)
                if "picks" in fields:
                    _outline_picks(fields["picks"], lines, text, own, brackets, items)
    return own, brackets, items


def _outline_picks(value, lines, text, own, brackets, items):
    if not isinstance(value, yaml.SequenceNode):
        return
    for node in value.value:
        fields = (
            {k.value: v for k, v in node.value} if isinstance(node, yaml.MappingNode) else {"paper": node}
        )
        paper = fields["paper"]
        name = token(paper.value if isinstance(paper, yaml.ScalarNode) else paper.value[0][1].value)
        if value.flow_style:
            alone = node.start_mark.line > value.start_mark.line
            own[name] = range(node.start_mark.line, node.end_mark.line + alone)
            items[name] = text[node.start_mark.index : node.end_mark.index]
        else:
            own[name] = _own_lines(node, value.start_mark.column, lines)
    if value.flow_style:
        brackets.update(range(value.start_mark.line, value.end_mark.line + 1))


def _own_lines(node, column, lines):
    start = node.start_mark.line
    while not lines[start].startswith(" " * column + "-"):
        start -= 1
    last = node
    while not isinstance(last, yaml.ScalarNode) and last.value:
        last = last.value[-1] if isinstance(last, yaml.SequenceNode) else last.value[-1][1]
    end = last.start_mark.line + 1
    while end < len(lines) and (
        not lines[end].strip(" ") or len(lines[end]) - len(lines[end].lstrip(" ")) > column
    ):
        end += 1
    while start and re.fullmatch(rf" {{{column}}}#.*", lines[start - 1]):
        start -= 1
    return range(start, end)


_KEY_OF_LIST = re.compile(r"\s*(?:-\s+)?(?:picks|sections):\s*(?:\[\s*\]|~|null)?\s*(?:#.*)?")
_COMMENT = re.compile(r"(?:^|(?<=\s))#\s?c\d+.*")


def others(data, targets):
    """Every line that says something, but those of the targets and of lists in brackets; their other items; all comments."""
    text = text_of(data)
    own, brackets, items = outline(text)
    dropped = brackets.union(*(own.get(target, ()) for target in targets))
    kept, comments = [], Counter()
    for number, line in enumerate(text.split("\n")):
        comment = _COMMENT.search(line)
        if comment and number not in set().union(*(own.get(target, ()) for target in targets)):
            comments[comment[0].strip()] += 1
        if (
            number not in dropped
            and line.strip(" ")
            and line.lstrip(" ")[0] != "#"
            and not _KEY_OF_LIST.fullmatch(line)
        ):
            kept.append(line)
    return kept, {name: item for name, item in items.items() if name not in targets}, comments


# --- edits, of the file and of the model --------------------------------------------------------------------------------

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
        comments += Counter(found[0].strip() for n in picked if (found := _COMMENT.search(text[n])))
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
