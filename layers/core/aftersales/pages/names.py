"""What the kinds of applications and the reasons for them are called, in every language we speak."""

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Language, Reason

T = Type
TYPE: dict[Language, dict[Type, str]] = {
    "zh-CN": {
        T.REFUND_ONLY: "仅退款",
        T.RETURN_REFUND: "退货退款",
        T.EXCHANGE: "换货",
        T.REPAIR: "维修",
        T.RESEND: "补发",
        T.COMPLAINT: "投诉",
        T.CONSULTATION: "咨询",
    },
    "en": {
        T.REFUND_ONLY: "Refund",
        T.RETURN_REFUND: "Return and refund",
        T.EXCHANGE: "Exchange",
        T.REPAIR: "Repair",
        T.RESEND: "Send again",
        T.COMPLAINT: "Complaint",
        T.CONSULTATION: "Question",
    },
}

R = Reason
REASON: dict[Language, dict[Reason, str]] = {
    "zh-CN": {
        R.CHANGED_MIND: "不想要了",
        R.WRONG_SIZE: "尺码不合适",
        R.NOT_AS_DESCRIBED: "与描述不符",
        R.DEFECTIVE: "质量问题",
        R.DAMAGED_IN_TRANSIT: "运输途中损坏",
        R.WRONG_ITEM: "发错商品",
        R.MISSING: "缺件",
        R.LATE: "未按时送达",
        R.OTHER: "其他原因",
    },
    "en": {
        R.CHANGED_MIND: "changed my mind",
        R.WRONG_SIZE: "wrong size",
        R.NOT_AS_DESCRIBED: "not as described",
        R.DEFECTIVE: "defective",
        R.DAMAGED_IN_TRANSIT: "damaged in transit",
        R.WRONG_ITEM: "wrong item",
        R.MISSING: "missing",
        R.LATE: "arrived late",
        R.OTHER: "another reason",
    },
}
