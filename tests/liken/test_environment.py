"""The same map and the same neighbours on every machine."""

from __future__ import annotations

import os
import subprocess
import sys

_PROGRAM = """
import hashlib, msgspec
from sitegen.liken import liken
from sitegen.model.library import Library
from sitegen.model.paper import Paper
from sitegen.model.settings import Settings
from sitegen.relate import relate
words = "graph kernel speech robot diffusion pruning protein bandit gait tensor".split()
papers = tuple(
    Paper(id=f"p{n:03}", title=f"{words[n % 10]} {words[n // 7 % 10]} {words[n // 3 % 10]}", abstract=" ".join(words[n % 4 : n % 9]))
    for n in range(80)
)
site = liken(relate(Library(settings=Settings(title="T"), papers=papers, lists=(), tags={}, pages=())))
assert site.related and site.regions
print(hashlib.sha256(msgspec.json.encode([site.related, site.map, site.regions])).hexdigest())
"""


def test_hash_seeds_change_nothing():
    said = [
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
