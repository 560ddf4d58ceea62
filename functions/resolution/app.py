"""Behind the refund queue: tell the storefront, by signed webhook, to pay."""

from aftersales.queue import Announced, queue_handler
from aftersales.resolution.tell_storefront import tell_storefront
from aftersales.telemetry import count, logger


def work(event: Announced) -> None:
    logger.append_keys(number=event.detail.number)
    told = tell_storefront(event.detail.number, event.detail.data["refund_id"])
    count("StorefrontTold" if told else "RefundNotWantedAnymore")


handler = queue_handler(Announced, work)
