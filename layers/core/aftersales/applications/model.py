"""The application, its lines and its timeline."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import Field, StringConstraints, model_validator

from aftersales.applications.lifecycle import Status, Step, Type
from aftersales.applications.refund import Refund
from aftersales.clock import rfc3339
from aftersales.model import LongText, Model, Moment, Quantity, ShortText
from aftersales.orders.names import LineId

Language = Literal["zh-CN", "en"]
Channel = Literal["web", "app", "phone", "mail", "chat", "shop"]
MediaType = Literal["image/jpeg", "image/png", "image/webp", "image/heic", "video/mp4", "video/quicktime"]
Email = Annotated[
    str, StringConstraints(max_length=254, to_lower=True, pattern=r"^[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]{2,}$")
]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ()-]{4,20}$")]

LineOutcome = Literal["accept", "reject", "manual_review", "information_wanted"]
Outcome = Literal["accept", "partly_accept", "reject", "manual_review", "information_wanted"]
RefundDue = Literal["at_once", "at_handover", "at_receipt", "after_inspection"]
"""When a refund is due: now, when the carrier has the goods, when they arrive, or when they were inspected."""
Payer = Literal["store", "customer"]
Evidence = Literal["photo", "serial_number"]
Priority = Literal["low", "normal", "high", "urgent"]
Percent = Annotated[int, Field(ge=0, le=100)]

MAX_LINES = 25
"""What one transaction can move on the ledger: its expression is at most 4 KB."""

MAX_PHOTOS = 9
LOCAL_DIGITS = 8
MAX_PHOTO_BYTES = 20 * 1024 * 1024


class Reason(StrEnum):
    """Why a line is applied for. The codes are part of the contract."""

    CHANGED_MIND = "changed_mind"
    WRONG_SIZE = "wrong_size"
    NOT_AS_DESCRIBED = "not_as_described"
    DEFECTIVE = "defective"
    DAMAGED_IN_TRANSIT = "damaged_in_transit"
    WRONG_ITEM = "wrong_item"
    MISSING = "missing"
    LATE = "late"
    OTHER = "other"


class Contact(Model):
    """Where the customer is told and by what they prove that the application is theirs."""

    name: ShortText | None = None
    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _reachable(self) -> "Contact":
        if not self.email and not self.phone:
            raise ValueError("an email or a phone number is needed")
        return self

    def matches(self, text: str) -> bool:
        """Whether `text` is this email, in any case, or this phone number, however it is spaced."""
        typed = normalize("NFKC", text).strip().lower()  # Chinese keyboards type full-width digits
        if self.email and typed == self.email:
            return True
        return bool(self.phone) and _same_number(_digits(typed), _digits(self.phone or ""))


def _same_number(typed: str, known: str) -> bool:
    """With or without the country code, as people know their own number."""
    shorter, longer = sorted((typed, known), key=len)
    return typed == known != "" or (len(shorter) >= LOCAL_DIGITS and longer.endswith(shorter))


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit())


class WantedLine(Model):
    """So many units of one order line, and why. `opened` and `serial_number` are what the customer says."""

    line_id: LineId
    quantity: Quantity
    reason: Reason
    opened: bool | None = None
    serial_number: Annotated[str | None, Field(max_length=100)] = None


class ApplicationLine(WantedLine):
    """With its title in the order, by which the customer knows it."""

    title: str = ""


class Photo(Model):
    """A photo or video. It belongs to the application once its object is in the bucket: then it has a time."""

    photo_id: str
    media_type: MediaType
    attached_at: Moment | None = None


class PolicyReason(Model):
    """Why the policy decided so: a code and a sentence for the customer in each language."""

    code: str
    text: dict[Language, str]

    def sentence(self, language: Language) -> str:
        """In `language`, or as it was written: what a person gives as reason is in one language only."""
        return self.text.get(language) or next(iter(self.text.values()))


class LineTerms(Model):
    """What is decided about a line, and on what terms: said by a policy, and kept with the application."""

    outcome: LineOutcome
    rules: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    resolutions: tuple[Type, ...] = ()
    send_back: bool = True
    refund_due: RefundDue = "after_inspection"
    return_freight: Payer = "customer"
    restocking_fee: Percent = 0
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()


class LineDecision(LineTerms):
    """What was decided about one line, and on what terms. `line_id` is empty for an application about no line.

    `rules` decided, by their whole names. `restocking_fee` is in percent of the price; `evidence` is what is still
    needed; `missing` are facts that a rule asked for and nobody knew.
    """

    line_id: str
    window_ends_at: Moment | None = None


class Decision(Model):
    """What was decided, by which version of which policy or by whom. The facts are kept beside it, in its record.

    `overrode` are the rules that a person decided against. A rejection may be appealed until `appeal_until`.
    """

    outcome: Outcome
    reasons: tuple[PolicyReason, ...]
    policy: str
    lines: tuple[LineDecision, ...] = ()
    priority: Priority = "normal"
    decided_by: str | None = None
    overrode: tuple[str, ...] = ()
    appeal_until: Moment | None = None


class InspectedLine(Model):
    """What came back of one line, unit by unit state."""

    line_id: LineId
    quantity: Quantity
    condition: Literal["as_described", "damaged", "wrong_item", "missing", "used"]


class Parcel(Model):
    """The goods on their way back, as the customer told it."""

    carrier: ShortText
    tracking_number: ShortText


class Actor(Model):
    """Who did it: the customer, a member of staff, the storefront, or the system itself."""

    kind: Literal["customer", "staff", "storefront", "system"]
    id: str | None = None


SYSTEM = Actor(kind="system")
CUSTOMER = Actor(kind="customer")


class Application(Model):
    """What the customer filed and where it stands. `version` counts its changes; each has one timeline event.

    `lines` are what it is about; once some were refused and others not, those stand in `refused_lines`. `customer`
    tells one customer from another, and not who they are. A rejection may be appealed once; who rejected it does not
    decide again. `refund` is the last that was ordered; `failed_refunds` are all that failed, the first one first.
    """

    number: str
    store_id: str
    order_number: str
    currency: str
    type: Type
    lines: tuple[ApplicationLine, ...]
    refused_lines: tuple[ApplicationLine, ...] = ()
    description: LongText
    contact: Contact
    customer: str = ""
    channel: Channel
    language: Language
    photos: tuple[Photo, ...] = ()
    status: Status
    version: int
    filed_at: Moment
    changed_at: Moment
    due_at: Moment | None = None
    overdue_at: Moment | None = None
    correlation_id: str
    assignee: str | None = None
    asked_in: Status | None = None
    decision: Decision | None = None
    rejected_by: str | None = None
    appealed_at: Moment | None = None
    parcel: Parcel | None = None
    inspection: tuple[InspectedLine, ...] = ()
    refund: Refund | None = None
    failed_refunds: tuple[Refund, ...] = ()
    survey_sent_at: Moment | None = None
    follow_up_at: Moment | None = None
    follow_up_due_at: Moment | None = None

    @property
    def decided_lines(self) -> tuple[str, ...]:
        """The ids of what is decided on: an application about no line has one under the empty id."""
        return tuple(line.line_id for line in self.lines) or ("",)

    @property
    def photos_attached(self) -> int:
        """Announced ones that never came do not count."""
        return sum(photo.attached_at is not None for photo in self.photos)


class TimelineEvent(Model):
    """One recorded step. `version` is the application's after it; `data` holds codes and numbers, never a contact."""

    number: str
    version: int
    store_id: str
    step: Step
    at: Moment
    actor: Actor
    status_from: Status | None = None
    status_to: Status
    message: LongText | None = None
    staff_only: bool = False
    data: dict[str, Any] = {}
    correlation_id: str

    @property
    def event_id(self) -> str:
        """Unique and the same on every delivery: consumers remember it."""
        return f"{self.number}.{self.version}"

    def published(self) -> dict[str, Any]:
        """The event as consumers on the bus see it, version 1: no contact and no free words."""
        return {
            "id": self.event_id,
            "name": f"application.{self.step}",
            "version": 1,
            "at": rfc3339(self.at),
            "correlation_id": self.correlation_id,
            "number": self.number,
            "sequence": self.version,
            "store_id": self.store_id,
            "status_from": self.status_from,
            "status_to": self.status_to,
            "status_changed": self.status_from != self.status_to,
            "actor": self.actor.kind,
            "data": self.data,
        }
