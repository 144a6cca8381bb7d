"""Assets as they are published: a folder that is named like a file is one file."""

from sitegen.build.theme import read_theme
from sitegen.model.source import SourceFile


def _published(**files):
    _, assets = read_theme(tuple(SourceFile(name, data, digest="") for name, data in files.items()))
    return {name: data for name, (_, data) in assets.items()}


def test_parts_in_a_folder_named_like_a_file_are_joined_in_the_order_of_their_names():
    found = _published(
        **{
            "default/assets/css/site.css/20-b.css": b"b",
            "default/assets/css/site.css/10-a.css": b"a",
            "default/assets/js/search/words.js": b"w",
        }
    )
    assert found == {"css/site.css": b"a\nb", "js/search/words.js": b"w"}


def test_a_project_shadows_one_part_adds_another_or_takes_the_place_of_all():
    default = {"default/assets/js/site.js/a.js": b"1", "default/assets/js/site.js/b.js": b"2"}
    assert _published(**default, **{"templates/assets/js/site.js/b.js": b"3"}) == {"js/site.js": b"1\n3"}
    assert _published(**default, **{"templates/assets/js/site.js/c.js": b"3"}) == {"js/site.js": b"1\n2\n3"}
    assert _published(**default, **{"templates/assets/js/site.js": b"3"}) == {"js/site.js": b"3"}
