"""What of an output folder is ours, and where we keep what belongs to it."""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from sitegen.regular import read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = ".sitegen.json"


class Manifest(msgspec.Struct, frozen=True):
    """What of an output folder is ours. `files`: path → digest of its bytes."""

    sitegen: int = 1  # version of this format
    files: dict[str, str] = {}


def read_manifest(output: Path) -> Mapping[str, str]:
    """What in `output` is ours: path → digest. Empty where no build has been.

    In place of a damaged manifest, which `refuse` refuses, the one of the previous tree speaks.
    """
    try:
        return decoded(output)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError):
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return decoded(beside(output) / "previous")
        return {}


def decoded(folder: Path) -> Mapping[str, str]:
    return _files(read_regular(folder / MANIFEST))


@lru_cache(maxsize=1)  # a build asks several times
def _files(data: bytes) -> Mapping[str, str]:
    manifest = msgspec.json.decode(data, type=Manifest)
    if manifest.sitegen != Manifest().sitegen:
        raise msgspec.ValidationError(f"a manifest of version {manifest.sitegen}")
    return manifest.files


def beside(output: Path) -> Path:
    """The folder beside an output that holds the lock, the tree in the making, and the previous one."""
    return output.parent / f".{output.name}.sitegen"
