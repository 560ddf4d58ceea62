"""What a customer reads of each status and step: its name, and what happens next. In every language we speak."""

from typing import NamedTuple

from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Language
from aftersales.applications.refund import ItemKind


class Words(NamedTuple):
    name: str
    next: str


S = Status
STATUS: dict[Language, dict[Status, Words]] = {
    "zh-CN": {
        S.SUBMITTED: Words("已提交", "系统正在审核您的申请，通常只需几秒。"),
        S.MANUAL_REVIEW: Words("人工审核中", "专员正在核对您的申请，结果会通过邮件告知。"),
        S.INFORMATION_WANTED: Words("待补充资料", "请按要求补充说明或照片，我们收到后继续处理。"),
        S.ACCEPTED: Words("已受理", "正在为您安排专员。"),
        S.IN_PROGRESS: Words("处理中", "专员正在处理您的申请。"),
        S.AWAITING_GOODS: Words("待寄回", "请寄回商品，并填写承运商和运单号。"),
        S.RECEIVED: Words("已收货", "我们已收到您寄回的商品，正在验货。"),
        S.INSPECTED: Words("已验货", "验货已完成，专员正在办理后续。"),
        S.REFUND_ORDERED: Words("退款中", "退款已提交店铺支付，到账后会通知您。"),
        S.RESOLVED: Words("已完成", "您的申请已办结，感谢您的耐心。"),
        S.REJECTED: Words("未通过", "原因见下方说明。如有疑问，请联系店铺客服。"),
        S.APPEALED: Words(
            "申诉处理中",
            "您的申诉由未参与原决定的专员重新审核，结果会通过邮件告知。如需补充照片或视频，请在提交申请的店铺页面上传。",
        ),
        S.CANCELLED: Words("已取消", "您的申请已取消，可以重新申请。"),
        S.EXPIRED: Words("已过期", "在期限内未收到您的资料或商品，申请已关闭，可以重新申请。"),
    },
    "en": {
        S.SUBMITTED: Words("Submitted", "Your application is being checked; this usually takes seconds."),
        S.MANUAL_REVIEW: Words("Under review", "A person is looking at your application and will tell you by mail."),
        S.INFORMATION_WANTED: Words("Information wanted", "Please add what we asked for; then we go on."),
        S.ACCEPTED: Words("Accepted", "We are finding the right person for it."),
        S.IN_PROGRESS: Words("In progress", "A member of our team is working on it."),
        S.AWAITING_GOODS: Words(
            "Waiting for the goods", "Please send the goods back and tell us the carrier and tracking number."
        ),
        S.RECEIVED: Words("Goods received", "Your goods have arrived and are being inspected."),
        S.INSPECTED: Words("Goods inspected", "The inspection is done; the next step is on its way."),
        S.REFUND_ORDERED: Words("Refund on its way", "The store is paying you back; we tell you when it is done."),
        S.RESOLVED: Words("Resolved", "Your application is complete. Thank you for your patience."),
        S.REJECTED: Words("Not accepted", "The reasons are given below. If you have questions, please ask the store."),
        S.APPEALED: Words(
            "Appeal under review",
            "A person who did not make the first decision looks at it again and will tell you by mail. To add photos "
            "or videos, use the store page where you applied.",
        ),
        S.CANCELLED: Words("Cancelled", "Your application is cancelled. You may file a new one."),
        S.EXPIRED: Words(
            "Expired", "We did not get your information or goods in time. You may file a new application."
        ),
    },
}

PARTLY_ACCEPTED: dict[Language, str] = {"zh-CN": "部分通过", "en": "Accepted in part"}
"""The name of `Step.ACCEPTED` when some lines were refused."""

T = Step
STEP: dict[Language, dict[Step, str]] = {
    "zh-CN": {
        T.FILED: "提交申请",
        T.ACCEPTED: "审核通过",
        T.REJECTED: "审核未通过",
        T.APPEALED: "提出申诉",
        T.REFERRED: "转人工审核",
        T.ASSIGNED: "安排专员",
        T.INFORMATION_REQUESTED: "请求补充资料",
        T.INFORMATION_GIVEN: "补充资料",
        T.EVIDENCE_ATTACHED: "上传照片或视频",
        T.GOODS_SENT: "寄出商品",
        T.GOODS_RECEIVED: "收到商品",
        T.GOODS_INSPECTED: "完成验货",
        T.REFUND_ORDERED: "提交退款",
        T.REFUND_FAILED: "退款未成功，专员跟进中",
        T.REFUNDED: "退款成功",
        T.REFUND_UNDELIVERED: "退款指令未送达，待人工处理",
        T.REFUND_CONTRADICTED: "退款结果前后不一，待人工核对",
        T.COMPLETED: "处理完成",
        T.CANCELLED: "取消申请",
        T.EXPIRED: "超过期限",
        T.OVERDUE: "处理超时",
        T.NOTED: "内部备注",
        T.NOTICE_UNCERTAIN: "通知是否送达不确定",
        T.SURVEY_SENT: "发送问卷",
        T.SURVEY_ANSWERED: "填写问卷",
        T.FOLLOW_UP_PLANNED: "计划回访",
        T.FOLLOW_UP_DUE: "回访到期",
        T.FOLLOWED_UP: "完成回访",
    },
    "en": {
        T.FILED: "Application filed",
        T.ACCEPTED: "Accepted",
        T.REJECTED: "Not accepted",
        T.APPEALED: "Appeal made",
        T.REFERRED: "Passed on for review by a person",
        T.ASSIGNED: "Assigned to a member of our team",
        T.INFORMATION_REQUESTED: "Information asked for",
        T.INFORMATION_GIVEN: "Information given",
        T.EVIDENCE_ATTACHED: "Photo or video added",
        T.GOODS_SENT: "Goods sent back",
        T.GOODS_RECEIVED: "Goods received",
        T.GOODS_INSPECTED: "Goods inspected",
        T.REFUND_ORDERED: "Refund ordered",
        T.REFUND_FAILED: "The refund did not go through; we are on it",
        T.REFUNDED: "Refunded",
        T.REFUND_UNDELIVERED: "The refund could not be passed on; a person looks",
        T.REFUND_CONTRADICTED: "The refund was told otherwise before; a person looks",
        T.COMPLETED: "Completed",
        T.CANCELLED: "Cancelled",
        T.EXPIRED: "Time ran out",
        T.OVERDUE: "Overdue",
        T.NOTED: "Internal note",
        T.NOTICE_UNCERTAIN: "It is not certain that a notice was sent",
        T.SURVEY_SENT: "Survey sent",
        T.SURVEY_ANSWERED: "Survey answered",
        T.FOLLOW_UP_PLANNED: "Follow-up planned",
        T.FOLLOW_UP_DUE: "Follow-up due",
        T.FOLLOWED_UP: "Follow-up done",
    },
}

REFUND_ITEM: dict[Language, dict[ItemKind, str]] = {
    "zh-CN": {
        "paid": "实付金额",
        "price": "商品原价",
        "line_discount": "商品优惠",
        "order_discount": "订单优惠分摊",
        "tax": "税费",
        "rounding": "尾差",
        "coupon": "优惠条件变化调整",
        "restocking_fee": "折损费",
        "return_freight": "退货运费",
        "shipping": "退还下单运费",
        "adjustment": "验货后调整",
    },
    "en": {
        "paid": "What you paid",
        "price": "Price",
        "line_discount": "Discount on the item",
        "order_discount": "Share of the order's discount",
        "tax": "Tax",
        "rounding": "Rounding",
        "coupon": "Change of the order's discount",
        "restocking_fee": "Restocking fee",
        "return_freight": "Cost of sending it back",
        "shipping": "Shipping that you paid",
        "adjustment": "Adjustment",
    },
}
"""What a customer reads of each part of a refund. The reason of an adjustment is the message that came with it."""
