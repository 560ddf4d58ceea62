"""What a store's programs do: tell of orders, confirm refunds, file applications. A webhook is signed instead."""

from aftersales.routes.route import (
    ANYONE,
    APPLICATIONS_WRITE,
    GOODS_WRITE,
    ORDERS_WRITE,
    REFUNDS_WRITE,
    STOREFRONT,
    Route,
)


def _word(path: str, summary: str, room: str, scope: str) -> Route:
    """How something ended that the store was asked for."""
    return Route(
        "POST",
        path + "/confirmation",
        "storefront",
        STOREFRONT,
        summary,
        f"{room}.confirmation:Heard",
        body=f"{room}.confirmation:Confirmation",
        scope=scope,
        idempotent=True,
    )


ROUTES = (
    Route(
        "PUT",
        "/orders/{order_number}",
        "storefront",
        STOREFRONT,
        "Tell the desk of an order, or what is new of it",
        "orders.facts:OrderSynced",
        body="orders.facts:OrderFacts",
        scope=ORDERS_WRITE,
    ),
    Route(
        "POST",
        "/webhooks/shopify/{store_id}/orders",
        "storefront",
        ANYONE,
        "Shopify's order webhook, signed by its HMAC",
        "orders.facts:OrderSynced",
    ),
    Route(
        "POST",
        "/refunds/{refund_id}/confirmation",
        "storefront",
        STOREFRONT,
        "Say whether an ordered refund was paid",
        "resolution.confirmation:RefundState",
        body="resolution.confirmation:RefundConfirmation",
        scope=REFUNDS_WRITE,
        idempotent=True,
    ),
    _word("/replacements/{replacement_id}", "Say what became of a replacement", "replacement", GOODS_WRITE),
    _word("/charges/{charge_id}", "Say whether the customer has paid", "charges", REFUNDS_WRITE),
    _word("/credits/{credit_id}", "Say whether a coupon or points were given", "compensation", REFUNDS_WRITE),
    Route(
        "POST",
        "/webhooks/easypost/{store_id}",
        "carriers",
        ANYONE,
        "EasyPost's webhook about parcels, signed by it",
        "carriers.easypost_events:EasyPostHeard",
    ),
    Route(
        "POST",
        "/webhooks/stripe/{store_id}",
        "payments",
        ANYONE,
        "Stripe's webhook about refunds, signed by it",
        "resolution.gateways.stripe_events:StripeHeard",
    ),
    Route(
        "POST",
        "/quotes",
        "storefront",
        STOREFRONT,
        "See what a refund or an exchange would come to, before filing: on plain terms, without a fee",
        "applications.refund:Quote",
        body="applications.wanted:Wanted",
        scope=APPLICATIONS_WRITE,
    ),
    Route(
        "POST",
        "/applications",
        "submission",
        STOREFRONT,
        "File an application",
        "applications.submit:FiledAnswer",
        202,
        body="applications.submit:Filing",
        scope=APPLICATIONS_WRITE,
        idempotent=True,
    ),
)
