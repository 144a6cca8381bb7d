"""content/addresses.txt: which paper every id was, a line each: `attention-is-all-you-need arxiv:1706.03762`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome, Span, warning
from sitegen.model.address import Address
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from sitegen.model.source import SourceFile


def parse_addresses(file: SourceFile) -> Outcome[tuple[Address, ...]]:
    """Every line once, sorted. Empty lines and those that begin with `#` say nothing; what git leaves is reported."""
    found: set[Address] = set()
    problems = []
    for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        id_, _, key = text.partition(" ")
        if ":" not in key or slug(id_) != id_:
            problems.append(
                warning(
                    "bad-address",
                    "this line is no address: an id, a blank and what the paper is known by",
                    Span(file.path, number, 1, len(line)),
                    "of two versions keep all lines, in any order; `sitegen addresses --record` puts the file right",
                )
            )
            continue
        found.add(Address(id_, key.strip()))
    return Outcome(tuple(sorted(found)), tuple(problems))


def write_addresses(addresses: tuple[Address, ...]) -> bytes:
    """The file: a line per id, in order, so that two branches of git seldom touch the same one."""
    lines = [f"{address.id} {address.key}\n" for address in sorted(addresses)]
    return "".join(
        [
            "# Where every paper was, so that old addresses lead to it. Written by `sitegen addresses`.\n",
            *lines,
        ]
    ).encode()
