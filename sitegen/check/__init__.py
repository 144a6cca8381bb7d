"""Site → Diagnostic*: what is worth a curator's second look. One file per check, named after its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.site import Site

CHECKS: Mapping[str, Callable[[Site], tuple[Diagnostic, ...]]] = {}
