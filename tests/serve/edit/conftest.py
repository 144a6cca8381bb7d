"""A project with lists of several styles, a dump with papers that no list has, and the editor's actions on it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sitegen.build import Kept, Options, load
from sitegen.serve.edit import Latest
from sitegen.serve.edit.editor import Editor

ATTENTION = """\
# The first list.
title: Attention
sections:
  - title: Beginnings   # where it came from
    picks:
      - paper: "Neural Machine Translation by Jointly Learning to Align and Translate"
        note: 'It''s where it began.'
        added: 2026-01-02
      # The famous one.
      - paper: "1706.03762"
        note: |
          All you need.
        tags: [transformers]
        rating: 4

  - title: Later
    picks:
      - "Longformer: The Long-Document Transformer"
"""

RECENT = """\
title: Recent
smart:
  since: 2020
picks:
  - paper: "1706.03762"
"""

# What we have typed, but for nothing that is not in it.
DUMP = [
    {
        "title": "Neural Machine Translation by Jointly Learning to Align and Translate",
        "arxiv": "1409.0473",
        "date": "2014-09-01",
        "authors": ["Dzmitry Bahdanau", "Kyunghyun Cho"],
    },
    {
        "title": "Attention Is All You Need",
        "arxiv": "1706.03762",
        "date": "2017-06-12",
        "authors": ["Ashish Vaswani"],
    },
    {
        "title": "Longformer: The Long-Document Transformer",
        "arxiv": "2004.05150",
        "date": "2020-04-10",
        "authors": ["Iz Beltagy"],
    },
    {
        "title": "Deep Residual Learning",
        "arxiv": "1512.03385",
        "date": "2015-12-10",
        "authors": ["Kaiming He"],
        "abstract": "Layers learn residual functions.",
    },
    {
        "title": "Adam: A Method for Stochastic Optimization",
        "date": "2014-12-22",
        "authors": ["Diederik Kingma", "Jimmy Ba"],
    },
    {
        "title": "Adam: A Method for Stochastic Optimisation",
        "date": "2015-01-30",
        "authors": ["Diederik Kingma", "Jimmy Ba"],
        "venue": "ICLR",
    },
]

OWN = """\
# What we know better.
- paper: "1512.03385"
  title: Deep Residual Learning for Image Recognition
  links:
    code: https://example.org/resnet   # theirs
"""


@pytest.fixture
def project(tmp_path):
    files = {
        "content/sitegen.yaml": "title: Papers\nbase_url: https://example.org/a/b/\nsources: [dumps/*]\n",
        "content/collections/attention.yaml": ATTENTION,
        "content/collections/recent.yaml": RECENT,
        "content/collections/plain.yaml": "title: Plain\npicks: []\n",
        "content/papers/own.yaml": OWN,
        "content/dumps/papers.jsonl": "".join(json.dumps(paper) + "\n" for paper in DUMP),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


class Asked:
    """The editor as its scripts see it: asked("paper", paper=…) is the answer's status and JSON."""

    def __init__(self, project):
        self.project = project
        self._kept, self._latest = Kept(), Latest(project, Options(), self._load)
        self.build()
        self.editor = Editor(project, self._latest, lambda: date(2026, 11, 21))

    def build(self):
        """As after a build: the site is what the files say now."""
        self._latest.build(self.project, Options(), kept=self._kept, first=(), shown=None)
        self.loaded = self._kept.loaded

    def _load(self, project, options, *, kept, first, shown):
        kept.loaded = load(project, options)

    def __call__(self, action, **said):
        answer = self.editor.actions[action](said)
        if answer.headers["Content-Type"] == "application/json":
            return answer.status, json.loads(answer.body)
        return answer.status, answer.body.decode()

    def proposed(self, wish, seen=""):
        status, said = self("propose", ask=wish, seen=seen)
        assert status == 200, said
        return said

    def written(self, wish):
        """Propose, confirm: what the file says then."""
        proposal = self.proposed(wish)
        status, said = self("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
        assert status == 200, said
        return self.text(said["path"])

    def walked(self, way, step):
        """Undo or redo: propose, confirm; the status and JSON of what ended it."""
        wish = {"do": way, "step": step}
        status, said = self("propose", ask=wish)
        if status != 200:
            return status, said
        return self("confirm", ask=wish, proposal=said["proposal"], seen=said["digest"])

    def refused(self, wish):
        status, said = self("propose", ask=wish)
        assert status == 422, said
        return said["refused"][0]

    def text(self, path):
        return (self.project / path).read_bytes().decode()

    def id(self, title):
        [paper] = [p for p in self.loaded.site.library.papers if p.title.startswith(title)]
        return paper.id


@pytest.fixture
def asked(project):
    return Asked(project)
