"""Tell the customer of one event, once.

SES cannot say whether a mail was sent before. So each notice is claimed in the table first, and marked when it is
sent. A claim found unmarked may or may not have been sent: it is not sent again, and staff see on the timeline that it
is uncertain.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError

from aftersales import clock, tables
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import SYSTEM, Application, TimelineEvent
from aftersales.aws import client
from aftersales.identity.links import customer_token
from aftersales.items import item
from aftersales.messaging.mail import Letter
from aftersales.messaging.words import is_worth_a_mail
from aftersales.settings import Setting
from aftersales.stores import store as stores
from aftersales.stores.model import Store
from aftersales.tables import Cancelled

Outcome = Literal["sent", "sent_before", "uncertain", "no_address", "not_worth_it"]
IN_FLIGHT = timedelta(minutes=2)


class NotSent(Exception):
    """SES did not take the mail."""


class NoticeInFlight(Exception):
    """Another delivery of the same event is sending it at this moment; look again later."""


def notify(number: str, sequence: int) -> Outcome:
    """Raises `NoticeInFlight`, `NotSent` when SES did not take it: then it is tried again."""
    application = store.load(number)
    if not application.contact.email:
        return "no_address"
    event = store.load_event(number, sequence)
    if not is_worth_a_mail(event):
        return "not_worth_it"
    mail = _mail(application, event)
    if not _claim(number, sequence):
        return _settle(application, sequence)
    try:
        client("sesv2").send_email(**mail)
    except (ClientError, EndpointConnectionError, ConnectTimeoutError) as error:
        if _surely_not_sent(error):
            _release(number, sequence)
        raise NotSent(_reason(error)) from None
    _mark_sent(number, sequence)
    return "sent"


def _reason(error: Exception) -> str:
    """The name only: SES's words may hold the customer's address."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__


def _surely_not_sent(error: Exception) -> bool:
    """No connection, or an answer that refuses. A failure on SES's side may come after it took the mail."""
    return not isinstance(error, ClientError) or 400 <= error.response["ResponseMetadata"]["HTTPStatusCode"] < 500


def _key(number: str, sequence: int) -> dict[str, str]:
    return {"number": number, "item": f"notice#{sequence:06d}"}


def _notice(number: str, sequence: int, state: str, attempt: str = "") -> dict[str, str]:
    moment = clock.rfc3339(clock.now())
    return _key(number, sequence) | {"state": state, "claimed_at": moment, "attempt": attempt}


def _claim(number: str, sequence: int) -> bool:
    """Whether the notice is ours to send. The attempt's name tells our own claim, when only its answer was lost."""
    document = _notice(number, sequence, "claimed", uuid4().hex)
    if tables.put_once(Setting.APPLICATIONS_TABLE, document, "attribute_not_exists(claimed_at)"):
        return True
    known = tables.load(Setting.APPLICATIONS_TABLE, _key(number, sequence))
    return known is not None and known["attempt"] == document["attempt"]


def _settle(application: Application, sequence: int) -> Outcome:
    claim = tables.load(Setting.APPLICATIONS_TABLE, _key(application.number, sequence))
    if claim is None:
        raise NoticeInFlight
    if claim["state"] == "claimed":
        if clock.now() - datetime.fromisoformat(claim["claimed_at"]) < IN_FLIGHT:
            raise NoticeInFlight
        _record_uncertain(application.number, sequence)
    return "sent_before" if claim["state"] == "sent" else "uncertain"


def _record_uncertain(number: str, sequence: int) -> None:
    """Once, however often the event is delivered: the claim changes in the same transaction."""
    mark = tables.put(Setting.APPLICATIONS_TABLE, _notice(number, sequence, "uncertain"), "#state = :claimed")
    mark["Put"] |= {
        "ExpressionAttributeNames": {"#state": "state"},
        "ExpressionAttributeValues": item({":claimed": "claimed"}),
    }
    with suppress(Cancelled):
        commit.until_written(
            lambda: commit.step(store.load(number), Step.NOTICE_UNCERTAIN, SYSTEM, mark, data={"sequence": sequence})
        )


def _mark_sent(number: str, sequence: int) -> None:
    notice = item(_notice(number, sequence, "sent"))
    client("dynamodb").put_item(TableName=Setting.APPLICATIONS_TABLE.read(), Item=notice)


def _release(number: str, sequence: int) -> None:
    client("dynamodb").delete_item(TableName=Setting.APPLICATIONS_TABLE.read(), Key=item(_key(number, sequence)))


def _mail(application: Application, event: TimelineEvent) -> dict[str, Any]:
    """All that can go wrong before SES is asked goes wrong here, before the claim."""
    shop = stores.load(application.store_id)
    page = "survey" if event.step is Step.SURVEY_SENT else "track"
    letter = Letter(shop, application, event, f"{_page_url(shop)}/{page}/{customer_token(application.number)}")
    return {
        "FromEmailAddress": shop.mail_from,
        "Destination": {"ToAddresses": [application.contact.email]},
        "Content": {
            "Simple": {
                "Subject": {"Data": letter.subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": letter.text, "Charset": "UTF-8"}},
            }
        },
    }


def _page_url(shop: Store) -> str:
    return (shop.page_url or Setting.API_URL.read()).rstrip("/")
