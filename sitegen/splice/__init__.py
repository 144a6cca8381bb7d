"""Edits of hand-written YAML: only what is meant changes, every other byte stays as its author left it.

A file is never written out anew from its data: that would change quotes, indentation, comments and line ends. An edit is a few
characters put into the text at a place that the parser's marks tell. The result is parsed again, and given only if its data
differ from the data before in exactly the way that was meant; else the outcome is None, and says why (`not-edited`; `stale-edit`
where the file is not as the edit expects it). Each edit takes a file and gives its bytes after it; it reads and writes no disk.

Picks: `add_pick`, `remove_pick`, `move_pick`; `set_pick_field` sets, changes or (None) takes out a field; `bare_pick` writes
a pick that says nothing but its paper as that alone. `PickAt` says which pick, `NewPick` what is added.
Sections: `add_section`, `rename_section`, `move_section`, `remove_section` (which must be empty). `SectionAt` says which.
Collections: `new_collection` is the text of a new file, `set_collection_field` sets a field of the collection itself.
Papers: `set_paper_field`, `add_to_paper_list`, `remove_from_paper_list` change an entry of content/papers, `add_paper` adds one,
`new_paper_file` is the text of a new file. `PaperAt` says which entry.
Settings: `add_source` adds a pattern to `sources`.
`unified` shows two states of a file as a diff.
"""

from sitegen.splice.collections import new_collection, set_collection_field
from sitegen.splice.diff import unified
from sitegen.splice.papers import (
    PaperAt,
    add_paper,
    add_to_paper_list,
    new_paper_file,
    remove_from_paper_list,
    set_paper_field,
)
from sitegen.splice.picks import (
    NewPick,
    PickAt,
    add_pick,
    bare_pick,
    move_pick,
    remove_pick,
    set_pick_field,
)
from sitegen.splice.sections import SectionAt, add_section, move_section, remove_section, rename_section
from sitegen.splice.settings import add_source
from sitegen.splice.values import Value

__all__ = [
    "NewPick",
    "PaperAt",
    "PickAt",
    "SectionAt",
    "Value",
    "add_paper",
    "add_pick",
    "add_section",
    "add_source",
    "add_to_paper_list",
    "bare_pick",
    "move_pick",
    "move_section",
    "new_collection",
    "new_paper_file",
    "remove_from_paper_list",
    "remove_pick",
    "remove_section",
    "rename_section",
    "set_collection_field",
    "set_paper_field",
    "set_pick_field",
    "unified",
]
