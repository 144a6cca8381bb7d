"""Content and dumps in, a published site out: `pipeline` says the steps in the order in which they happen."""

from sitegen.build.asking import load, load_with_renderer
from sitegen.build.kept import Kept
from sitegen.build.pipeline import build
from sitegen.build.rehearsal import rehearse
from sitegen.build.report import Loaded, Options, Report
from sitegen.read import find_project

__all__ = [
    "Kept",
    "Loaded",
    "Options",
    "Report",
    "build",
    "find_project",
    "load",
    "load_with_renderer",
    "rehearse",
]
