"""What every test needs: the settings of a deployed function, a clock that stands still, caches that forget."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from moto import mock_aws

from aftersales import aws, secrets
from aftersales.identity import cognito
from aftersales.policy import backtest, in_force
from aftersales.sla import store as service
from aftersales.stores import store as stores

SETTINGS = {
    "ORDERS_TABLE": "orders",
    "APPLICATIONS_TABLE": "applications",
    "STAFF_TABLE": "staff",
    "STORES_TABLE": "stores",
    "POLICIES_TABLE": "policies",
    "PHOTOS_BUCKET": "aftersales-photos",
    "EVENT_BUS": "aftersales",
    "REFUND_QUEUE": "https://sqs.ap-southeast-1.amazonaws.com/123456789012/refunds",
    "STOREFRONT_QUEUE": "https://sqs.ap-southeast-1.amazonaws.com/123456789012/storefront",
    "STATE_MACHINE_ARN": "arn:aws:states:ap-southeast-1:123456789012:stateMachine:application",
    "LINK_SECRET": "aftersales/link",
    "STORE_SECRETS": "aftersales/stores/",
    "API_URL": "https://api.example.com/v1",
    "FOLLOW_UP_GROUP": "follow-ups",
    "FOLLOW_UP_FUNCTION_ARN": "arn:aws:lambda:ap-southeast-1:123456789012:function:followup",
    "FOLLOW_UP_DEAD_LETTERS_ARN": "arn:aws:sqs:ap-southeast-1:123456789012:follow-up-dead-letters",
    "FOLLOW_UP_ROLE_ARN": "arn:aws:iam::123456789012:role/follow-up",
    "TOKEN_ISSUER": "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_Lantern",
    "TOKEN_KEYS_URL": "http://127.0.0.1:1/keys-are-served-by-the-test-that-needs-them",
    "STAFF_CLIENT_ID": "staff-console",
    "ESCALATIONS_TOPIC": "arn:aws:sns:ap-southeast-1:123456789012:escalations",
    "RUNBOOK_URL": "https://runbooks.example.com",
    "POWERTOOLS_METRICS_NAMESPACE": "aftersales",
}
POWERTOOLS = {
    "POWERTOOLS_SERVICE_NAME": "aftersales",
    "POWERTOOLS_TRACE_DISABLED": "true",
}
os.environ.update(SETTINGS | POWERTOOLS)  # Powertools reads its own when it is imported

ACCOUNT = {
    "AWS_DEFAULT_REGION": "ap-southeast-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
}


settings.register_profile("steady", deadline=None)  # a slow machine is no defect
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("filterwarnings", "ignore:No application metrics to publish:UserWarning")


class Clock:
    """Time in a test: it stands still, and moves on when it is told to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> datetime:
        """`clock.forward(days=3)`"""
        self.moment += timedelta(**by)
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A Monday morning in Shanghai."""
    stopped = Clock(datetime(2026, 3, 9, 2, 30, tzinfo=UTC))
    monkeypatch.setattr("aftersales.clock.now", stopped.now)
    return stopped


@dataclass(frozen=True)
class LambdaContext:
    """The part of Lambda's context that Powertools reads."""

    function_name: str = "aftersales-test"
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:ap-southeast-1:123456789012:function:aftersales-test"
    aws_request_id: str = "5f0c1a9e-6f5e-4f53-9a44-1f6ce0d1c001"


def forget() -> None:
    """What a warm function keeps of what it has read. Clients stay: moto empties the cloud behind them."""
    secrets._secret.cache_clear()
    stores._load.cache_clear()
    service._terms.cache_clear()
    cognito._keys.cache_clear()
    in_force._rules.cache_clear()
    backtest._rules.cache_clear()


@pytest.fixture(autouse=True)
def _cold() -> None:
    """What one test has kept must not reach the next."""
    forget()


@pytest.fixture(scope="session")
def _account() -> Iterator[None]:
    """An account that exists nowhere, for as long as the tests run; no endpoint of a local stack."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in ACCOUNT.items():
            environment.setenv(name, value)
        for name in [name for name in os.environ if name.startswith("AWS_ENDPOINT_URL") or name == "AWS_PROFILE"]:
            environment.delenv(name)
        _forget_clients()
        yield
        _forget_clients()


def _forget_clients() -> None:
    aws.client.cache_clear()
    aws._session.cache_clear()


@pytest.fixture
def cloud(_account: None) -> Iterator[None]:
    """An empty AWS account in this process."""
    with mock_aws():
        yield
