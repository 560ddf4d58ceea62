"""Behind the parcel queue: buy the label for what comes back, and have every parcel followed."""

from collections.abc import Callable

from aftersales.carriers.follow import follow_delivery, follow_return
from aftersales.carriers.issue import issue_label
from aftersales.queue import Announced, queue_handler
from aftersales.telemetry import count, logger

WORK: dict[str, Callable[[str], str]] = {
    "application.accepted": issue_label,
    "application.goods_sent": follow_return,
    "application.replacement_shipped": follow_delivery,
    "application.goods_dispatched": follow_delivery,
}


class Happened(Announced):
    """`name` says what is to be done."""

    class Detail(Announced.Detail):
        name: str

    detail: Detail


def work(event: Happened) -> None:
    number, name = event.detail.number, event.detail.name
    logger.append_keys(number=number)
    count(f"Parcel_{WORK[name](number)}")


handler = queue_handler(Happened, work)
