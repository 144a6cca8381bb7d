"""TeX's commands in running text, replaced by what they stand for."""

from __future__ import annotations

import re
import unicodedata

from sitegen.text.tex_names import ACCENTS, LETTERS, SWITCHES, SYMBOLS, WRAPPERS


def has_tex(text: str) -> bool:
    """Whether there may be anything to replace; most texts are told off here in a microsecond."""
    # Searches for single characters take a hundredth of the time of one regular expression, those for two a tenth.
    return (
        any(map(text.__contains__, _SIGNS))
        or ("`" in text and "``" in text)
        or ("'" in text and "''" in text)
    )


def untex(text: str, start: int, end: int, *, formula: bool) -> str:
    r"""`text[start:end]` with its commands replaced; what stands around it decides about a `~` at its edge.

    One pass over the tokens; braces are kept on a stack that is bounded, so that time is linear in the length.

    >>> source = r"\textbf{Erd\H{o}s}~et~al.\ show $1$"
    >>> untex(source, 0, 31, formula=False)
    'Erdős et al. show'
    """
    first = _FIRST.search(text, start, end)
    if first is None:
        return text[start:end]
    at = max(start, text.rfind(" ", start, first.start()) + 1)  # the token may begin before its first sign
    out = [text[start:at]] if start < at else []
    braces: list[
        tuple[str, int]
    ] = []  # what each open brace belongs to, and where its content begins in `out`
    expected = ""  # the command whose second argument must begin right here
    quoted = False
    for token in _TOKEN.finditer(text, at, end):
        if at < token.start():
            out.append(text[at : token.start()])
            expected = ""
        at = token.end()
        group = token.lastgroup
        belongs_to = ""
        if group == "close":
            if not braces:
                out.append("" if formula else "}")
                continue
            owner, begin = braces.pop()
            _close(owner, out, begin)
            expected = owner if owner in _SECOND else ""
            continue
        if group in {"open", "opens", "slashless"}:
            name = token["name"] or token["slashless"]
            if name is None:
                belongs_to = _SECOND.get(expected, "" if formula or text[at : at + 1] == "\\" else "{")
            elif name in WRAPPERS or name in SWITCHES or name in ACCENTS or name in _OPENING:
                belongs_to = name
            else:
                out.append(
                    _named(name, out)
                    + (" " if not formula and token["opens"] == "{" else token["opens"][:-1])
                )
                belongs_to = "" if formula else "{"
            if len(braces) < _DEEPEST:
                out.append(_OPENING.get(belongs_to, ""))
                braces.append((belongs_to, len(out)))
            else:
                out.append(token[0])
        elif group == "script":
            if len(braces) < _DEEPEST:
                out.append(token["script"])
                braces.append(("script", len(out)))
            else:
                out.append(token[0])
        elif group in _ACCENTED:
            out.append(_accented(token))
        elif group in {"name", "none"}:
            word = _named(token["name"], out)
            out.append(word)
            if (token["name"] in LETTERS or word == "") and text[at : at + 1] == " ":
                at += 1
        elif group == "sign":
            out.append(_SPACES.get(token["sign"], token["sign"]))
        elif group == "url":
            out.append(token["url"])
        elif group == "group":
            argument = _SECOND.get(expected, "")
            out.append(_OPENING.get(argument, "") + token["group"] + _CLOSING.get(argument, ""))
        elif group == "variant":
            out.append(f" ({token['variant']})")
        elif group == "starred":
            out.append(f"^{SYMBOLS[token['starred']]}")
        elif group == "lost":
            out.append(_LOST[token["lost"].lower()])
        elif formula:
            out.append(" " if group == "tie" else token[0])
        elif group == "dash":
            out.append(_dash(text, token))
        elif group == "opening":
            out.append("“")
            quoted = True
        elif group == "quote":
            out.append("“" if token[0] == "``" else "”" if quoted else token[0])
            quoted = quoted or token[0] == "``"
        elif group == "tie":
            out.append(_tie(text, token))
        expected = ""
    out.append(text[at:end])
    return "".join(out)


_SIGNS = ("\\", "$", "{", "}", "~", "^", "--", "x20")
_FIRST = re.compile("|".join(map(re.escape, (*_SIGNS, "``", "''"))))
_TOKEN = re.compile(
    # Two dozen alternatives are tried only where one of them can begin: a quarter of the time.
    r"""
    (?=[-\\{}_^~`'x]|https?:|(?:math|text|boldsymbol|emph|operatorname|sqrt|[dt]?frac))
    (?:
      (?P<url>https?://[^\s{}\\$]+)(?:\{(?P=url)\})?
    | \\[`'^"~=.](?:\{\s*(?P<braced>\\?[A-Za-z])\s*\}|(?P<bare>(?:\\[ij](?![A-Za-z])|[A-Za-z])))
    | \\[cvHukrdb](?:\{\s*(?P<braced_too>\\?[A-Za-z])\s*\}|\s(?P<bare_too>[A-Za-z])(?![A-Za-z]))
    | \\(?:begin|end)\{[A-Za-z]{1,20}\*?\}(?P<environment>)
    | \\(?P<name>[A-Za-z]+)\*?(?:(?P<none>\{\})|(?P<opens>\s?\{))?
    | (?<![^\W\d_])(?P<slashless>math(?:bb|bf|cal|frak|it|rm|scr|sf|tt)|text(?:bf|it|rm|sc|sf|tt)?
                      |boldsymbol|emph|operatorname|sqrt|[dt]?frac)\{
    | (?<=[\w)\]}])\^(?P<starred>ast|circ|d?dagger|infty|perp|prime|star|top)(?![^\W_])
    | \\(?P<sign>.)
    | (?P<script>[_^])\{
    | (?<!\w)\{(?P<group>[\w.+-]{1,40})\}
    | (?<=[a-z]{3})\{(?P<variant>[A-Z][\w.+-]{2,40})\}
    | (?P<open>\{)
    | (?P<close>\})
    | (?<=[^\W\d_])x20(?P<lost>1[3489cdCD]|2[26])(?![0-9])
    | (?<!-)(?P<dash>---?)(?!-)
    | (?<![^\s(\[])''(?=[^\s'](?:[^']|'(?!'))*+'')(?P<opening>)
    | (?P<quote>``|'')
    | (?P<tie>~)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
# `slashless`, `starred` and `variant` (`$_{ViT-B}$`) are what listings leave of commands whose backslash they lost.
_ACCENTED = frozenset({"braced", "bare", "braced_too", "bare_too"})
_LOST = {"13": "–", "14": "—", "18": "‘", "19": "’", "1c": "“", "1d": "”", "22": "•", "26": "…"}
_SPACES = (
    {",": " ", ";": " ", ":": " ", "\n": " ", "\\": " ", ">": " "} | dict.fromkeys("/!-()[]", "") | {"|": "‖"}
)
_SIMPLE = re.compile(r"-?[\w.*'′∗⋆√]*")
_DEEPEST = 40  # braces within braces; deeper ones stand as they are
_SECOND = {"frac": "denominator", "tfrac": "denominator", "dfrac": "denominator", "href": "address"}
_OPENING = dict.fromkeys(("frac", "tfrac", "dfrac", "href"), "") | {
    "{": "{",
    "sqrt": "√",
    "denominator": "/",
    "address": " (",
    "footnote": " (",
    "cite": "[",
    "citep": "[",
    "citet": "[",
}
_CLOSING = {"{": "}", "address": ")", "footnote": ")", "cite": "]", "citep": "]", "citet": "]"}
_WRAPPED = frozenset({"frac", "tfrac", "dfrac", "denominator", "sqrt", "script"})


def _close(owner: str, out: list[str], begin: int) -> None:
    """Finish the argument that began at `out[begin]`."""
    if owner in _CLOSING:
        out.append(_CLOSING[owner])
    elif owner in _WRAPPED or owner in ACCENTS:
        content = "".join(out[begin:])
        if owner in ACCENTS:
            content = unicodedata.normalize("NFC", content + ACCENTS[owner]) if len(content) == 1 else content
        elif _SIMPLE.fullmatch(content) is None:
            content = f"({content})"
        out[begin:] = [content]


def _named(name: str, out: list[str]) -> str:
    """What a command without an argument stands for; an unknown one is a word."""
    if name in SWITCHES or name in WRAPPERS:
        return ""
    sign = LETTERS.get(name) or SYMBOLS.get(name)
    if sign is not None:
        return sign
    # `T\log n` must not become `Tlog n`.
    return " " + name if out and out[-1][-1:].isalnum() else name


def _accented(token: re.Match[str]) -> str:
    letter = token["braced"] or token["bare"] or token["braced_too"] or token["bare_too"] or token[0][-1]
    letter = letter.removeprefix("\\")  # a dotless `\i` takes its accent as `i` in Unicode
    return unicodedata.normalize("NFC", letter + ACCENTS[token[0][1]])


def _dash(text: str, token: re.Match[str]) -> str:
    before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    if (not before or before.isspace()) and not after.isspace():
        return token[0]  # `--option`
    return "–" if len(token[0]) == 2 else "—"


def _tie(text: str, token: re.Match[str]) -> str:
    """A tie between words is a space; `~10%` and `2.9~25x` mean "about" and "to"."""
    before, after = text[max(token.start() - 1, 0) : token.start()], text[token.end() : token.end() + 1]
    if not before or not after or before.isspace() or after.isspace() or before in "([{<=/":
        return "~"
    return "~" if before.isdigit() and after.isdigit() else " "
