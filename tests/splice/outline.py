"""What a collection's file says and on which lines, read without our own code."""

from __future__ import annotations

import re
from collections import Counter

import yaml

from sitegen.splice import SectionAt


def text_of(data):
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def says(data):
    """The content as plain dicts, lists and texts without blanks around them; lists that hold nothing are left out."""
    whole = stripped(yaml.load(text_of(data), Loader=yaml.CBaseLoader))
    for holder in (whole, *(whole.get("sections") or () if isinstance(whole.get("sections"), list) else ())):
        for name in ("picks", "sections"):
            if not isinstance(holder.get(name), list) or not holder[name]:
                holder.pop(name, None)
    return whole


def stripped(value):
    if isinstance(value, dict):
        return {name: stripped(each) for name, each in value.items()}
    return [stripped(each) for each in value] if isinstance(value, list) else value.strip()


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
COMMENT = re.compile(r"(?:^|(?<=\s))#\s?c\d+.*")


def others(data, targets):
    """Every line that says something, but those of the targets and of lists in brackets; their other items; all comments."""
    text = text_of(data)
    own, brackets, items = outline(text)
    dropped = brackets.union(*(own.get(target, ()) for target in targets))
    kept, comments = [], Counter()
    for number, line in enumerate(text.split("\n")):
        comment = COMMENT.search(line)
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
