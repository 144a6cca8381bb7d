"""What stands on many pages: drawn once, shown often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, pass_context
from markupsafe import Markup

from sitegen.render.template_errors import root_of

if TYPE_CHECKING:
    from jinja2.runtime import Context

_CARDS = 12_000  # of 1 to 2 kB


class Fragments:
    """Partials that are filled once per root while what they show stays the same."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._cards: dict[tuple[str, str], tuple[Any, Markup]] = {}
        self._shared: dict[tuple[Any, ...], Markup] = {}

    @pass_context
    def card(self, context: Context, view: Any) -> Markup:
        """`partials/card.html` with a view whose `id` is the paper's."""
        key = (view.id, root_of(context))
        kept = self._cards.get(key)
        if kept is not None and (kept[0] is view or kept[0] == view):
            return kept[1]
        card, told = self._drawn(context, "partials/card.html", view)
        if not told:  # else each page that shows the card says so
            if len(self._cards) >= _CARDS:
                del self._cards[next(iter(self._cards))]  # the oldest
            self._cards[key] = (view, card)
        return card

    @pass_context
    def shared(self, context: Context, template: str, *key: object) -> Markup:
        """A partial that is the same on every page for which `key` is: a footer, the style sheets."""
        at = (template, root_of(context), *key)
        kept = self._shared.get(at)
        if kept is None:
            kept, told = self._drawn(context, template, context["view"])
            if not told:
                self._shared[at] = kept
        return kept

    def begin(self) -> None:
        """Forget what `shared` drew: what it shows is the same on the pages of one site. A card is known by all that it shows."""
        self._shared.clear()

    def forget(self) -> None:
        """Give the memory of the cards back; one that is wanted again is drawn again."""
        self._cards.clear()

    def _drawn(self, context: Context, template: str, view: Any) -> tuple[Markup, bool]:
        problems: list[Any] = []
        # No `page`: whose would it be? Problems alone are told for the one that it is drawn for.
        given = {
            "view": view,
            "root": root_of(context),
            "problems": problems,
            "drawn_for": context["drawn_for"],
        }
        html = self._environment.get_template(template).render(given)
        context["problems"].extend(problems)
        return Markup(html), bool(problems)  # noqa: S704 - a template's output
