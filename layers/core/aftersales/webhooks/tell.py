"""Tell a storefront what an event means for it."""

from functools import partial
from typing import Literal

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM
from aftersales.errors import NotFound
from aftersales.orders import store as orders
from aftersales.stores import store as stores
from aftersales.webhooks.message import Happened, Message
from aftersales.webhooks.messages import messages
from aftersales.webhooks.post import post

Told = Literal["told", "nothing_to_tell"]


def tell(number: str, sequence: int) -> Told:
    """Whatever fails on the way, it can be told again. Raises `NotTaken`."""
    happened = _happened(number, sequence)
    told = _messages(happened)
    for message in told:
        post(happened.store, message.id, message.document())
    return "told" if told else "nothing_to_tell"


def _happened(number: str, sequence: int) -> Happened:
    application = store.load(number)
    order = orders.load(application.store_id, application.order_number)
    if order is None:
        raise NotFound
    return Happened(store.load_event(number, sequence), application, order, stores.load(application.store_id))


def _messages(happened: Happened) -> list[Message]:
    """A store that has no address to be told at does by hand what it reads in its cases."""
    return messages(happened) if happened.store.webhook_url else []


def leave_to_a_person(number: str, sequence: int) -> None:
    """The storefront did not take it for a day: staff see it, once. Nothing else changes by that."""
    for message in _messages(_happened(number, sequence)):
        commit.until_written(partial(_leave_to_a_person, number, message))


def _leave_to_a_person(number: str, message: Message) -> None:
    """The application is read before its timeline: what comes in between makes the write outdated."""
    application = store.load(number)
    left = {event.data.get("id") for event in store.timeline(number) if event.step is Step.UNDELIVERED}
    if message.id not in left:
        told = {"message": message.type, "id": message.id}
        commit.step(application, Step.UNDELIVERED, SYSTEM, data=told, look_at=clock.now())
