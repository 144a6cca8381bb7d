"""Files as the parsers get them."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from sitegen.diagnostics import Diagnostic
from sitegen.model.source import SourceFile


@pytest.fixture(scope="session")
def source() -> Callable[..., SourceFile]:
    """A source file of a text (dedented) or of bytes (as they are)."""

    def make(content: str | bytes, path: str = "x.yaml") -> SourceFile:
        data = content if isinstance(content, bytes) else dedent(content).encode("utf-8", "surrogatepass")
        return SourceFile(path, data, "")

    return make


@pytest.fixture(scope="session")
def shown() -> Callable[[Diagnostic], str]:
    """`line:column+width severity code: message | hint`: everything that is said about one problem."""

    def show(problem: Diagnostic) -> str:
        where = problem.where
        hint = f" | {problem.hint}" if problem.hint else ""
        place = f"{where.line}:{where.column}+{where.width}"
        return f"{place} {problem.severity} {problem.code}: {problem.message}{hint}"

    return show
