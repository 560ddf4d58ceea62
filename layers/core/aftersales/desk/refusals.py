"""Why the form of a step was not taken, by the slug of its problem."""

from aftersales.applications.model import Language
from aftersales.desk.text import Text

REFUSAL: dict[str, Text] = {
    "not-yours": Text(
        "此申请由其他人处理，或还没有人领取。", "Somebody else works on this case, or nobody has taken it yet."
    ),
    "another-person-decides": Text("应由另一个人决定。", "Another person has to decide on this."),
    "no-capacity": Text("您手上的申请已达上限。", "You have as many cases as you can take."),
    "step-not-possible": Text("当前状态下无法进行，或已经完成。", "This is not possible now, or was done before."),
    "outdated": Text(
        "刚刚有人改动了此申请，请看最新情况后再试。",
        "Somebody has just changed this case. Look at it again, then decide.",
    ),
    "quote-changed": Text(
        "退款金额已变，请核对新的金额后再试。",
        "The refund comes to something else now. Look at the new amount, then send it again.",
    ),
    "refund-too-high": Text("金额超过可退的余额。", "That is above what is left to pay back."),
    "currency-mismatch": Text("币种与订单不符。", "The currency is not the order’s."),
    "unknown-variant": Text("订单中没有要换的规格。", "The order does not have what is to be sent instead."),
    "quantity-not-available": Text("可申请的数量不足。", "Not so many units are left to apply for."),
    "invalid-request": Text("请检查填写的内容。", "Please look at what you filled in."),
    "forbidden": Text("您没有这个权限。", "You may not do this."),
    "form-too-old": Text(
        "您在别处重新登录过，因此没有提交。请核对后再提交一次。",
        "You have signed in again meanwhile, so this was not sent. Look it over and send it once more.",
    ),
    "not-found": Text("找不到要登记的内容，请刷新页面。", "What you report on is not there. Load the page again."),
    "idempotency-key-reused": Text(
        "此表单已提交过，请刷新页面后再填写。", "This form was sent before. Load the page again before you fill it in."
    ),
    "in-progress": Text("正在处理中，请稍后再看。", "It is still being done; look again in a moment."),
    "too-large": Text("内容过长。", "That is too long."),
    "member-not-available": Text(
        "对方现在不在岗、正忙或已满额。", "They cannot take it now: they are away, busy, or have no room."
    ),
    "unknown-member": Text("没有这位同事。", "There is no such colleague."),
    "unknown-team": Text("没有这个团队。", "There is no such team."),
}


OF_STEP: dict[str, Text] = {
    "decision.invalid-request": Text(
        "部分通过时请勾选其中几件；全部通过或拒绝时不用勾选。",
        "To accept a part, tick some of the goods; to accept or reject all of them, tick none.",
    ),
    "inspection.invalid-request": Text(
        "各种状况的件数加起来应等于寄回的件数。", "The counts have to add up to the units that come back."
    ),
    "replacement-confirmation.invalid-request": Text(
        "已发出的商品请填写承运商和运单号。", "What was sent has a carrier and a tracking number."
    ),
    "compensation-approval.quote-changed": Text(
        "待审批的补偿已换成另一笔，请看清后再决定。",
        "Another compensation is proposed now. Look at it, then decide.",
    ),
}
"""Where a step has words of its own for it, when no field of the form is what is wrong."""

FIELD: dict[str, Text] = {
    "blank": Text("请填写此项。", "Please fill this in."),
    "money": Text("请填写金额，例如 12.50，不超出余额。", "An amount such as 12.50, of what is left."),
    "moment": Text("请填写将来的日期和时间。", "A date and a time that lie ahead."),
    "units": Text("请填写件数。", "Whole numbers, please."),
}
"""What does not fit in a field, by its kind."""

ANY_FIELD = Text("请检查此项。", "Please look at this again.")


def refusal(slug: str, language: Language) -> str:
    return REFUSAL.get(slug, REFUSAL["invalid-request"]).in_(language)


def refusal_of(step: str, slug: str, language: Language) -> str:
    """The step's own words; empty where it has none."""
    text = OF_STEP.get(f"{step}.{slug}")
    return text.in_(language) if text else ""


def wrong_field(kind: str, language: Language) -> str:
    return FIELD.get(kind, ANY_FIELD).in_(language)
