"""What storefronts tell: orders, in ours or Shopify's words, and what came of what they were asked for; and a quote."""

from collections.abc import Callable

from chalice.app import Response

from aftersales import edge
from aftersales.applications.wanted import Wanted
from aftersales.charges.confirm import charge_state, confirm_charge
from aftersales.charges.confirmation import Confirmation as ChargeConfirmation
from aftersales.compensation.confirm import confirm_credit, credit_state
from aftersales.compensation.confirmation import Confirmation as CreditConfirmation
from aftersales.identity.principal import Principal
from aftersales.model import Model
from aftersales.orders.facts import OrderFacts, OrderSynced
from aftersales.orders.shopify import ShopifyOrder, check_signature
from aftersales.orders.sync import sync_order
from aftersales.replacement.confirm import confirm_replacement, replacement_state
from aftersales.replacement.confirmation import Confirmation as ReplacementConfirmation
from aftersales.resolution.confirm import confirm_refund, refund_state
from aftersales.resolution.confirmation import RefundConfirmation
from aftersales.resolution.quoting import quote_before_filing
from aftersales.stores.secrets import secrets_for_webhook

app = edge.new_app("storefront")


@app.route("/orders/{order_number}", methods=["PUT"])
def put_order(order_number: str) -> Response:
    request = app.current_request
    store_id = edge.principal(request).store_id or ""
    changed = sync_order(store_id, order_number, edge.body(request, OrderFacts))
    return edge.answer(OrderSynced(order_number=order_number, changed=changed))


@app.route("/webhooks/shopify/{store_id}/orders", methods=["POST"])
def shopify_order(store_id: str) -> Response:
    request = app.current_request
    signature = edge.header(request, "X-Shopify-Hmac-Sha256") or ""
    check_signature(secrets_for_webhook(store_id).shopify_secret, request.raw_body, signature)
    order = edge.parse(request.raw_body, ShopifyOrder, strict=False)
    changed = order.has_goods and sync_order(store_id, order.order_number, order.facts())
    return edge.answer(OrderSynced(order_number=order.order_number, changed=changed))


@app.route("/quotes", methods=["POST"])
def quote() -> Response:
    request = app.current_request
    store_id = edge.principal(request).store_id or ""
    return edge.answer(quote_before_filing(store_id, edge.body(request, Wanted)))


@app.route("/refunds/{refund_id}/confirmation", methods=["POST"])
def refund(refund_id: str) -> Response:
    return _hear(refund_id, RefundConfirmation, confirm_refund, refund_state)


@app.route("/replacements/{replacement_id}/confirmation", methods=["POST"])
def replacement(replacement_id: str) -> Response:
    return _hear(replacement_id, ReplacementConfirmation, confirm_replacement, replacement_state)


@app.route("/charges/{charge_id}/confirmation", methods=["POST"])
def charge(charge_id: str) -> Response:
    return _hear(charge_id, ChargeConfirmation, confirm_charge, charge_state)


@app.route("/credits/{credit_id}/confirmation", methods=["POST"])
def credit(credit_id: str) -> Response:
    return _hear(credit_id, CreditConfirmation, confirm_credit, credit_state)


def _hear(
    asked: str,
    model: type[edge.M],
    hear: Callable[[str, Principal, edge.M], object],
    state: Callable[[str, Principal], Model],
) -> Response:
    """How something ended that the store was asked for under the id `asked`."""
    request = app.current_request
    who = edge.principal(request)
    told = edge.body(request, model)
    edge.once(request, who, told, lambda: hear(asked, who, told))
    return edge.answer(state(asked, who))


handler = edge.lambda_handler(app)
