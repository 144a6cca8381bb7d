import re

from hypothesis import given
from hypothesis import strategies as st

from sitegen.plan.accent import accent_css, contrast


@given(st.integers(0, 0xFFFFFF))
def test_any_accent_can_be_read_on_both_themes(colour):
    css = accent_css(f"#{colour:06x}")
    light, dark = re.search(r"--accent: light-dark\((#\w{6}), (#\w{6})\)", css).groups()
    assert contrast(_rgb(light), (0xFD, 0xFC, 0xF9)) >= 4.5
    assert contrast(_rgb(dark), (0x16, 0x17, 0x1A)) >= 4.5


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert "--accent: light-dark(#1f5aa8," in accent_css("#1f5aa8")


def _rgb(text):
    return tuple(bytes.fromhex(text[1:]))
