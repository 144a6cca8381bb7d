"""A site's own accent colour, made readable on both themes."""

from __future__ import annotations

from hashlib import blake2b

# The backgrounds that a text is hardest to read on, of all that a theme should have: `--sunken` by day and `--surface`
# by night, as in assets/css/site.css/10-tokens.css (tests/plan/test_tokens.py). 4.5 is WCAG's AA for text.
_LIGHT, _DARK = (0xF4, 0xF2, 0xEC), (0x1D, 0x1F, 0x23)
_READABLE = 4.5

Colour = tuple[int, int, int]


def accent_css(accent: str) -> str:
    """A sheet that sets the accent of both themes; darkened or lightened until it can be read on them.

    >>> print(accent_css("#1f5aa8"), end="")
    @layer tokens {
      :root {
        --accent: light-dark(#1f5aa8, #628cc2);
        --accent-hover: light-dark(#184480, #91aed4);
      }
    }
    """
    wanted = _parsed(accent)
    light, dark = _readable(wanted, _LIGHT, (0, 0, 0)), _readable(wanted, _DARK, (255, 255, 255))
    hover = _mixed(light, (0, 0, 0), 0.24), _mixed(dark, (255, 255, 255), 0.3)
    return (
        "@layer tokens {\n  :root {\n"
        f"    --accent: light-dark({_hex(light)}, {_hex(dark)});\n"
        f"    --accent-hover: light-dark({_hex(hover[0])}, {_hex(hover[1])});\n"
        "  }\n}\n"
    )


def accent_css_url(accent: str) -> str:
    """Where that sheet is published: a name of its content, so that it may be kept for ever; "" without accent."""
    if not accent:
        return ""
    digest = blake2b(accent_css(accent).encode(), digest_size=6).hexdigest()
    return f"assets/{digest}/accent.css"


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two sRGB colours, 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

    >>> round(contrast((0, 0, 0), (255, 255, 255)))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(colour: Colour, background: Colour, towards: Colour) -> Colour:
    steps = (_mixed(colour, towards, step / 20) for step in range(21))
    return next(mixed for mixed in steps if contrast(mixed, background) >= _READABLE)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parsed(accent: str) -> Colour:
    digits = accent.removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
