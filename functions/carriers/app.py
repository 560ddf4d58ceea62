"""What carriers tell of parcels that go to the store, or to a customer."""

from chalice.app import Response

from aftersales import edge
from aftersales.carriers.easypost_events import SIGNATURE, EasyPostEvent, EasyPostHeard, check_signature, hear
from aftersales.stores.secrets import secrets_for_webhook
from aftersales.telemetry import count, logger

app = edge.new_app("carriers")


@app.route("/webhooks/easypost/{store_id}", methods=["POST"])
def easypost(store_id: str) -> Response:
    request = app.current_request
    secret = secrets_for_webhook(store_id).easypost_webhook_secret
    check_signature(secret, request.raw_body, edge.header(request, SIGNATURE))
    event = edge.parse(request.raw_body, EasyPostEvent, strict=False)
    outcome = hear(store_id, event)
    logger.info("easypost told", event_type=event.description, outcome=outcome)
    count(f"EasyPostTold_{outcome}")
    return edge.answer(EasyPostHeard(outcome=outcome))


handler = edge.lambda_handler(app)
