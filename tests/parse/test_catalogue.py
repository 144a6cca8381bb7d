from __future__ import annotations

from sitegen.parse.catalogue import parse_catalogue


def test_texts_are_read_as_they_are_written_plural_forms_as_mappings(source):
    outcome = parse_catalogue(source("no: no\nyes: on\npapers: {one: '{n} paper', other: '{n} papers'}\n"))
    assert outcome.diagnostics == ()
    assert outcome.value == {"no": "no", "yes": "on", "papers": {"one": "{n} paper", "other": "{n} papers"}}


def test_what_stands_between_things_keeps_its_blanks(source):
    outcome = parse_catalogue(source("comma: ', '\ncolon:   ':'   \n"))
    assert outcome.value == {"comma": ", ", "colon": ":"}


def test_a_text_that_cannot_be_shown_is_left_out_and_reported(source, shown):
    outcome = parse_catalogue(source("a:\nb: {one: x}\nc: [x]\nd: {ohter: x}\ne: {first: x}\nf: fine\n"))
    forms = "allowed here: zero, one, two, few, many, other"
    assert [shown(p) for p in outcome.diagnostics] == [
        "1:1+1 error missing-field: the field 'a' is empty",
        "2:5+3 error missing-field: a text with plural forms needs the field 'other' | add 'other: …'",
        "3:4+3 error wrong-type: text or a mapping is expected, not a list | put it in quotes",
        f"4:5+5 error unknown-field: a text with plural forms has no field 'ohter' | did you mean 'other'? {forms}",
        f"5:5+5 error unknown-field: a text with plural forms has no field 'first' | {forms}",
        "5:5+5 error missing-field: a text with plural forms needs the field 'other' | add 'other: …'",
    ]
    assert outcome.value == {"f": "fine"}
