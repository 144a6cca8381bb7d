"""Every exported file, read by a library that knows nothing of us, says what the papers say."""

from __future__ import annotations

import csv
import io
import json
import re

import pybtex.database
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from msgspec.structs import astuple

from sitegen.model.record import Notice
from sitegen.render.characters import printable
from sitegen.render.cite.citation import citation
from sitegen.text.names import full_name
from sitegen.text.pages import normal_pages

KINDS = {  # of CSL those that version 1.0.2 knows: of any other Zotero refuses the whole file
    "ris": {
        "preprint": "UNPB",
        "article": "JOUR",
        "paper": "CPAPER",
        "chapter": "CHAP",
        "book": "BOOK",
        "thesis": "THES",
        "report": "RPRT",
    },
    "csl-json": {
        "preprint": "article",
        "article": "article-journal",
        "paper": "paper-conference",
        "chapter": "chapter",
        "book": "book",
        "thesis": "thesis",
        "report": "report",
    },
    "bibtex": {
        "preprint": "misc",
        "article": "article",
        "paper": "inproceedings",
        "chapter": "incollection",
        "book": "book",
        "thesis": "phdthesis",
        "report": "techreport",
    },
}
CHARACTERS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textasciitilde": "~",
}


def shown(text):
    """As a file may hold it."""
    return " ".join(printable(text).split())


def expected_name(name):
    return shown(name.literal) if name.literal else shown(full_name(*name[:4]))


class TestRIS:
    def check(self, data, papers):
        assert data.count(b"\n") == data.count(b"\r\n")
        entries = rispy.loads(data.decode())
        assert len(entries) == len(papers)
        for entry, paper in zip(entries, papers, strict=True):
            cited = citation(paper)
            assert entry["id"] == paper.id
            assert entry["type_of_reference"] == KINDS["ris"][cited.kind]
            assert entry["title"] == shown(cited.title)
            assert entry.get("authors", []) == [shown(author.sorted) for author in cited.authors]
            assert entry.get("secondary_title", "") == shown(cited.venue)
            said = cited.publication
            pages = [entry[name] for name in ("start_page", "end_page") if name in entry]
            number = entry.get("issn" if cited.kind == "report" else "number", "")
            assert (entry.get("volume", ""), number) == (said.volume, said.issue)
            assert "–".join(dict.fromkeys(pages)) == said.pages
            assert entry.get("publisher", "") == shown(cited.issuers[-1] if cited.issuers else "")
            assert entry.get("year", "") == (f"{cited.date.year:04}" if cited.date else "")
            assert entry.get("doi", "") == shown(cited.doi)
            assert entry.get("accession_number", "") == (f"arXiv:{cited.arxiv}" if cited.arxiv else "")
            assert entry.get("urls", []) == ([cited.url] if cited.url else [])
            assert entry.get("keywords", []) == [shown(word) for word in cited.keywords]
            assert entry.get("notes", []) == ([shown(cited.note)] if cited.note else [])

    def test_of_nasty_papers_rispy_reads_what_they_say(self, nasty, exported):
        self.check(exported("ris", nasty), nasty)

    def test_of_ten_thousand_papers_rispy_reads_what_they_say(self, ten_thousand, exported):
        self.check(exported("ris", ten_thousand), ten_thousand)

    def test_dates_keep_their_slashes(self, nasty, exported):
        dates = re.findall(r"DA  - (.*)\r\n", exported("ris", nasty).decode())
        assert dates == ["2024///", "2024/12/31/", "1998/02//", "2024/02/29/", "2024/01/02/"]


# CSL's own schema of names has no ORCID: citeproc says so and reads on, as Zotero and Pandoc read on in Crossref's items.
@pytest.mark.filterwarnings("ignore:The following arguments for Name are unsupported. ORCID$:UserWarning")
class TestCSL:
    def check(self, data, papers):
        items = json.loads(data)
        read = CiteProcJSON(items)
        assert len(items) == len(read) == len(papers)
        for item, paper in zip(items, papers, strict=True):
            cited = citation(paper)
            entry = read[paper.id]
            assert (item["id"], item["type"]) == (paper.id, KINDS["csl-json"][cited.kind])
            assert item.get("genre") == ("Preprint" if cited.kind == "preprint" else None)
            assert str(entry["title"]) == shown(cited.title)
            names = [
                str(
                    name.get("literal")
                    or full_name(
                        name.get("given", ""),
                        name["family"],
                        name.get("non-dropping-particle", ""),
                        name.get("suffix", ""),
                    )
                )
                for name in item.get("author", ())
            ]
            assert names == [expected_name(author) for author in cited.authors]
            orcids = [
                name.get("ORCID", "").removeprefix("https://orcid.org/") for name in item.get("author", ())
            ]
            assert orcids == list(paper.orcids or [""] * len(paper.authors))
            assert len(entry.get("author", ())) == len(cited.authors)
            said = cited.publication
            assert item.get("container-title", item.get("collection-title", "")) == shown(cited.venue)
            assert item.get("volume", "") == said.volume
            number = "number" if cited.kind == "report" else "issue"
            assert item.get(number, "") == said.issue
            assert normal_pages(item.get("page", "")) == said.pages
            assert said.publisher in {"", item.get("publisher")}
            assert not said.pages or str(entry["page"]) == item["page"]
            assert item.get("DOI", "") == shown(cited.doi)
            assert item.get("URL", "") == cited.url
            beside = f"arXiv:{cited.arxiv}. " if cited.arxiv and cited.kind != "preprint" else ""
            assert item.get("note", "") == shown(beside + cited.note)
            date = entry.get("issued")
            assert (date is None) == (cited.date is None)
            if cited.date:
                parts = [date.get(part, 0) for part in ("year", "month", "day")]
                assert parts == [cited.date.year, cited.date.month, cited.date.day]

    def test_of_nasty_papers_citeproc_reads_what_they_say(self, nasty, exported):
        self.check(exported("csl-json", nasty), nasty)

    def test_of_ten_thousand_papers_citeproc_reads_what_they_say(self, ten_thousand, exported):
        self.check(exported("csl-json", ten_thousand), ten_thousand)

    def test_a_paper_without_authors_names_has_none(self, nasty, exported):
        items = {item["id"]: item for item in json.loads(exported("csl-json", nasty))}
        assert "author" not in items["counted"]
        assert items["counted"]["publisher"] == "NVIDIA"


class TestBibTeX:
    def as_text(self, tex):
        """The characters that our escapes stand for; formulas and protecting braces apart."""
        text = re.sub(r"\\(text\w+)\{\}", lambda match: f"\x02{ord(CHARACTERS[match[1]])}\x03", tex)
        text = re.sub(r"\\([%#$&_])", lambda match: f"\x02{ord(match[1])}\x03", text)
        text = text.replace("{", "").replace("}", "")
        return re.sub("\x02(\\d+)\x03", lambda match: chr(int(match[1])), text)

    def check(self, data, papers):
        entries = pybtex.database.parse_string(data.decode(), "bibtex").entries
        assert [key for key in entries] == [paper.id for paper in papers]  # noqa: C416 - its own mapping
        for key, paper in zip(entries, papers, strict=True):
            entry, cited = entries[key], citation(paper)
            assert entry.type == KINDS["bibtex"][cited.kind]
            persons = [
                self.as_text(
                    " ".join(
                        (*p.first_names, *p.middle_names, *p.prelast_names, *p.last_names, *p.lineage_names)
                    )
                )
                for p in entry.persons.get("author", ())
            ]
            assert persons == [expected_name(author) for author in cited.authors]
            fields = entry.fields
            if "$" not in fields["title"].replace(r"\$", ""):
                assert self.as_text(fields["title"]) == shown(cited.title)
            container = next((fields[n] for n in ("journal", "booktitle", "series") if n in fields), "")
            assert self.as_text(container) == shown(paper.venue if cited.venue else "")
            said = cited.publication
            publisher = next((fields[n] for n in ("publisher", "school", "institution") if n in fields), "")
            told = [
                self.as_text(text) for text in (fields.get("volume", ""), fields.get("number", ""), publisher)
            ]
            assert told == [said.volume, said.issue, said.publisher]
            assert fields.get("pages", "").replace("--", "–") == said.pages
            assert fields.get("year", "") == (str(cited.date.year) if cited.date else "")
            assert fields.get("eprint", "") == cited.arxiv
            assert re.sub("%7B|%7D", "", fields.get("doi", "")) == re.sub(
                "[{}]", "", shown(cited.doi)
            ).replace("<", "%3C").replace(">", "%3E")
            if "$" not in fields.get("annote", "").replace(r"\$", ""):
                assert self.as_text(fields.get("annote", "")) == shown(cited.note)

    def test_of_nasty_papers_pybtex_reads_what_they_say(self, nasty, exported):
        self.check(exported("bibtex", nasty), nasty)

    def test_of_ten_thousand_papers_pybtex_reads_what_they_say(self, ten_thousand, exported):
        self.check(exported("bibtex", ten_thousand), ten_thousand)


class TestTables:
    def rows(self, data):
        rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
        return [
            {name: re.sub("^'('*[=+\\-@\t\r])", r"\1", cell) for name, cell in row.items()} for row in rows
        ]

    def check(self, csv_data, jsonl_data, papers):
        rows, lines = self.rows(csv_data), [json.loads(line) for line in jsonl_data.splitlines()]
        assert len(rows) == len(lines) == len(papers)
        for row, line, paper in zip(rows, lines, papers, strict=True):
            assert row["id"] == line["id"] == paper.id
            assert row["title"] == line["title"] == shown(citation(paper).title)
            assert line["title_tex"] == printable(paper.title)
            assert line["authors"] == [printable(author) for author in paper.authors]
            assert row["authors"] == "; ".join(line["authors"])
            assert line["orcids"] == list(paper.orcids)
            told = [(n["kind"], n["text"], n["date"], n["source"]) for n in line["notices"]]
            assert told == [
                (n.kind, n.text, n.day.iso if n.day else "", n.source)
                for n in paper.notices
                or [Notice("revised", f"v{i.version}") for i in paper.identifiers if i.version > "1"]
            ]
            assert row["notices"] == "; ".join(f"{kind} {day}".strip() for kind, _, day, _ in told)
            assert line["versions"] == {i.kind: i.version for i in paper.identifiers if i.version}
            assert row["abstract"] == line["abstract"] == printable(paper.abstract)
            assert row["date"] == line["date"] == (paper.date.iso if paper.date else "")
            assert row["arxiv"] == paper.identifier("arxiv")
            assert line["identifiers"].get("doi", "") == paper.identifier("doi")
            assert row["venue"] == paper.venue
            said = citation(paper).publication
            members = ("kind", "volume", "issue", "pages", "publisher")
            assert [line[name] for name in members] == [row[name] for name in members] == list(astuple(said))

    def test_of_nasty_papers_csv_and_json_lines_say_what_they_say(self, nasty, exported):
        self.check(exported("csv", nasty), exported("jsonl", nasty), nasty)

    def test_of_ten_thousand_papers_csv_and_json_lines_say_what_they_say(self, ten_thousand, exported):
        self.check(exported("csv", ten_thousand), exported("jsonl", ten_thousand), ten_thousand)

    def test_no_cell_begins_like_a_formula(self, nasty, exported):
        rows = list(csv.reader(io.StringIO(exported("csv", nasty).decode(), newline="")))
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]


def test_references_stand_on_a_line_each(nasty, exported):
    lines = exported("apa", nasty).decode().splitlines()
    assert len(lines) == len(nasty)
