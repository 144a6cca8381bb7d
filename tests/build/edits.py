"""A small project that can be edited in every way that matters to a build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

WORDS = ["graph", "kernel", "robot", "speech", "vision", "causal", "sparse", "token", "planning", "attention"]


class Project:
    """A folder with content of every kind, and edits by name. `random` chooses what an edit does in detail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path, text in START.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        at = self.folder / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text(text, "utf-8")

    def edit(self, name: str, random: Random) -> None:
        EDITS[name](self, random)

    def files(self, pattern: str) -> list[Path]:
        return sorted(self.folder.glob(pattern))


def _paper(random: Random, number: int) -> dict:
    paper = {"title": f"A {WORDS[number]} paper of number {number}", "year": str(2018 + random.randrange(4))}
    paper["abstract"] = " ".join(random.choices(WORDS, k=12)) + ". Cost is $x^2$."
    paper["authors"] = random.sample(["Ada Lovelace", "Alan Turing", "Émilie du Châtelet"], k=2)
    if random.random() < 0.3:
        paper["doi"] = f"10.1234/{number}"
    if random.random() < 0.1:
        paper["url"] = "javascript:alert(1)"  # a warning
    return paper


def _dump(random: Random) -> str:
    numbers = random.sample(range(9), k=random.randint(3, 7))
    return "".join(json.dumps(_paper(random, number)) + "\n" for number in numbers)


def _list(random: Random) -> str:
    lines = [f"title: List {random.randrange(3)}", f"description: About {random.choice(WORDS)}.", "picks:"]
    for number in sorted(random.sample(range(9), k=random.randint(2, 5))):
        title = f"A {WORDS[number]} paper of number {number}"
        if random.random() < 0.4:
            lines.append(
                f"  - paper: {{title: {title}, authors: [Ada Lovelace], tags: [{random.choice(WORDS)}]}}"
            )
        else:
            lines.append(f"  - paper: {title}")
        lines.append(f"    note: {random.choice(NOTES)}")
        if random.random() < 0.3:
            lines.append(f"    tags: [{random.choice(WORDS)}]")
        if random.random() < 0.3:
            lines.append(f"    added: 2024-03-{random.randint(10, 28)}")
    return "\n".join(lines) + "\n"


NOTES = [
    "Read it.",
    "A *note* with $y$ in it.",
    '"See [this](tags/index.html)."',
    '"[^1] a footnote\\n\\n[^1]: told"',
]

START = {
    "content/sitegen.yaml": "title: X\nbase_url: https://x.example/\nsources: [dumps/*]\npage_size: 5\n",
    "content/dumps/all.jsonl": "".join(json.dumps(_paper(Random(n), n)) + "\n" for n in range(9)),
    "content/dumps/one.jsonl": _dump(Random(2)),
    "content/collections/one.yaml": _list(Random(3)),
    "content/collections/two.yaml": "title: By rule\nsmart: {words: [graph, kernel]}\n",
    "content/tags.yaml": "graph:\n  match: {words: [graph]}\n  description: Of graphs.\n",
    "content/pages/about.md": "# About\n\nThis site.\n",
}


def _replace(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice("xyz ") + text[at + 1 :]


def _note(project: Project, random: Random) -> None:
    for path in project.files("content/collections/*.yaml"):
        lines = path.read_text("utf-8").split("\n")
        notes = [number for number, line in enumerate(lines) if "note:" in line]
        if notes:
            lines[random.choice(notes)] = f"    note: {random.choice(NOTES)}"
            path.write_text("\n".join(lines), "utf-8")


def _rename(project: Project, random: Random) -> None:
    found = project.files("content/collections/*.yaml") + project.files("content/dumps/[!a]*")
    if found:
        path = random.choice(found)
        path.rename(path.with_stem(random.choice(["p", "q", "r"])))


def _delete(project: Project, random: Random) -> None:
    found = [p for p in project.files("content/**/*") if p.is_file() and p.name != "sitegen.yaml"]
    # Without this one most lists have errors, and nothing is built.
    found = [path for path in found if path.name != "all.jsonl" or random.random() < 0.1]
    if found:
        random.choice(found).unlink()


def _settings(project: Project, random: Random) -> None:
    lines = ["title: " + random.choice("XY"), "sources: [dumps/*]"]
    choices = [
        "base_url: https://x.example/",
        "page_size: 5",
        "language: de",
        "author_pages: 1",
        "related: false",
        "search: false",
        "paper_files: [bib, json, md]",
        "list_files: [ris]",
        "accent: '#aa0000'",
        "cname: x.example.org",
        "theme: plain",
    ]
    project.write("content/sitegen.yaml", "\n".join(lines + random.sample(choices, k=4)) + "\n")


def _template(project: Project, random: Random) -> None:
    name, text = random.choice(
        [
            (
                "home.html",
                "{% extends 'default/home.html' %}{% block head %}<meta name=a content=%d>{% endblock %}",
            ),
            ("partials/card.html", "<li class=card>%d {{ view.title|tex }}</li>"),
            (
                "paper.html",
                "{% extends 'default/paper.html' %}{% block summary %}%d {{ page.modified }}{% endblock %}",
            ),
            ("assets/css/site.css", "p { margin: %dpx }"),
            ("assets/js/more.js", "let n = %d;"),
            ("languages/en.yaml", "home.collections: Lists %d\nnav.papers: Papers %d\n"),
            ("feeds/atom.xml", "<feed>%d{{ view.title }}</feed>"),
            ("unused.html", "%d"),
            ("listing.html", "{% broken %d"),
            ("themes/plain/paper.html", "{% extends 'default/paper.html' %}{% block head %}%d{% endblock %}"),
            ("404.html", "{{ view.nothing_like_it }}%d"),
        ]
    )
    project.write(f"templates/{name}", text.replace("%d", str(random.randrange(3))))


def _no_template(project: Project, random: Random) -> None:
    found = [path for path in project.files("templates/**/*") if path.is_file()]
    if found:
        broken = [path for path in found if path.name in {"listing.html", "404.html"}]
        random.choice(broken or found).unlink()


def _harm_output(project: Project, random: Random) -> None:
    """What people and programs do to files that are not theirs."""
    ours = [p for p in project.files("site/**/*") if p.is_file() and p.name != ".sitegen.json"]
    if not ours:
        return
    path = random.choice(ours)
    harm = random.randrange(5)
    if harm == 0:
        path.unlink()
    elif harm == 4:
        path.unlink()
        path.mkdir()
    elif harm == 1:
        path.write_bytes(path.read_bytes()[:-1] + b"!")  # in place: the previous tree has it, too
    elif harm == 2:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data + b" ")
    else:
        path.touch()


def _harm_memory(project: Project, random: Random) -> None:
    found = [path for path in project.files(".sitegen/*") if path.is_file()]
    if not found:
        return
    path, harm = random.choice(found), random.randrange(6)
    before = project.folder / ".before" / path.name
    if harm == 0:
        path.unlink()
    elif harm == 1:
        path.write_bytes(path.read_bytes()[: random.randrange(1 + path.stat().st_size)])
    elif harm == 2:
        path.write_bytes(random.randbytes(20))
    elif harm == 5 and (data := bytearray(path.read_bytes())):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        path.write_bytes(data)
    elif harm == 3 and before.is_file():  # a memory of long ago
        shutil.copy(before, path)
    else:
        before.parent.mkdir(exist_ok=True)
        shutil.copy(path, before)


def _change(random: Random) -> str:
    facts = {f"doi:10.1234/{random.randrange(9)}": {"title": f"Was {random.choice(WORDS)}"}}
    return json.dumps({"day": "2024-03-01", "number": 1, "papers": [*facts], "facts": facts})


def _write(pattern: str, make) -> object:
    def edit(project: Project, random: Random) -> None:
        project.write(pattern.replace("*", random.choice(["one", "two", "three"])), make(random))

    return edit


EDITS = {
    "note": _note,
    "list": _write("content/collections/*.yaml", _list),
    "dump": _write("content/dumps/*.jsonl", _dump),
    "tags": _write(
        "content/tags.yaml", lambda r: f"{r.choice(WORDS)}:\n  match: {{words: [{r.choice(WORDS)}]}}\n"
    ),
    "parent": _write(
        "content/tags.yaml",
        lambda r: "".join(f"{a}:\n  parent: {b}\n{b}: {{}}\n" for a, b in [r.sample(WORDS, k=2)]),
    ),
    "sidecar": _write("content/dumps/*.jsonl.meta.yaml", lambda r: f"label: {r.choice(WORDS)}\n"),
    "addresses": _write(
        "content/addresses.txt", lambda r: f"old-{r.randrange(3)} doi:10.1234/{r.randrange(9)}\n"
    ),
    "changes": _write("content/changes/2024-03-01-*.json", _change),
    "page": _write("content/pages/*.md", lambda r: f"# {r.choice(WORDS)}\n\nText of {r.choice(WORDS)}.\n"),
    "paper": _write(
        "content/papers/*.yaml", lambda r: f"title: Mine {r.randrange(3)}\nsummary: {r.choice(NOTES)}\n"
    ),
    "static": _write("static/*.txt", lambda r: r.choice(WORDS)),
    "rename": _rename,
    "delete": _delete,
    "settings": _settings,
    "template": _template,
    "no template": _no_template,
    "harm output": _harm_output,
    "harm memory": _harm_memory,
}
