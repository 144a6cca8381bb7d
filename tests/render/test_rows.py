"""A file of rows is the same bytes, whatever of the last one's rows it could take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.page import NOTHING, Page, Published
from sitegen.render.rows import Rows

from .drawing import renderer

VALUES = st.lists(st.integers(0, 12), unique=True)
FORMS = st.sampled_from([(b"", b"", b""), (b"[", b",", b"\n]\n"), (b"", b"\n", b"")])


def _row(value: int) -> bytes:
    return b"<%d>" % value * (value % 3 + 1)


def _page(values: list[int]) -> Page:
    return Page("all.txt", "rows", content=values)


def _parts(values: list[int]) -> tuple[bytes, ...]:
    return tuple(b"%d" % value for value in values)


@given(before=VALUES, now=VALUES, form=FORMS)
def test_rows_are_taken_or_made_and_the_file_is_the_same(
    before: list[int], now: list[int], form: tuple[bytes, bytes, bytes]
):
    made: list[int] = []
    rows = Rows(lambda value, _: (made.append(value), _row(value))[1], *form)
    first = rows.output(_page(before), _parts(before), TEMPLATES, NOTHING)
    assert made == before

    made.clear()
    there = Published(first.data, _parts(before), first.lengths)
    again = rows.output(_page(now), _parts(now), TEMPLATES, there)
    assert not set(made) & set(before)

    anew = rows.output(_page(now), _parts(now), TEMPLATES, NOTHING)
    assert again.data == anew.data == rows(_page(now), TEMPLATES).value
    assert again.lengths == tuple(len(_row(value)) for value in now)


TEMPLATES = renderer()._templates
