"""Tell the storefront to pay a refund, by a signed webhook. It answers later, by confirming."""

from aftersales import clock
from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.resolution.gateways.gateway import NotReached, WantedRefund
from aftersales.stores.model import Store
from aftersales.webhooks.post import NotTaken, post
from aftersales.webhooks.refund import refund_data


def pay(store: Store, wanted: WantedRefund) -> RefundConfirmation | None:
    """The webhook's id is the refund's: by it the storefront knows a repetition."""
    try:
        post(store, wanted.refund.refund_id, message(wanted))
    except NotTaken as error:
        raise NotReached(str(error)) from error
    return None


def message(wanted: WantedRefund) -> dict[str, object]:
    about = {"number": wanted.number, "order_number": wanted.order_number}
    return {
        "type": "refund.ordered",
        "timestamp": clock.rfc3339(clock.now()),
        "data": about | refund_data(wanted.refund),
    }
