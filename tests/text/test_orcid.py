import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.orcid import normal_orcid, orcid_url

NORMAL = "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "written",
    [
        NORMAL,
        "0000-0002-1694-233x",
        "000000021694233X",
        " https://orcid.org/0000-0002-1694-233X ",
        "http://www.orcid.org/0000-0002-1694-233X/",
        "orcid.org/0000-0002-1694-233X",
        "ORCID: 0000-0002-1694-233X",
    ],
)
def test_an_orcid_has_one_normal_form(written):
    assert normal_orcid(written) == NORMAL
    assert normal_orcid(orcid_url(NORMAL)) == NORMAL


@pytest.mark.parametrize("written", ["", "0000-0002-1694-2330", "0000-0002-1694-233", "1694-233X", "https://orcid.example/0000-0002-1694-233X", "Ada Wool", "٠٠٠٠-0002-1825-0097"])  # fmt: skip
def test_what_is_none_has_none(written):
    assert normal_orcid(written) == ""


@given(st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place, more):
    digits = list("0000000218250097")
    digits[place] = str((int(digits[place]) + more) % 10)
    assert normal_orcid("".join(digits)) == ""
