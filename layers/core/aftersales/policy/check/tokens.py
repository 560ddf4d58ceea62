"""ZEN's expressions, word by word: enough to see which names, values and functions a cell uses.

After the lexer of gorules/zen: texts have no escapes, numbers may have underscores, a sign belongs to the number unless
a value stands before it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

WORDS = frozenset({"true", "false", "null", "and", "or", "not", "in"})
CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
CLOSING = frozenset({")", "]", "}"})

_TOKEN = re.compile(
    r"""(?P<text>'[^']*'|"[^"]*")
    |(?P<number>[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?(?:e[+-]?[0-9]+)?)
    |(?P<name>[A-Za-z_$\#][A-Za-z0-9_$\#]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    |(?P<mark>\.\.|\?\?|[=!<>]=|[^ \n\t])""",
    re.VERBOSE,
)

Value = str | int | float | bool | None
Kind = Literal["text", "number", "name", "word", "function", "mark"]


class Token(NamedTuple):
    """A `function` is a name before a parenthesis; a `name` is a fact, `$` or `#`, with what is behind its dots."""

    kind: Kind
    text: str

    def value(self) -> Value:
        """Of a text, a number, or one of `true`, `false` and `null`."""
        if self.kind == "text":
            return self.text[1:-1]
        if self.kind == "number":
            number = float(self.text.replace("_", ""))
            return int(number) if number.is_integer() else number
        return CONSTANTS[self.text]

    def ends_value(self) -> bool:
        return self.kind in ("text", "number", "name") or self.text in CONSTANTS or self.text in CLOSING


def tokens(source: str) -> list[Token]:
    found = [*_TOKEN.finditer(source)]
    after = [match.group() for match in found[1:]] + [""]
    return _signed([Token(_kind(match, next_), match.group()) for match, next_ in zip(found, after, strict=False)])


def _kind(found: re.Match[str], after: str) -> Kind:
    match found.lastgroup:
        case "name" if found.group() in WORDS:
            return "word"
        case "name" if after == "(":
            return "function"
        case "name":
            return "name"
        case "text":
            return "text"
        case "number":
            return "number"
        case _:
            return "mark"


def _signed(found: list[Token]) -> list[Token]:
    """`-` and `5` after no value are the number -5."""
    joined: list[Token] = []
    for token in found:
        sign = token.kind == "number" and joined and joined[-1].text == "-"
        if sign and not (len(joined) > 1 and joined[-2].ends_value()):
            joined[-1] = Token("number", f"-{token.text}")
        else:
            joined.append(token)
    return joined


def values(found: Iterable[Token]) -> Iterator[Value]:
    """The values that are written out."""
    return (token.value() for token in found if token.kind in ("text", "number") or token.text in CONSTANTS)
