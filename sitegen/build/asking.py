"""The site as a value, for commands that ask about a project and publish nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen import memo
from sitegen.build.clock import Clock, without_collector
from sitegen.build.inputs import Inputs, read_inputs
from sitegen.build.kept import Kept
from sitegen.build.loading import load_inputs
from sitegen.diagnostics import in_reading_order

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.build.report import Loaded, Options
    from sitegen.render import Renderer
    from sitegen.text.texts import Texts


def load(project: Path, options: Options) -> Loaded:
    """Everything up to `relate`, for commands that ask about the project."""
    project = project.resolve()
    with without_collector():
        return load_inputs(_read(project, options), Clock(None), Kept(), None)


def load_with_renderer(project: Path, options: Options) -> tuple[Loaded, Renderer | None, Texts | None]:
    """The same, and what draws pages in the site's words; None where there are no settings."""
    from sitegen.build.theme import read_texts, read_theme
    from sitegen.render import Renderer

    project = project.resolve()
    with without_collector():
        inputs = _read(project, options)
        loaded = load_inputs(inputs, Clock(None), Kept(), None)
    if inputs.settings is None:
        return loaded, None, None
    texts, problems = read_texts(inputs, inputs.settings)
    templates, assets = read_theme(inputs.templates, inputs.settings.theme.name)
    paths = {name: path for name, (path, _) in assets.items()}
    problems = in_reading_order([*loaded.diagnostics, *problems])
    renderer = Renderer(templates, inputs.settings, texts, paths)
    return msgspec.structs.replace(loaded, diagnostics=problems), renderer, texts


def _read(project: Path, options: Options) -> Inputs:
    shelf = memo.Shelf(project, options.output_in(project), clean=options.clean)
    return read_inputs(project, options, Clock(None), shelf, Kept())
