"""Examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import sitegen

MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(sitegen.__path__, "sitegen.")
    if not name.endswith("__main__")
]
EXAMPLES = {
    name: found
    for name in MODULES
    if (found := [t for t in doctest.DocTestFinder().find(importlib.import_module(name)) if t.examples])
}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_examples_in_docstrings_are_true(name: str):
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for example in EXAMPLES[name]:
        runner.run(example, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


def test_there_are_examples():
    assert len(EXAMPLES) > 10
