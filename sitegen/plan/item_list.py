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
    """CollectionPage with an ItemList; positions count on from `first`. https://schema.org/ItemList"""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": title,
        "url": context.absolute(url),
        "isPartOf": {
            "@type": "WebSite",
            "name": context.settings.title,
            "url": context.absolute("index.html"),
        },
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": context.absolute(paper_url(paper)),
                }
                for position, paper in enumerate(papers, first)
            ],
        },
    }
    if description:
        data["description"] = description
    return data
