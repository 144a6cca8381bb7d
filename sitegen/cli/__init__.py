"""The command line: one file per command, imported only when it is called; printing, exit codes, the clock."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import __version__
from sitegen.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# In the order in which a curator meets them. `sitegen.cli.<name>` holds each as `command`; `import` is `import_`.
COMMANDS: Mapping[str, str] = {
    "init": "Make a site that builds at once.",
    "new": "Begin a collection or a page.",
    "import": "Take in saved listings, and say what the site gains.",
    "add": "Put papers into a collection.",
    "serve": "Preview the site, rebuilt and reloaded after every edit.",
    "check": "Report everything that could be better, without publishing.",
    "build": "Build the site.",
    "addresses": "Remember the addresses of papers, so that old ones lead to them.",
    "changes": "Record what has changed, for the page and the feed of changes.",
    "digest": "Write what is new as a page and a mail, and send it.",
    "info": "Say what is known of a paper, and from where.",
    "export": "Write the papers as BibTeX, RIS, CSL-JSON, references, CSV or JSON Lines.",
    "schema": "Write JSON Schemas, with which editors complete and validate.",
    "clean": "Remove what sitegen wrote.",
    "completion": "Write a shell's completion of commands and options.",
}


class Program(click.Group):
    """Commands by name. Every way to end has an exit code: 0 fine, 1 problems, 2 usage, 130 interrupted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sitegen.cli.{_module(cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from sitegen.diagnostics import did_you_mean

            hint = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"there is no command '{args[0]}'" + (f", {hint}" if hint else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        # click would import every command to ask for its first line.
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        sys.exit(_exit_code(lambda: super(Program, self).main(args, prog_name, complete_var, False, **extra)))


@click.command(
    "sitegen", cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work as if started in DIR.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("-v", "--verbose", is_flag=True, help="Say more: notes, seconds per stage.")
@click.option("--no-color", is_flag=True, help="Colour nothing (also NO_COLOR).")
@click.version_option(__version__, message="sitegen %(version)s")
@click.pass_context
def program(ctx: click.Context, directory: Path, quiet: bool, verbose: bool, no_color: bool) -> None:
    """Curated reading lists and saved paper listings in, one static and searchable website out."""
    ctx.obj = Session(directory.resolve(), quiet=quiet, verbose=verbose, colour=not no_color)


def _module(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


def main() -> None:
    """Run the command that `sys.argv` names, and exit: all that is there then goes with the process."""
    atexit.register(gc.freeze)  # to look through 10,000 papers for garbage once more takes .3 s
    program.main(prog_name="sitegen")


def _exit_code(run: Callable[[], Any]) -> int:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by `>&-`
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no `→` still gets words
    try:
        result = run()
        sys.stdout.flush()  # a reader that is gone shows here, not in the interpreter's last moments
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except click.Abort:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads what is left to flush
        return 1
    except OSError as problem:
        click.echo(f"sitegen: {_one_line(problem)}", err=True)
        return 1
    return result if isinstance(result, int) else 0


def _one_line(problem: OSError) -> str:
    reason = problem.strerror or str(problem) or type(problem).__name__
    named = [str(name) for name in (problem.filename, problem.filename2) if name is not None]
    return ": ".join([" → ".join(named), reason]) if named else reason
