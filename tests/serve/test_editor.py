"""From a problem to the editor: by an address, or by a program that is started on no file but a problem's."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest

from sitegen.serve.editor import NO_EDITOR, editor, editor_of, opening
from sitegen.serve.state import Problem

FILE = Path("/lists/my list/ä.yaml")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("vscode://file/{path}:{line}:{column}", "vscode://file/lists/my%20list/%C3%A4.yaml:3:7"),
        ("vscode://file{path}:{line}", "vscode://file/lists/my%20list/%C3%A4.yaml:3"),
        (
            "pycharm://open?file={path}&line={line}",
            "pycharm://open?file=/lists/my%20list/%C3%A4.yaml&line=3",
        ),
    ],
)
def test_an_address_names_the_file_and_the_line(text, link):
    assert editor(text).link(FILE, 3, 7) == link


def test_a_problem_of_a_whole_file_leads_to_its_beginning():
    assert editor("xy://{path}:{line}:{column}").link(Path("/a"), 0, 0) == "xy://a:1:1"
    assert editor("ed +{line}").arguments(Path("/a"), 0, 0) == ["ed", "+1", "/a"]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("gedit", ["gedit", str(FILE)]),
        ("code -g {path}:{line}:{column}", ["code", "-g", f"{FILE}:3:7"]),
        ("'/opt/my editor/bin' --line={line}", ["/opt/my editor/bin", "--line=3", str(FILE)]),
        ("sh -c 'rm {path}; $(x)'", ["sh", "-c", f"rm {FILE}; $(x)"]),  # whoever asks for a shell gets one
    ],
)
def test_a_command_is_a_list_of_arguments(text, arguments):
    assert editor(text).arguments(FILE, 3, 7) == arguments


def test_a_file_whose_name_looks_like_a_placeholder_is_that_file():
    file = Path("/{line}/{column} $(reboot).yaml")
    assert editor("ed {path}").arguments(file, 3, 7) == ["ed", str(file)]
    assert editor("xy://{path}").link(file, 3, 7) == "xy://%7Bline%7D/%7Bcolumn%7D%20%24%28reboot%29.yaml"


@pytest.mark.parametrize("text", ["", "none", " none "])
def test_none_is_no_editor(text):
    assert editor(text) == NO_EDITOR
    assert NO_EDITOR.link(FILE, 1, 1) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("javascript:alert('{path}')", "is no address of an editor"),
        ("data:text/html,{path}", "is no address of an editor"),
        ("vscode://file", "does not say where {path} belongs"),
        ("emacs 'x", "is no command: no closing quotation"),
    ],
)
def test_what_cannot_open_a_file_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=said):
        editor(text)


@pytest.mark.parametrize(
    ("environment", "scheme"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vim"}, "vscode"),
        ({"EDITOR": "/usr/bin/code-insiders -w"}, "vscode-insiders"),
        ({"EDITOR": "cursor"}, "cursor"),
        ({"VISUAL": "", "EDITOR": "codium"}, "vscodium"),
        ({"VISUAL": "vim", "EDITOR": "code"}, ""),
        ({"EDITOR": "nano"}, ""),
        ({}, ""),
    ],
)
def test_the_environments_editor_is_taken_if_it_opens_addresses(environment, scheme):
    assert editor_of(environment).url.partition(":")[0] == scheme


# The action


@pytest.fixture
def pressed(tmp_path):
    """pressed(said, command): press a place of the one problem there is; the answer."""
    file = tmp_path / "a b.yaml"
    file.write_text("x")
    problem = Problem("a b.yaml:3:7", "error: x", file=file, line=3, column=7)

    def press(said, command):
        return opening(editor(command), lambda: [problem]).actions["open"](said)

    return press


@pytest.fixture
def recorder(tmp_path):
    """A program that writes down its arguments, and where."""
    program, told = tmp_path / "program.py", tmp_path / "told.json"
    program.write_text(
        f"import json, os, sys\nopen({str(told)!r} + '.new', 'w').write(json.dumps(sys.argv[1:]))\nos.rename({str(told)!r} + '.new', {str(told)!r})\n"
    )
    return f"{sys.executable} {program}", told


def test_pressing_a_place_starts_the_program_on_its_file(pressed, recorder, tmp_path):
    program, told = recorder
    assert pressed({"place": "a b.yaml:3:7"}, f"{program} +{{line}}").status == 200
    deadline = time.monotonic() + 60
    while not told.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert json.loads(told.read_text()) == ["+3", str(tmp_path / "a b.yaml")]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"place": "/etc/passwd:1:1"},
        {"place": "../x"},
        {"place": 3},
        {"place": None},
        {"place": ["a b.yaml:3:7"]},
        {"path": "a b.yaml"},
    ],
)
def test_no_other_file_is_opened(pressed, recorder, said):
    program, told = recorder
    assert pressed(said, program).status == 404
    assert not told.exists()


def test_a_program_that_is_not_there_is_told_of(pressed):
    found = pressed({"place": "a b.yaml:3:7"}, "/no/such/program")
    assert (found.status, found.body) == (
        500,
        b"'/no/such/program' cannot be started: No such file or directory.\n",
    )


def test_without_a_command_there_is_nothing_to_ask_for():
    assert opening(editor("vscode://file/{path}"), list).actions == {}
    assert opening(NO_EDITOR, list).actions == {}


def test_a_problems_place_is_a_link_or_a_button_where_there_is_a_file(project, preview_of):
    for chosen, link, opens in (
        ("xy://{path}", f"xy://{project}/content/home.txt".replace("///", "//"), False),
        ("ed", "", True),
    ):
        (project / "content/home.txt").write_text("wrong")
        with preview_of(project, editor=editor(chosen)) as run:
            [problem] = next(run.states())["problems"]
        assert (problem["link"], problem["opens"]) == (link, opens)
