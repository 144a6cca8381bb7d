"""Files of content/ that nothing reads."""

from __future__ import annotations

import pytest

from sitegen.check.stray_files import stray_files
from sitegen.diagnostics import Span


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("content/tag.yaml", "did you mean 'tags.yaml'? "),
        ("content/Tags.yaml", "did you mean 'tags.yaml'? "),
        ("content/site.yaml", "did you mean 'sitegen.yaml'? "),
        ("content/about.md", "did you mean 'content/pages/about.md'?"),
        ("content/quokka.yml", ""),
        ("content/export.jsonl", "did you mean 'content/dumps/export.jsonl'?"),
        ("content/collection/x.yaml", "did you mean 'content/collections/'?"),
        ("content/Pages/x.md", "did you mean 'content/pages/'?"),
        ("content/dump/x.txt", "did you mean 'content/dumps/'?"),
        ("content/collections/x.yalm", "did you mean 'content/collections/x.yaml'?"),
        ("content/papers/x.YAML", "did you mean 'content/papers/x.yaml'?"),
        ("content/pages/z.txt", "did you mean 'content/pages/z.md'?"),
        ("content/pages/docs/z", "did you mean 'content/pages/docs/z.md'?"),
    ],
)
def test_a_file_that_nothing_reads_is_told_the_name_that_was_meant(path, meant):
    (problem,) = stray_files([path])
    assert (problem.severity, problem.code, problem.where) == ("warning", "stray-file", Span(path))
    belongs = "lists belong in content/collections/, papers in content/papers/"
    assert problem.hint == (meant if meant.endswith("?") else meant + belongs)


def test_an_unknown_folder_is_reported_once_and_told_the_known_ones():
    (problem,) = stray_files(["content/qux/b.yaml", "content/qux/a.yaml", "content/qux/c/d.yaml"])
    assert problem.where == Span("content/qux/a.yaml")
    assert problem.hint.startswith("folders that are read: content/collections/, content/papers/,")


def test_what_is_read_and_what_is_no_content_is_not_reported():
    assert (
        stray_files(
            [
                "README.md",
                "sitegen.yaml",
                "content/sitegen.yaml",
                "content/tags.yaml",
                "content/collections/x.yaml",
                "content/collections/deep/x.yml",
                "content/papers/x.yml",
                "content/pages/docs/x.md",
                "content/dumps/2025/x.txt.gz",
                "content/images/x.tiff",
                "content/pages/figure.PNG",
                "content/README",
                "content/papers/readme.md",
                "content/.DS_Store",
                "content/papers/.x.yaml.swp",
                "content/old.txt.meta.yaml",
            ]
        )
        == ()
    )
