"""Every setting a function reads from its environment. The template sets them; a test holds the two together."""

import os
from enum import StrEnum


class Setting(StrEnum):
    ORDERS_TABLE = "ORDERS_TABLE"
    APPLICATIONS_TABLE = "APPLICATIONS_TABLE"
    STAFF_TABLE = "STAFF_TABLE"
    STORES_TABLE = "STORES_TABLE"
    POLICIES_TABLE = "POLICIES_TABLE"
    PHOTOS_BUCKET = "PHOTOS_BUCKET"
    EVENT_BUS = "EVENT_BUS"
    REFUND_QUEUE = "REFUND_QUEUE"
    STOREFRONT_QUEUE = "STOREFRONT_QUEUE"
    STATE_MACHINE_ARN = "STATE_MACHINE_ARN"
    LINK_SECRET = "LINK_SECRET"
    STORE_SECRETS = "STORE_SECRETS"
    API_URL = "API_URL"
    FOLLOW_UP_GROUP = "FOLLOW_UP_GROUP"
    FOLLOW_UP_FUNCTION_ARN = "FOLLOW_UP_FUNCTION_ARN"
    FOLLOW_UP_ROLE_ARN = "FOLLOW_UP_ROLE_ARN"
    FOLLOW_UP_DEAD_LETTERS_ARN = "FOLLOW_UP_DEAD_LETTERS_ARN"
    TOKEN_ISSUER = "TOKEN_ISSUER"
    TOKEN_KEYS_URL = "TOKEN_KEYS_URL"
    STAFF_CLIENT_ID = "STAFF_CLIENT_ID"
    ESCALATIONS_TOPIC = "ESCALATIONS_TOPIC"
    RUNBOOK_URL = "RUNBOOK_URL"
    METRICS_NAMESPACE = "POWERTOOLS_METRICS_NAMESPACE"

    def read(self) -> str:
        """The value at this moment. Raises `KeyError` when the function was not given it."""
        return os.environ[self]
