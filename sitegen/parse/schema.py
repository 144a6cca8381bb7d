"""JSON Schemas of the files that curators write, for completion and checking in editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from sitegen.parse.collection import COLLECTION
from sitegen.parse.paper_file import PAPERS
from sitegen.parse.settings import SETTINGS
from sitegen.parse.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.parse.kinds import Kind

FILES: Final[Mapping[str, tuple[Kind, str]]] = {
    "collection": (COLLECTION, "content/collections/*.yaml: a reading list"),
    "paper": (PAPERS, "content/papers/*.yaml: what curators know about papers"),
    "sitegen": (SETTINGS, "content/sitegen.yaml: the site's settings"),
    "tags": (TAGS, "content/tags.yaml: the taxonomy"),
}


def schemas() -> Mapping[str, bytes]:
    """File name → JSON Schema, draft 7, complete in itself. Made from the tables that the reading goes by.

    A file names its schema in its first line, `# yaml-language-server: $schema=…`, or in a field `$schema`.
    """
    return {f"{name}.json": _document(kind, title) for name, (kind, title) in FILES.items()}


def _document(kind: Kind, title: str) -> bytes:
    schema = kind.schema()
    for form in schema.get("anyOf", [schema]):
        if "properties" in form:
            form["properties"] = {"$schema": _SCHEMA_FIELD, **form["properties"]}
        elif form["type"] == "object":
            form["properties"] = {"$schema": _SCHEMA_FIELD}
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **schema}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


_SCHEMA_FIELD: Final[Mapping[str, Any]] = {
    "description": "Where editors find the schema of this file.",
    "type": "string",
}
