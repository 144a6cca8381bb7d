"""Templates of a project or a theme that change nothing: no page uses them, or what they override is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, nodes

from sitegen.diagnostics import Diagnostic, Span, did_you_mean, warning
from sitegen.render.template_errors import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEFAULT = "default/"


def idle(sources: Mapping[str, str], environment: Environment, theme: str) -> tuple[Diagnostic, ...]:
    """Warnings for templates, all of which compile, that are neither the default theme's nor the same as the one that they shadow.

    `theme` is what the full names of the chosen theme's templates begin with.
    """
    own = sorted(
        name
        for name in sources
        if not name.startswith(_DEFAULT)
        and sources[name] not in (sources.get(_DEFAULT + name), sources.get(theme + name))
    )
    if not own or len(own) == len(sources):  # nothing is overridden, or there is nothing to override
        return ()
    trees = {name: environment.parse(source) for name, source in sources.items()}
    problems = [problem for name in own if name in trees for problem in _idle_blocks(name, trees)]
    return (*problems, *_unused(own, trees, theme))


def _idle_blocks(name: str, trees: Mapping[str, nodes.Template]) -> Iterator[Diagnostic]:
    """Blocks that no template above this one has; a block inside another is drawn with that one."""
    parent = _parent(trees[name])
    above, seen, at = set[str](), {name}, parent
    while at:
        if at in seen or at not in trees:
            return  # a circle, or a template that is missing: other errors
        seen.add(at)
        above |= {block.name for block in trees[at].find_all(nodes.Block)}
        at = _parent(trees[at])
    if not parent or at is None:
        return
    for block in trees[name].body:
        if isinstance(block, nodes.Block) and block.name not in above:
            message = f"{parent} has no block '{block.name}', so nothing shows this one"
            hint = did_you_mean(block.name, sorted(above))
            known = f"its blocks are: {', '.join(sorted(above))}"
            where = Span(FOLDER + name, block.lineno)
            yield warning("unknown-block", message, where, f"{hint} {known}".strip())


def _parent(tree: nodes.Template) -> str | None:
    """The template that this one extends; "" where it extends none; None where that is decided while drawing."""
    extends = tree.find(nodes.Extends)
    if extends is None:
        return ""
    return str(extends.template.value) if isinstance(extends.template, nodes.Const) else None


def _unused(own: list[str], trees: Mapping[str, nodes.Template], theme: str) -> Iterator[Diagnostic]:
    """Files under a name that the theme does not have, and that no other template mentions."""
    defaults = sorted(name.removeprefix(_DEFAULT) for name in trees if name.startswith(_DEFAULT))
    named = {_DEFAULT + name for name in defaults} | set(defaults)
    for name, tree in trees.items():
        if not _names_what_it_loads(tree):
            return  # any name may be meant
        named |= {
            const.value
            for const in tree.find_all(nodes.Const)
            if isinstance(const.value, str) and const.value != name
        }
    for name in own:
        if not {name, name.removeprefix(theme)} & named:
            hint = did_you_mean(name.removeprefix(theme), defaults)
            message = "no page and no other template uses this one"
            yield warning("unused-template", message, Span(FOLDER + name), hint)


def _names_what_it_loads(tree: nodes.Template) -> bool:
    loads: list[nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport] = [
        *tree.find_all(nodes.Extends),
        *tree.find_all(nodes.Include),
        *tree.find_all(nodes.Import),
        *tree.find_all(nodes.FromImport),
    ]
    return all(isinstance(load.template, nodes.Const | nodes.List | nodes.Tuple) for load in loads)
