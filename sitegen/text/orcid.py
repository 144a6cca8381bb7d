"""ORCID iDs, which tell people of one name apart."""

from __future__ import annotations

import re


def normal_orcid(text: str) -> str:
    """The iD that the text is, bare or as an address, in its normal form; "" where its check digit is wrong or it is none.

    https://support.orcid.org/hc/en-us/articles/360006897674-Structure-of-the-ORCID-Identifier

    >>> normal_orcid("http://orcid.org/0000-0002-1694-233x"), normal_orcid("0000-0002-1825-0097")
    ('0000-0002-1694-233X', '0000-0002-1825-0097')
    >>> normal_orcid("0000-0002-1825-0098"), normal_orcid("0000-0002-1825-00970")
    ('', '')
    """
    match = _ORCID.fullmatch(text.strip())
    if match is None:
        return ""
    digits = "".join(match.groups()).upper()
    return "-".join(match.groups()).upper() if _check_digit(digits[:-1]) == digits[-1] else ""


def orcid_url(orcid: str) -> str:
    """Its one address, which is also its form for machines."""
    return f"https://orcid.org/{orcid}"


_ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid:\s*)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])/?",
    re.IGNORECASE,
)


def _check_digit(digits: str) -> str:
    """ISO/IEC 7064, MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
