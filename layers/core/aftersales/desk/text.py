"""What is said, in every language we speak."""

from collections.abc import Mapping
from typing import NamedTuple, get_args

from aftersales.applications.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(NamedTuple):
    zh: str
    en: str

    def in_(self, language: Language) -> str:
        match language:
            case "zh-CN":
                return self.zh
            case "en":
                return self.en


def own_name(names: Mapping[Language, str], language: Language, otherwise: str) -> str:
    """What a store or a team calls itself: in this language, or else in another."""
    return names.get(language) or next(iter(names.values()), otherwise)
