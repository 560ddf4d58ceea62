"""Why the form of a step was not taken, by the slug of its problem, in every language we speak."""

from aftersales.applications.model import Language

REFUSAL: dict[Language, dict[str, str]] = {
    "zh-CN": {
        "not-yours": "此申请由其他人处理，或还没有人领取。",
        "another-person-decides": "应由另一个人决定。",
        "no-capacity": "您手上的申请已达上限。",
        "step-not-possible": "当前状态下无法进行，或已经完成。",
        "outdated": "刚刚有人改动了此申请，请看最新情况后再试。",
        "quote-changed": "退款金额已变，请核对新的金额后再试。",
        "refund-too-high": "金额超过可退的余额。",
        "currency-mismatch": "币种与订单不符。",
        "unknown-variant": "订单中没有要换的规格。",
        "quantity-not-available": "可申请的数量不足。",
        "invalid-request": "请检查填写的内容。",
        "forbidden": "您没有这个权限。",
        "not-found": "找不到要登记的内容，请刷新页面。",
        "idempotency-key-reused": "此表单已提交过，请刷新页面后再填写。",
        "in-progress": "正在处理中，请稍后再看。",
        "too-large": "内容过长。",
        "member-not-available": "对方现在不在岗、正忙或已满额。",
        "unknown-member": "没有这位同事。",
        "unknown-team": "没有这个团队。",
    },
    "en": {
        "not-yours": "Somebody else works on this case, or nobody has taken it yet.",
        "another-person-decides": "Another person has to decide on this.",
        "no-capacity": "You have as many cases as you can take.",
        "step-not-possible": "This is not possible now, or was done before.",
        "outdated": "Somebody has just changed this case. Look at it again, then decide.",
        "quote-changed": "The refund comes to something else now. Look at the new amount, then send it again.",
        "refund-too-high": "That is above what is left to pay back.",
        "currency-mismatch": "The currency is not the order’s.",
        "unknown-variant": "The order does not have what is to be sent instead.",
        "quantity-not-available": "Not so many units are left to apply for.",
        "invalid-request": "Please look at what you filled in.",
        "forbidden": "You may not do this.",
        "not-found": "What you report on is not there. Load the page again.",
        "idempotency-key-reused": "This form was sent before. Load the page again before you fill it in.",
        "in-progress": "It is still being done; look again in a moment.",
        "too-large": "That is too long.",
        "member-not-available": "They cannot take it now: they are away, busy, or have no room.",
        "unknown-member": "There is no such colleague.",
        "unknown-team": "There is no such team.",
    },
}


def refusal(slug: str, language: Language) -> str:
    return REFUSAL[language].get(slug) or REFUSAL[language]["invalid-request"]
