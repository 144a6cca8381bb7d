"""`sitegen export`: the papers, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitegen.cli.options import content_options, options, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sitegen.cli.session import Session
    from sitegen.model.site import Site
    from sitegen.plan.exports import Cited


@click.command("export")
@click.argument("form", metavar="FORMAT")
@click.option("--collection", metavar="ID", help="Only what this collection holds, in its order.")
@click.option("--tag", metavar="ID", help="Only what has this tag.")
@content_options
@pass_session
def command(
    session: Session,
    *,
    form: str,
    collection: str | None,
    tag: str | None,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Write the papers to standard output: the same bytes as the site's own file.

    FORMAT is bibtex, ris, csl-json, apa, csv, jsonl, or lunr: the search index as lunr itself has it.
    """
    from sitegen.build import load
    from sitegen.cli.report import show_errors

    if form not in FORMATS:
        raise click.UsageError(_unknown("format", form, FORMATS))
    if collection and tag:
        raise click.UsageError("--collection and --tag exclude each other")
    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    # What settings with an error would have kept out is not handed on.
    if show_errors(session, loaded) or loaded.site is None:
        return 1
    click.echo(FORMATS[form](loaded.site, form, _chosen(loaded.site, collection, tag)), nl=False)
    return 0


def _rendered(site: Site, form: str, cited: Cited) -> bytes:
    """What the site's own file would hold."""
    from sitegen.plan.exports import export
    from sitegen.render import Renderer
    from sitegen.text.texts import Texts

    renderer = Renderer({}, site.library.settings, Texts("en", {}), {})
    [output] = renderer.render(export(site, form, "papers", lambda: cited)).value
    return output.data


def _lunr_index(site: Site, form: str, cited: Cited) -> bytes:
    """What the site's search means, as one file that `lunr.index.Index.load` reads. Each paper is known by its id."""
    from sitegen.search.documents import FIELDS, read_documents
    from sitegen.search.stock import stock_index
    from sitegen.search.terms import read_terms

    del form
    chosen = {paper.id for paper, _ in cited}
    documents = zip(site.newest, read_documents(site, site.newest), strict=True)
    texts = {paper.id: document.texts for paper, document in documents if paper.id in chosen}
    return stock_index(read_terms(texts.values(), len(FIELDS)), [*texts], FIELDS) + b"\n"


# In the order of the help. Each is given the site, the format's name, and the papers that were asked for.
FORMATS: Mapping[str, Callable[[Site, str, Cited], bytes]] = {
    "bibtex": _rendered,
    "ris": _rendered,
    "csl-json": _rendered,
    "apa": _rendered,
    "csv": _rendered,
    "jsonl": _rendered,
    "lunr": _lunr_index,
}


def _chosen(site: Site, collection: str | None, tag: str | None) -> Cited:
    from sitegen.plan.exports import everything, of_list, of_tag

    lists = {reading_list.id: reading_list for reading_list in site.library.lists}
    if collection is not None:
        if collection not in lists:
            raise click.UsageError(_unknown("collection", collection, lists))
        return of_list(lists[collection])
    if tag is not None:
        if tag not in site.library.tags:
            raise click.UsageError(_unknown("tag", tag, site.library.tags))
        return of_tag(site, tag)
    return everything(site)


_MOST_NAMES = 20  # that an answer lists


def _unknown(noun: str, name: str, known: Iterable[str]) -> str:
    from sitegen.diagnostics import did_you_mean

    names = list(known)
    listed = f"known: {', '.join(names)}" if 0 < len(names) <= _MOST_NAMES else ""
    hint = did_you_mean(name, names) or listed
    return f"there is no {noun} '{name}'" + (f", {hint}" if hint else "")
