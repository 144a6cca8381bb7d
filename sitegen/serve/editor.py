"""From a problem to the curator's editor: a link that the browser opens, or a program that the server starts.

Which of them is the curator's own choice, made on the command line or in the environment. It is no setting of the site: those
come with the content, from whoever may change that, and name no programs.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path, PurePath
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from sitegen.serve.answer import Answer, message
from sitegen.serve.own import Extension

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sitegen.serve.state import Problem


class Editor(msgspec.Struct, frozen=True):
    """How a file is opened at a line: by an address, by a program's arguments, or (neither) not at all."""

    url: str = ""  # with {path}, {line}, {column}
    command: tuple[str, ...] = ()  # the same; without {path} the file comes last

    def link(self, file: Path, line: int, column: int) -> str:
        """The address that opens `file` (absolute), or ""."""
        path = quote(file.as_posix())
        # `vscode://file/{path}` is how its makers write it, and `vscode://file/lists/x` what they mean.
        url = self.url.replace("/{path}", f"/{path.removeprefix('/')}").replace("{path}", path)
        return url.replace("{line}", str(max(line, 1))).replace("{column}", str(max(column, 1)))

    def arguments(self, file: Path, line: int, column: int) -> list[str]:
        """The program and its arguments. No shell reads them."""
        values = {"path": str(file), "line": str(max(line, 1)), "column": str(max(column, 1))}
        words = self.command if any("{path}" in word for word in self.command) else (*self.command, "{path}")
        return [_PLACEHOLDER.sub(lambda found: values[found[1]], word) for word in words]


NO_EDITOR = Editor()


def editor(text: str) -> Editor:
    """What `--editor` names: an address with {path}, a command, or "none". Raises ValueError, in words.

    >>> editor("vscode://file/{path}:{line}:{column}").link(Path("/lists/a b.yaml"), 3, 7)
    'vscode://file/lists/a%20b.yaml:3:7'
    >>> editor("emacsclient -n +{line}:{column} {path}").arguments(Path("/lists/a b.yaml"), 3, 7)
    ['emacsclient', '-n', '+3:7', '/lists/a b.yaml']
    """
    if text.strip() in {"", "none"}:
        return NO_EDITOR
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:(?!\\)", text):
        if text.lower().startswith(("javascript:", "data:", "vbscript:")):
            raise ValueError(f"'{text}' is no address of an editor")
        if "{path}" not in text:
            raise ValueError(f"the address '{text}' does not say where {{path}} belongs")
        return Editor(url=text)
    try:
        words = tuple(shlex.split(text))
    except ValueError as problem:
        raise ValueError(f"'{text}' is no command: {str(problem).lower()}") from None
    return Editor(command=words)


def editor_of(environment: Mapping[str, str]) -> Editor:
    """The editor that $VISUAL or $EDITOR name, if it is one that opens addresses: else none.

    >>> editor_of({"EDITOR": "code --wait"}).url
    'vscode://file/{path}:{line}:{column}'
    >>> editor_of({"EDITOR": "vim"})
    Editor(url='', command=())
    """
    for name in ("VISUAL", "EDITOR"):
        words = environment.get(name, "").split()
        if words:
            return Editor(url=_ADDRESSES.get(PurePath(words[0]).stem.lower(), ""))
    return NO_EDITOR


def opening(chosen: Editor, problems: Callable[[], Sequence[Problem]]) -> Extension:
    """The action `open`: start the chosen program on a file that a present problem is in, and on no other."""

    def act(said: Mapping[str, Any]) -> Answer:
        known = {problem.place: problem for problem in problems() if problem.file is not None}
        problem = known.get(said["place"]) if isinstance(said.get("place"), str) else None
        if problem is None or problem.file is None:
            return message(404, "No problem is at this place any more.")
        try:
            _start(chosen.arguments(problem.file, problem.line, problem.column))
        except OSError as refused:
            return message(500, f"'{chosen.command[0]}' cannot be started: {refused.strerror}.")
        return message(200, "It is being opened.")

    return Extension(actions={"open": act} if chosen.command else {})


# https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls; the others are built from it.
_ADDRESSES = {
    "code": "vscode://file/{path}:{line}:{column}",
    "code-insiders": "vscode-insiders://file/{path}:{line}:{column}",
    "codium": "vscodium://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "windsurf": "windsurf://file/{path}:{line}:{column}",
}
_PLACEHOLDER = re.compile(r"\{(path|line|column)\}")


def _start(arguments: Sequence[str]) -> None:
    # An editor that draws in the terminal would share it with us: it gets none.
    process = subprocess.Popen(  # noqa: S603 - the curator's own command, as a list, on a file of the project
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    Thread(target=process.wait, daemon=True).start()
