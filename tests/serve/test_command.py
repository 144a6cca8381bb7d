"""`sitegen serve`: what is typed, and what is said before anything is served."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import program


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """serve(*args): what the command would have done, and what it said."""
    assert CliRunner().invoke(program, ["-C", str(tmp_path), "init", "."]).exit_code == 0
    for name in ("VISUAL", "EDITOR", "SITEGEN_EDITOR"):
        monkeypatch.delenv(name, raising=False)
    asked = {}
    monkeypatch.setattr("sitegen.serve.preview.serve", lambda *_, **options: asked.update(options))

    def serve(*args):
        asked.clear()
        done = CliRunner().invoke(program, ["-C", str(tmp_path), "serve", *args])
        return asked, done

    return serve


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.5"])
def test_this_machines_own_addresses_need_no_warning(serve, host):
    asked, done = serve("--host", host)
    assert asked["host"] == host
    assert done.stderr == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "desk.local"])
def test_an_address_that_others_reach_is_warned_of(serve, host):
    asked, done = serve("--host", host)
    assert asked["host"] == host
    assert f"whoever reaches {host} sees this preview" in done.stderr


@pytest.mark.parametrize(
    ("args", "seconds"), [([], 0), (["--poll"], 1), (["--poll", "5"], 5), (["--poll", "--open"], 1)]
)
def test_polling_is_asked_for(serve, args, seconds):
    assert serve(*args)[0]["poll"] == seconds


@pytest.mark.parametrize("seconds", ["0", "-1", "often"])
def test_polling_never_or_all_the_time_is_refused(serve, seconds):
    assert serve("--poll", seconds)[1].exit_code == 2


def test_the_editor_is_the_one_that_was_typed_then_the_variables(serve, monkeypatch):
    assert serve()[0]["editor"].url == ""
    monkeypatch.setenv("EDITOR", "code -w")
    assert serve()[0]["editor"].url.startswith("vscode:")
    monkeypatch.setenv("SITEGEN_EDITOR", "ed +{line}")
    assert serve()[0]["editor"].command == ("ed", "+{line}")
    assert serve("--editor", "xy://{path}")[0]["editor"].url == "xy://{path}"
    assert serve("--editor", "none")[0]["editor"].url == ""


def test_an_editor_that_cannot_be_is_a_mistake_in_typing(serve):
    asked, done = serve("--editor", "javascript:{path}")
    assert done.exit_code == 2
    assert "is no address of an editor" in done.stderr
    assert asked == {}
