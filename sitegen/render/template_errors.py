"""What goes wrong inside a template, as problems that the template's author can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.utils import missing

from sitegen.diagnostics import Diagnostic, Span, did_you_mean, error
from sitegen.text.texts import UnknownTextError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.runtime import Context

FOLDER = "templates/"


class UnknownAssetError(LookupError):
    """A template asks for an asset that the theme does not have."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(f"there is no asset '{name}'")
        self.hint = hint


class Unknown(StrictUndefined):
    """A name that is not there: an error wherever it is used, which says what is there."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = self._undefined_name
        if self._undefined_obj is missing:
            return f"'{name}' is not known here{_suggestion(name, _OFFERED)}"
        known = self._undefined_obj if isinstance(self._undefined_obj, dict) else dir(self._undefined_obj)
        return f"{type(self._undefined_obj).__name__} has no '{name}'{_suggestion(name, known)}"


def root_of(context: Context) -> str:
    """What leads from the page being rendered to the site's root."""
    root = context.resolve_or_missing("root")
    if root is missing:
        raise TemplateError("a macro that makes links must be imported `with context`")
    return root  # type: ignore[no-any-return]


def diagnostic(problem: Exception, template: str, names: Iterable[str]) -> Diagnostic:
    """An error at the innermost line of a template that was at work; `names` are those of all templates."""
    where = _innermost_line(problem) or Span(FOLDER + template)
    match problem:
        case TemplateSyntaxError():
            return error(
                "template-syntax", str(problem.message), Span(problem.filename or where.path, problem.lineno)
            )
        case TemplateNotFound():
            hint = did_you_mean(str(problem.name), sorted(names))
            return error("unknown-template", f"there is no template '{problem.name}'", where, hint)
        case UndefinedError():
            message, _, hint = str(problem.message).partition(_MARK)
            return error("unknown-name", message, where, hint)
        case UnknownTextError():
            return error("unknown-text", str(problem), where, problem.hint)
        case UnknownAssetError():
            return error("unknown-asset", str(problem), where, problem.hint)
        case TemplateError():
            return error("template-error", str(problem.message), where)
        case _:
            return error("template-error", f"{type(problem).__name__}: {problem}", where)


_OFFERED = ("view", "page", "root", "href", "absolute", "asset", "t", "card", "settings")
_MARK = "\N{INFORMATION SEPARATOR ONE}"  # between message and hint: jinja carries one text only


def _suggestion(name: Any, known: Iterable[str]) -> str:
    hint = did_you_mean(str(name), sorted(word for word in known if not word.startswith("_")))
    return hint and _MARK + hint


def _innermost_line(problem: Exception) -> Span | None:
    place = None
    trace = problem.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith(FOLDER):
            place = Span(path, trace.tb_lineno)
        trace = trace.tb_next
    return place
