"""Every query on the documentation's page about search finds something."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

PAGE = (Path(__file__).parents[2] / "content/pages/docs/search.md").read_text("utf-8")
[BLOCK] = re.findall(r"^```query\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
QUERIES = [re.split(r"\s{2,}", line)[0] for line in BLOCK.splitlines()] + re.findall(r"`(\+[^`]+)`", PAGE)


@pytest.mark.parametrize("query", QUERIES)
def test_a_documented_query_finds_papers(query: str, hosted, context, complaints):
    page = context.new_page()
    page.goto(f"{hosted['/'].url}search.html?q={quote(query)}")
    page.locator("#results li").first.wait_for(timeout=60_000)
    assert complaints == []
