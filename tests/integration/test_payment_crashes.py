"""Between every two side effects, at AWS and at Stripe, the function may end: money goes back once all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from stripe import RequestsClient

from tests.integration.desk import Desk
from tests.integration.interruption import Killed, answer_is_lost_of, dies_after
from tests.integration.payment_works import PAYMENT_WORKS, PaymentWork
from tests.integration.payments import paid_by_stripe
from tests.integration.stripe_server import Stripe
from tests.integration.test_crashes import Trial, writing


@pytest.fixture
def stripe(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stripe]:
    with paid_by_stripe(desk, monkeypatch) as stripe:
        yield stripe


@pytest.fixture(params=PAYMENT_WORKS, ids=lambda work: work.__name__)
def work(request: pytest.FixtureRequest) -> PaymentWork:
    found: PaymentWork = request.param
    return found


def begun(desk: Desk, stripe: Stripe, work: PaymentWork) -> Trial:
    """A trial from whose every beginning Stripe holds the same refunds."""
    trial = Trial(desk, lambda desk: work(desk, stripe))
    begin, held = trial.begin, list(stripe.refunds)

    def again() -> None:
        begin()
        stripe.refunds[:] = held
        stripe.forgets_keys()

    trial.begin = again
    return trial


def test_a_function_that_dies_anywhere_is_asked_again_and_nobody_can_tell(
    desk: Desk, stripe: Stripe, work: PaymentWork
) -> None:
    trial = begun(desk, stripe, work)
    expected, calls = trial.undisturbed()
    made = len(stripe.refunds)
    for index in [0, *writing(calls)]:
        assert trial.interrupted(dies_after(index)) == expected, f"died after {calls[:index]}"
        assert trial.interrupted(answer_is_lost_of(index)) == expected, f"lost the answer of {calls[:index]}"
        assert len(stripe.refunds) == made


@contextmanager
def dies_around_stripe(call: int, *, after: bool) -> Iterator[None]:
    """The function is gone just before, or just after, so many calls of Stripe were answered."""
    calls: list[str] = []
    real = RequestsClient.request

    def request(client: RequestsClient, method: str, *more: Any, **named: Any) -> Any:
        calls.append(method)
        if len(calls) == call and not after:
            raise Killed(calls)
        answer = real(client, method, *more, **named)
        if len(calls) == call:
            raise Killed(calls)
        return answer

    with patch.object(RequestsClient, "request", request):
        yield


@pytest.mark.parametrize("work", [work for work in PAYMENT_WORKS if work.__name__.startswith("pay_back")])
@pytest.mark.parametrize("call", [1, 2])
@pytest.mark.parametrize("after", [False, True])
def test_dying_around_a_call_of_stripe_pays_once(
    desk: Desk, stripe: Stripe, work: PaymentWork, call: int, after: bool
) -> None:
    trial = begun(desk, stripe, work)
    expected, _ = trial.undisturbed()
    assert trial.interrupted(dies_around_stripe(call, after=after)) == expected
    assert len(stripe.refunds) == 1
