"""The documentation: its commands are run, its files are built, and what it lists is all that there is.

A page's blocks are one story in one project, begun with `sitegen init` (the quick start begins it itself):

    console              `$ command` lines are run; the other lines stand in what they print, in this order, `…` for any text.
                         `exit="1"` is what the last of them returns.
    yaml, jinja, css …   with title="path": written to the project, which then builds without a warning;
                         with `mistake` it does not build, and the file that was there comes back after the next console block.
    query                a search and what it means: tests/browser/test_documented_queries.py asks it
    text                 is only shown, for a reason that stands in SHOWN
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from jinja2 import Environment

from sitegen.build import Options, build
from sitegen.check.links import broken_links
from sitegen.cli import COMMANDS, program
from sitegen.model.settings import Settings
from sitegen.parse.dump import PARSERS
from sitegen.render.templates import Templates
from sitegen.text.texts import Texts
from sitegen.write import read_manifest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "content/pages/docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))

# First lines of blocks that are shown and not run, and why.
SHOWN = {
    "pip install .": "needs the network; tests/setup.sh installs a checkout like this wherever the tests run",
    "content/ ─read→ files": "a drawing",
    "location /": "the configuration of a web server that is not at hand",
}
# What a host's configuration runs beside sitegen, and why it is not run here.
ELSEWHERE = {"pip install -r requirements.txt": "needs the network"}


class Block(NamedTuple):
    line: int
    kind: str
    title: str
    info: str
    text: str


def blocks(page: str) -> list[Block]:
    found = []
    fence, start, info, code = "", 0, "", []
    for number, line in enumerate((DOCS / page).read_text("utf-8").splitlines(), 1):
        opening = re.fullmatch(r"(`{3,})([^`]*)", line)
        if not fence and opening:
            fence, start, info, code = opening[1], number, opening[2].strip(), []
        elif fence and line == fence:
            title = re.search(r'title="([^"]*)"', info)
            found.append(
                Block(start, info.partition(" ")[0], title[1] if title else "", info, "\n".join(code) + "\n")
            )
            fence = ""
        elif fence:
            code.append(line)
    assert not fence, f"{page}:{start}: this block is never closed"
    return found


class Desk:
    """A curator's terminal, in a project of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[Path, bytes | None] = {}  # files as they were before a mistake
        keep = {"HOME", "LANG", "LC_ALL", "TMPDIR"}
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in keep},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
        }

    def do(self, block: Block) -> None:
        if block.kind == "console":
            self.console(block)
        elif block.kind == "text" and not block.title:
            first = block.text.partition("\n")[0]
            assert any(first.startswith(known) for known in SHOWN), f"why is it only shown? {first}"
        elif block.kind == "query":
            assert block.text.strip()
        elif block.kind in FILES:
            assert block.title, "which file is this?"
            self.write(block)
            FILES[block.kind](self, block)
        else:
            raise AssertionError(f"unknown kind of block: {block.info!r}")

    def console(self, block: Block) -> None:
        lines = block.text.splitlines()
        assert lines[0].startswith("$ "), lines[0]
        commands: list[tuple[str, list[str]]] = []
        for line in lines:
            if line.startswith("$ "):
                commands.append((line[2:], []))
            elif line.strip():
                commands[-1][1].append(line)
        wanted = re.search(r'exit="(\d+)"', block.info)
        for number, (command, expected) in enumerate(commands, 1):
            last = number == len(commands)
            self.run(command, expected, int(wanted[1]) if wanted and last else 0)
        for path, data in self.kept.items():
            path.unlink() if data is None else path.write_bytes(data)
        self.kept = {}

    def run(self, command: str, expected: list[str], code: int) -> None:
        if command.startswith("cd "):
            self.folder /= command[3:]
            assert self.folder.is_dir(), command
        elif command.startswith("sitegen serve"):
            self.serve(command)
        else:
            done = subprocess.run(
                ["sh", "-c", command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                timeout=60,
                check=False,
            )
            assert done.returncode == code, f"{command} returned {done.returncode}:\n{done.stdout}"
            said = iter(done.stdout.splitlines())
            for line in expected:
                pattern = ".*".join(map(re.escape, " ".join(line.split()).split("…")))
                assert any(re.fullmatch(pattern, " ".join(each.split())) for each in said), (
                    f"{command} does not say, or not in this place: {line}\n{done.stdout}"
                )

    def serve(self, command: str) -> None:
        process = subprocess.Popen(
            ["sh", "-c", f"exec {command}"],
            cwd=self.folder,
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            address = process.stdout.readline().split()[0]
            deadline = time.monotonic() + 120
            while True:
                with urllib.request.urlopen(address, timeout=60) as answer:
                    if b"<main" in answer.read():
                        break
                assert time.monotonic() < deadline, "the preview shows no page"
        finally:
            process.terminate()
            process.wait(timeout=60)
            process.stdout.close()

    def write(self, block: Block) -> None:
        path = self.folder / block.title
        assert path.resolve().is_relative_to(self.folder.resolve())
        if "mistake" in block.info.split():
            self.kept[path] = path.read_bytes() if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def build(self, block: Block) -> None:
        report = build(self.folder, Options(output=".built", jobs=1, allow_shrink=True))
        told = [problem for problem in report.diagnostics if problem.severity != "info"]
        if "mistake" in block.info.split():
            assert told, "this is called a mistake, and builds"
        else:
            assert told == []
            assert report.published
            if block.title.startswith("content/"):
                assert block.title in report.sources, f"{block.title} was not read"

    def steps(self, block: Block) -> None:
        """A host's configuration: what it would run is run, but for what needs the network."""
        if block.kind == "toml":
            told = tomllib.loads(block.text)["build"]
            commands, output = told["command"].split(" && "), told["publish"]
        elif block.title == ".gitlab-ci.yml":
            told = yaml.safe_load(block.text)["pages"]
            commands, output = told["script"], told["artifacts"]["paths"][0]
        else:
            jobs = yaml.safe_load(block.text)["jobs"]
            steps = [step for job in jobs.values() for step in job["steps"]]
            commands = [line for step in steps for line in step.get("run", "").splitlines()]
            [output] = [step["with"]["path"] for step in steps if "path" in step.get("with", {})]
        assert any(command.startswith("sitegen ") for command in commands)
        for command in commands:
            if command not in ELSEWHERE:
                plain = re.sub(r"\$\{\{.*?\}\}|\$[A-Z_]+", "https://reading.example.org/list", command)
                self.run(plain, [], 0)
        assert (self.folder / output / "index.html").is_file()

    def yaml(self, block: Block) -> None:
        if block.title.startswith("."):
            self.steps(block)
        else:
            self.build(block)

    def requirements(self, block: Block) -> None:
        assert len(block.text.splitlines()) == 1

    def json(self, block: Block) -> None:
        json.loads(block.text)
        self.build(block)


FILES = {
    "yaml": Desk.yaml,
    "json": Desk.json,
    "toml": Desk.steps,
    "requirements": Desk.requirements,
    **dict.fromkeys(("jsonl", "text", "jinja", "css", "markdown"), Desk.build),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    assert CliRunner().invoke(program, ["-C", str(folder), "init", "my-list"]).exit_code == 0
    return folder / "my-list"


@pytest.mark.parametrize("page", PAGES)
def test_what_the_page_says_is_so(page: str, begun: Path, tmp_path: Path):
    desk = Desk(tmp_path)
    if page != "quick-start.md":
        desk.folder = tmp_path / "my-list"
        shutil.copytree(begun, desk.folder)
    for block in blocks(page):
        try:
            desk.do(block)
        except AssertionError as problem:
            raise AssertionError(f"content/pages/docs/{page}:{block.line}: {problem}") from None


def test_a_block_of_an_unknown_kind_is_no_documentation(tmp_path: Path):
    with pytest.raises(AssertionError, match="unknown kind"):
        Desk(tmp_path).do(Block(1, "python", "", "python", "print()\n"))
    with pytest.raises(AssertionError, match="only shown"):
        Desk(tmp_path).do(Block(1, "text", "", "text", "git push\n"))


def test_every_reason_to_show_and_not_to_run_is_needed():
    shown = [b.text for page in PAGES for b in blocks(page) if b.kind == "text" and not b.title]
    assert [first for first in SHOWN if not any(text.startswith(first) for text in shown)] == []


def test_the_list_of_fields_is_the_one_by_which_files_are_read():
    printed = CliRunner().invoke(program, ["schema", "--markdown"]).output
    hint = "run `sitegen schema --markdown > content/pages/docs/fields.md`"
    assert (DOCS / "fields.md").read_text("utf-8") == printed, hint


def test_every_command_and_option_is_described():
    text = (DOCS / "commands.md").read_text("utf-8")
    for name in COMMANDS:
        assert f"sitegen {name}" in text
        options = program.get_command(None, name).params
        flags = {flag for option in options if not getattr(option, "hidden", False) for flag in option.opts}
        assert {flag for flag in flags if flag.startswith("-") and f"`{flag}" not in text} == set(), name


def test_every_format_of_dumps_is_described():
    text = (DOCS / "dumps.md").read_text("utf-8")
    missing = [name for name in PARSERS if f"| `{name}` |" not in text]
    assert missing == [], "add a row to content/pages/docs/dumps.md"


def test_every_template_block_filter_and_global_is_described():
    text = (DOCS / "templates.md").read_text("utf-8")
    files = [p for p in sorted((ROOT / "templates").rglob("*")) if p.suffix in {".html", ".xml"}]
    files = [p for p in files if "themes" not in p.parts]
    named = {p.relative_to(ROOT / "templates").as_posix() for p in files}
    for p in files:
        named |= set(re.findall(r"\{% block (\w+)", p.read_text("utf-8")))
    templates = Templates({}, Settings(title="x"), Texts("en", {}), {})
    bare = Environment(autoescape=True)
    named |= set(templates._html.filters) - set(bare.filters)
    named |= set(templates._html.globals) - set(bare.globals)
    assert sorted(name for name in named if not re.search(rf"`\|?{re.escape(name)}\b", text)) == []


def test_every_link_of_our_own_pages_leads_somewhere(tmp_path: Path):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert build(tmp_path, Options(jobs=1)).published
    site = tmp_path / "site"
    files = {path: (site / path).read_bytes() for path in read_manifest(site)}
    assert {f"docs/{page.removesuffix('.md')}.html" for page in PAGES} <= set(files)
    assert broken_links(files, "https://reading-list.example.org/") == ()


@pytest.mark.parametrize("page", PAGES)
def test_lines_are_short_enough_to_read(page: str):
    lines = (DOCS / page).read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []
