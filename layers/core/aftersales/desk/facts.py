"""What the policy knew when it decided, in words: a name for every fact, and its value as people read it."""

from collections.abc import Iterator, Mapping
from typing import Any

from aftersales.applications.model import Language
from aftersales.desk.names import code_name
from aftersales.desk.text import Text
from aftersales.money import signed_text
from aftersales.pages.names import REASON, TYPE

FACT: dict[str, Text] = {
    "type": Text("申请类型", "Applied for"),
    "channel": Text("提交渠道", "Filed by"),
    "reason": Text("原因", "Reason"),
    "danger": Text("描述涉及人身安全", "Words tell of danger"),
    "country": Text("收货国家或地区", "Country of delivery"),
    "currency": Text("币种", "Currency"),
    "delivered": Text("已送达", "Delivered"),
    "days_since_delivery": Text("签收后天数", "Days since delivery"),
    "days_since_delivery_at_work": Text("签收后天数（节假日顺延）", "Days since delivery, less days off at the end"),
    "months_since_delivery": Text("签收后第几个月", "Month since delivery"),
    "days_since_order": Text("下单后天数", "Days since the order"),
    "category": Text("商品类别", "Kind of goods"),
    "tags": Text("商品标签", "Tags of the goods"),
    "final_sale": Text("特价不退", "Final sale"),
    "custom_made": Text("定制商品", "Made to order"),
    "perishable": Text("易腐商品", "Perishable"),
    "digital": Text("数字商品", "Digital"),
    "periodical": Text("报纸期刊", "Newspaper or magazine"),
    "no_return_confirmed": Text("购买时已确认不支持无理由退货", "Agreed at purchase to no free return"),
    "opened": Text("已拆封或已下载", "Opened, or downloaded"),
    "serial_number": Text("序列号", "Serial number"),
    "seller": Text("卖家", "Seller"),
    "quantity": Text("申请数量", "Units"),
    "price_paid": Text("实付金额", "Paid for them"),
    "discount": Text("优惠金额", "Discount"),
    "order_total": Text("订单总额", "Total of the order"),
    "order_channel": Text("下单渠道", "Bought by"),
    "season": Text("促销活动", "Campaign"),
    "payment_instrument": Text("付款方式", "Paid with"),
    "customer_tier": Text("客户等级", "Tier of the customer"),
    "risk": Text("店铺对客户的风险判断", "Risk, as the store sees it"),
    "applications_90": Text("90 天内的申请数", "Applications in 90 days"),
    "applications_365": Text("365 天内的申请数", "Applications in 365 days"),
    "application_rate_90": Text("90 天内申请占订单的比例", "Applications to orders in 90 days"),
    "application_rate_365": Text("365 天内申请占订单的比例", "Applications to orders in 365 days"),
    "evidence": Text("照片和视频数", "Photos and videos"),
    "warranty_days_left": Text("保修剩余天数", "Days of warranty left"),
    "repairs_tried": Text("已维修次数", "Repairs before"),
    "days_in_repair": Text("维修累计天数", "Days in repair"),
}

VALUE: dict[str, dict[str, Text]] = {
    "channel": {
        "web": Text("网页", "web page"),
        "app": Text("应用", "app"),
        "phone": Text("电话", "phone"),
        "mail": Text("邮件", "mail"),
        "chat": Text("在线聊天", "chat"),
        "shop": Text("门店", "shop"),
    },
    "category": {
        "general": Text("普通商品", "general"),
        "clothing": Text("服装", "clothing"),
        "electronics": Text("电子产品", "electronics"),
        "appliance": Text("家用电器", "household appliance"),
        "perishable": Text("易腐商品", "perishable"),
        "digital": Text("数字商品", "digital"),
        "periodical": Text("报纸期刊", "newspaper or magazine"),
        "custom_made": Text("定制商品", "made to order"),
        "intimate": Text("贴身用品", "worn on the skin"),
    },
    "risk": {"none": Text("无", "none"), "watch": Text("留意", "watch"), "blocked": Text("已限制", "blocked")},
}
"""Of facts that are one of a few codes. The store's own words stand for themselves."""

AMOUNTS = frozenset({"price_paid", "discount", "order_total"})
PERCENT = frozenset({"application_rate_90", "application_rate_365"})


def told_facts(facts: Mapping[str, Any], language: Language) -> Iterator[tuple[str, str]]:
    """In the order of the record. A fact of another time, that no policy asks for any more, goes by its code."""
    for name, value in facts.items():
        yield fact_name(name, language), _value(name, value, str(facts.get("currency", "")), language)


def fact_name(name: str, language: Language) -> str:
    return FACT[name].in_(language) if name in FACT else name


def _value(name: str, value: Any, currency: str, language: Language) -> str:
    if isinstance(value, bool):
        return code_name(str(value).lower(), language)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in AMOUNTS:
        return signed_text(value, currency)
    return f"{value} %" if name in PERCENT else _words(name, language).get(value, str(value))


def _words(name: str, language: Language) -> dict[Any, str]:
    match name:
        case "type":
            return {**TYPE[language]}
        case "reason":
            return {**REASON[language]}
    return {code: text.in_(language) for code, text in VALUE.get(name, {}).items()}
