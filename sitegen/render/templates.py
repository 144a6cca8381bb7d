"""The theme's templates: compiled once, rendered often, their errors told as problems with a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.utils import missing
from markupsafe import Markup

from sitegen.diagnostics import Diagnostic, Outcome, Span, did_you_mean, error, warning
from sitegen.render.dates import date
from sitegen.render.embedded_json import embedded_json
from sitegen.render.prose import prose
from sitegen.render.tex import tex
from sitegen.text.tex import plain
from sitegen.text.texts import Texts, UnknownTextError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2.runtime import Context

    from sitegen.model.page import Page
    from sitegen.model.settings import Settings


class Templates:
    """Templates of one theme, ready to be filled."""

    def __init__(
        self, sources: Mapping[str, str], settings: Settings, texts: Texts, assets: Mapping[str, str]
    ) -> None:
        self._names = sorted(sources)
        self._base_url = settings.base_url
        self._base_path = urlsplit(settings.base_url).path or "/"
        loader = _Sources(sources)
        self._html = _environment(loader, settings, texts, assets)
        self._html.globals["card"] = _cards(self._html)
        self._html.filters |= {
            "tex": tex,
            "markdown": _markdown,
            "date": lambda value: date(value, texts),
        }
        self._xml = _environment(loader, settings, texts, assets)
        self._xml.filters |= {
            "tex": lambda text: str(tex(text)),
            "markdown": pass_context(lambda context, text, **how: str(_markdown(context, text, **how))),
            "date": lambda value: str(date(value, texts)),
        }

    def compile_all(self) -> tuple[Diagnostic, ...]:
        """Compile every template; the errors of all of them."""
        problems: list[Diagnostic] = []
        for name in self._names:
            environment = self._xml if name.endswith(".xml") else self._html
            try:
                environment.get_template(name)
            except TemplateSyntaxError as problem:
                problems.append(_diagnostic(problem, name, self._names))
        return tuple(problems)

    def html(self, page: Page) -> Outcome[str | None]:
        """The page's text, links leading from where the page lies (404.html is shown for any address)."""
        root = self._base_path if page.url == "404.html" else "../" * page.url.count("/")
        return self._filled(self._html, page, root)

    def xml(self, page: Page) -> Outcome[str | None]:
        """The file's text, links absolute."""
        return self._filled(self._xml, page, self._base_url)

    def _filled(self, environment: Environment, page: Page, root: str) -> Outcome[str | None]:
        problems: list[Diagnostic] = []
        try:
            text = environment.get_template(page.template).render(
                {"view": page.view, "page": page, "root": root, "problems": problems}
            )
        except Exception as problem:  # noqa: BLE001 - whatever a person's template does is that person's to mend
            return Outcome(None, (_diagnostic(problem, page.template, self._names),))
        return Outcome(text, tuple(problems))


class _Sources(BaseLoader):
    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        del environment
        if template not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[template], _FOLDER + template, _up_to_date

    def list_templates(self) -> list[str]:
        return sorted(self._sources)


_FOLDER = "templates/"


def _up_to_date() -> bool:
    return True


class _Unknown(StrictUndefined):
    """A missing name, which knows what names there are."""

    __slots__ = ()

    def hint(self) -> str:
        known: Iterable[str] = _OFFERED if self._undefined_obj is missing else dir(self._undefined_obj)
        return did_you_mean(str(self._undefined_name), (name for name in known if not name.startswith("_")))


_OFFERED = ("view", "page", "root", "href", "absolute", "asset", "t", "card", "settings")


def _environment(
    loader: BaseLoader, settings: Settings, texts: Texts, assets: Mapping[str, str]
) -> Environment:
    def absolute(url: str) -> str:
        return url if _elsewhere(url) else settings.base_url + url

    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=_Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals |= {
        "settings": settings,
        "t": texts,
        "href": _href,
        "absolute": absolute,
        "asset": assets.__getitem__,
    }
    environment.filters |= {"plain": plain, "number": texts.number, "json": embedded_json}
    return environment


@pass_context
def _href(context: Context, url: str) -> str:
    return url if _elsewhere(url) else context["root"] + url


def _elsewhere(url: str) -> bool:
    return url.startswith(("http://", "https://", "mailto:", "#"))


@pass_context
def _markdown(context: Context, text: str, *, article: bool = False) -> Markup:
    html, problem = prose(text, context["root"], article=article)
    if problem:
        context["problems"].append(warning("markdown", problem, Span(context["page"].url)))
    return html


def _cards(environment: Environment) -> Callable[..., Markup]:
    kept: dict[tuple[str, str], tuple[Any, Markup]] = {}

    @pass_context
    def card(context: Context, view: Any) -> Markup:
        root = context["root"]
        key = (view.paper.id, root)
        known = kept.get(key)
        if known is not None and known[0] == view:
            return known[1]
        text = Markup(  # noqa: S704 - a template's own output
            environment.get_template("partials/card.html").render(
                {"view": view, "page": context["page"], "root": root, "problems": context["problems"]}
            )
        )
        kept[key] = (view, text)
        return text

    return card


def _diagnostic(problem: Exception, template: str, names: Iterable[str]) -> Diagnostic:
    where = _place(problem) or Span(_FOLDER + template)
    match problem:
        case TemplateSyntaxError():
            path = problem.filename or where.path
            return error("template-syntax", str(problem.message), Span(path, problem.lineno))
        case TemplateNotFound():
            hint = did_you_mean(str(problem.name), names)
            return error("unknown-template", f"there is no template '{problem.name}'", where, hint)
        case UndefinedError():
            return error("unknown-name", str(problem.message), where)
        case UnknownTextError():
            return error("unknown-text", str(problem), where, problem.hint)
        case _:
            return error("template-error", f"{type(problem).__name__}: {problem}", where)


def _place(problem: Exception) -> Span | None:
    place = None
    trace = problem.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith(_FOLDER):
            place = Span(path, trace.tb_lineno)
        trace = trace.tb_next
    return place
