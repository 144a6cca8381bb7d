"""A list of papers as schema.org knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitegen.plan.card import paper_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context


def item_list(
    context: Context, url: str, papers: Sequence[Paper], *, title: str, description: str, first: int
) -> dict[str, Any]:
    """CollectionPage with an ItemList; positions count on from `first`. https://schema.org/ItemList

    The items are addresses: without a `base_url` there are none.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": title,
        **context.url_for_data(url),
        "isPartOf": {
            "@type": "WebSite",
            "name": context.settings.title,
            **context.url_for_data("index.html"),
        },
    }
    if context.settings.base_url:
        data["mainEntity"] = {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url": context.absolute(paper_url(paper))}
                for position, paper in enumerate(papers, first)
            ],
        }
    if description:
        data["description"] = description
    return data
