"""What a customer reads of each status and step: its name, and what happens next. In every language we speak."""

from typing import Literal, NamedTuple

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
        S.IN_TRANSIT: Words("寄回途中", "您寄回的商品正在路上，我们收到后会尽快验货。"),
        S.RECEIVED: Words("已收货", "我们已收到您寄回的商品，正在验货。"),
        S.INSPECTED: Words("已验货", "验货已完成，专员正在办理后续。"),
        S.REFUND_ORDERED: Words("退款中", "退款已提交店铺支付，到账后会通知您。"),
        S.REPLACEMENT_ORDERED: Words("备货中", "店铺正在为您准备商品，发出后会告诉您承运商和运单号。"),
        S.CREDIT_ORDERED: Words("补偿发放中", "店铺正在为您发放补偿，发放后会通知您。"),
        S.APPROVAL_WANTED: Words("方案确认中", "我们正在内部确认给您的处理方案，结果会通过邮件告知。"),
        S.QUOTE_OFFERED: Words("待您答复报价", "商品可以修好，但需要付费。请看报价，告诉我们您是否接受。"),
        S.AWAITING_PAYMENT: Words("待付款", "请在店铺完成付款，我们收到后继续处理。"),
        S.VISIT_PLANNED: Words("已约定时间", "我们会在约定的时间为您服务，请您留出时间。"),
        S.IN_REPAIR: Words("维修中", "师傅正在维修您的商品，修好后会寄回给您。"),
        S.AWAITING_PARTS: Words("等待配件", "维修所需的配件已在订购，到货后马上继续。抱歉让您多等几天。"),
        S.REPAIRED: Words("已修好", "您的商品已修好，马上寄回给您。"),
        S.DELIVERING: Words("配送中", "您的包裹正在路上。收到后请确认；如有问题，请告诉我们。"),
        S.AWAITING_CONFIRMATION: Words("待您确认", "我们已处理完毕。如果一切妥当，请您确认；如有问题，请告诉我们。"),
        S.DISPUTED: Words("异议处理中", "客服主管正在重新查看您的申请，结果会通过邮件告知。"),
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
        S.IN_TRANSIT: Words("Goods on their way to us", "We will look at them as soon as they arrive."),
        S.RECEIVED: Words("Goods received", "Your goods have arrived and are being inspected."),
        S.INSPECTED: Words("Goods inspected", "The inspection is done; the next step is on its way."),
        S.REFUND_ORDERED: Words("Refund on its way", "The store is paying you back; we tell you when it is done."),
        S.REPLACEMENT_ORDERED: Words(
            "Getting your goods ready", "The store is packing them; when they leave, we tell you the tracking number."
        ),
        S.CREDIT_ORDERED: Words(
            "Compensation on its way", "The store is giving it to you; we tell you when it is done."
        ),
        S.APPROVAL_WANTED: Words(
            "Being confirmed", "We are confirming what we can do for you and will tell you by mail."
        ),
        S.QUOTE_OFFERED: Words(
            "Repair offer", "It can be repaired, but at a price. Please look at our offer and tell us what you want."
        ),
        S.AWAITING_PAYMENT: Words("Waiting for your payment", "Please pay in the store’s shop; then we go on."),
        S.VISIT_PLANNED: Words("Appointment made", "We will be there for you at the time agreed."),
        S.IN_REPAIR: Words("Being repaired", "We are repairing your goods and will send them back to you."),
        S.AWAITING_PARTS: Words(
            "Waiting for parts", "The parts we need are on order; we go on when they arrive. Sorry for the longer wait."
        ),
        S.REPAIRED: Words("Repaired", "Your goods are repaired; we are about to send them back to you."),
        S.DELIVERING: Words(
            "On its way to you", "Please confirm when your parcel has arrived, or tell us if something is wrong."
        ),
        S.AWAITING_CONFIRMATION: Words(
            "Please confirm", "Our work is done. Please confirm that all is well, or tell us what is not."
        ),
        S.DISPUTED: Words(
            "Being looked at again", "A team lead looks at your application again and tells you by mail."
        ),
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

Case = Literal["confirm_only", "delivery_only", "label", "paid_before", "replaced_before", "send_or_pay", "kept"]
"""Where a status has other words than usual: `next_words` says when."""

INSTEAD: dict[Language, dict[Case, str]] = {
    "zh-CN": {
        "confirm_only": "我们已按您的异议重新处理完毕。如果一切妥当，请您确认。",
        "delivery_only": "您的包裹正在路上，收到后请确认。如有问题，请联系店铺客服。",
        "label": "请打印我们为您准备的运单，贴在包裹上寄回商品。",
        "paid_before": "退款已提前付给您，请记得把商品寄回，否则店铺会向您收取相应货款。",
        "replaced_before": "新商品已提前为您发出，请记得把原商品寄回，否则店铺会向您收取相应货款。",
        "send_or_pay": "请在店铺付款，或者尽快把商品寄回，并填写承运商和运单号。",
        "kept": "您已付款留下商品，申请随之关闭。",
    },
    "en": {
        "confirm_only": "We have dealt with what you told us. Please confirm that all is well.",
        "delivery_only": "Please confirm when your parcel has arrived. If something is wrong, ask the store.",
        "label": "Please print the label that we made for you, and send the goods back with it.",
        "paid_before": "We have paid you back already. Please send the goods back, or the store asks for their price.",
        "replaced_before": "We have sent you new goods already. Please send the old ones back, or the store asks for "
        "their price.",
        "send_or_pay": "Please pay in the store’s shop, or send the goods back now and tell us the tracking number.",
        "kept": "You have paid for the goods and keep them, so your application is closed.",
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
        T.MESSAGE_SENT: "您有一条新消息",
        T.EVIDENCE_ATTACHED: "上传照片或视频",
        T.REMEDY_CHANGED: "更改处理方式",
        T.LABEL_ISSUED: "生成寄回运单",
        T.GOODS_SENT: "寄出商品",
        T.PARCEL_MOVED: "包裹有新动态",
        T.GOODS_RECEIVED: "收到商品",
        T.GOODS_INSPECTED: "完成验货",
        T.REFUND_ORDERED: "提交退款",
        T.REFUND_FAILED: "退款未成功，专员跟进中",
        T.REFUNDED: "退款成功",
        T.UNDELIVERED: "未能通知店铺系统，待人工处理",
        T.REFUND_CONTRADICTED: "退款结果前后不一，待人工核对",
        T.CHARGE_CONTRADICTED: "付款结果前后不一，待人工核对",
        T.REPLACEMENT_WANTED: "请店铺预留商品",
        T.REPLACEMENT_RESERVED: "已为您留好商品",
        T.REPLACEMENT_ORDERED: "安排发货",
        T.REPLACEMENT_FAILED: "店铺暂时无货，专员跟进中",
        T.REPLACEMENT_SHIPPED: "商品已发出",
        T.DIAGNOSED: "完成检测",
        T.QUOTE_ACCEPTED: "接受维修报价",
        T.QUOTE_DECLINED: "未接受维修报价",
        T.CHARGE_ORDERED: "请您付款",
        T.CHARGED: "收到付款",
        T.CHARGE_FAILED: "未收到付款",
        T.VISIT_PLANNED: "约定服务时间",
        T.PARTS_WANTED: "订购配件",
        T.PARTS_ARRIVED: "配件到货",
        T.REPAIRED: "维修完成",
        T.NOT_REPAIRABLE: "无法修好",
        T.GOODS_DISPATCHED: "商品寄回给您",
        T.DELIVERED: "包裹送达",
        T.COMPENSATION_PROPOSED: "提出补偿方案",
        T.COMPENSATION_REFUSED: "补偿方案未获批准",
        T.CREDIT_ORDERED: "安排发放补偿",
        T.CREDIT_GIVEN: "补偿已发放",
        T.CREDIT_FAILED: "补偿未能发放，专员跟进中",
        T.COMPLETED: "处理完成",
        T.CONFIRMED: "确认结果",
        T.DISPUTED: "提出异议",
        T.DISPUTE_ANSWERED: "答复异议",
        T.REOPENED: "重新处理",
        T.CANCELLED: "取消申请",
        T.EXPIRED: "超过期限",
        T.OVERDUE: "处理超时",
        T.SLA_WARNED: "时限将到",
        T.SLA_BREACHED: "超过时限",
        T.ESCALATED: "升级处理",
        T.PRIORITY_CHANGED: "调整优先级",
        T.TAKEN_BACK: "收回重新分派",
        T.HANDED_OVER: "转交其他团队",
        T.TASK_OPENED: "开立协作任务",
        T.TASK_DONE: "完成协作任务",
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
        T.MESSAGE_SENT: "A message for you",
        T.EVIDENCE_ATTACHED: "Photo or video added",
        T.REMEDY_CHANGED: "Another solution was chosen",
        T.LABEL_ISSUED: "Return label made",
        T.GOODS_SENT: "Goods sent back",
        T.PARCEL_MOVED: "News of the parcel",
        T.GOODS_RECEIVED: "Goods received",
        T.GOODS_INSPECTED: "Goods inspected",
        T.REFUND_ORDERED: "Refund ordered",
        T.REFUND_FAILED: "The refund did not go through; we are on it",
        T.REFUNDED: "Refunded",
        T.UNDELIVERED: "The store could not be told; a person looks",
        T.REFUND_CONTRADICTED: "The refund was told otherwise before; a person looks",
        T.CHARGE_CONTRADICTED: "The payment was told otherwise before; a person looks",
        T.REPLACEMENT_WANTED: "The store was asked to set goods aside",
        T.REPLACEMENT_RESERVED: "Goods set aside for you",
        T.REPLACEMENT_ORDERED: "Goods to be sent to you",
        T.REPLACEMENT_FAILED: "The store does not have the goods; we are on it",
        T.REPLACEMENT_SHIPPED: "Goods sent to you",
        T.DIAGNOSED: "Looked at by a technician",
        T.QUOTE_ACCEPTED: "Repair offer accepted",
        T.QUOTE_DECLINED: "Repair offer not accepted",
        T.CHARGE_ORDERED: "Payment asked for",
        T.CHARGED: "Payment received",
        T.CHARGE_FAILED: "No payment received",
        T.VISIT_PLANNED: "Appointment made",
        T.PARTS_WANTED: "Parts ordered",
        T.PARTS_ARRIVED: "Parts arrived",
        T.REPAIRED: "Repaired",
        T.NOT_REPAIRABLE: "Could not be repaired",
        T.GOODS_DISPATCHED: "Your goods sent back to you",
        T.DELIVERED: "Parcel delivered",
        T.COMPENSATION_PROPOSED: "Compensation proposed",
        T.COMPENSATION_REFUSED: "Compensation not approved",
        T.CREDIT_ORDERED: "Compensation on its way",
        T.CREDIT_GIVEN: "Compensation given",
        T.CREDIT_FAILED: "The compensation did not go through; we are on it",
        T.COMPLETED: "Completed",
        T.CONFIRMED: "Outcome confirmed",
        T.DISPUTED: "Objection made",
        T.DISPUTE_ANSWERED: "Objection answered",
        T.REOPENED: "Taken up again",
        T.CANCELLED: "Cancelled",
        T.EXPIRED: "Time ran out",
        T.OVERDUE: "Overdue",
        T.SLA_WARNED: "Time is nearly up",
        T.SLA_BREACHED: "Time is up",
        T.ESCALATED: "Escalated",
        T.PRIORITY_CHANGED: "Priority changed",
        T.TAKEN_BACK: "Taken back to be assigned anew",
        T.HANDED_OVER: "Handed over to another team",
        T.TASK_OPENED: "Task for a department opened",
        T.TASK_DONE: "Task of a department done",
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
        "replacement": "换新商品",
        "compensation": "补偿",
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
        "replacement": "What you get instead",
        "compensation": "Compensation",
        "adjustment": "Adjustment",
    },
}
"""What a customer reads of each part of a refund. The reason of an adjustment is the message that came with it."""
