"""Papers in lists: drawn once, shown on many pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, pass_context
from markupsafe import Markup

from sitegen.render.template_errors import root_of

if TYPE_CHECKING:
    from jinja2.runtime import Context

_KEPT = 12_000  # cards of 1 to 2 kB


class Cards:
    """`partials/card.html`, filled once per paper and root while its view stays the same."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._kept: dict[tuple[str, str], tuple[Any, Markup]] = {}

    @pass_context
    def card(self, context: Context, view: Any) -> Markup:
        """The card of a view, whose `id` is the paper's."""
        root = root_of(context)
        key = (view.id, root)
        kept = self._kept.get(key)
        if kept is not None and (kept[0] is view or kept[0] == view):
            return kept[1]
        problems: list[Any] = []
        given = {"view": view, "page": context["page"], "root": root, "problems": problems}
        card = Markup(self._environment.get_template("partials/card.html").render(given))  # noqa: S704 - a template's output
        if problems:
            context["problems"].extend(problems)  # each page that shows the card says so
        else:
            self._keep(key, view, card)
        return card

    def _keep(self, key: tuple[str, str], view: Any, card: Markup) -> None:
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]  # the oldest
        self._kept[key] = (view, card)
