"""`completion`: a shell's own words."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sitegen.cli import program


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_function_that_asks_sitegen(shell):
    done = CliRunner().invoke(program, ["completion", shell])
    assert done.exit_code == 0
    assert f"_SITEGEN_COMPLETE={shell}_complete" in done.stdout


def test_a_beginning_is_completed_to_commands():
    env = {**os.environ, "_SITEGEN_COMPLETE": "bash_complete", "COMP_WORDS": "sitegen ex", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "sitegen"], env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout == "plain,export\n"
