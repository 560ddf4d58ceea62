"""The first small policy. `decide` is the seam: whatever engine comes later takes facts and gives a verdict."""

from datetime import date, timedelta

from aftersales.applications.lifecycle import TALKING, Type
from aftersales.applications.model import Reason
from aftersales.policy.model import Facts, Verdict
from aftersales.stores.model import Terms

WINDOWED = frozenset({Type.REFUND_ONLY, Type.RETURN_REFUND, Type.EXCHANGE})
AT_FAULT_OF_CUSTOMER = frozenset({Reason.CHANGED_MIND, Reason.WRONG_SIZE})

TEXTS: dict[str, dict[str, str]] = {
    "talk": {
        "zh-CN": "我们会有专人回复您。",
        "en": "Someone from our team will answer you.",
    },
    "within_terms": {
        "zh-CN": "符合本店售后条款。",
        "en": "This is covered by the store's terms.",
    },
    "type_not_allowed": {
        "zh-CN": "该类商品不支持此售后类型。",
        "en": "This kind of request is not possible for this category of goods.",
    },
    "window_over": {
        "zh-CN": "已超过签收后可申请的期限。",
        "en": "The time to ask for this after delivery is over.",
    },
    "not_delivered": {
        "zh-CN": "订单尚未显示签收，需要人工核实。",
        "en": "The order is not marked as delivered yet; a person will check it.",
    },
    "keeps_goods": {
        "zh-CN": "不退货的退款需要人工审核。",
        "en": "A refund without sending the goods back is checked by a person.",
    },
    "lines_differ": {
        "zh-CN": "申请中的商品适用不同条款，需要人工审核。",
        "en": "The items fall under different terms; a person will look at them.",
    },
}
"""Every reason code with its sentence for customers."""


def last_day(delivered_on: date, days: int) -> date:
    """The window counts full days from the day after delivery (七天无理由: 签收次日起算)."""
    return delivered_on + timedelta(days=days)


def decide(facts: Facts, terms: Terms) -> Verdict:
    """Accept, reject or refer, with the codes of why. Lines that fall apart are for a person."""
    outcomes = {_line(facts, i, terms) for i in range(len(facts.lines))} or {_talk(facts)}
    if len(outcomes) == 1:
        outcome, code = outcomes.pop()
        return Verdict.model_validate({"outcome": outcome, "reasons": (code,), "policy": terms.version})
    codes = tuple(sorted(code for _, code in outcomes))
    if {outcome for outcome, _ in outcomes} == {"reject"}:
        return Verdict(outcome="reject", reasons=codes, policy=terms.version)
    return Verdict(outcome="manual_review", reasons=("lines_differ", *codes), policy=terms.version)


def _talk(facts: Facts) -> tuple[str, str]:
    return ("accept", "talk") if facts.type in TALKING else ("manual_review", "lines_differ")


def _line(facts: Facts, index: int, terms: Terms) -> tuple[str, str]:
    line = facts.lines[index]
    allowed = terms.allowed_types.get(line.category)
    if facts.type in TALKING:
        return "accept", "talk"
    if allowed is not None and facts.type not in allowed:
        return "reject", "type_not_allowed"
    if facts.delivered_on is None:
        return "manual_review", "not_delivered"
    if facts.type in WINDOWED and facts.filed_on > last_day(facts.delivered_on, terms.return_window_days):
        return "reject", "window_over"
    if facts.type is Type.REFUND_ONLY and line.reason in AT_FAULT_OF_CUSTOMER:
        return "manual_review", "keeps_goods"
    return "accept", "within_terms"
