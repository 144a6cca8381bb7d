import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from sitegen.render.prose import LONGEST, prose
from sitegen.render.tangle import is_tangled


def html(text, root="../", *, article=False, of=""):
    markup, problem = prose(text, root, article=article, of=of)
    assert problem == ""
    return markup


class Tags(HTMLParser):
    """What a reader's browser would see: elements, attributes, and whether every one is closed in order."""

    VOID = frozenset({"br", "hr", "img"})

    def __init__(self):
        super().__init__()
        self.seen = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    @classmethod
    def of(cls, markup):
        parser = cls()
        parser.feed(markup)
        parser.close()
        assert parser.open == []
        return parser.seen


HTML = frozenset(
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd "  # noqa: SIM905
    "li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
MATH = frozenset(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup "  # noqa: SIM905
    "msup mtable mtd mtext mtr munder munderover".split()
)
ATTRIBUTES = frozenset(
    "href title id class src alt width height start rel data-math alttext display accent accentunder displaystyle "  # noqa: SIM905
    "fence largeop movablelimits separator stretchy symmetric depth linethickness lspace maxsize minsize rspace voffset "
    "columnspan form mathvariant rowspan scriptlevel tabindex".split()
)


def assert_harmless(markup, root="../"):
    for tag, attributes in Tags.of(markup):
        assert tag in HTML | MATH
        assert set(attributes) <= ATTRIBUTES
        assert re.fullmatch(
            rf"|https?://.*|mailto:.*|#.*|{re.escape(root)}.*", attributes.get("href", ""), re.DOTALL
        )
        assert attributes.get("src", root).startswith(root)
        assert re.fullmatch(
            r"fn(ref\d*)?-[0-9a-f]{8}-\d+|section-[a-z0-9-]+", attributes.get("id", "section-x")
        )


class TestWhatCuratorsWrite:
    def test_emphasis_code_and_paragraphs(self):
        assert html("*a* **b** `c`\n\nd") == "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n<p>d</p>"

    def test_tables_are_aligned_by_class(self):
        assert '<td class="align-right">1</td>' in html("a | b\n--|-:\nx | 1")

    def test_fenced_code_keeps_its_text(self):
        code = "<pre tabindex=\"0\"><code>x = '&lt;$1$&gt;'\n</code></pre>"
        assert html("```python\nx = '<$1$>'\n```") == code
        assert html("~~~~\nx = '<$1$>'\n~~~~  ") == code
        assert html("```python title=\"a <b>.py\" more\nx = '<$1$>'\n```") == (
            f"<figure><figcaption>a &lt;b&gt;.py</figcaption>{code}</figure>"
        )

    def test_a_fence_that_is_never_closed_is_text(self):
        assert html("```python\nx") == "<p>```python\nx</p>"

    def test_a_fence_is_closed_by_its_equal_alone(self):
        assert "```yaml" in html("````\n```yaml\nx\n```\n````")

    def test_headings_stand_below_the_page_s_own(self):
        assert html("# a\n###### b") == "<h3>a</h3>\n<h6>b</h6>"
        assert html("# a\n## b", article=True) == '<h2 id="section-a">a</h2>\n<h3 id="section-b">b</h3>'

    def test_a_text_that_begins_at_the_second_level_skips_none(self):
        assert html("## a\n### b", article=True) == html("# a\n## b", article=True)
        assert html("### a") == "<h3>a</h3>"

    def test_headings_of_the_same_words_have_different_ids(self):
        ids = re.findall('id="(.*?)"', html("# a\n# a\n# a-2\n# a", article=True))
        assert len(set(ids)) == len(ids) == 4

    def test_footnotes_of_two_notes_on_one_page_have_different_ids(self):
        one, two = (html(f"{word}[^1] and again[^1]\n\n[^1]: note\n") for word in ("one", "two"))
        assert not set(re.findall('id="(.*?)"', one)) & set(re.findall('id="(.*?)"', two))

    def test_footnotes_of_equal_texts_of_two_things_have_different_ids(self):
        one, two = (html("word[^1]\n\n[^1]: note\n", of=of) for of in ("one", "two"))
        assert not set(re.findall('id="(.*?)"', one)) & set(re.findall('id="(.*?)"', two))

    def test_footnotes_lead_there_and_back(self):
        markup = html('a[^x y] b[^x y] c[^"<z>]\n\n[^x y]: note\n[^"<z>]: other\n')
        ids = re.findall('id="(.*?)"', markup)
        assert len(set(ids)) == len(ids) == 5
        assert set(re.findall('href="#(.*?)"', markup)) == set(ids)

    @pytest.mark.parametrize(
        ("written", "address"),
        [
            ("papers/x.html", "../papers/x.html"),
            ("/papers/x.html", "../papers/x.html"),
            ("../../papers/./x.html", "../papers/./x.html"),
            ("a%20b.html?c=d:e#f", "../a%20b.html?c=d:e#f"),
            ("#section-a", "#section-a"),
            ("https://a.example/b?c=d&e=f", "https://a.example/b?c=d&amp;e=f"),
            ("mailto:a.b@c.example", "mailto:a.b@c.example"),
        ],
    )
    def test_links_to_the_site_lead_from_the_page_others_stay(self, written, address):
        rel = ' rel="noopener nofollow"' if written.startswith("https:") else ""
        assert html(f"[a]({written})") == f'<p><a href="{address}"{rel}>a</a></p>'

    def test_only_links_to_other_hosts_say_that_search_engines_need_not_follow(self):
        text = '[a](b.html "https://x.example >") <a title="b>" href="https://x.example/">b</a>'
        assert re.findall(r"<a .*?>(?=[ab]<)", html(text)) == [
            '<a href="../b.html" title="https://x.example &gt;">',
            '<a title="b&gt;" href="https://x.example/" rel="noopener nofollow">',
        ]

    def test_images_of_the_site_are_shown_others_are_not_loaded(self):
        assert html("![a](x.png)") == '<p><img alt="a" src="../x.png"></p>'
        for address in ("https://a.example/x.png", "data:image/png;base64,x", "//a.example/x.png"):
            assert "<img" not in html(f'a ![b]({address}) <img alt=\'" src="x\' src="{address}">')


class TestFormulas:
    @pytest.mark.parametrize("source", ["$x_1*y*z_2$", r"\(x_1*y*z_2\)"])
    def test_a_formula_in_the_line_is_not_markdown(self, source):
        markup = html(f"a {source} b")
        assert markup.startswith('<p>a <math alttext="x_1*y*z_2"><msub>')
        assert "<em>" not in markup

    @pytest.mark.parametrize("source", ["$$\nx < y\n$$", r"\[ x < y \]"])
    def test_a_displayed_formula_is_a_block(self, source):
        assert '<math alttext="x &lt; y" display="block">' in html(source)

    @pytest.mark.parametrize("text", ["$5 and $6", "$ x $", "costs $5", r"\$x\$ is", "a$b$1"])
    def test_money_is_no_formula(self, text):
        assert "<math" not in html(text)

    @pytest.mark.parametrize("code", ["`$x$`", "``a ` $x$``", "`\\(x\\)`"])
    def test_code_holds_no_formula(self, code):
        assert "<math" not in html(code)
        assert html(f"{code} $x$").count("<math") == 1

    def test_a_formula_in_a_link_s_title_or_address_stays_text(self):
        markup = html('[a](b$x$c "d $y$ e") $z$')
        assert markup.count("<math") == 1
        assert_harmless(markup)

    def test_what_looks_like_our_placeholder_is_a_formula_at_most(self):
        markup = html(
            '<span data-math="inline"><b>x</b></span> <span data-math="inline">"&gt;&lt;b&gt;</span>'
        )
        assert_harmless(markup)


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href='javascript:alert(1)'><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href=' &#1; JaVaScRiPt:alert(1)'>a</a>",
    "<a href='java&#x200b;script:alert(1)'>a</a>",
    "[a](javascript:alert(1))",
    "[a](<java script:alert(1)>)",
    "[a](&#x6A;avascript:alert(1))",
    "[a](vbscript:x) [a](data:text/html,<script>)",
    "[a](//evil.example) [a](\\\\evil.example) [a](/\\evil.example)",
    "[a](https://user:password@evil.example)",
    '![a](javascript:alert(1)) ![a](x" onerror="alert(1))',
    '<javascript:alert(1)> <https://a.example/"onmouseover=alert(1)>',
    "[a]: javascript:alert(1)\n\n[a]",
    "<b id=main name=x style='position:fixed' class=card onclick=alert(1)>x</b>",
    "<form action=//evil.example><input name=q><button>x</button></form>",
    "<iframe src=//evil.example></iframe><object data=x></object><embed src=x>",
    "<base href=//evil.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
    "</div></main></body><!-- unclosed",
    "<details open ontoggle=alert(1)>",
    "$\\href{javascript:alert(1)}{x}$ $\\style{color:red}{x}$ $\\text{<script>alert(1)</script>}$",
    '$x"><script>alert(1)</script>$ \\(</math><img src=x onerror=alert(1)>\\)',
    "$\\unicode{x3c}script\\unicode{x3e}$ $&lt;script&gt;$ $\\class{x}{y}$ $\\mathrm{&lt;img src=x&gt;}$",
    "<span data-math=\"inline\">\\text{&lt;script&gt;}</span> <span data-math='block' onclick=x>x</span>",
    '```"><script>\nx\n```',
    "[^1]\n\n[^1]: <script>alert(1)</script> [a](javascript:x)\n",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 \ud800 \x00",
    '# <script>alert(1)</script> " onclick=x',
    "a | b\n-|-\n<td onclick=x> | <script>",
]  # fmt: skip


class TestWhatAttackersWrite:
    @pytest.mark.parametrize("payload", PAYLOADS)
    @pytest.mark.parametrize("article", [False, True])
    def test_nothing_runs_and_nothing_is_loaded(self, payload, article):
        assert_harmless(html(payload, article=article))

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from(PAYLOADS) | st.text(max_size=6), max_size=5).map("".join))
    def test_nothing_runs_however_payloads_are_joined(self, text):
        assert_harmless(prose(text, "../", article=True).html)

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet="[](){}<>!*_`~#|-+=:\"'\\$&^ \n\tax1/.", max_size=120))
    def test_any_markdown_returns_well_formed(self, text):
        assert_harmless(prose(text, "../", article=False).html)

    def test_a_refused_address_leaves_the_words(self):
        assert html("[words](javascript:x)") == "<p><a>words</a></p>"


TANGLES = [
    "[",
    "![",
    "[[",
    "[^",
    "[](",
    "[a](",
    "[a](<",
    "![a](",
    "[a][",
    "<a ",
    "<a\n\n",
    "<![CDATA[",
    "<!--",
    "a\n=\n",
    "-\n",
    "- ",
    "> ",
]


class TestWhatWouldHang:
    @pytest.mark.parametrize("pattern", TANGLES)
    @pytest.mark.parametrize("size", [10_000, LONGEST])
    def test_it_returns_and_what_is_not_converted_is_shown_as_written(self, pattern, size):
        text = pattern * (size // len(pattern))
        markup, problem = prose(text, "../", article=False)
        assert_harmless(markup)
        if problem:
            assert markup == Markup("<p>{}</p>\n").format(text)

    @pytest.mark.parametrize("pattern", TANGLES)
    def test_at_full_size_none_of_them_reaches_the_parser(self, pattern):
        assert is_tangled(pattern * (LONGEST // len(pattern)))

    def test_ten_thousand_brackets_are_tangled_and_two_hundred_links_are_not(self):
        assert is_tangled("[" * 10_000)
        assert not is_tangled("- [a paper's title](https://a.example/b) and (more) about it\n" * 200)
        assert not is_tangled("x < y and [a, b) " * 60)

    def test_text_past_the_limit_is_cut_and_reported(self):
        markup, problem = prose("word " * LONGEST, "", article=True)
        assert "longer than 100,000 characters" in problem
        assert len(markup) < LONGEST + 20
