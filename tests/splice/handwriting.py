"""Files as people write them: every style, comments everywhere, and a number in every name and comment."""

from __future__ import annotations

import codecs
import re

from hypothesis import strategies as st

WORDS = (
    "deep learning", "a", "C# and F#", "a: b", "x #1", "*star", "[Re] x", "{y}", "'tis", 'say "no"', "no", "null", "1e3",
    "2401.00010", "100%", "back\\slash", "é", "漢字 𝔘", "café\u00a0au lait", "- dash", "? what", "a , b", "key: ", "@at", "`tick`",
    "|", ">", "&amp", "!bang", "%d", "~", "end:", "#hash", "tab\there", "2024-01-01", "true", "--- x", "…", "a  b", "\u0627\u0644", "😀",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join).map(str.strip)
PROSE = st.lists(
    st.one_of(TEXT, TEXT, st.sampled_from(["", "  indented", "trailing  ", "# head", "- item", "long " * 30, "---", "..."])),
    min_size=1,
    max_size=5,
).map("\n".join).map(str.strip).filter(bool)  # fmt: skip
TAG = st.sampled_from(["agents", "long context", "no", "C#", "a: b", "2401.00010", "x, y", "[z]", "é"])


class Writer:
    """Draws one file; every comment in it has a number, and most belong to a pick."""

    def __init__(self, draw):
        self.draw = draw
        self.serial = 0

    def one_of(self, *options):
        return self.draw(st.sampled_from(options))

    def maybe(self, text, of=3):
        return text if self.draw(st.integers(1, of)) == 1 else ""

    def number(self):
        self.serial += 1
        return self.serial

    def comment(self, margin=""):
        return f"{margin}#{self.one_of(' ', ' ', chr(9), '')}c{self.number()}{self.one_of('', ' why: not', ' [x', ' “é')}\n"

    def behind(self, of=4):
        """A comment at the end of a line."""
        return self.maybe(f"{self.one_of(' ', '  ', chr(9))}# c{self.number()}", of)

    def noise(self, margin):
        """What stands between items and belongs to none: it begins with a blank line."""
        return self.one_of(
            "",
            "",
            "",
            "",
            "\n",
            "\n",
            "\n\n",
            "\n" + self.comment(margin) + "\n",
            "\n" + self.comment() + "\n",
        )

    def scalar(self, text, *, flow=False, margin=None):
        """Text on one line; with a margin it may run over several."""
        style = self.one_of("'", '"', "", "")
        if style == "" and (
            flow or not re.fullmatch(r"[A-Za-zé][\w é]*", text) or text in {"no", "null", "true"}
        ):
            style = "'"
        if style == '"':
            text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        elif style == "'":
            text = "'" + text.replace("'", "''") + "'"
        if margin and self.maybe("x", 5):
            text = re.sub(r"(?<=\w) (?=\w)", "\n" + margin + "  ", text, count=1)
        return text

    def block(self, text, column):
        """Text below its key, in any of the ways; blank lines after it are part of some."""
        style, chomping = self.one_of("|", ">"), self.one_of("", "", "-", "+")
        depth = self.one_of(1, 2, 2, 4)
        digit = str(depth) if text[0] in " \t" or self.maybe("x", 5) else ""
        margin = " " * (column + depth)
        lines = "".join(f"{margin}{line}\n" if line else "\n" for line in text.split("\n"))
        end = self.one_of("", "", "\n", "\n\n")
        if "\n" in end and chomping != "+" and self.maybe("x"):
            end += self.comment(" " * column)
        return f"{style}{digit}{chomping}{self.behind()}\n{lines}{end}"

    def tags(self, column):
        tags = self.draw(st.lists(TAG, min_size=1, max_size=3, unique=True))
        margin = " " * column
        shape = self.one_of("flow", "flow", "padded", "lines", "block", "block", "level")
        if shape == "flow":
            return f" [{', '.join(self.scalar(tag, flow=True) for tag in tags)}{self.maybe(',')}]{self.behind()}\n"
        if shape == "padded":
            return f" [ {' , '.join(self.scalar(tag, flow=True) for tag in tags)} ]{self.behind()}\n"
        if shape == "lines":
            inner = "".join(f"{margin}  {self.scalar(tag, flow=True)},{self.behind()}\n" for tag in tags)
            return f" [{self.behind()}\n{inner}{margin}]\n"
        dash = margin + ("" if shape == "level" else "  ") + "-" + self.one_of(" ", "  ")
        return f"{self.behind()}\n" + "".join(f"{dash}{self.scalar(tag)}{self.behind()}\n" for tag in tags)

    def fields(self, name, column):
        """The lines of a pick that is a mapping, without the margin of the first."""
        margin = " " * column
        colon = self.one_of(":", ":", ":", " :")
        paper = self.one_of("paper", "paper", "paper", '"paper"')
        lines = [f"{paper}{colon} {self.scalar(name, margin=margin)}{self.behind()}\n"]
        if self.maybe("x"):
            lines.append(f"tags:{self.tags(column)}")
        if self.maybe("x"):
            lines.append(f"rating: {self.one_of(1, 2, 3)}{self.behind()}\n")
        if self.maybe("x", 4):
            lines.append(f"status: {self.scalar(self.one_of('read', 'reading'))}{self.behind()}\n")
        if self.maybe("x", 4):
            lines.append(
                f"added: {self.one_of('2026-11-21', chr(39) + '2026-1-2' + chr(39))}{self.behind()}\n"
            )
        if self.maybe("x", 6):
            lines.append(f"start_here: {self.one_of('true', 'false')}\n")
        if self.maybe("x", 5):
            lines.append(f"note:{self.behind()}\n")
        elif self.maybe("x", 2):
            prose = self.draw(PROSE)
            if self.one_of(True, True, False):
                lines.append(f"note: {self.block(prose, column)}")
            else:
                prose = " ".join(prose.split())
                lines.append(f"note: {self.scalar(prose, margin=margin)}{self.behind()}\n")
        first, *others = self.draw(st.permutations(lines))
        return first + "".join(self.maybe(self.comment(margin), 10) + margin + line for line in others)

    def item(self, column, gap):
        margin, name = " " * column, f"{self.draw(TEXT)} p{self.number()}"
        lead = "".join(self.comment(margin) for _ in range(self.one_of(0, 0, 0, 1, 2)))
        shape = self.one_of("scalar", "scalar", "mapping", "mapping", "mapping", "braces", "defined", "below")
        dash = margin + "-" + " " * gap
        if shape == "scalar":
            own = f"{dash}{self.scalar(name, margin=margin)}{self.behind()}\n"
        elif shape == "braces":
            rating = self.maybe(f", rating: {self.one_of(1, 2)}")
            own = f"{dash}{{{self.maybe(' ')}paper: {self.scalar(name, flow=True)}{rating}{self.maybe(',')}}}{self.behind()}\n"
        elif shape == "defined":
            inner = " " * (column + 1 + gap)
            own = f"{dash}paper:\n{inner}  title: {self.scalar(name)}\n{inner}  authors: 3{self.behind()}\n{inner}rating: 2\n"
        elif shape == "below":
            inner = " " * (column + 1 + gap)
            own = (
                f"{margin}-{self.behind().replace(chr(9), ' ')}\n{inner}{self.fields(name, column + 1 + gap)}"
            )
        else:
            own = f"{dash}{self.fields(name, column + 1 + gap)}"
        return lead + own + self.maybe(self.comment(margin + "   "), 6)

    def picks(self, column):
        """What follows `picks:` in a mapping whose keys begin in `column`."""
        shape = self.one_of("block", "block", "block", "block", "brackets", "lines", "none", "null")
        if shape == "none":
            return f" {self.one_of('[]', '[ ]')}{self.behind()}\n"
        if shape == "null":
            return f"{self.one_of('', ' ~', ' null')}{self.behind()}\n"
        count = self.one_of(1, 1, 2, 3, 4)
        if shape in {"brackets", "lines"}:
            items = []
            for _ in range(count):
                name = self.scalar(f"{self.draw(TEXT)} p{self.number()}", flow=True)
                items.append(self.one_of(name, name, f"{{paper: {name}, status: read}}"))
                if shape == "lines" and self.maybe("x", 4):
                    inner = " " * (column + 4)
                    items[-1] = f"{{paper: {name},{self.behind(2)}\n{inner}status: read}}"
            if shape == "brackets":
                return f" [{', '.join(items)}]{self.behind()}\n"
            margin = " " * (column + 2)
            last = self.one_of(",", "")
            inner = "".join(
                f"{margin}{item}{',' if number + 1 < count else last}{self.behind()}\n"
                for number, item in enumerate(items)
            )
            return f" [{self.behind()}\n{inner}{' ' * column}]\n"
        start, gap = column + self.one_of(0, 2, 2, 4), self.one_of(1, 1, 2, 3)
        between = self.one_of("", "", "\n", None)
        parts = [self.item(start, gap)]
        for _ in range(count - 1):
            parts += [self.noise(" " * start) if between is None else between, self.item(start, gap)]
        return f"{self.behind()}\n{self.maybe(chr(10), 6)}{''.join(parts)}"

    def section(self, column, gap):
        margin, inner = " " * column, " " * (column + 1 + gap)
        title = f"title: {self.scalar(f'{self.draw(TEXT)} s{self.number()}')}{self.behind()}\n"
        lines = [title]
        if not self.maybe("x", 8):
            lines.append(f"picks:{self.picks(column + 1 + gap)}")
        if self.maybe("x", 5):
            lines.append(f"description: {self.block(self.draw(PROSE), column + 1 + gap)}")
        lines = self.draw(st.permutations(lines)) if self.maybe("x") else lines
        lead = self.maybe(self.comment(margin), 5)
        return f"{lead}{margin}-{' ' * gap}{inner.join(lines)}"

    def file(self):
        lines = [f"title: {self.scalar(self.draw(TEXT))}{self.behind()}\n"]
        shape = self.one_of("picks", "sections", "sections", "both")
        if shape != "sections":
            lines.append(f"picks:{self.picks(0)}")
        if shape != "picks":
            start, gap = self.one_of(0, 2, 2), self.one_of(1, 1, 2)
            between = self.one_of("", "\n", "\n")
            lines.append(
                "sections:\n" + between.join(self.section(start, gap) for _ in range(self.one_of(1, 2, 3)))
            )
        if self.maybe("x"):
            lines.append(f"blurb: {self.scalar(self.draw(TEXT))}\n")
        if self.maybe("x"):
            lines.append(f"description: {self.block(self.draw(PROSE), 0)}")
        if self.maybe("x", 4):
            lines.append("weight: 3\n")
        lines = self.draw(st.permutations(lines)) if self.maybe("x") else lines
        text = self.one_of("", "", "\n").join(self.maybe(self.comment(), 6) + part for part in lines)
        text = self.maybe("---\n", 6) + self.maybe(self.comment() + self.maybe("\n"), 3) + text
        text += self.maybe("...\n", 8) or self.maybe("\n" + self.comment())
        if self.maybe("x", 4):
            text = text.rstrip("\n")
        text = text.replace("\n", self.one_of("\n", "\n", "\n", "\r\n", "\r"))
        return (codecs.BOM_UTF8 if self.maybe("x", 6) else b"") + text.encode()
