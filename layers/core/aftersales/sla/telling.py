"""Tell the leads of what was escalated: over a topic, and by mail. At least once, by its event."""

from typing import NamedTuple

from botocore.exceptions import ClientError

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.settings import Setting
from aftersales.sla.clock import Reason
from aftersales.sla.refresh import Folded
from aftersales.staff import store as staff
from aftersales.stores import store as stores

SERVER_ERROR = 500
MOST_ADDRESSES = 50
"""What SES takes in one mail."""

REASON: dict[Reason, tuple[str, str]] = {
    "pickup": ("nobody has taken it in time", "无人及时接手"),
    "first_response": ("the customer has not heard from us in time", "未及时首次回复客户"),
    "next_response": ("the customer was not answered in time", "未及时回复客户"),
    "resolution": ("it was not resolved in time", "未及时解决"),
    "follow_up": ("the customer was not called back in time", "未及时回访"),
    "idle": ("it was left lying", "长时间未处理"),
    "task": ("a department has not done its task in time", "协作任务未按时完成"),
    "nobody_can": ("nobody on the roster may do it", "没有人能处理"),
}
"""In English and Chinese: who leads speaks one of them."""


class Told(NamedTuple):
    """Why it was escalated, and whether a lead has the mail of it: there may be none, or SES may not want theirs."""

    reason: Reason
    mailed: bool


def tell(case: Folded, sequence: int) -> Told | None:
    """Of what was escalated with that event; None if nothing was, or if somebody has seen to it since."""
    event = next((event for event in case.timeline if event.version == sequence), None)
    if event is None or event.step is not Step.ESCALATED or case.clocks.escalated is None:
        return None
    reason: Reason = event.data["reason"]
    _publish(case.application, event, reason)
    addresses = _leads_of(case.application.team)
    return Told(reason, bool(addresses) and _mail(case.application, addresses, event, reason))


def _publish(application: Application, event: TimelineEvent, reason: Reason) -> None:
    """Who listens can choose by the attributes."""
    about = {
        "team": application.team,
        "priority": application.priority,
        "reason": reason,
        "store_id": application.store_id,
    }
    client("sns").publish(
        TopicArn=Setting.ESCALATIONS_TOPIC.read(),
        Subject=_subject(event),
        Message=_words(event, reason),
        MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in about.items()},
    )


def _leads_of(team_id: str) -> list[str]:
    """The addresses of those that the team names as its leads, else of the leads who are in it, else of all leads."""
    team = staff.find_team(team_id)
    people = staff.roster()
    named = [member.email for member in people if team and member.member_id in team.leads]
    leads = [member for member in people if member.leads]
    return named or [each.email for each in leads if team_id in each.teams] or [each.email for each in leads]


def _mail(application: Application, addresses: list[str], event: TimelineEvent, reason: Reason) -> bool:
    """Whether SES took it. What it refuses is not tried again: the topic was told, and would be told anew."""
    text = {
        "Subject": {"Data": _subject(event), "Charset": "UTF-8"},
        "Body": {"Text": {"Data": _words(event, reason), "Charset": "UTF-8"}},
    }
    try:
        client("sesv2").send_email(
            FromEmailAddress=stores.load(application.store_id).mail_from,
            Destination={"ToAddresses": addresses[:MOST_ADDRESSES]},
            Content={"Simple": text},
        )
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= SERVER_ERROR:
            raise
        return False
    return True


def _subject(event: TimelineEvent) -> str:
    """For a topic in ASCII."""
    return f"Escalated: {event.number}"


def _words(event: TimelineEvent, reason: Reason) -> str:
    """They name the case, and nobody."""
    english, chinese = REASON[reason]
    return "\n".join(
        (
            f"{event.number} of {event.store_id} needs a lead: {english}.",
            f"{event.number} 需要主管处理：{chinese}。",
            f"Priority {event.data['priority']}, status {event.status_to}, since {rfc3339(event.at)}.",
            "",
            f"{Setting.API_URL.read().rstrip('/')}/desk/cases/{event.number}",
            f"{Setting.RUNBOOK_URL.read()}/sla.md",
        )
    )
