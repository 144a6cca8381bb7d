"""What a browser keeps of a reader: to be read and to be written by tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIST = "collections/interleaved-data.html"
PAPER = "papers/ul2-unifying-language-learning-paradigms.html"
UL2 = "ul2-unifying-language-learning-paradigms"


def kept(page: Page, path: str = "/") -> dict[str, Any]:
    """What the browser has stored for the site at that path."""
    return json.loads(page.evaluate(f"localStorage.getItem('sitegen:{path}')"))


def keep(page: Page, **state: object) -> None:
    page.evaluate("text => localStorage.setItem('sitegen:/', text)", json.dumps({"v": 1} | state))


def pressed(page: Page, name: str) -> Any:
    return page.locator(f"button.{name}[aria-pressed=true]")


def bring(page: Page, name: str, data: bytes) -> None:
    """Imports a file on the reader's page."""
    page.set_input_files("#reading-file", {"name": name, "mimeType": "application/json", "buffer": data})


def exported(papers: object, **more: object) -> bytes:
    return json.dumps({"format": "sitegen reading", "version": 1, "papers": papers} | more).encode()


def said(page: Page) -> Any:
    return page.locator("#reading-status")
