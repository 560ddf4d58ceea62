"""The application, its lines and its timeline."""

from enum import StrEnum
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from aftersales.applications.charge import Charge
from aftersales.applications.compensation import Credit, Proposal
from aftersales.applications.consignment import Consignment
from aftersales.applications.contact import Contact
from aftersales.applications.lifecycle import Status, Step, Type
from aftersales.applications.refund import Refund
from aftersales.applications.repair import Repair
from aftersales.applications.replacement import Delivery, Replacement
from aftersales.clock import rfc3339
from aftersales.model import LongText, Model, Moment, Quantity
from aftersales.orders.names import LineId

Language = Literal["zh-CN", "en"]
Channel = Literal["web", "app", "phone", "mail", "chat", "shop"]
MediaType = Literal["image/jpeg", "image/png", "image/webp", "image/heic", "video/mp4", "video/quicktime"]

LineOutcome = Literal["accept", "reject", "manual_review", "information_wanted"]
Outcome = Literal["accept", "partly_accept", "reject", "manual_review", "information_wanted"]
RefundDue = Literal["at_once", "at_handover", "at_receipt", "after_inspection"]
"""When money or a replacement is due: now, when the carrier has the goods, when they arrive, or once inspected."""
Payer = Literal["store", "customer"]
Evidence = Literal["photo", "serial_number"]
Priority = Literal["low", "normal", "high", "urgent"]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
"""The most urgent last."""
Percent = Annotated[int, Field(ge=0, le=100)]

MAX_LINES = 25
"""What one transaction can move on the ledger: its expression is at most 4 KB."""

MAX_PHOTOS = 9
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


class WantedLine(Model):
    """So many units of one order line, and why. `opened` and `serial_number` are what the customer says.

    In an exchange, `variant` is the sku of what is wanted instead, of those that the order names; else it is the same.
    """

    line_id: LineId
    quantity: Quantity
    reason: Reason
    variant: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    opened: bool | None = None
    serial_number: Annotated[str | None, Field(max_length=100)] = None


class ApplicationLine(WantedLine):
    """With its title in the order, by which the customer knows it."""

    title: str = ""


class Photo(Model):
    """A photo or video. It belongs to the application once its object is in the bucket: then it has a time.

    `size` is in bytes, as it lies there.
    """

    photo_id: str
    media_type: MediaType
    size: int | None = None
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


DEFAULT_TEAM = "desk"
TeamId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
Skill = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
SkillLevel = Annotated[int, Field(ge=1, le=3)]
Weight = Annotated[int, Field(ge=1, le=20)]


class Needs(Model):
    """`skills` by their least level, beside the type, and `weight` of room: what somebody has to bring for it."""

    skills: dict[Skill, SkillLevel] = {}
    weight: Weight = 1


class Decision(Model):
    """What was decided, by which version of which policy or by whom. The facts are kept beside it, in its record.

    `team` and `needs` say who is to have it, where a person is needed: without a team it stays where it is. `overrode`
    are the rules that a person decided against. A rejection may be appealed until `appeal_until`.
    """

    outcome: Outcome
    reasons: tuple[PolicyReason, ...]
    policy: str
    lines: tuple[LineDecision, ...] = ()
    priority: Priority = "normal"
    team: TeamId | None = None
    needs: Needs = Needs()
    decided_by: str | None = None
    overrode: tuple[str, ...] = ()
    appeal_until: Moment | None = None


class InspectedLine(Model):
    """What came back of one line, unit by unit state."""

    line_id: LineId
    quantity: Quantity
    condition: Literal["as_described", "damaged", "wrong_item", "missing", "used"]


class Parcel(Consignment):
    """The goods on their way back, sent by the customer or on our label."""


class Label(Model):
    """What the customer sticks on the parcel: paid by the store. `shipment_id` is the carrier's name for it."""

    shipment_id: str
    carrier: str = ""
    tracking_number: str = ""
    url: str | None = None


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
    decide again. `refunds` and `charges` are all that were ordered, the first one first. `settled`: what was to be done
    was done, and the units are nobody's claim any more, also when a dispute opened it again. `look_at`: since then a
    person should look, whoever it waits for; until one did something about it. `taken_from` had it last, and does not
    get it back until somebody else has had it or they take it themselves.
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
    look_at: Moment | None = None
    correlation_id: str
    assignee: str | None = None
    taken_from: str | None = None
    team: TeamId = DEFAULT_TEAM
    priority: Priority = "normal"
    needs: Needs = Needs()
    asked_in: Status | None = None
    decision: Decision | None = None
    rejected_by: str | None = None
    appealed_at: Moment | None = None
    label: Label | None = None
    parcel: Parcel | None = None
    received_at: Moment | None = None
    inspection: tuple[InspectedLine, ...] = ()
    refunds: tuple[Refund, ...] = ()
    replacement: Replacement | None = None
    charges: tuple[Charge, ...] = ()
    repair: Repair | None = None
    proposal: Proposal | None = None
    credit: Credit | None = None
    delivery: Delivery | None = None
    settled: bool = False
    disputed_at: Moment | None = None
    survey_sent_at: Moment | None = None
    follow_up_at: Moment | None = None
    follow_up_due_at: Moment | None = None

    @property
    def refund(self) -> Refund | None:
        """The last that was ordered."""
        return self.refunds[-1] if self.refunds else None

    @property
    def charge(self) -> Charge | None:
        """The last that was ordered."""
        return self.charges[-1] if self.charges else None

    @property
    def next_event_id(self) -> str:
        """What the next step orders is named by its event: a repeated order is a repeated name."""
        return f"{self.number}.{self.version + 1}"

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
