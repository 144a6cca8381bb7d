"""`sitegen completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

# Written by click from its templates; bash's own also asks the bash that is installed for its version.
_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command("completion")
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> None:
    """Write the completion for SHELL to standard output.

    bash: eval "$(sitegen completion bash)" in ~/.bashrc. zsh: the same in ~/.zshrc. fish: sitegen completion fish >
    ~/.config/fish/completions/sitegen.fish.
    """
    kind = _SHELLS[shell]
    program = ctx.find_root().command
    complete = kind(program, {}, "sitegen", "_SITEGEN_COMPLETE")
    click.echo(complete.source_template % complete.source_vars(), nl=False)
