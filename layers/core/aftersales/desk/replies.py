"""Ready sentences for messages to customers. They are inserted, and can be changed then."""

from typing import NamedTuple

from aftersales.desk.text import LANGUAGES, Text


class Reply(NamedTuple):
    """For the forms of `steps`. Some go with one `outcome` only."""

    steps: tuple[str, ...]
    title: Text
    text: Text
    outcome: str = ""


REPLIES: dict[str, Reply] = {
    "photo": Reply(
        ("information-request",),
        Text("请补照片", "Ask for a photo"),
        Text(
            "麻烦您补充一张能看清问题部位的照片，最好连同外包装一起拍。收到后我们马上继续处理。",
            "Could you add a photo that shows the fault clearly, best with the packaging? Then we go on at once.",
        ),
    ),
    "serial": Reply(
        ("information-request",),
        Text("请补序列号", "Ask for the serial number"),
        Text(
            "麻烦您告诉我们机身或包装上的序列号，我们好核对保修信息。",
            "Could you tell us the serial number on the device or its box? With it we can look up the warranty.",
        ),
    ),
    "safety": Reply(
        ("message", "information-request"),
        Text("请立即停用", "Stop using it"),
        Text(
            "为了您的安全，请立即停止使用并断电，也不要自行拆开商品。我们会尽快告诉您接下来怎么处理。",
            "For your safety, please stop using it, unplug it, and do not open it. We tell you very soon what happens "
            "next.",
        ),
    ),
    "accepted": Reply(
        ("decision",),
        Text("通过", "Accept"),
        Text(
            "您提供的资料已核实，申请通过。给您带来不便，非常抱歉。",
            "We have looked at what you sent, and your application is accepted. We are sorry for the trouble.",
        ),
        "accept",
    ),
    "not_shown": Reply(
        ("decision",),
        Text("资料不能证明问题", "The fault is not shown"),
        Text(
            "很抱歉，从目前的资料看不出您描述的问题，因此这次无法通过。如果有新的照片，欢迎您提出申诉。",
            "We are sorry: what we have does not show the fault that you describe, so we cannot accept it. If you "
            "have other photos, please appeal.",
        ),
        "reject",
    ),
    "too_late": Reply(
        ("decision",),
        Text("超过期限", "Too late"),
        Text(
            "很抱歉，申请时已超过退换期限，因此这次无法通过。如果您对期限有疑问，欢迎提出申诉。",
            "We are sorry: the time for returns was over when you applied, so we cannot accept it. If you see it "
            "otherwise, please appeal.",
        ),
        "reject",
    ),
    "arrived": Reply(
        ("receipt",),
        Text("已收到", "Arrived"),
        Text(
            "您寄回的商品已到我们仓库，两个工作日内完成验货。",
            "Your goods have arrived at our warehouse. We look at them within two working days.",
        ),
    ),
    "all_well": Reply(
        ("inspection",),
        Text("验货无误", "All in order"),
        Text(
            "商品已验过，与您描述的一致，我们马上办理后续。",
            "We have looked at the goods: all is as you described. We go on at once.",
        ),
    ),
    "refunded": Reply(
        ("refund",),
        Text("退款原路返回", "The way it was paid"),
        Text(
            "退款会原路返回您的付款账户，到账时间以支付机构为准，一般为一到五个工作日。",
            "The money goes back the way it was paid, usually within one to five working days.",
        ),
    ),
    "packed": Reply(
        ("replacement",),
        Text("马上发货", "Sent soon"),
        Text(
            "新的商品正在打包，发出后会告诉您承运商和运单号。",
            "Your new goods are being packed. When they leave, we tell you the carrier and the tracking number.",
        ),
    ),
    "sorry": Reply(
        ("compensation", "completion", "dispute-answer", "message"),
        Text("致歉", "Apology"),
        Text(
            "这次没有让您满意，非常抱歉。我们已经找到原因，会避免再次发生。",
            "We are sorry that this went wrong. We know why it did, and see to it that it does not happen again.",
        ),
    ),
    "delay": Reply(
        ("parts", "message"),
        Text("等待配件", "Parts on order"),
        Text(
            "维修需要的配件已订购，预计一到两周到货。让您久等了，到货后我们优先为您维修。",
            "The parts are on order and should be here in one to two weeks. We are sorry for the wait; your repair "
            "comes first when they arrive.",
        ),
    ),
    "repaired": Reply(
        ("repair-result", "dispatch"),
        Text("已修好", "Repaired"),
        Text(
            "您的商品已修好并通过测试。使用中如有任何问题，随时告诉我们。",
            "Your goods are repaired and tested. If anything is not as it should be, please tell us.",
        ),
    ),
    "visit": Reply(
        ("visit",),
        Text("上门前来电", "A call before"),
        Text(
            "师傅出发前会给您打电话，请保持手机畅通。如需改时间，请提前告诉我们。",
            "We call you before we set out. If you need another time, please tell us beforehand.",
        ),
    ),
    "answered": Reply(
        ("completion",),
        Text("已答复", "Answered"),
        Text(
            "以上是我们的答复。如果还有疑问，欢迎随时联系我们。",
            "This is our answer. If anything is still open, please write to us at any time.",
        ),
    ),
    "stands": Reply(
        ("dispute-answer",),
        Text("维持结果", "It stands"),
        Text(
            "我们重新核对了全部记录，处理结果符合约定，因此维持不变。感谢您的理解。",
            "We have gone through all of it again. What was done is what was agreed, so it stands. Thank you for "
            "your understanding.",
        ),
        "stands",
    ),
}


def replies_for(step: str) -> dict[str, Reply]:
    return {key: reply for key, reply in REPLIES.items() if step in reply.steps}


def text_of(choice: str) -> str:
    """The sentence behind `key:language`; empty when there is none."""
    known = {f"{key}:{language}": reply.text.in_(language) for key, reply in REPLIES.items() for language in LANGUAGES}
    return known.get(choice, "")


def inserted(before: str, text: str) -> str:
    """After what was typed, in a paragraph of its own."""
    return f"{before.rstrip()}\n\n{text}" if before.strip() else text
