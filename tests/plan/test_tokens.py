"""The colours of every theme of ours: text can be read on every background, by day and by night, in any brand colour."""

import re
from itertools import product
from pathlib import Path

import pytest

from sitegen.plan.accent import accent_css, contrast

TEMPLATES = Path(__file__).parents[2] / "templates"
OWN = {path.name: path for path in sorted((TEMPLATES / "themes").iterdir())}
TEXTS = ("ink", "muted", "faint", "accent", "accent-hover", "visited", "ok", "warn", "error")
BACKGROUNDS = ("bg", "surface", "sunken")
BRANDS = ("#1d6f42", "#ffff00", "#000000", "#ffffff", "#e4007c", "#7f7f7f", "#00ffff")


def _tokens(*sheets):
    """Colours by name, for light and for dark; later sheets count."""
    pattern = r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)"
    found = {name: colours for sheet in sheets for name, *colours in re.findall(pattern, sheet)}
    return [{name: _parsed(colours[at]) for name, colours in found.items()} for at in (0, 1)]


def _parsed(colour):
    return tuple(bytes.fromhex(colour[1:]))


def _sheets(theme):
    folders = [TEMPLATES] + ([OWN[theme]] if theme in OWN else [])
    return [
        path.read_text("utf-8") for at in folders for path in sorted((at / "assets/css/site.css").iterdir())
    ]


def _unreadable(*sheets):
    return [
        (text, background, round(found, 2))
        for tokens in _tokens(*sheets)
        for text, background in [*product(TEXTS, BACKGROUNDS), ("chip-ink", "chip"), ("ink", "mark")]
        if (found := contrast(tokens[text], tokens[background])) < 4.5
    ]


@pytest.mark.parametrize("theme", ["default", *OWN])
def test_every_text_can_be_read_on_every_background(theme):
    assert _unreadable(*_sheets(theme)) == []


@pytest.mark.parametrize("theme", ["default", *OWN])
@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_colour_can_be_read_in_every_theme(theme, brand):
    assert _unreadable(*_sheets(theme), accent_css(brand)) == []
