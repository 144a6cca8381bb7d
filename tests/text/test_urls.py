import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.urls import link, safe_url, url_key, urls_in


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c&d=%20#e",
        "HTTPS://Example.org/",
        "https://bücher.example/ä",
        "https://en.wikipedia.org/wiki/A_(b)",
        "https://[::1]/",
        "https://example.org/@user",
    ],
)
def test_an_ordinary_address_stays_as_it_is(url):
    assert safe_url(f"  {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "j avascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "mailto:a@b.org",
        "//evil.example/",
        "/path",
        "example.org",
        "https:",
        "https://",
        "https:///x",
        "https:/example.org",
        "https:\\\\example.org",
        "https://example.org\\@evil.example",
        "http://user:pw@example.org/",
        "http://user@example.org/",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://example.org/\u202egpj",
        "https://example.org/\u200b",
        "https://example.org/\x00",
        'https://example.org/"onclick=',
        "https://example.org/<script>",
        "https://example.org:port/",
        "https://%65vil.example/",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_an_unsafe_address_is_none(url):
    assert safe_url(url) is None


@given(st.text())
def test_whatever_is_safe_begins_with_http_and_has_no_blanks(text):
    url = safe_url(text)
    if url is not None:
        assert url.lower().startswith(("http://", "https://"))
        assert url.isprintable()
        assert not any(map(str.isspace, url))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code: https://github.com/a/b.", ("https://github.com/a/b",)),
        ("(see https://github.com/a/b), and", ("https://github.com/a/b",)),
        ("at https://a.github.io/b/ , and", ("https://a.github.io/b/",)),
        (r"at \url{https://github.com/a/b_c}.", ("https://github.com/a/b_c",)),
        ("at https://x.org/{https://x.org/}.", ("https://x.org/",)),
        ("[here](https://x.org/a)", ("https://x.org/a",)),
        ("[https://x.org/a](https://x.org/a)", ("https://x.org/a",)),
        ("<https://x.org/a>", ("https://x.org/a",)),
        ("https://en.wikipedia.org/wiki/A_(b)", ("https://en.wikipedia.org/wiki/A_(b)",)),
        ("www.github.com/a/b", ("https://www.github.com/a/b",)),
        ("on github.com/a/b!", ("https://github.com/a/b",)),
        ("https://x.org and http://www.x.org/", ("https://x.org",)),
        ("https://x.org/a;https://x.org/b", ("https://x.org/a;https://x.org/b",)),
        ("javascript://x.org and ftp://x.org", ()),
        ("http://user:pw@x.org/", ()),
        ("mail me@www.x.org", ()),
        ("nothing here", ()),
    ],
)
def test_addresses_in_running_text_end_where_the_sentence_goes_on(text, urls):
    assert urls_in(text) == urls


@given(st.text(alphabet=list("htps:/w.gub()[]{},; ao")))
def test_every_address_found_is_safe(text):
    assert all(safe_url(url) == url for url in urls_in("https://x.org/ " + text))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://www.GitHub.com/a/b", "code"),
        ("https://gitlab.com/a/b", "code"),
        ("https://a.github.io/b", "project"),
        ("https://huggingface.co/a/b", "model"),
        ("https://hf.co/datasets/a/b", "data"),
        ("https://huggingface.co/spaces/a/b", "demo"),
        ("https://huggingface.co/papers/2401.00849", "page"),
        ("https://arxiv.org/pdf/2401.00849", "pdf"),
        ("https://arxiv.org/abs/2401.00849", "page"),
        ("https://x.org/a.PDF?v=1", "pdf"),
        ("https://youtu.be/abc", "video"),
        ("https://zenodo.org/records/1", "data"),
        ("https://colab.research.google.com/x", "demo"),
        ("https://notgithub.com/a", "other"),
        ("https://x.org/github.com/a/b", "other"),
    ],
)
def test_the_kind_of_a_link_follows_from_its_address(url, kind):
    assert link(url).kind == kind
    assert link(url).url == url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.x.org/a/", "https://X.org/a"),
        ("https://x.org:443/a#b", "https://x.org/a"),
        ("https://github.com/A/B.git", "https://github.com/a/b"),
        ("https://hf.co/a", "https://huggingface.co/a"),
        ("https://x.org/a?utm_source=b&c=d", "https://x.org/a?c=d"),
        ("https://dx.doi.org/10.1/x", "https://doi.org/10.1/x"),
    ],
)
def test_two_spellings_of_an_address_have_one_key(one, other):
    assert url_key(one) == url_key(other)


def test_case_and_query_tell_addresses_apart():
    assert len({url_key(f"https://x.org/{end}") for end in ("a", "A", "a?id=1", "a?id=2")}) == 4


@given(st.text())
def test_any_text_has_a_key(text):
    assert isinstance(url_key(text), str)
