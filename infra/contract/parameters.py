"""What the parameters of operations mean."""

from typing import Any

from aftersales.edge import MAX_KEY_LENGTH

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
PARAMETERS: dict[str, tuple[str, str, Json]] = {
    "order_number": ("path", "The order's number as its customer knows it, without `#`.", TEXT),
    "store_id": ("path", "The store's id at the desk.", TEXT),
    "refund_id": ("path", "As the webhook `refund.ordered` named it.", TEXT),
    "replacement_id": ("path", "As the webhooks `replacement.reserve` and `replacement.ship` named it.", TEXT),
    "charge_id": ("path", "As the webhook `charge.ordered` named it.", TEXT),
    "credit_id": ("path", "As the webhook `credit.ordered` named it.", TEXT),
    "number": ("path", "The application number, in any case, with or without hyphens.", TEXT),
    "token": ("path", "From the link in a mail: opens this one application, and expires.", TEXT),
    "version": ("path", "A version's number, or the name of a pack such as `default` or `china`.", TEXT),
    "backtest_id": ("path", "As the answer named it that started the backtest.", TEXT),
    "member_id": ("path", "Their user name at Cognito.", TEXT),
    "team_id": ("path", "The team's id: small letters, digits and underscores.", TEXT),
    "task_id": ("path", "As the case's timeline names it where the task was opened.", TEXT),
    "step": ("path", "The step, as it is called in the API: `claim`, `refund`.", TEXT),
    "backlog": ("query", "`true`: the work of one's first team that nobody has yet.", {"type": "boolean"}),
    "team": ("query", "The work of this team that nobody has yet; `backlog` may be left out.", TEXT),
    "department": ("query", "The open tasks of this department.", TEXT),
    "owner": ("query", "For leads: the work of this member of staff.", TEXT),
    "status": ("query", "Only what stands so.", TEXT),
    "type": ("query", "Only applications of this type.", TEXT),
    "priority": ("query", "Only what is as urgent as that.", TEXT),
    "kind": ("query", "Only `application`, `task` or `follow_up`.", TEXT),
    "late": ("query", "`true`: only what is late.", {"type": "boolean"}),
    "page": ("query", "Which page of the list, from 1.", {"type": "integer"}),
    "done": ("query", "What was just done: the page says so.", TEXT),
    "cursor": ("query", "From the answer before: leads to the next page.", TEXT),
    "Idempotency-Key": (
        "header",
        "One for each thing to be done, such as a UUID; kept for 24 hours.",
        TEXT | {"minLength": 1, "maxLength": MAX_KEY_LENGTH},
    ),
    # Not `required`: API Gateway would tell `x-shopify-hmac-sha256` from it. The function refuses its absence.
    "X-Shopify-Hmac-Sha256": ("header", "Base64 of the HMAC-SHA256 of the raw body under the store's secret.", TEXT),
    "X-Hmac-Signature": ("header", "By EasyPost: the HMAC-SHA256 of the raw body under the store's secret.", TEXT),
    "Stripe-Signature": ("header", "By Stripe: a time and signatures over it and the raw body.", TEXT),
}


def parameter(name: str) -> Json:
    place, description, schema = PARAMETERS[name]
    return {"name": name, "in": place, "required": place == "path", "description": description, "schema": schema}
