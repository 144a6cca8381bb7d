"""The way out: a whole new tree beside the published one, then one exchange. At the published path there is the
old site or the new one, never a mixture.

The tree is built in `.<output>.sitegen/next-…` beside the output, flushed to the disk, and exchanged with the output by
`renameat2(RENAME_EXCHANGE)` (Linux 3.15) or `renamex_np(RENAME_SWAP)` (macOS 10.12). Where neither is to be had, the old tree is
renamed away and the new one renamed into its place: between the two there is a moment without a site, never one with half a
site. The previous tree stays in `.<output>.sitegen/previous` until the next build, for servers that still read from it:
from files that they have opened for as long as they like, from folders until that build begins.

That build then makes its own tree out of it: files that are one with published ones by a hard link are moved, in their
folders, and only what differs is linked or written.
"""

from sitegen.write.exchange import PublishError, heal
from sitegen.write.lock import locked
from sitegen.write.looks import Looks, look_at
from sitegen.write.manifest import MANIFEST, read_manifest
from sitegen.write.published import digest_of, read_published
from sitegen.write.refusals import refuse, would_shrink
from sitegen.write.removal import clean
from sitegen.write.stage import Publication, Stage, Written

__all__ = [
    "MANIFEST",
    "Looks",
    "Publication",
    "PublishError",
    "Stage",
    "Written",
    "clean",
    "digest_of",
    "heal",
    "locked",
    "look_at",
    "read_manifest",
    "read_published",
    "refuse",
    "would_shrink",
]
