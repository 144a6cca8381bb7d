import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.dates import parse_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-3", "2024-03"),
        ("2024-3-1", "2024-03-01"),
        (" 2024-02-29 ", "2024-02-29"),
        ("2024/03/01", "2024-03-01"),
        ("2024-03-01T12:00:00Z", "2024-03-01"),
        ("2024-03-01 12:00:00.5+01:00", "2024-03-01"),
    ],
)
def test_a_day_that_exists_is_read(written, iso):
    date = parse_date(written)
    assert date is not None
    assert date.iso == iso
    assert date.certainty == "exact"


@pytest.mark.parametrize(
    "written",
    ["", "24", "2024-13", "2024-13-45", "2023-02-29", "2024-02-30", "2024-0", "2024-0-1", "2024-1-0", "0000", "9999", "March 2024", "٢٠٢٤", "2024-", "1" * 5000],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_none(written):
    assert parse_date(written) is None


@given(st.text())
def test_any_text_may_be_asked_for(text):
    date = parse_date(text)
    assert date is None or 1000 <= date.year < 3000


@given(st.dates())
def test_every_day_of_the_calendar_is_read_back(day):
    date = parse_date(day.isoformat())
    assert date is None if day.year < 1000 or day.year > 2999 else date.iso == day.isoformat()
