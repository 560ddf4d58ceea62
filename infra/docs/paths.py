"""The ways that an application can go, a picture each, and the whole lifecycle as a table, in `docs/paths.md`.

A picture shows what the table of the lifecycle allows between the statuses of its way, by the steps of its way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from aftersales.applications.lifecycle import FINAL, TRANSITIONS, UNDER_WAY, Status, Step
from aftersales.applications.limits import LIMITS
from infra.docs.place import filled

PAGE = Path(__file__).parents[2] / "docs" / "paths.md"

S, T = Status, Step

GROUP = "under_way"
"""Drawn as a box where several of its statuses are part of a way: arrows from and to the box are those of each."""

BOXED = 4
"""From so many on."""

BACK = ", and back by "
"""Two arrows between the box and a status would lie on each other, so one says both."""

GOODS = (S.AWAITING_GOODS, S.IN_TRANSIT, S.RECEIVED, S.INSPECTED)
COMING = (T.ASSIGNED, T.GOODS_SENT, T.GOODS_RECEIVED)
PAYING = (T.REFUND_ORDERED, T.REFUND_FAILED, T.REFUNDED)
CHARGING = (T.CHARGE_ORDERED, T.CHARGED, T.CHARGE_FAILED)


Arrow = tuple[str, str]


BY_SILENCE: dict[Status, tuple[Step, ...]] = {
    S.INFORMATION_WANTED: (T.EXPIRED, T.INFORMATION_GIVEN),
    S.AWAITING_GOODS: (T.EXPIRED, T.CHARGE_ORDERED),
    S.QUOTE_OFFERED: (T.QUOTE_DECLINED,),
    S.AWAITING_PAYMENT: (T.CHARGE_FAILED,),
    S.DELIVERING: (T.DELIVERED,),
    S.AWAITING_CONFIRMATION: (T.CONFIRMED,),
}
"""What a limit comes to that is a customer's: the second step where photos came, or money had gone out before."""


class Way(NamedTuple):
    statuses: tuple[Status, ...]
    steps: tuple[Step, ...]


WAYS = {
    "deciding": Way(
        (S.SUBMITTED, S.INFORMATION_WANTED, S.MANUAL_REVIEW, S.ACCEPTED, S.REJECTED, S.APPEALED, S.EXPIRED),
        (T.ACCEPTED, T.REJECTED, T.REFERRED, T.INFORMATION_REQUESTED, T.INFORMATION_GIVEN, T.APPEALED, T.EXPIRED),
    ),
    "refund": Way(
        (S.ACCEPTED, S.IN_PROGRESS, *GOODS, S.REFUND_ORDERED, S.AWAITING_CONFIRMATION, S.REJECTED, S.EXPIRED),
        (*COMING, T.GOODS_INSPECTED, *PAYING, T.REJECTED, T.EXPIRED),
    ),
    "replacement": Way(
        (S.ACCEPTED, S.IN_PROGRESS, *GOODS, S.REPLACEMENT_ORDERED, S.DELIVERING, S.AWAITING_CONFIRMATION),
        (*COMING, T.GOODS_INSPECTED, T.REPLACEMENT_ORDERED, T.REPLACEMENT_FAILED, T.REPLACEMENT_SHIPPED, T.DELIVERED),
    ),
    "difference": Way(
        (S.AWAITING_GOODS, S.IN_PROGRESS, S.INSPECTED, S.AWAITING_PAYMENT, S.AWAITING_CONFIRMATION, S.EXPIRED),
        CHARGING,
    ),
    "repair": Way(
        (
            S.ACCEPTED,
            *GOODS,
            S.QUOTE_OFFERED,
            S.AWAITING_PAYMENT,
            S.IN_REPAIR,
            S.AWAITING_PARTS,
            S.REPAIRED,
            S.DELIVERING,
        ),
        (
            *COMING,
            T.DIAGNOSED,
            T.QUOTE_ACCEPTED,
            T.QUOTE_DECLINED,
            T.CHARGED,
            T.CHARGE_FAILED,
            T.PARTS_WANTED,
            T.PARTS_ARRIVED,
            T.REPAIRED,
            T.NOT_REPAIRABLE,
            T.GOODS_DISPATCHED,
        ),
    ),
    "visit": Way(
        (
            S.ACCEPTED,
            S.IN_PROGRESS,
            S.VISIT_PLANNED,
            S.QUOTE_OFFERED,
            S.AWAITING_PAYMENT,
            S.AWAITING_CONFIRMATION,
        ),
        (
            T.ASSIGNED,
            T.VISIT_PLANNED,
            T.DIAGNOSED,
            T.QUOTE_ACCEPTED,
            T.QUOTE_DECLINED,
            T.CHARGED,
            T.CHARGE_FAILED,
            T.REPAIRED,
            T.NOT_REPAIRABLE,
        ),
    ),
    "talking": Way(
        (
            S.IN_PROGRESS,
            S.INFORMATION_WANTED,
            S.APPROVAL_WANTED,
            S.CREDIT_ORDERED,
            S.REFUND_ORDERED,
            S.AWAITING_CONFIRMATION,
        ),
        (
            T.INFORMATION_REQUESTED,
            T.INFORMATION_GIVEN,
            T.COMPENSATION_PROPOSED,
            T.COMPENSATION_REFUSED,
            T.CREDIT_ORDERED,
            T.CREDIT_GIVEN,
            T.CREDIT_FAILED,
            *PAYING,
            T.COMPLETED,
        ),
    ),
    "closing": Way(
        (S.DELIVERING, S.AWAITING_CONFIRMATION, S.DISPUTED, S.RESOLVED, S.IN_PROGRESS, S.INSPECTED),
        (T.DELIVERED, T.CONFIRMED, T.DISPUTED, T.DISPUTE_ANSWERED, T.REOPENED),
    ),
}


def picture(way: Way) -> str:
    arrows = _arrows(way)
    inner = [arrow for arrow in arrows if {*arrow} <= _box(way)]
    lines = [f"    [*] --> {S.SUBMITTED} : {T.FILED}"] if S.SUBMITTED in way.statuses else []
    boxed = any(GROUP in arrow for arrow in arrows)
    if boxed:
        lines += [f"    state {GROUP} {{", "        direction LR"]
        lines += [f"        {status}" for status in way.statuses if status in _box(way)]
        lines += [f"    {_line(arrow, arrows)}" for arrow in inner] + ["    }"]
        arrows = {arrow: steps for arrow, steps in arrows.items() if arrow not in inner}
    lines += [_line(arrow, arrows) for arrow in arrows if arrow[1] != GROUP or arrow[::-1] not in arrows]
    lines += [f"    {status} --> [*]" for status in way.statuses if status in FINAL]
    return "\n".join(["stateDiagram-v2", f"    direction {'TB' if boxed else 'LR'}", *lines])


def _line(arrow: Arrow, arrows: dict[Arrow, list[Step]]) -> str:
    source, target = arrow
    said = ", ".join(arrows[arrow])
    if source == GROUP and (back := arrows.get((target, source))):
        said += f"{BACK}{', '.join(back)}"
    return f"    {source} --> {target} : {said}"


def _arrows(way: Way) -> dict[Arrow, list[Step]]:
    """From where to where, by which steps. Steps that stay where they are stand in the table."""
    found: defaultdict[Arrow, list[Step]] = defaultdict(list)
    for step in way.steps:
        for arrow in _of_step(step, way):
            found[arrow].append(step)
    return dict(found)


def _of_step(step: Step, way: Way) -> Iterator[Arrow]:
    """What is true of the whole box is one arrow, and what leads about in it at will is none."""
    leads = {status: TRANSITIONS[step].get(status, frozenset()) - {status} for status in way.statuses}
    box = _box(way)
    from_box = frozenset.intersection(*(leads[status] for status in box)) - box if box else box
    for source, reached in leads.items():
        anywhere = bool(box) and box <= reached | {source}
        if anywhere and source not in box:
            yield source, GROUP
        told = (box if anywhere else frozenset()) | (from_box if source in box else frozenset())
        yield from ((source, target) for target in way.statuses if target in reached - told)
    yield from ((GROUP, target) for target in way.statuses if target in from_box)


def _box(way: Way) -> frozenset[Status]:
    inside = frozenset(UNDER_WAY).intersection(way.statuses)
    return inside if len(inside) >= BOXED else frozenset()


def steps() -> str:
    """Every step and where it leads."""
    rows = [
        f"| {step} | {_names(sources)} | {_names(reached) if reached else 'stays there'} |"
        for step, moves in TRANSITIONS.items()
        for reached, sources in _alike(moves).items()
    ]
    return "\n".join(["| step | from | to |", "| --- | --- | --- |", *rows])


def _alike(moves: dict[Status, frozenset[Status]]) -> dict[frozenset[Status], list[Status]]:
    """The statuses that a step leads on from in the same way; those where it can but stay lead nowhere."""
    found: defaultdict[frozenset[Status], list[Status]] = defaultdict(list)
    for source in (status for status in Status if status in moves):
        found[moves[source] if moves[source] != {source} else frozenset()].append(source)
    return dict(found)


def _names(statuses: Iterable[Status]) -> str:
    known = frozenset(statuses)
    return ", ".join(status for status in Status if status in known)


def limits() -> str:
    """Every open status, how long it may last, and what follows then."""
    rows = [
        f"| {status} | {_words(LIMITS[status])} | {' or '.join(BY_SILENCE.get(status, (T.OVERDUE,)))} |"
        for status in Status
        if status in LIMITS
    ]
    return "\n".join(["| status | at most | then |", "| --- | --- | --- |", *rows])


def _words(time: timedelta) -> str:
    return f"{time.days} days" if time.days else f"{time.seconds // 60} minutes"


def written(page: str) -> str:
    """The page with pictures and tables in their places. Raises `ValueError` without them."""
    for name, way in WAYS.items():
        page = filled(page, name, f"```mermaid\n{picture(way)}\n```")
    return filled(filled(page, "steps", steps()), "limits", limits())
