"""The look of a site: what shadows what, which themes there are, and assets as they are published."""

import pytest

from sitegen.build import Options, build
from sitegen.build.theme import read_theme
from sitegen.model.source import SourceFile


def _files(files):
    return tuple(SourceFile(name, data, digest="") for name, data in files.items())


def _published(**files):
    _, assets = read_theme(_files(files))
    return {name: data for name, (_, data) in assets.items()}


def _project(folder, settings="", **files):
    """A project with one page; files by path below templates/."""
    texts = {f"templates/{path}": text for path, text in files.items()} | {
        "content/sitegen.yaml": f"title: Shelf\n{settings}",
        "content/pages/about.md": "# About\n\nHello.\n",
    }
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    report = build(folder, Options(jobs=1))
    return [(d.code, d.where.path, d.where.line, d.message, d.hint) for d in report.diagnostics]


def test_a_language_without_words_of_the_interface_is_pointed_out_and_a_file_adds_it(tmp_path):
    hint = "there are de, en; a file templates/languages/fr-CA.yaml adds another"
    message = "there are no words of the interface in 'fr-CA': they are in English"
    assert _project(tmp_path, "language: fr-CA\n") == [("no-words", "content/sitegen.yaml", 0, message, hint)]
    assert _project(tmp_path, "language: de-AT\n") == []
    assert _project(tmp_path, "language: fr-CA\n", **{"languages/fr.yaml": "nav.papers: Articles\n"}) == []


def test_parts_in_a_folder_named_like_a_file_are_joined_in_the_order_of_their_names():
    found = _published(
        **{
            "default/assets/css/site.css/20-b.css": b"b",
            "default/assets/css/site.css/10-a.css": b"a",
            "default/assets/js/search/words.js": b"w",
        }
    )
    assert found == {"css/site.css": b"a\nb", "js/search/words.js": b"w"}


def test_a_sheet_is_published_without_comments_and_indentation():
    sheet = b'/* One\n   two. */\n.a { /* gone */\n  b: "/* no */";\n  c: d; /* gone; /*\n  too */\n\n  /* gone */\n  e: f;\n}\n'
    assert _published(**{"default/assets/css/map.css": sheet}) == {
        "css/map.css": b'\n.a {b: "/* no */";c: d;e: f}'
    }


def test_a_comment_that_something_follows_on_its_line_stays():
    sheet = b'.a {\n  b: /* stays */ c;\n  /* stays */ d: "; /* no */"; e: f; /* stays */ g: h;\n}\n'
    assert _published(**{"default/assets/css/map.css": sheet}) == {
        "css/map.css": b'.a {b: /* stays */ c;/* stays */ d: "; /* no */"; e: f; /* stays */ g: h}'
    }


@pytest.mark.parametrize("line", ["""b: "; /*";""", "b: ';/*';", """b: "x"; /* stays */"""])
def test_what_may_be_no_comment_takes_nothing_along_up_to_the_next_one(line):
    sheet = b".a {%s\nc: d;\n}\n/* gone */\n.e {f: g}" % line.encode()
    assert _published(**{"default/assets/css/map.css": sheet}) == {
        "css/map.css": b".a {%s%sc: d}.e {f: g}" % (line.encode(), b"" if line.endswith(";") else b"\n")
    }


def test_patterns_for_files_in_a_script_are_no_comments():
    script = b'const a = "{/*";\n// In {/*.js\nlet b;\nlet c; /* gone */\nlet d;\n'
    assert _published(**{"default/assets/js/a.js": script}) == {
        "js/a.js": b'const a = "{/*";let b;let c;let d;'
    }


def test_a_script_is_published_likewise_unless_a_text_in_it_has_several_lines():
    script = b'/* One\n   two. */\nlet a = "// stays";\n  // gone\n  a(`b`); // stays\n  let c = [ // gone\n    1,\n  ];\n'
    literal = b"let a = `\n  // stays\n`;\n"
    inside = b"let a = 1; /* one\nlet b; // two */ let c;\nd = /[ //]/;\n"
    files = {"a.js": script, "b.js": literal, "c.js": inside}
    assert _published(**{f"default/assets/js/{name}": data for name, data in files.items()}) == {
        "js/a.js": b'\nlet a = "// stays";\na(`b`); // stays\nlet c = [1,];',
        "js/b.js": literal,
        "js/c.js": inside,
    }


# Each is right as it is, and another thing without its comments, its indentation or its lines.
KEPT = {
    "nested.js": b"const a = `x ${b.map((c) => `<${c}>`).join(`\n`)}\n    // kept\n    y`;\n",
    "comment.js": b"let a = 1; /* one\n  // two */ let b;\n",
    "continued.js": b'let a = "one\\\n    two";\n',
    "licence.js": b"/*! Licence: keep this. */\nlet a;\n",
    "hung.css": b'.a::before { content: "one;\\\n  two"; }\n/*! Licence. */\n',
}


def test_a_projects_own_sheets_and_scripts_are_published_byte_by_byte():
    assert _published(**{f"templates/assets/{name}": data for name, data in KEPT.items()}) == KEPT
    _, assets = read_theme(
        _files({f"templates/themes/mine/assets/{name}": data for name, data in KEPT.items()}), "mine"
    )
    assert {name: data for name, (_, data) in assets.items()} == KEPT


def test_a_projects_part_of_a_file_is_joined_to_ours_as_it_is():
    ours = {f"default/assets/js/site.js/{name}.js": b"// gone\n  ours();\n" for name in "ac"}
    theirs = {f"templates/assets/js/site.js/{name}.js": KEPT["nested.js"] for name in "bc"}
    assert _published(**ours, **theirs) == {
        "js/site.js": b"\n".join([b"\nours();", KEPT["nested.js"], KEPT["nested.js"]])
    }


def test_a_project_shadows_one_part_adds_another_or_takes_the_place_of_all():
    default = {"default/assets/js/site.js/a.js": b"1", "default/assets/js/site.js/b.js": b"2"}
    assert _published(**default, **{"templates/assets/js/site.js/b.js": b"3"}) == {"js/site.js": b"1\n3"}
    assert _published(**default, **{"templates/assets/js/site.js/c.js": b"3"}) == {"js/site.js": b"1\n2\n3"}
    assert _published(**default, **{"templates/assets/js/site.js": b"3"}) == {"js/site.js": b"3"}


def test_a_projects_own_goes_before_its_theme_which_goes_before_the_default():
    templates, assets = read_theme(
        _files(
            {
                "templates/c.html": b"project",
                "templates/assets/css/site.css/3.css": b"project",
                "templates/themes/plain/b.html": b"project's theme",
                "default/themes/plain/a.html": b"theme",
                "default/themes/plain/b.html": b"theme",
                "default/themes/plain/c.html": b"theme",
                "default/themes/plain/assets/css/site.css/2.css": b"theme",
                "default/themes/plain/assets/css/site.css/3.css": b"theme",
                **{f"default/{name}.html": b"default" for name in "abcd"},
                **{f"default/assets/css/site.css/{n}.css": b"default" for n in (1, 2, 3)},
            }
        ),
        "plain",
    )
    assert [templates[f"{name}.html"] for name in "abcd"] == [
        "theme",
        "project's theme",
        "project",
        "default",
    ]
    assert templates["default/a.html"] == "default"
    assert templates["themes/plain/c.html"] == "theme"
    assert assets["css/site.css"][1] == b"default\ntheme\nproject"


def test_a_theme_that_nobody_made_is_an_error_with_those_that_there_are(tmp_path):
    [(code, path, line, message, hint)] = _project(
        tmp_path, "theme: catalog\n", **{"themes/mine/a.html": "x"}
    )
    assert (code, path, line) == ("unknown-theme", "content/sitegen.yaml", 2)
    assert message == "there is no theme 'catalog'"
    assert hint == "did you mean 'catalogue'? known: default, catalogue, mine"


def test_a_projects_own_theme_is_chosen_by_its_folders_name(tmp_path):
    page = '{% extends "default/free_page.html" %}{% block main %}{{ super() }}<p>mine</p>{% endblock %}'
    assert _project(tmp_path, "theme: mine\n", **{"themes/mine/free_page.html": page}) == []
    assert "<p>mine</p>" in (tmp_path / "site/about.html").read_text(encoding="utf-8")


def test_a_theme_that_was_not_chosen_changes_nothing_and_is_not_spoken_of(tmp_path):
    assert _project(tmp_path, **{"themes/mine/free_page.html": "{% broken"}) == []
    assert "Hello." in (tmp_path / "site/about.html").read_text(encoding="utf-8")


def test_a_mistake_in_a_theme_has_its_place_in_the_themes_own_file(tmp_path):
    mistake = '{% extends "default/free_page.html" %}\n{% block main %}{{ view.titel }}{% endblock %}'
    [(code, path, line, *_)] = _project(tmp_path, "theme: mine\n", **{"themes/mine/free_page.html": mistake})
    assert (code, path, line) == ("unknown-name", "templates/themes/mine/free_page.html", 2)


def test_files_and_blocks_of_a_theme_that_change_nothing_are_told(tmp_path):
    idle = '{% extends "default/paper.html" %}\n{% block fatcs %}{% endblock %}'
    told = _project(
        tmp_path, "theme: mine\n", **{"themes/mine/papr.html": "x", "themes/mine/paper.html": idle}
    )
    assert {(code, path, line) for code, path, line, *_ in told} == {
        ("unknown-block", "templates/themes/mine/paper.html", 2),
        ("unused-template", "templates/themes/mine/papr.html", 0),
    }


def test_a_theme_has_words_of_its_own(tmp_path):
    page = '{% extends "default/free_page.html" %}{% block main %}{{ t("nav.papers") }}{% endblock %}'
    files = {"themes/mine/free_page.html": page, "themes/mine/languages/en.yaml": "nav.papers: Works\n"}
    assert _project(tmp_path, "theme: mine\n", **files) == []
    assert "Works" in (tmp_path / "site/about.html").read_text(encoding="utf-8")
