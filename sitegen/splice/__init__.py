"""Edits of hand-written YAML: only what is meant changes, every other byte stays as its author left it.

A file is never written out anew from its data: that would change quotes, indentation, comments and line ends. An edit is a few
characters put into the text at a place that the parser's marks tell. The result is parsed again, and given only if its data
differ from the data before in exactly the way that was meant; else the outcome is None, and says why (`not-edited`; `stale-edit`
where the file is not as the edit expects it). Each edit takes a file and gives its bytes after it; it reads and writes no disk.

Fields are set, changed or (None) taken out, any number of them in one edit.

Picks: `add_pick`, `remove_pick`, `move_pick`, `set_pick_fields`. `PickAt` says which pick, `NewPick` what is added.
Sections: `add_section`, `move_section`, `remove_section`, `set_section_fields`. `SectionAt` says which one is meant;
`title_places` says where titles are.
Collections: `set_collection_fields`; `new_collection` is the text of a new file.
Papers: `set_paper_fields`, `add_to_paper_list`, `remove_from_paper_list` change an entry of content/papers, `new_paper_file` is
the text of a new file. `PaperAt` says which entry.
Settings: `add_source` adds a pattern to `sources`.
`hindrances` says why no edit of a file is made; `unified` shows two states of a file as a diff.
"""

from sitegen.splice.collections import new_collection, set_collection_fields
from sitegen.splice.diff import unified
from sitegen.splice.edits import UNWRITTEN, hindrances
from sitegen.splice.papers import (
    PaperAt,
    add_to_paper_list,
    new_paper_file,
    remove_from_paper_list,
    set_paper_fields,
)
from sitegen.splice.picks import (
    NewPick,
    PickAt,
    add_pick,
    move_pick,
    remove_pick,
    set_pick_fields,
)
from sitegen.splice.sections import (
    SectionAt,
    add_section,
    move_section,
    remove_section,
    set_section_fields,
    title_places,
)
from sitegen.splice.settings import add_source
from sitegen.splice.values import Value

__all__ = [
    "UNWRITTEN",
    "NewPick",
    "PaperAt",
    "PickAt",
    "SectionAt",
    "Value",
    "add_pick",
    "add_section",
    "add_source",
    "add_to_paper_list",
    "hindrances",
    "move_pick",
    "move_section",
    "new_collection",
    "new_paper_file",
    "remove_from_paper_list",
    "remove_pick",
    "remove_section",
    "set_collection_fields",
    "set_paper_fields",
    "set_pick_fields",
    "set_section_fields",
    "title_places",
    "unified",
]
