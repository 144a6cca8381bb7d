"""Old site or new site, never a mixture; and what is not ours stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from sitegen import write
from sitegen.model.page import Output


def publish(output: Path, files: dict[str, str], *, force: bool = False):
    with write.locked(output):
        stage = write.Stage(output, ours=write.read_manifest(output))
        try:
            written = [stage.write(Output(path, text.encode())) for path, text in files.items()]
            return stage.publish(written, force=force)
        finally:
            stage.discard()


def tree(output: Path) -> dict[str, str]:
    return {
        p.relative_to(output).as_posix(): p.read_text()
        for p in sorted(output.rglob("*"))
        if p.is_file() and p.name != write.MANIFEST
    }


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "project" / "site"


def test_a_first_publication_writes_everything(output: Path):
    done = publish(output, {"index.html": "home", "papers/x.html": "x"}).value
    assert tree(output) == {"index.html": "home", "papers/x.html": "x"}
    assert (done.written, done.removed, done.unchanged, done.bytes) == (
        ("index.html", "papers/x.html"),
        (),
        0,
        5,
    )


def test_only_what_changed_is_written_and_only_what_is_gone_is_removed(output: Path):
    publish(output, {"a.html": "1", "b.html": "2", "c.html": "3"})
    kept = (output / "a.html").stat()
    done = publish(output, {"a.html": "1", "b.html": "two"}).value
    assert (done.written, done.removed, done.unchanged) == (("b.html",), ("c.html",), 1)
    assert tree(output) == {"a.html": "1", "b.html": "two"}
    assert ((output / "a.html").stat().st_ino, (output / "a.html").stat().st_mtime_ns) == (
        kept.st_ino,
        kept.st_mtime_ns,
    )


def test_a_file_of_ours_that_somebody_edited_is_written_again(output: Path):
    publish(output, {"a.html": "ours"})
    (output / "a.html").write_text("edit")
    assert publish(output, {"a.html": "ours"}).value.written == ("a.html",)
    assert tree(output) == {"a.html": "ours"}


def test_a_persons_own_files_stay(output: Path):
    output.mkdir(parents=True)
    (output / "CNAME").write_text("papers.example.org")
    (output / ".gitignore").write_text("*")
    publish(output, {"index.html": "1"})
    (output / "slides").mkdir()
    (output / "slides" / "talk.pdf").write_text("pdf")
    (output / "latest").symlink_to("slides/talk.pdf")
    publish(output, {"index.html": "2"})
    assert tree(output) == {
        ".gitignore": "*",
        "CNAME": "papers.example.org",
        "index.html": "2",
        "latest": "pdf",
        "slides/talk.pdf": "pdf",
    }
    assert (output / "latest").is_symlink()


def test_where_a_persons_file_stands_in_our_place_theirs_is_kept_and_said(output: Path):
    publish(output, {"index.html": "1"})
    (output / "robots.txt").write_text("theirs")
    outcome = publish(output, {"index.html": "1", "robots.txt": "ours"})
    assert tree(output)["robots.txt"] == "theirs"
    assert [(d.code, d.where.path) for d in outcome.diagnostics] == [("kept", "site/robots.txt")]
    assert "robots.txt" not in write.read_manifest(output)
    assert publish(output, {"index.html": "1", "robots.txt": "ours"}, force=True).diagnostics == ()
    assert tree(output)["robots.txt"] == "ours"


def test_the_previous_tree_stays_for_those_who_still_read_from_it(output: Path):
    publish(output, {"a.html": "old"})
    with (output / "a.html").open() as reading:
        publish(output, {"a.html": "new"})
        assert reading.read() == "old"
    assert (output.parent / ".site.sitegen" / "previous" / "a.html").read_text() == "old"


def test_the_manifest_is_the_same_whatever_the_order_of_writing(output: Path, tmp_path: Path):
    publish(output, {"a.html": "1", "b.html": "2"})
    publish(other := tmp_path / "other", {"b.html": "2", "a.html": "1"})
    assert (output / write.MANIFEST).read_bytes() == (other / write.MANIFEST).read_bytes()


def test_clean_takes_what_is_ours_and_nothing_else(output: Path):
    output.mkdir(parents=True)
    (output / "CNAME").write_text("x")
    publish(output, {"index.html": "1", "papers/x.html": "2"})
    assert sorted(write.clean(output)) == ["index.html", "papers/x.html"]
    assert tree(output) == {"CNAME": "x"}
    assert not (output / "papers").exists()
    assert not (output.parent / ".site.sitegen").exists()


def test_a_manifest_that_names_files_outside_removes_nothing_there(output: Path):
    publish(output, {"index.html": "1"})
    precious = output.parent / "precious.txt"
    precious.write_text("x")
    (output / write.MANIFEST).write_text('{"sitegen":1,"files":{"../precious.txt":"0"}}')
    write.clean(output)
    assert precious.read_text() == "x"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p, "output-is-project"),
        (lambda p: p.parent, "output-is-project"),
        (lambda p: p / "content" / "out", "output-in-content"),
        (lambda p: (p / "plain").write_text("x") and p / "plain", "output-is-file"),
        (lambda p: (p / "link").symlink_to(p / "content") or p / "link", "output-in-content"),
        (lambda p: (p / "link2").symlink_to(p.parent / "elsewhere") or p / "link2", "output-is-link"),
        (
            lambda p: (p / "mine").mkdir() or ((p / "mine" / "thesis.tex").write_text("x") and p / "mine"),
            "foreign-output",
        ),
    ],
)
def test_a_dangerous_output_is_refused_before_anything_is_touched(tmp_path: Path, make, code: str):
    project = tmp_path / "project"
    (project / "content").mkdir(parents=True)
    output = make(project)
    before = sorted(tmp_path.rglob("*"))
    assert [d.code for d in write.refuse(project, output, force=False)] == [code]
    assert sorted(tmp_path.rglob("*")) == before


def test_force_takes_a_strangers_folder_over(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("of another generator")
    assert write.refuse(tmp_path, tmp_path / "site", force=True) == ()
    publish(tmp_path / "site", {"index.html": "ours"}, force=True)
    assert tree(tmp_path / "site") == {"index.html": "ours"}


def test_a_site_that_would_lose_more_than_a_tenth_of_its_pages_is_refused(output: Path):
    publish(output, {f"{n}.html": "x" for n in range(40)})
    assert write.would_shrink(output.parent, output, [f"{n}.html" for n in range(36)]) == ()
    (problem,) = write.would_shrink(output.parent, output, [f"{n}.html" for n in range(35)])
    assert (problem.severity, problem.code) == ("error", "would-shrink")
    assert "lose 5 of its 40 pages" in problem.message


def test_a_second_build_waits_and_then_says_who_holds_the_lock(output: Path):
    with (
        write.locked(output),
        pytest.raises(write.PublishError, match=f"process {os.getpid()}"),
        write.locked(output, patience=0.1),
    ):
        pass


KILLED = textwrap.dedent(
    """
    import sys, itertools
    from pathlib import Path
    from sitegen import write
    from sitegen.model.page import Output
    output = Path(sys.argv[1])
    for version in itertools.count(1):
        with write.locked(output):
            stage = write.Stage(output, ours=write.read_manifest(output))
            stage.publish([stage.write(Output(f"d{n % 5}/{n}.html", str(version).encode())) for n in range(60)])
            stage.discard()
        print(version, flush=True)
    """
)


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one_and_the_next_heals(output: Path):
    publish(output, {f"d{n % 5}/{n}.html": "0" for n in range(60)})
    for attempt in range(12):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(output)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # it is at work now
        time.sleep(0.004 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        versions = set(tree(output).values())
        assert len(tree(output)) == 60
        assert len(versions) == 1, f"a mixture of {versions}"
    publish(output, {"index.html": "healed"})
    assert tree(output) == {"index.html": "healed"}
    assert sorted(p.name for p in (output.parent / ".site.sitegen").iterdir()) == ["lock", "previous"]


def test_several_builds_at_once_never_mix(output: Path):
    one = KILLED.replace("itertools.count(1)", "range(8)").replace("str(version)", "sys.argv[2]")
    builds = [
        subprocess.Popen([sys.executable, "-c", one, str(output), name], stdout=subprocess.DEVNULL)
        for name in "abcd"
    ]
    versions = []
    while any(build.poll() is None for build in builds):
        versions.append(_seen_by_a_server(output))
    assert [build.returncode for build in builds] == [0, 0, 0, 0]
    assert len(set(tree(output).values())) == 1
    assert {len(seen) for seen in versions if seen} == {1}


def _seen_by_a_server(output: Path) -> set[str]:
    """What somebody reads who opened the folder once; nothing where that generation is gone by now."""
    try:
        folder = os.open(output, os.O_RDONLY)
    except FileNotFoundError:
        return set()
    try:
        seen = set()
        for n in range(60):
            with open(os.open(f"d{n % 5}/{n}.html", os.O_RDONLY, dir_fd=folder)) as file:
                seen.add(file.read())
    except FileNotFoundError:
        return set()
    else:
        return seen
    finally:
        os.close(folder)


@pytest.mark.parametrize("step", ["link", "open", "mkdir", "rename"])
def test_a_disk_that_fails_leaves_the_old_site(output: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    publish(output, {f"p/{n}.html": "old" for n in range(5)})
    calls = 0
    real = {"link": os.link, "open": os.open, "mkdir": Path.mkdir, "rename": Path.rename}[step]

    def failing(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls > 1:
            raise OSError(28, "No space left on device", "somewhere")
        return real(*args, **kwargs)

    monkeypatch.setattr(os if step in {"link", "open"} else Path, step, failing)
    failed = False
    try:
        publish(output, {f"q{n}/{n}.html": "new" for n in range(5)})
    except OSError:
        failed = True
    monkeypatch.undo()
    now = tree(output)
    old = {f"p/{n}.html": "old" for n in range(5)}
    assert now == (old if failed else {f"q{n}/{n}.html": "new" for n in range(5)})
