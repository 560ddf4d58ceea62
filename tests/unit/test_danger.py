"""Words of danger are found in Chinese and English; words that only look like them are not."""

import pytest

from aftersales.policy.danger import tells_of_danger

DANGER = [
    "充电宝充电时起火了，幸好发现得早。",
    "電池冒煙，還有焦味。",
    "水壶漏电，手被电了一下。",
    "電熱毯漏電，我觸電了！",
    "玻璃杯突然炸裂，孩子的手割伤流血。",
    "用了面霜之后脸上过敏，已经去医院急诊。",
    "使用後全身過敏，送醫院了",
    "吃了之后全家食物中毒，上吐下泻。",
    "The charger caught fire last night.",
    "FIRE! The plug is on fire.",
    "There was smoke and sparks from the back.",
    "It started smoking, smells like burning plastic.",
    "The battery EXPLODED in my hand",
    "I got an electric shock when I touched the kettle.",
    "My son was injured and is in hospital.",
    "The tea burned my hand, I was badly scalded.",
    "I'm allergic to it: rash all over.",
    "We think it is poisonous; the cat was poisoned.",
    "Der Akku: smoke!",
    "水壶 caught fire 了",
    "ＦＩＲＥ",
]
NONE = [
    "壶嘴有裂纹，倒水时渗漏。",
    "颜色和图片不一样，想换火红色的。",
    "冒牌货，要求退款。",
    "尺码偏小，想换大一号。",
    "",
    "The spout is cracked and drips.",
    "The fireplace tools are missing; the firefly lamp is fine.",
    "The Fire TV stick never arrived.",
    "A fire-red dress was ordered, the colour is smoke grey.",
    "Smoked salmon was not in the box.",
    "The shock absorber squeaks, and the firewall blocks the app.",
    "The smoke detector is the wrong model.",
    "The fireworks of the new year delayed the parcel.",
]


@pytest.mark.parametrize("words", DANGER)
def test_danger_is_heard(words: str) -> None:
    assert tells_of_danger(words)


@pytest.mark.parametrize("words", NONE)
def test_what_is_none_is_not(words: str) -> None:
    assert not tells_of_danger(words)


def test_a_denial_counts_as_well() -> None:
    """A person who looks too soon does less harm than one who comes too late."""
    assert tells_of_danger("It does not smoke any more.")
