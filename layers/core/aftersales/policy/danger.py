"""Words that tell of danger to people. One too many brings a person too soon; one too few may cost somebody's health.

So "it does not smoke" counts as well, and words of either language in a text of the other. Only what is spoken of
without harm every day is left out: a shock absorber, a smoked tea, a fire-red dress are no danger.
"""

import re
import unicodedata

CHINESE = (
    *("起火", "着火", "失火", "自燃", "燃烧", "冒烟", "冒火", "爆炸", "炸裂", "爆裂", "鼓包"),
    *("触电", "漏电", "电击", "短路", "煤气味", "烧焦", "焦味", "焦糊味"),
    *("受伤", "烫伤", "烧伤", "灼伤", "割伤", "划伤了手", "砸伤", "流血", "出血", "骨折", "窒息", "噎住"),
    *("过敏", "中毒", "有毒", "食物中毒", "呕吐", "晕倒", "昏迷", "住院", "送医", "急诊"),
)
TRADITIONAL = str.maketrans("著煙觸電傷燙燒過暈擊氣劃醫診", "着烟触电伤烫烧过晕击气划医诊")
"""The characters of those words as Hong Kong, Macao and Taiwan write them."""

ENGLISH = re.compile(
    r"""\b(
        fires? (?![ -](?:red|tv|stick|tablet|place|pit)\b) | caught\ fire | flames? | burn(?:s|ed|t|ing)?
        | smok(?:e|es|ing) (?![ -](?:gr[ea]y|blue|alarm|detector)\b) | explo(?:de[sd]?|ding|sions?) | sparks? | sparking
        | electric(?:al)?\ shocks? | electrocut(?:e[sd]?|ion) | got\ a\ shock | short[ -]circuit(?:s|ed|ing)?
        | injur(?:e[sd]?|y|ies|ing) | wound(?:s|ed) | bleed(?:s|ing)? | scald(?:s|ed|ing)? | chok(?:e[sd]?|ing)
        | suffocat(?:e[sd]?|ing|ion) | allergic | allerg(?:y|ies) | poison(?:s|ed|ing|ous)? | toxic | gas\ leak
        | hospital(?:i[sz]ed)? | emergency\ room | faint(?:ed|ing) | unconscious
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def tells_of_danger(words: str) -> bool:
    plain = unicodedata.normalize("NFKC", words)
    simplified = plain.translate(TRADITIONAL)
    return any(word in simplified for word in CHINESE) or ENGLISH.search(plain) is not None
