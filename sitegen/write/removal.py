"""What sitegen wrote goes; what a person put there stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.write.exchange import heal, remove_tree
from sitegen.write.lock import locked
from sitegen.write.manifest import MANIFEST, beside, read_manifest

if TYPE_CHECKING:
    from pathlib import Path


def clean(output: Path) -> tuple[str, ...]:
    """Remove what the manifest says is ours, folders that this empties, and our folder beside the output. Returns the paths."""
    removed = []
    with locked(output):
        heal(output)  # the only copy of a person's files may be the previous tree
        for path in read_manifest(output):
            target = output / path
            if _inside(output, target) and (target.is_file() or target.is_symlink()):
                target.unlink()
                removed.append(path)
        for folder in sorted({(output / path).parent for path in removed}, key=lambda p: -len(p.parts)):
            while folder != output and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent  # noqa: PLW2901  climbs
        (output / MANIFEST).unlink(missing_ok=True)
        remove_tree(beside(output))  # whoever waits for the lock makes a new one
    return tuple(removed)


def _inside(root: Path, path: Path) -> bool:
    return path.parent.resolve().is_relative_to(root.resolve())
