"""COinS: a list's papers for Zotero, which offers to take them all. An OpenURL in the title of an empty element.

Every author is there, however many: Zotero keeps what it gets, and a name that is missing stays missing. Fifty papers
take 5 kB of a packed page.

https://web.archive.org/web/20170418164523/http://ocoins.info/, https://www.zotero.org/support/dev/exposing_metadata/coins
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
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", _GENRES[cited.kind]),
        ("rft.atitle", cited.title),
        ("rft.jtitle" if cited.kind == "article" else "rft.btitle", cited.venue),
        *(("rft.au", author.sorted) for author in cited.authors),
        ("rft.date", cited.date.iso if cited.date else ""),
        ("rft_id", f"info:doi/{cited.doi}" if cited.doi else ""),
        ("rft_id", cited.url),
    ]
    return "&".join(f"{key}={_quoted(value)}" for key, value in pairs if value)


_GENRES = {"preprint": "preprint", "article": "article", "paper": "proceeding"}
_SAFE = "/:,."  # which readers take as they are; shorter


def _quoted(value: str) -> str:
    return value.translate(_QUOTED) if value.isascii() else quote_plus(value, safe=_SAFE)


_QUOTED = {code: quote_plus(chr(code), safe=_SAFE) for code in range(128)}
