"""The theme's templates: compiled once, filled often, their errors told as problems with a line."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import BaseLoader, TemplateNotFound, TemplateSyntaxError, pass_context

from sitegen.diagnostics import Diagnostic, Outcome, Span, did_you_mean, warning
from sitegen.render.cite import coins, csl_json
from sitegen.render.cite.kept import Citations
from sitegen.render.compiling import CompiledTemplates, CompilingEnvironment
from sitegen.render.dates import date
from sitegen.render.dependencies import dependencies
from sitegen.render.embedded_json import embedded_json
from sitegen.render.fragments import Fragments
from sitegen.render.overrides import idle
from sitegen.render.template_errors import FOLDER, Unknown, UnknownAssetError, diagnostic, root_of
from sitegen.render.tex import tex
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, MutableMapping

    from jinja2 import Environment, Template
    from jinja2.runtime import Context
    from markupsafe import Markup

    from sitegen.model.page import Page
    from sitegen.model.record import PartialDate
    from sitegen.model.settings import Settings
    from sitegen.text.texts import Texts


class Templates:
    """Templates of one theme, for three kinds of files. Each method gives no text where the template is broken."""

    def __init__(
        self,
        sources: Mapping[str, str],
        settings: Settings,
        texts: Texts,
        assets: Mapping[str, str],
        citations: Citations | None = None,
    ) -> None:
        self._sources = sources
        self._base_url = settings.base_url
        self._base_path = urlsplit(settings.base_url).path or "/"
        self._theme = f"themes/{settings.theme.name}/"
        loader = _Sources(sources, self._theme)
        self._html, self._xml, self._json = (
            _environment(loader, settings, texts, assets, kind) for kind in ("html", "xml", "json")
        )
        self._fragments = fragments = Fragments(self._html)
        self.citations = cited = citations or Citations()
        functions = {"card": fragments.card, "shared": fragments.shared}
        self._html.globals |= functions
        self._html.filters |= {
            **functions,
            "tex": tex,
            "markdown": _markdown,
            "date": cache(lambda day: date(day, texts)),  # there are far fewer days than papers
            "bibtex": lambda paper, note="": cited(paper, note).bibtex,
            "ris": lambda paper, note="": cited(paper, note).ris.replace("\r\n", "\n"),  # as HTML has it
            "csl_json": lambda paper, note="": csl_json.joined([cited(paper, note).csl_json]).decode(),
            "apa": lambda paper, note="": cited(paper, note).apa,
            "coins": coins.coins,
        }
        as_text = {"tex": _tex_as_text, "markdown": _markdown_as_text, "date": _iso}
        self._xml.filters |= as_text
        self._json.filters |= as_text
        self._json.autoescape = False  # every value goes through |json

    def compile_all(self) -> tuple[Diagnostic, ...]:
        """Compile every template that may be used; the errors of all of them, and those that change nothing."""
        problems, broken = [], set()
        for name in sorted(self._sources):
            seen = name.removeprefix("default/").removeprefix(self._theme)
            if name != seen and self._sources.get(seen) == self._sources[name]:
                continue  # nothing extends a template that nobody has replaced
            try:
                self._environment_of(name).get_template(name)
            except TemplateSyntaxError as problem:
                problems.append(diagnostic(problem, name, self._sources))
                broken.add(self._sources[name])
        sound = {name: source for name, source in self._sources.items() if source not in broken}
        return (*problems, *idle(sound, self._html, self._theme))

    def compiled(self, names: Collection[str]) -> bytes:
        """What these templates draw, or every template, as code for `take_code` in the process that this one was forked from."""
        drawn = dependencies(self._sources) if names else {}
        wanted = frozenset[str]().union(*(drawn.get(name, ()) for name in names))
        for name in sorted(wanted):
            with suppress(TemplateSyntaxError):  # as whoever draws it will tell
                self._environment_of(name).get_template(name)
        if not names:
            self.compile_all()
        return CompiledTemplates.packed()

    def take_code(self, code: bytes) -> None:
        """Have what `compiled` gave: it need not be compiled again."""
        CompiledTemplates.unpack(code)

    def begin(self) -> None:
        """Forget what pages of one site have in common."""
        self._fragments.begin()

    def forget(self) -> None:
        """Give the memory of what was drawn back."""
        self._fragments.forget()

    def html(self, page: Page) -> Outcome[str | None]:
        """The page, its links leading from where it lies; 404.html is shown for any address, so from the base path."""
        root = self._base_path if page.url == "404.html" else "../" * page.url.count("/")
        return self._filled(self._html, page, root)

    def mail(self, page: Page) -> Outcome[str | None]:
        """The page with its links absolute."""
        return self._filled(self._html, page, self._base_url)

    def xml(self, page: Page) -> Outcome[str | None]:
        """The file, links absolute."""
        return self._filled(self._xml, page, self._base_url)

    def json(self, page: Page) -> Outcome[str | None]:
        """The file, links absolute, nothing escaped but by |json."""
        return self._filled(self._json, page, self._base_url)

    def _environment_of(self, name: str) -> Environment:
        return {"xml": self._xml, "json": self._json}.get(name.rpartition(".")[2], self._html)

    def _filled(self, environment: Environment, page: Page, root: str) -> Outcome[str | None]:
        problems: list[Diagnostic] = []
        given = {"view": page.view, "page": page, "root": root, "problems": problems, "drawn_for": page.url}
        try:
            text = environment.get_template(page.template).render(given)
        except Exception as problem:  # noqa: BLE001 - what a person's template does is that person's to mend
            return Outcome(None, (*problems, diagnostic(problem, page.template, self._sources)))
        return Outcome(text, tuple(problems))


class _Sources(BaseLoader):
    """Sources by name, compiled once."""

    def __init__(self, sources: Mapping[str, str], theme: str) -> None:
        self._sources = sources
        self._theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        del environment
        if template not in self._sources:
            raise TemplateNotFound(template)
        source = self._sources[template]
        themed = self._theme + template
        return source, FOLDER + (themed if self._sources.get(themed) == source else template), lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self._sources)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  Jinja's name
    ) -> Template:
        """As code. What Jinja takes and Python does not, as 25 loops in each other, is an error of syntax, too."""
        try:
            return super().load(environment, name, globals)
        except (SyntaxError, RecursionError) as problem:
            reason = problem.msg if isinstance(problem, SyntaxError) else "too many things in each other"
            # A line would be one of Python's.
            raise TemplateSyntaxError(reason, 0, name, self.get_source(environment, name)[1]) from problem


def _environment(
    loader: BaseLoader, settings: Settings, texts: Texts, assets: Mapping[str, str], kind: str
) -> Environment:
    @pass_context  # so that no code holds an address of an asset, which changes with every asset
    def asset(_: Context, name: str) -> str:
        if name not in assets:
            raise UnknownAssetError(name, did_you_mean(name, assets))
        return assets[name]

    def absolute(url: str) -> str:
        return _address(url, settings.base_url)

    environment = CompilingEnvironment(
        loader=loader,
        autoescape=True,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=CompiledTemplates(
            blake2b(
                repr((kind, settings, texts.language, texts.catalogue)).encode("utf-8", "surrogatepass")
            ).digest()
        ),
    )
    functions = {"t": texts, "href": _href, "absolute": absolute, "asset": asset}
    environment.globals |= {"settings": settings, **functions}
    environment.filters |= {"plain": plain, "number": texts.number, "json": embedded_json, **functions}
    return environment


@pass_context
def _href(context: Context, url: str) -> str:
    return _address(url, root_of(context))


def _address(url: str, root: str) -> str:
    if url.startswith(_ELSEWHERE):
        return url
    if ":" in url or url.startswith("/"):
        url = "./" + url.lstrip("/")  # a path of the site, never a scheme or a host
    return root + url


_ELSEWHERE = ("http://", "https://", "mailto:", "#")


@pass_context
def _markdown(context: Context, text: str, of: str = "", *, article: bool = False) -> Markup:
    # Imported where the first text is: a process that compiles templates alone has no need of it, and it is large.
    from sitegen.render.prose import prose

    # Only footnotes depend on what the text is of: whatever has none is converted once for all pages.
    html, problem = prose(text, root_of(context), article=article, of=of if "[^" in text else "")
    if problem:
        context["problems"].append(warning("markdown", problem, Span(context["drawn_for"])))
    return html


@pass_context
def _markdown_as_text(context: Context, text: str, of: str = "", *, article: bool = False) -> str:
    return str(_markdown(context, text, of, article=article))


def _tex_as_text(text: str) -> str:
    return str(tex(text))


def _iso(day: PartialDate | None) -> str:
    return day.iso if day else ""
