"""Edits of hand-written YAML: only what is meant changes, every other byte stays as its author left it.

A file is never written out anew from its data: that would change quotes, indentation, comments and line ends. An edit is a few
characters put into the text at a place that the parser's marks tell. The result is parsed again, and given only if its data
differ from the data before in exactly the way that was meant.
"""

from sitegen.splice.picks import NewPick, add_pick

__all__ = ["NewPick", "add_pick"]
