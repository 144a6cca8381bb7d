"""The site as it was recorded, and what has happened since.

Every recording holds a difference, so it is as small as what happened. Replayed in the order of their numbers, they give
the state that the next difference is taken to. Two branches that recorded apart hold different files: after a merge both
are replayed, and what both say happens once.
"""

from sitegen.changes.compare import compare
from sitegen.changes.replay import Recorded, replay
from sitegen.changes.unrecorded import summary, unrecorded

__all__ = ["Recorded", "compare", "replay", "summary", "unrecorded"]
