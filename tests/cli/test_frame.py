"""The frame of every command: what is imported, how it ends, what it says when the world is in the way."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sitegen import __version__
from sitegen.cli import COMMANDS, program
from sitegen.cli.session import Session

PROJECT = "title: A list\n"


def run(*args, **extra):
    return CliRunner().invoke(program, [str(arg) for arg in args], **extra)


def sitegen(*args, **extra):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "sitegen", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **extra)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/sitegen.yaml").write_text(PROJECT)
    return tmp_path


@pytest.fixture
def failing(project, monkeypatch):
    """Make `sitegen build` raise something."""

    def fail(problem):
        def build(*_, **__):
            raise problem

        monkeypatch.setattr("sitegen.build.build", build)
        return run("-C", project, "build")

    return fail


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_told_nothing(project, closed):
    command = f"{shlex.quote(sys.executable)} -m sitegen -C {shlex.quote(str(project))} build {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr if "2>&-" in closed else "") == (0, "")
    assert (project / "site/index.html").is_file()


def test_help_names_every_command_and_imports_nothing_that_they_need():
    check = (
        "import sys\n"
        "from sitegen.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'jinja2', 'watchdog', 'latex2mathml', 'lunr', 'markdown', 'yaml', 'msgspec', 'nh3', 'numpy'}\n"
        "heavy |= {f'sitegen.cli.{name}' for name in " + repr(list(COMMANDS)) + "}\n"
        "print('imported:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", check, "--help"], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.endswith("imported: []\n")
    for name in COMMANDS:
        assert f"  {name} " in done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_its_own_help(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert done.output.startswith(f"Usage: sitegen {name}")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_commands_name_is_that_of_its_file(name):
    assert program.get_command(click.Context(program), name).name == name


def test_the_version_is_a_result():
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"sitegen {__version__}\n")


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["--nonsense"],
        ["build", "--nonsense"],
        ["build", "too", "much"],
        ["build", "-D", "no-equals"],
        ["build", "-D", "=value"],
        ["build", "--jobs", "-1"],
        ["build", "--format", "xml"],
        ["serve", "--editor", "javascript:alert({path})"],
        ["serve", "--port", "70000"],
        ["-C", "/no/such/folder", "build"],
    ],
)
def test_wrong_usage_is_2_and_says_so_on_stderr(args):
    done = run(*args)
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["build", "serve", "check", "info", "clean", "schema"])
def test_outside_a_project_a_command_names_the_way_in(tmp_path, name):
    done = run("-C", tmp_path, name)
    assert done.exit_code == 2
    assert "'sitegen init' makes one" in done.stderr


def test_outside_a_project_nobody_is_told_how_to_type(tmp_path):
    said = run("-C", tmp_path, "build").stderr
    assert said.startswith(f"Error: {tmp_path} is in no project: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("biuld", "there is no command 'biuld', did you mean 'build'?"),
        ("zzzz", "there is no command 'zzzz'"),
    ],
)
def test_a_mistyped_command_names_the_one_that_was_meant(typed, said):
    assert run(typed).stderr.endswith(f"\nError: {said}\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["serve", "--port", "abc"], "'abc' is no whole number from 0 to 65535"),
        (["serve", "--port", "70000"], "'70000' is no whole number from 0 to 65535"),
        (["build", "--jobs", "1.5"], "'1.5' is no whole number from 0 up"),
    ],
)
def test_a_number_that_is_none_is_told_with_its_bounds(args, said):
    assert said in run(*args).stderr


def test_a_port_that_is_taken_is_named_beside_the_one_that_is_used(project, monkeypatch):
    def serve(*_, port, opened, **__):
        opened(f"http://127.0.0.1:{port + 1 if port else 4321}/list/")

    monkeypatch.setattr("sitegen.serve.preview.serve", serve)
    done = run("-C", project, "serve")
    assert done.stderr == "port 8000 is taken, using 8001\n"
    assert done.stdout.startswith("http://127.0.0.1:8001/list/ ")
    assert run("-C", project, "serve", "--port", "0").stderr == ""


def test_an_interrupt_is_130_without_a_word_of_python(failing):
    done = failing(KeyboardInterrupt())
    assert done.exit_code == 130
    assert "Traceback" not in done.output


def test_a_disk_that_is_full_is_one_line(failing):
    done = failing(OSError(28, "No space left on device", "site/index.html"))
    assert done.exit_code == 1
    assert done.stderr == "sitegen: site/index.html: No space left on device\n"


def test_our_own_bug_is_not_hidden(failing):
    assert isinstance(failing(ZeroDivisionError()).exception, ZeroDivisionError)


def test_c_works_as_if_started_there(project, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    (project / "content/collections").mkdir()
    done = run("-C", project / "content/collections", "new", "page", "About")
    assert done.stdout == "../pages/about.md\n"


def test_global_flags_may_stand_behind_the_command(project):
    quiet = run("-C", project, "clean", "-q")
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert run("-C", project, "-q", "clean").output == ""
    assert run("-C", project, "clean").output != ""


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGPIPE")
def test_a_reader_that_leaves_is_no_reason_to_complain(project):
    for args in (["--help"], ["-C", str(project), "schema"]):
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "sitegen", *args]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
        os.close(writing)
        assert done.stderr == b""
        assert done.returncode == 1


def test_a_terminal_without_our_letters_still_gets_words(project):
    done = sitegen("-C", project, "new", "page", "Straße", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    missing = sitegen("-C", project, "info", "→", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "UnicodeEncodeError" not in missing.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has other signals")
def test_ctrl_c_ends_the_preview_with_130(project):
    command = [sys.executable, "-m", "sitegen", "-C", str(project), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as preview:
        assert preview.stdout.readline().startswith("http://127.0.0.1:")
        preview.send_signal(signal.SIGINT)
        _, said = preview.communicate(timeout=60)
    assert preview.returncode == 130
    assert "Traceback" not in said


class Terminal:
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "wanted", "coloured"),
    [
        ({"TERM": "xterm"}, True, True),
        ({"TERM": "xterm"}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "xterm", "NO_COLOR": "yes"}, True, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, True),
    ],
)
def test_colour_is_for_terminals_that_want_it(monkeypatch, environment, wanted, coloured):
    for name in ("TERM", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Session(Path(), colour=wanted).colours(Terminal()) is coloured


def test_nothing_is_coloured_in_a_pipe():
    with Path(os.devnull).open("w") as pipe:
        assert not Session(Path()).colours(pipe)
