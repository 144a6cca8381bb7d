"""No two files of the site may want one address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitegen.build.inputs import Inputs
    from sitegen.model.page import Page
    from sitegen.model.site import Site


def collisions(pages: Iterable[Page], owners: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Two files-to-be at one address, also where a file system does not tell upper from lower case."""
    taken: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    for page in pages:
        name = page.url.casefold()
        first = taken.setdefault(name, page)
        if first is not page:
            yield _collision(first, page, "want the address", owners)
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = page
            folder = folder.rpartition("/")[0]
    for name in sorted(taken.keys() & folders.keys()):
        yield _collision(folders[name], taken[name], "want a folder and a file at", owners)


def origins(inputs: Inputs, site: Site) -> Mapping[str, Span]:
    """Addresses that people chose by the name of a file."""
    origins = {file.path.removeprefix("static/"): Span(file.path) for file in inputs.static}
    return origins | {f"{page.id}.html": Span(page.where.path) for page in site.library.pages}


def _collision(first: Page, second: Page, want: str, owners: Mapping[str, Span]) -> Diagnostic:
    if first.url in owners and second.url not in owners:
        first, second = second, first
    where = owners.get(second.url, Span(second.url))
    owner = (
        f" ({owners[first.url].path} and this file)"
        if first.url in owners and where != owners[first.url]
        else ""
    )
    by_case = first.url != second.url and first.url.casefold() == second.url.casefold()
    message = (
        f"the addresses {first.url} and {second.url} differ by case alone"
        if by_case
        else f"two pages {want} {min(first.url, second.url)}{owner}"
    )
    return error("same-address", message, where, "rename the file or the id of one of them")
