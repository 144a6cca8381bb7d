"""Random edits of entries of content/papers, several fields at once: they say then what is meant, and no other entry changes a byte.

`SITEGEN_EDITS=3000 pytest tests/splice/test_random_papers.py` makes 3,000 edits.
"""

from __future__ import annotations

import os

import yaml
from handwriting import PROSE, TAG, TEXT, Writer
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from outline import stripped, text_of

from sitegen.diagnostics import has_errors
from sitegen.model.source import SourceFile
from sitegen.parse.paper_file import parse_paper_file
from sitegen.splice import PaperAt, set_paper_fields

SOME = 100
EDITS = int(os.environ.get("SITEGEN_EDITS", SOME))

URLS = ("https://example.org/a", "https://github.com/a/b", "https://example.org/p.pdf", "https://e.org/x#y")
KINDS = ("page", "pdf", "code", "video", "other")
URL = st.sampled_from(URLS)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "date": st.sampled_from(["2024", "2024-03-01", None]),
        "venue": st.one_of(TEXT, st.none()),
        "tags": st.lists(TAG, max_size=3, unique=True),
        "summary": st.one_of(PROSE, st.just("")),
        "links": st.dictionaries(
            st.sampled_from(KINDS), st.one_of(st.none(), URL, st.lists(URL, max_size=2, unique=True))
        ),
    },
).filter(bool)


class PaperWriter(Writer):
    """Draws an entry: fields in any order, links as a mapping or as a list."""

    def links(self, column):
        margin, urls = " " * column, self.draw(st.lists(URL, min_size=1, max_size=3, unique=True))
        shape = self.one_of("kinds", "kinds", "braces", "list", "list", "brackets", "mixed")
        kinds = self.draw(st.permutations(KINDS))
        pairs = [f"{kind}: {self.quoted(url)}" for kind, url in zip(kinds, urls, strict=False)]
        if shape == "braces":
            return f" {{{', '.join(pairs)}}}{self.behind()}\n"
        if shape == "brackets":
            return f" [{', '.join(map(self.quoted, urls))}]{self.behind()}\n"
        rows = pairs if shape == "kinds" else [f"- {self.quoted(url)}" for url in urls]
        if shape == "mixed":
            rows[0] = f"- {{url: {self.quoted(urls[0])}, kind: {kinds[0]}, label: Here}}"
        rows = [
            f"{self.maybe(self.comment(margin + '  '), 6)}{margin}  {row}{self.behind()}\n" for row in rows
        ]
        return f"{self.behind()}\n{''.join(rows)}"

    def quoted(self, url):
        return self.one_of(f'"{url}"', f"'{url}'")

    def entry(self, first, column):
        margin = " " * column
        lines = []
        if self.maybe("x", 2):
            lines.append(f"date: {self.one_of('2023', chr(34) + '2023-01' + chr(34))}{self.behind()}\n")
        if self.maybe("x", 2):
            lines.append(f"links:{self.links(column)}")
        if self.maybe("x"):
            lines.append(f"tags:{self.tags(column)}")
        if self.maybe("x"):
            lines.append(f"venue: {self.scalar(self.draw(TEXT), margin=margin)}{self.behind()}\n")
        if self.maybe("x"):
            lines.append(f"summary: {self.block(self.draw(PROSE), column)}")
        return margin.join([first, *self.draw(st.permutations(lines))])

    def entries(self):
        gap = self.one_of(1, 1, 3)
        found = []
        for number in range(self.one_of(1, 2, 3)):
            name = f"title: {self.scalar(f'{self.draw(TEXT)} p{number}')}{self.behind()}\n"
            found.append(f"{self.maybe(self.comment(), 4)}-{' ' * gap}{self.entry(name, 1 + gap)}")
        return found


def says(data):
    return stripped(yaml.load(text_of(data), Loader=yaml.CBaseLoader))


def links_of(data, number):
    records = parse_paper_file(SourceFile("p.yaml", data, "")).value
    return {(link.kind, link.url) for link in records[number].links}


def meant_links(before, wanted):
    given = {kind: [urls] if isinstance(urls, str) else urls or [] for kind, urls in wanted.items()}
    kept = {link for link in before if link[0] not in given}
    return kept | {(kind, url) for kind, urls in given.items() for url in urls}


@settings(
    max_examples=EDITS,
    derandomize=EDITS == SOME,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(st.data())
def test_an_edit_of_an_entry_does_what_it_says_and_leaves_the_others(data):
    entries = PaperWriter(data.draw).entries()
    before = "".join(entries).encode()
    file = SourceFile("content/papers/p.yaml", before, "")
    assert not has_errors(parse_paper_file(file).diagnostics), text_of(before)
    meant = says(before)
    number = data.draw(st.integers(0, len(entries) - 1))
    values = data.draw(FIELDS)
    outcome = set_paper_fields(file, PaperAt(number, meant[number]["title"]), values)
    assert outcome.value is not None, (text_of(before), values, outcome.diagnostics)
    note(f"{values}\n{text_of(before)}\n>>>>\n{text_of(outcome.value)}")
    now = says(outcome.value)
    wanted = values.get("links", {})
    assert links_of(outcome.value, number) == meant_links(links_of(before, number), wanted)
    was = meant[number].pop("links", None)
    is_now = now[number].pop("links", None)
    assert type(was) is type(is_now) or was is None or is_now is None
    for name, value in values.items():
        if name != "links":
            meant[number].pop(name, None)
            meant[number] |= {name: value.strip() if isinstance(value, str) else value} if value else {}
    assert now == meant
    assert outcome.value.startswith("".join(entries[:number]).encode())
    assert outcome.value.endswith("".join(entries[number + 1 :]).encode())
