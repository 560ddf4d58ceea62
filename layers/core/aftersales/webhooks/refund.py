"""A refund as a storefront is told of it."""

from aftersales.applications.refund import Refund


def refund_data(refund: Refund) -> dict[str, object]:
    """`shipping`, in minor units of the total, is of no line; `tenders`, where known, say what goes back to which."""
    shipping = {"shipping": refund.shipping} if refund.shipping else {}
    tenders = {"tenders": [part.document() for part in refund.tenders]} if refund.tenders else {}
    return {
        "refund_id": refund.refund_id,
        "purpose": refund.purpose,
        "total": refund.total.document(),
        "lines": [line.document() for line in refund.lines],
        **shipping,
        **tenders,
    }
