"""A page without an application: in both languages, since nobody knows who came."""

from typing import Literal

from aftersales.pages.render import page
from aftersales.pages.words import PAGE

Kind = Literal["missing", "broken"]


def notice_page(kind: Kind) -> str:
    """`missing` tells no invalid link from one that has expired or leads nowhere."""
    texts = [(language, words[f"{kind}_title"], words[kind]) for language, words in PAGE.items()]
    return page("notice.html", language=texts[0][0], texts=texts)
