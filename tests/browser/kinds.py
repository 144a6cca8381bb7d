"""One address of each kind of page of our own site, built beside hostile papers (`sites` in conftest.py)."""

KINDS = {
    "home": "index.html",
    "collections": "collections/index.html",
    "collection": "collections/interleaved-data.html",
    "papers": "papers/index.html",
    "second page of a list": "papers/index.2.html",
    "paper": "papers/ul2-unifying-language-learning-paradigms.html",
    "paper with everything hostile": "papers/script-alert-1-script-2597cc2c0f.html",
    "tags": "tags/index.html",
    "tag": "tags/continual-learning.html",
    "years": "years/index.html",
    "year": "years/2024.html",
    "undated": "years/undated.html",
    "search": "search.html?q=interleaved",
    "reading": "reading.html",
    "statistics": "statistics.html",
    "map": "map.html",
    "free page": "about.html",
    "documentation": "docs/templates.html",
    "not found": "papers/no-such-paper.html",
}
