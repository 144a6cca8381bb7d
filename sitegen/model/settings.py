"""content/sitegen.yaml: what the curator decided about the site as a whole."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from sitegen.diagnostics import Span
from sitegen.model.source import DumpSource


class Theme(msgspec.Struct, frozen=True):
    """The look that was asked for: a folder of `templates/themes/`, ours or the project's; or the default one."""

    name: str = "default"
    where: Span | None = None


FileEnding = Literal["bib", "ris", "csl.json", "json", "md"]
FILE_ENDINGS: tuple[FileEnding, ...] = get_args(FileEnding)


class NavLink(msgspec.Struct, frozen=True):
    label: str
    url: str  # a page of the site (`about`) or an http(s) address


class Subscribe(msgspec.Struct, frozen=True):
    """Where readers ask for mail: a page of the curator's provider, or what its form is sent to."""

    url: str  # https
    field: str = ""  # the provider's name for the address; "": a link is shown, and no form


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """Who the digest is from and goes to, and the server that it is handed to. Its password is no setting."""

    sender: str = ""
    to: tuple[str, ...] = ()
    host: str = "localhost"
    port: int = 0  # 0: what is usual: 587 for starttls, 465 for tls, else 25
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    unsubscribe: str = ""  # https or mailto


def unplaced(settings: Settings) -> Settings:
    """The same settings wherever in their file they stand: a comment above them changes no page."""
    return msgspec.structs.replace(
        settings,
        sources=tuple(msgspec.structs.replace(source, where=Span("")) for source in settings.sources),
        theme=msgspec.structs.replace(settings.theme, where=None),
    )


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Only `title` is needed."""

    title: str
    tagline: str = ""  # one sentence under the title
    base_url: str = ""  # ends in "/"; without it nothing that needs absolute addresses is written
    language: str = "en"
    author: str = ""  # who publishes the site, in feeds and metadata
    sources: tuple[DumpSource, ...] = ()
    navigation: tuple[NavLink, ...] = ()  # beside the built-in ones
    page_size: int = 50
    cname: str = ""
    list_files: tuple[FileEnding, ...] = FILE_ENDINGS  # files beside the pages of collections and tags
    paper_files: tuple[FileEnding, ...] = ("bib",)  # files beside every paper's page; hosts cap their number
    search: bool = True
    related: bool = True  # related papers on every paper's page, and the map of all papers
    feed_size: int = 30
    author_pages: int = 0  # papers that a name needs for a page of its own; 0: no pages of authors
    home_latest: int = 8  # papers under "latest" on the home page
    theme: Theme = Theme()
    accent: str = ""  # a brand colour: `#rrggbb`
    subscribe: Subscribe | None = None
    mail: Mail | None = None
