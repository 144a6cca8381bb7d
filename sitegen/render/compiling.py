"""How templates become code: Jinja's compiler, with two of its most frequent steps made cheap."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any, ClassVar

from jinja2 import BytecodeCache, Environment, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from jinja2.bccache import Bucket
    from jinja2.compiler import Frame


def escaped(value: Any) -> str:
    """What `markupsafe.escape` gives, at a tenth of its price: text without special characters stays what it is.

    >>> escaped("plain"), escaped("a<b"), escaped(3)
    ('plain', Markup('a&lt;b'), Markup('3'))
    """
    kind = type(value)
    if kind is str:
        special = "'" in value or '"' in value or "&" in value or "<" in value or ">" in value
        return escape(value) if special else value
    return value if kind is Markup else escape(value)


class _Code(CodeGenerator):
    """Escapes by `Environment.escaped`, as Jinja's own NativeCodeGenerator does without escaping."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class CompilingEnvironment(Environment):
    """Compiles `t("skip")` as `"skip"|t`: Jinja calls filters directly, and those of constants when compiling."""

    code_generator_class = _Code
    escaped = staticmethod(escaped)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return _AsFilters(tree, self.filters).visit(tree)  # type: ignore[no-any-return]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As they are now: every context copies them, a dict much faster than Jinja's chain of two."""
        return {**self.globals, **(d or {})}


class CompiledTemplates(BytecodeCache):
    """The code of templates, for all environments of this process that would make the same of a source.

    `of` is a digest of what such an environment is made of: what filters make of constants is a part of the code.
    """

    _most = 1_000
    _codes: ClassVar[dict[tuple[bytes, str, str], Any]] = {}

    def __init__(self, of: bytes) -> None:
        self._of = of

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((self._of, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        while len(self._codes) >= self._most:
            del self._codes[next(iter(self._codes))]  # the oldest
        self._codes[self._of, bucket.key, bucket.checksum] = bucket.code

    @classmethod
    def packed(cls) -> bytes:
        """All of it, for `unpack` in the process that this one was forked from. It is never kept in a file: whoever could
        write to that could have any program run by the next build.
        """
        return marshal.dumps(cls._codes)

    @classmethod
    def unpack(cls, code: bytes) -> None:
        """Have what `packed` gave, too."""
        cls._codes |= marshal.loads(code)  # noqa: S302  from our own process, by a pipe


class _AsFilters(NodeTransformer):
    """Calls of what is a filter, too, unless the template has something of that name itself."""

    def __init__(self, tree: nodes.Template, filters: Iterable[str]) -> None:
        own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
        own.update(macro.name for macro in tree.find_all(nodes.Macro))
        own.update(imported.target for imported in tree.find_all(nodes.Import))
        for imported in tree.find_all(nodes.FromImport):
            own.update(name if isinstance(name, str) else name[1] for name in imported.names)
        self._names = _AS_FILTERS.intersection(filters).difference(own)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        call = self.generic_visit(node)
        assert isinstance(call, nodes.Call)
        if not (isinstance(call.node, nodes.Name) and call.node.name in self._names and call.args):
            return call
        name, (first, *rest) = call.node.name, call.args
        return nodes.Filter(
            first, name, rest, call.kwargs, call.dyn_args, call.dyn_kwargs, lineno=call.lineno
        )


_AS_FILTERS = frozenset({"t", "href", "absolute", "asset", "card", "shared"})
