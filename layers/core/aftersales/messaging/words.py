"""What a mail says beside the words of the status, and which events are worth one."""

from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Language, TimelineEvent

TEXTS: dict[Language, dict[str, str]] = {
    "zh-CN": {
        "subject": "[{store}] 售后申请 {number}：{title}",
        "greeting": "{name}，您好：",
        "nobody": "尊敬的顾客",
        "status": "您的售后申请（订单 {order}）当前状态：{status}。",
        "survey_title": "请评价我们的服务",
        "survey": "您的售后申请已办结。占用您一分钟，告诉我们做得如何：",
        "refund": "退款金额：{money}",
        "refunded": "已退款：{money}",
        "refund_failed": "退款 {money} 没有成功。专员会核实后重新办理，您无需操作。",
        "remedy": "处理方式改为：{kind}。",
        "label": "寄回运单（请打印后贴在包裹上）：\n{url}",
        "replacement_failed": "很抱歉，店铺暂时没有您要的商品。专员会尽快为您安排其他办法。",
        "sent": "承运商：{carrier}\n运单号：{tracking_number}",
        "price": "维修报价：{money}",
        "not_accepted": "我们没有收到您对维修报价的同意，因此不会收费维修。专员会与您商定后续，例如将商品原样寄回。",
        "not_repairable": "很抱歉，商品无法修好。专员会尽快为您安排其他办法。",
        "price_difference": "应付换货差价：{money}",
        "repair": "应付维修费：{money}",
        "goods_kept": "应付未寄回商品的货款：{money}",
        "returned": "店铺会退回您付过的 {money}。",
        "charged": "已收到您的付款：{money}。谢谢！",
        "charge_failed": "我们没有收到您的付款。专员会与您商定后续。",
        "on_site": "上门时间：{at}",
        "remote": "联系时间：{at}",
        "who": "服务人员：{who}",
        "coupon": "给您的优惠券：{code}，价值 {money}。",
        "coupon_without_code": "给您的优惠券已发放到您的账户，价值 {money}。",
        "points": "给您的积分已到账，价值 {money}。",
        "delivered": "您的包裹应已送达。",
        "dispute_answered": "客服主管已重新查看您的申请，这是最终答复。",
        "reopened": "客服主管已查看您的异议，您的申请将重新处理。",
        "reasons": "说明：",
        "partly": "以下商品未通过审核，其余商品已受理：",
        "wanted": "需要您补充：",
        "by": "请在 {until} 前补充，逾期申请将关闭。",
        "send_by": "请在 {until} 前寄出，逾期申请将关闭。",
        "send_back_by": "请在 {until} 前寄出。",
        "answer_by": "请在 {until} 前答复，逾期视为不接受。",
        "pay_by": "请在 {until} 前付款。",
        "confirm_by": "请在 {until} 前通过下面的链接确认，或提出异议。届时没有收到您的回复，即视为确认。",
        "confirm_only_by": "请在 {until} 前通过下面的链接确认。届时没有收到您的回复，即视为确认。",
        "appeal": "如果您不同意这个结果，可以在 {until} 前通过下面的链接申诉一次，由未参与原决定的专员重新审核。",
        "final": "这是您申诉后的最终结果。",
        "message": "专员留言：",
        "link": "查看进度和后续操作：",
        "number": "申请编号：{number}",
        "sign": "{store} 售后服务",
    },
    "en": {
        "subject": "[{store}] Application {number}: {title}",
        "greeting": "Dear {name},",
        "nobody": "customer",
        "status": "Your application about order {order} is now: {status}.",
        "survey_title": "How did we do?",
        "survey": "Your application is complete. Please take a minute to tell us how we did:",
        "refund": "Refund: {money}",
        "refunded": "Paid back: {money}",
        "refund_failed": "The refund of {money} did not go through. We look into it and order it again; you need "
        "to do nothing.",
        "remedy": "What we do for you now: {kind}.",
        "label": "Your return label, to print and stick on the parcel:\n{url}",
        "replacement_failed": "We are sorry: the store does not have the goods at the moment. We look for another way "
        "and tell you soon.",
        "sent": "Carrier: {carrier}\nTracking number: {tracking_number}",
        "price": "Price of the repair: {money}",
        "not_accepted": "You have not taken our offer, so nothing is repaired at your cost. We settle with you what "
        "comes next, such as sending your goods back as they are.",
        "not_repairable": "We are sorry: it could not be repaired. We look for another way and tell you soon.",
        "price_difference": "To pay, for what your new goods cost more: {money}",
        "repair": "To pay, for the repair: {money}",
        "goods_kept": "To pay, for the goods that did not come back: {money}",
        "returned": "The shop gives back the {money} that you paid.",
        "charged": "We have received your payment of {money}. Thank you!",
        "charge_failed": "We have received no payment from you. We settle with you what comes next.",
        "on_site": "We come to you: {at}",
        "remote": "We contact you: {at}",
        "who": "Who will be there for you: {who}",
        "coupon": "Your coupon, worth {money}: {code}",
        "coupon_without_code": "You have been given a coupon worth {money}; it is in your account.",
        "points": "You have been given points worth {money}.",
        "delivered": "Your parcel should have arrived.",
        "dispute_answered": "A team lead has looked at your application again; this is the final answer.",
        "reopened": "A team lead has looked at what you told us, and we take your application up again.",
        "reasons": "Reasons:",
        "partly": "These items could not be accepted; the others were:",
        "wanted": "What we need from you:",
        "by": "Please answer by {until}; after that the application is closed.",
        "send_by": "Please send them by {until}; after that the application is closed.",
        "send_back_by": "Please send them by {until}.",
        "answer_by": "Please answer by {until}; if we hear nothing, we take it that you do not accept.",
        "pay_by": "Please pay by {until}.",
        "confirm_by": "Please confirm by the link below until {until}, or tell us there what is wrong. If we hear "
        "nothing, it counts as confirmed.",
        "confirm_only_by": "Please confirm by the link below until {until}. If we hear nothing, it counts as "
        "confirmed.",
        "appeal": "If you do not agree, you may appeal once, by the link below, until {until}. "
        "A person who did not make this decision will look at it again.",
        "final": "This is the final answer to your appeal.",
        "message": "Message from our team:",
        "link": "See where it stands and what you can do:",
        "number": "Application number: {number}",
        "sign": "{store} after-sales service",
    },
}

S, T = Status, Step

SAID: dict[Step, str] = {
    T.REPLACEMENT_FAILED: "replacement_failed",
    T.QUOTE_DECLINED: "not_accepted",
    T.CHARGE_FAILED: "charge_failed",
    T.NOT_REPAIRABLE: "not_repairable",
    T.DELIVERED: "delivered",
    T.DISPUTE_ANSWERED: "dispute_answered",
    T.REOPENED: "reopened",
}
"""What is said of a step that has nothing more to it."""

NEWS = SAID.keys() | {
    *(T.REMEDY_CHANGED, T.LABEL_ISSUED, T.REFUNDED, T.REFUND_FAILED, T.REPLACEMENT_SHIPPED),
    *(T.CHARGED, T.GOODS_DISPATCHED, T.REPAIRED, T.CREDIT_GIVEN, T.MESSAGE_SENT),
}
"""Steps that name the mail; else the status does that they lead to."""

ANYWHERE = frozenset(Status)

WORTH_A_MAIL: dict[Step, frozenset[Status]] = dict.fromkeys(
    (
        *(T.FILED, T.ACCEPTED, T.REJECTED, T.APPEALED, T.REFERRED, T.INFORMATION_REQUESTED, T.REMEDY_CHANGED),
        *(T.GOODS_RECEIVED, T.REFUND_ORDERED, T.REFUND_FAILED, T.REFUNDED),
        *(T.REPLACEMENT_FAILED, T.REPLACEMENT_SHIPPED, T.QUOTE_ACCEPTED, T.QUOTE_DECLINED),
        *(T.CHARGE_ORDERED, T.CHARGED, T.CHARGE_FAILED, T.VISIT_PLANNED, T.PARTS_WANTED, T.NOT_REPAIRABLE),
        *(T.GOODS_DISPATCHED, T.CREDIT_GIVEN, T.COMPLETED, T.DISPUTED, T.DISPUTE_ANSWERED, T.REOPENED),
        *(T.CANCELLED, T.EXPIRED, T.SURVEY_SENT, T.MESSAGE_SENT),
    ),
    ANYWHERE,
) | {
    T.ASSIGNED: frozenset({S.AWAITING_GOODS}),
    T.LABEL_ISSUED: frozenset({S.AWAITING_GOODS}),
    T.DIAGNOSED: frozenset({S.QUOTE_OFFERED}),
    T.GOODS_INSPECTED: frozenset({S.AWAITING_CONFIRMATION}),
    T.REPAIRED: frozenset({S.AWAITING_CONFIRMATION}),
    T.DELIVERED: frozenset({S.AWAITING_CONFIRMATION}),
}
"""By where the step leads. The page shows the others; a case that was confirmed is followed by the survey's mail."""

IN_THE_SAME_STATUS = frozenset(
    {
        *(T.LABEL_ISSUED, T.REMEDY_CHANGED, T.REFUNDED, T.DIAGNOSED, T.NOT_REPAIRABLE, T.VISIT_PLANNED),
        *(T.SURVEY_SENT, T.MESSAGE_SENT),
    }
)
"""Steps that are worth one also where they change no status: the bus rule lets them through by name."""


def is_worth_a_mail(event: TimelineEvent) -> bool:
    """By the table; and what staff write to the customer always is."""
    written = event.message is not None and event.actor.kind == "staff"
    return not event.staff_only and (written or event.status_to in WORTH_A_MAIL.get(event.step, ()))
