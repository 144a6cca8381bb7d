"""COinS: a list's papers for Zotero, which offers to take them all. An OpenURL in the title of an empty element.

Every author is there, however many: Zotero keeps what it gets, and a name that is missing stays missing. Fifty papers
take 5 kB of a packed page.

https://web.archive.org/web/20170418164523/http://ocoins.info/, https://www.zotero.org/support/dev/exposing_metadata/coins,
https://github.com/zotero/utilities/blob/master/openurl.js
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from sitegen.render.cite.citation import citation

if TYPE_CHECKING:
    from sitegen.model.paper import Paper


def coins(paper: Paper) -> str:
    """The value of `title` in `<span class="Z3988" title="…">`, to be escaped like any text."""
    cited = citation(paper)
    form, genre, title, venue = _FORMS[cited.kind]
    said = cited.publication
    first, last = said.page_range
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rft.genre", genre),
        (title, cited.title),
        (venue, cited.venue),
        *(("rft.au", author.sorted) for author in cited.authors),
        ("rft.date", cited.date.iso if cited.date else ""),
        ("rft.volume", said.volume),
        ("rft.issue", said.issue),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft.pages", "" if first else said.pages),
        ("rft.inst" if form == "dissertation" else "rft.pub", said.publisher),
        ("rft_id", f"info:doi/{cited.doi}" if cited.doi else ""),
        ("rft_id", cited.url),
        (
            "rft.type",
            "preprint" if cited.kind == "preprint" else "",
        ),  # Zotero's word; last, as it reads in order
    ]
    return "&".join(f"{key}={_quoted(value)}" for key, value in pairs if value)


# The format and genre of a kind of work, and how these call its title and that of its venue.
_FORMS = {
    "preprint": ("journal", "preprint", "rft.atitle", "rft.jtitle"),
    "article": ("journal", "article", "rft.atitle", "rft.jtitle"),
    "paper": ("book", "proceeding", "rft.atitle", "rft.btitle"),  # Zotero makes an article of every "journal"
    "chapter": ("book", "bookitem", "rft.atitle", "rft.btitle"),
    "book": ("book", "book", "rft.btitle", "rft.series"),
    "thesis": ("dissertation", "", "rft.title", ""),
    "report": ("book", "report", "rft.btitle", "rft.series"),
}
_SAFE = "/:,."  # which readers take as they are; shorter


def _quoted(value: str) -> str:
    return value.translate(_QUOTED) if value.isascii() else quote_plus(value, safe=_SAFE)


_QUOTED = {code: quote_plus(chr(code), safe=_SAFE) for code in range(128)}
