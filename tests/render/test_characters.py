import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.characters import encode, encode_json, printable

ANY = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\\bfu\x00\x85\ud800\ufdd0\uffff\U0001fffe")
)


def belongs_in_a_file(character):
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return character in "\t\n\r"
    return ord(character) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(character) <= 0xFDEF


@given(ANY)
def test_exactly_what_belongs_in_no_file_is_replaced(text):
    assert printable(text) == "".join(c if belongs_in_a_file(c) else "\ufffd" for c in text)


@given(ANY)
def test_encoding_replaces_the_same(text):
    assert encode(text) == printable(text).encode()


@given(st.recursive(ANY | st.integers(-9, 9), lambda x: st.lists(x) | st.dictionaries(ANY, x), max_leaves=5))
def test_strings_in_json_hold_the_same(value):
    def expected(value):
        match value:
            case str():
                return printable(value)
            case list():
                return [expected(item) for item in value]
            case dict():
                return {expected(key): expected(item) for key, item in value.items()}
            case _:
                return value

    assert json.loads(encode_json(value)) == expected(value)


def test_an_escaped_backslash_in_json_is_no_control_character():
    assert encode_json(["\\u0000", "\\b"]) == rb'["\\u0000","\\b"]'
