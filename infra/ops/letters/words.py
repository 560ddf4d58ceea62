"""What others wrote, as it may be shown and kept: no control characters, no mail addresses, no numbers of phones."""

import re
from unicodedata import category

ADDRESS = re.compile(r"""[^\s<>()\[\]"',;:]+@[^\s<>()\[\]"',;:]+""")
PHONE = re.compile(
    r"(?<![\w./-])"  # not in a number of an order, a UUID or an address of the web
    r"(?!\d{4}-\d\d-\d\d(?!\d))"  # no date
    r"[+(]{0,2}\d(?:[ ().-]{0,2}\d){6,14}"
    r"(?![\w-]|:\w)",  # no account in an ARN
    re.ASCII,
)
LONGEST = 500


def line(text: object) -> str:
    """The first line that says something."""
    lines = (whole(each) for each in str(text).splitlines())
    return next((each for each in lines if each), "")


def whole(text: str) -> str:
    """All on one line, as far as a screen has room for it."""
    seen = "".join(" " if each.isspace() else each for each in text if each.isspace() or category(each)[0] != "C")
    named = PHONE.sub("(a phone)", ADDRESS.sub("(an address)", seen)).strip()
    return named if len(named) <= LONGEST else f"{named[:LONGEST]}…"
