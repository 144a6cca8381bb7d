"""What hosts of static files want to be told, and the sheet with the site's own colour."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from sitegen.model.page import Page
from sitegen.plan.accent import accent_css
from sitegen.plan.card import paper_url
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.plan.context import Context

# The same policy stands in every page (templates/base.html) for hosts that read no `_headers`;
# `frame-ancestors` works as a header only.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'"
)
_FOREVER = "Cache-Control: public, max-age=31536000, immutable"
_CHECKED = "Cache-Control: no-cache"


class RedirectView(msgspec.Struct, frozen=True, gc=False):
    """A page that has moved."""

    title: str
    url: str  # where it is now


def plan_hosting(context: Context) -> Iterator[Page]:
    """`.nojekyll`, `CNAME`, `_headers`, `_redirects`, stubs at retired addresses, and the accent's sheet where one is set."""
    settings = context.settings
    yield Page(".nojekyll", "text", "", "")
    if settings.cname:
        yield Page("CNAME", "text", "", f"{settings.cname}\n")
    yield Page("_headers", "text", "", _headers(context))
    yield Page("_redirects", "text", "", _redirects(context))
    yield from _stubs(context)
    if context.frame.accent_css:
        yield Page(context.frame.accent_css, "text", "", accent_css(settings.accent))


def _stubs(context: Context) -> Iterator[Page]:
    """The same for hosts that read no `_redirects`, GitHub Pages among them. In no sitemap."""
    for paper in context.library.papers:
        if paper.aliases:
            view = RedirectView(plain(paper.title), paper_url(paper))
            for alias in paper.aliases:
                yield Page(f"papers/{alias}.html", "html", "redirect.html", view)


def _redirects(context: Context) -> str:
    """Ids that a paper's other titles would have given lead to the paper, wherever the site lies on its host.

    https://docs.netlify.com/routing/redirects/, which Cloudflare Pages reads, too
    """
    base = urlsplit(context.settings.base_url).path or "/"
    lines = [
        f"{base}papers/{alias}.{ending} {base}papers/{paper.id}.{ending} 301"
        for paper in context.library.papers
        for alias in paper.aliases
        for ending in ("html", *context.settings.paper_files)
    ]
    return "\n".join(["# Addresses that were retired, and where they lead now.", *lines]) + "\n"


def _headers(context: Context) -> str:
    """Netlify's and Cloudflare Pages' common subset: no rule overlaps another in the headers that it sets."""
    everywhere = (
        f"Content-Security-Policy: {_POLICY.format(forms=context.frame.form_target)}",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
    )
    rules = [("/*", everywhere), ("/assets/*", (_FOREVER,))]
    rules += [(f"/{folder}/*", (_CHECKED,)) for folder in ("collections", "papers", "tags", "years")]
    return "\n".join(f"{path}\n" + "".join(f"  {header}\n" for header in headers) for path, headers in rules)
