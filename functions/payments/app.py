"""What payment gateways tell: how refunds have ended that were open before."""

from chalice.app import Response

from aftersales import edge
from aftersales.resolution.gateways.stripe_events import StripeEvent, StripeHeard, check_signature, hear
from aftersales.stores.secrets import secrets_for_webhook
from aftersales.telemetry import count, logger

app = edge.new_app("payments")


@app.route("/webhooks/stripe/{store_id}", methods=["POST"])
def stripe(store_id: str) -> Response:
    request = app.current_request
    secret = secrets_for_webhook(store_id).stripe_webhook_secret
    check_signature(secret, request.raw_body, edge.header(request, "Stripe-Signature"))
    event = edge.parse(request.raw_body, StripeEvent, strict=False)
    outcome = hear(store_id, event)
    logger.info("stripe told", event_type=event.type, outcome=outcome)
    count(f"StripeTold_{outcome}")
    return edge.answer(StripeHeard(outcome=outcome))


handler = edge.lambda_handler(app)
