"""What storefronts tell: orders, in our words or in Shopify's, and refunds that were paid. And ask: a quote."""

from chalice.app import Response

from aftersales import edge
from aftersales.applications.wanted import Wanted
from aftersales.errors import BadSignature, NotFound
from aftersales.orders.facts import OrderFacts, OrderSynced
from aftersales.orders.shopify import ShopifyOrder, check_signature
from aftersales.orders.sync import sync_order
from aftersales.resolution.confirm import confirm_refund, refund_state
from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.resolution.quoting import quote_before_filing
from aftersales.stores import store as stores
from aftersales.stores.secrets import secrets_of
from aftersales.telemetry import count

app = edge.new_app("storefront")


@app.route("/orders/{order_number}", methods=["PUT"])
def put_order(order_number: str) -> Response:
    request = app.current_request
    store_id = edge.principal(request).store_id or ""
    changed = sync_order(store_id, order_number, edge.body(request, OrderFacts))
    return edge.answer(OrderSynced(order_number=order_number, changed=changed))


@app.route("/webhooks/shopify/{store_id}/orders", methods=["POST"])
def shopify_order(store_id: str) -> Response:
    """An unknown store looks like a wrong signature: nobody learns which stores there are."""
    request = app.current_request
    try:
        stores.load(store_id)
    except NotFound:
        raise BadSignature from None
    signature = edge.header(request, "X-Shopify-Hmac-Sha256") or ""
    check_signature(secrets_of(store_id).shopify_secret, request.raw_body, signature)
    order = edge.parse(request.raw_body, ShopifyOrder, strict=False)
    changed = order.has_goods and sync_order(store_id, order.order_number, order.facts())
    return edge.answer(OrderSynced(order_number=order.order_number, changed=changed))


@app.route("/quotes", methods=["POST"])
def quote() -> Response:
    request = app.current_request
    store_id = edge.principal(request).store_id or ""
    return edge.answer(quote_before_filing(store_id, edge.body(request, Wanted)))


@app.route("/refunds/{refund_id}/confirmation", methods=["POST"])
def confirm(refund_id: str) -> Response:
    request = app.current_request
    who = edge.principal(request)
    told = edge.body(request, RefundConfirmation)
    edge.once(request, who, told, lambda: confirm_refund(refund_id, who, told))
    count("RefundPaid" if told.outcome == "paid" else "RefundFailed")
    return edge.answer(refund_state(refund_id, who))


handler = edge.lambda_handler(app)
