"""Curation in the preview, `sitegen serve --edit`: an extension of the preview that is there when it is asked for, and else not at all.

`client/` shows the site's papers with what can be done to them, and asks for it by actions below `/_sitegen/edit/`. An
action that changes something is `propose`d first, which answers with the difference that it would make to one file, and
written when exactly that is `confirm`ed. `plans` makes edits out of wishes, `desk` writes them, `history` takes them back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.serve.edit.editor import Editor
from sitegen.serve.edit.latest import Latest
from sitegen.serve.own import Extension

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sitegen.build import Loaded

__all__ = ["Latest", "editing"]


def editing(project: Path, latest: Callable[[], Loaded], today: Callable[[], date]) -> Extension:
    """The editor of a project, for its preview. `latest` gives the site as it was built last."""
    editor = Editor(project, latest, today)
    client = Path(__file__).with_name("client")
    return Extension(
        files={
            f"edit/{path.name}": path for path in sorted(client.iterdir()) if path.suffix in {".js", ".css"}
        },
        modules=("edit/edit.js",),
        actions={f"edit/{name}": action for name, action in editor.actions.items()},
    )
