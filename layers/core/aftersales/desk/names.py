"""How the desk calls statuses, steps, parts of a refund, and codes.

Mostly as the customer reads them; what speaks to the customer speaks of them here.
"""

from aftersales.applications import words
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import DEFAULT_TEAM, Language
from aftersales.applications.refund import ItemKind
from aftersales.desk.text import Text

S, T = Status, Step

STATUS: dict[Status, Text] = {
    S.INFORMATION_WANTED: Text("待客户补充资料", "Customer to answer"),
    S.AWAITING_GOODS: Text("待客户寄回", "Customer to send goods"),
    S.IN_TRANSIT: Text("寄回途中", "Goods on their way here"),
    S.REPLACEMENT_ORDERED: Text("备货中", "Replacement on order"),
    S.APPROVAL_WANTED: Text("待主管审批", "Lead to approve"),
    S.QUOTE_OFFERED: Text("待客户答复报价", "Customer to take offer"),
    S.AWAITING_PAYMENT: Text("待客户付款", "Customer to pay"),
    S.DELIVERING: Text("配送中", "On its way to customer"),
    S.AWAITING_CONFIRMATION: Text("待客户确认", "Customer to confirm"),
    S.DISPUTED: Text("客户有异议", "Disputed"),
    S.APPEALED: Text("客户申诉", "Appealed"),
}

STEP: dict[Step, Text] = {
    T.ASSIGNED: Text("安排专员", "Assigned"),
    T.MESSAGE_SENT: Text("给客户留言", "Message to the customer"),
    T.REFUND_FAILED: Text("退款未成功", "Refund failed"),
    T.REPLACEMENT_RESERVED: Text("已留好商品", "Goods set aside"),
    T.REPLACEMENT_ORDERED: Text("安排发货", "Replacement ordered"),
    T.REPLACEMENT_FAILED: Text("店铺暂时无货", "Store has no replacement"),
    T.REPLACEMENT_SHIPPED: Text("商品已发出", "Replacement sent"),
    T.CHARGE_ORDERED: Text("请客户付款", "Payment asked for"),
    T.GOODS_DISPATCHED: Text("商品寄回给客户", "Goods sent back to the customer"),
    T.CREDIT_FAILED: Text("补偿未能发放", "Compensation failed"),
}

ITEM: dict[ItemKind, Text] = {
    "paid": Text("实付金额", "Paid"),
    "shipping": Text("退还下单运费", "Shipping"),
    "replacement": Text("换新商品", "Sent instead"),
    "adjustment": Text("已付或已退的差价", "Difference that was paid, or paid back, before"),
}

CODE: dict[str, Text] = {
    "accept": Text("通过", "Accept"),
    "partly_accept": Text("部分通过", "Accept a part"),
    "reject": Text("拒绝", "Reject"),
    "manual_review": Text("转人工", "For a person"),
    "information_wanted": Text("需补充资料", "Information wanted"),
    "low": Text("低", "low"),
    "normal": Text("普通", "normal"),
    "high": Text("高", "high"),
    "urgent": Text("紧急", "urgent"),
    "at_once": Text("立即", "at once"),
    "at_handover": Text("承运商揽收后", "once the carrier has the goods"),
    "at_receipt": Text("收到商品后", "once the goods are here"),
    "after_inspection": Text("验货后", "after the inspection"),
    "store": Text("店铺", "store"),
    "customer": Text("客户", "customer"),
    "staff": Text("员工", "staff"),
    "storefront": Text("店铺系统", "storefront"),
    "system": Text("系统", "system"),
    "photo": Text("照片", "photo"),
    "serial_number": Text("序列号", "serial number"),
    "as_described": Text("完好相符", "As described"),
    "damaged": Text("损坏", "Damaged"),
    "wrong_item": Text("不是此商品", "Another item"),
    "missing": Text("缺失", "Missing"),
    "used": Text("已使用", "Used"),
    "paid": Text("已付款", "Paid"),
    "failed": Text("失败", "Failed"),
    "given": Text("已发放", "Given"),
    "wanted": Text("请店铺预留", "to be set aside"),
    "reserved": Text("已预留", "Set aside"),
    "ordered": Text("已安排", "ordered"),
    "shipped": Text("已发出", "Sent"),
    "delivered": Text("已送达", "Delivered"),
    "refund": Text("部分退款", "Refund of a part"),
    "coupon": Text("优惠券", "Coupon"),
    "points": Text("积分", "Points"),
    "stands": Text("维持原结果", "It stands"),
    "reopened": Text("重新处理", "Take it up again"),
    "repaired": Text("已修好", "Repaired"),
    "not_repairable": Text("无法修好", "Cannot be repaired"),
    "declined": Text("客户未接受报价", "offer not taken"),
    "on_site": Text("上门", "At the customer’s"),
    "remote": Text("远程", "From afar"),
    "price_difference": Text("换货差价", "price difference"),
    "repair": Text("维修费", "repair"),
    "goods_kept": Text("未寄回商品的货款", "goods that never came back"),
    "return": Text("退货", "return"),
    "difference": Text("差价", "difference"),
    "compensation": Text("补偿", "compensation"),
    "agent": Text("客服", "agent"),
    "lead": Text("主管", "team lead"),
    "admin": Text("管理员", "administrator"),
    "application": Text("申请", "case"),
    "follow_up": Text("回访", "call back"),
    "zh-CN": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
    "task": Text("部门任务", "task"),
    "logistics": Text("物流", "Logistics"),
    "technical": Text("技术", "Technical"),
    "quality": Text("质检", "Quality"),
    "finance": Text("财务", "Finance"),
    "available": Text("可接单", "Available"),
    "busy": Text("忙碌", "Busy"),
    "away": Text("离开", "Away"),
    "on_leave": Text("休假", "On leave"),
    "off_hours": Text("不在班", "Off hours"),
    "pickup": Text("接手期限", "To be taken"),
    "first_response": Text("首次回复期限", "First answer due"),
    "next_response": Text("回复期限", "Answer due"),
    "resolution": Text("解决期限", "Solution due"),
    "idle": Text("处理间隔期限", "Next step due"),
    "nobody_can": Text("无人能处理", "Nobody can do it"),
    "no_rates": Text("没有可用的运费报价", "No carrier takes it"),
    "bad_address": Text("地址有误", "The address is not right"),
    "bad_package": Text("包裹资料有误", "The parcel is not right"),
    "unknown_parcel": Text("查不到此包裹", "The parcel is not known"),
    "not_paid": Text("承运账户余额不足", "The account with the carrier is empty"),
    "not_possible": Text("承运方无法办理", "The carrier cannot do it"),
    DEFAULT_TEAM: Text("售后组", "After-sales"),
    "true": Text("是", "Yes"),
    "false": Text("否", "No"),
}


def status_name(status: Status, language: Language) -> str:
    return STATUS[status].in_(language) if status in STATUS else words.STATUS[language][status].name


def step_name(step: Step, language: Language) -> str:
    return STEP[step].in_(language) if step in STEP else words.STEP[language][step]


def item_name(item: ItemKind, language: Language) -> str:
    return ITEM[item].in_(language) if item in ITEM else words.REFUND_ITEM[language][item]


def code_name(code: object, language: Language) -> str:
    """A code without a name stands for itself."""
    name = str(code)
    return CODE[name].in_(language) if name in CODE else name
