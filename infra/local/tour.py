"""The main job for real, over HTTP: from a Shopify order to a planned follow-up, each step shown as it happens."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from infra.local import neighbours, samples
from infra.local.desk import Desk, upload
from infra.local.stack import Standing
from infra.local.waiting import until

Json = dict[str, Any]


@dataclass(frozen=True)
class Walked:
    """The application that the tour left behind."""

    number: str
    email: str
    token: str


def walk(standing: Standing, console: Console) -> Walked:
    """Raises `Refused` or `NeverCameError` at the first step that does not work."""
    order, filing = _order(standing, console)
    number = _file(standing, console, order, filing)
    customer = _track(standing, console, number, filing)
    case = _assigned(standing, console, number)
    _refund(standing, console, number, case)
    _confirmed(console, number, customer)
    _told(standing, console, number, customer, filing["contact"]["email"])
    _afterwards(console, number, customer)
    return Walked(number, filing["contact"]["email"], customer.token or "")


def _order(standing: Standing, console: Console) -> tuple[Json, Json]:
    order = samples.shopify_order()
    with _step(console, f"Shopify sends order {order['name']}, signed") as done:
        standing.desk.shopify("lantern", standing.store.shopify_secret, order).ok()
        done("it became a snapshot with a ledger")
    return order, samples.application(order)


def _file(standing: Standing, console: Console, order: Json, filing: Json) -> str:
    picture = samples.photo()
    wanted = filing | {"photos": [{"media_type": "image/png", "size": len(picture)}]}
    with _step(console, "The storefront files 陈晓's application with a photo") as done:
        filed = standing.storefront().post("/applications", wanted, key=order["name"])
        done(f"application [bold]{filed['number']}[/]")
    with _step(console, "Her phone sends the photo straight to the bucket") as done:
        upload(filed["uploads"][0], picture).ok()
        lead = standing.staff("lead")
        path = f"/staff/applications/{filed['number']}"
        until(lambda: lead.get(path)["photo_links"], "the photo to be attached")
        done("attached once the object was there")
    return str(filed["number"])


def _track(standing: Standing, console: Console, number: str, filing: Json) -> Desk:
    with _step(console, "Rules review it, and she tracks it by number and mail address") as done:
        found = standing.desk.post("/tracking", {"number": number.lower(), "contact": filing["contact"]["email"]})
        customer = standing.desk.with_token(found["token"])
        view = until(lambda: _reviewed(customer, number), "the review")
        done(f"{view['status_name']}: {view['reasons'][0]}")
    return customer


def _reviewed(customer: Desk, number: str) -> Json | None:
    view: Json = customer.get(f"/applications/{number}")
    return view if view.get("reasons") else None


def _assigned(standing: Standing, console: Console, number: str) -> str:
    with _step(console, "The queue finds someone with the skill, the language and room") as done:
        lead = standing.staff("lead")
        path = f"/staff/applications/{number}"
        member = until(lambda: lead.get(path)["application"].get("assignee"), "the assignment")
        username = next(name for name, member_id in standing.members.items() if member_id == member)
        done(f"{username} has it")
    return username


def _refund(standing: Standing, console: Console, number: str, username: str) -> None:
    agent = standing.staff(username)
    path = f"/staff/applications/{number}"
    with _step(console, f"{username} looks at the case and orders the refund") as done:
        case = agent.post(f"{path}/refund", {}, key=f"refund-{number}")
        total = case["application"]["refunds"][-1]["total"]
        done(f"{total['amount'] / 100:.2f} {total['currency']}")
    with _step(console, "The storefront is told by signed webhook, pays, and confirms") as done:
        paid = until(lambda: _status(agent, path, "awaiting_confirmation"), "the refund to be confirmed")
        done(f"reference {paid['application']['refunds'][-1]['reference']}")


def _status(agent: Desk, path: str, status: str) -> Json | None:
    case: Json = agent.get(path)
    return case if case["application"]["status"] == status else None


def _confirmed(console: Console, number: str, customer: Desk) -> None:
    with _step(console, "She confirms that all is well, and has the last word") as done:
        view = customer.post(f"/applications/{number}/confirmation")
        done(view["status_name"])


def _told(standing: Standing, console: Console, number: str, customer: Desk, email: str) -> None:
    home = standing.place.home
    with _step(console, "The survey goes out, and what matters to her was told by mail") as done:
        letters = until(lambda: _letters(home, email, number), "the mails")
        done(f"{len(letters)} mails, the last one “{letters[-1]}”")
    with _step(console, "She answers the survey") as done:
        answers = {"satisfaction": 5, "effort": 4, "comment": "处理很快"}
        customer.post(f"/applications/{number}/survey", answers)
        again = customer.call("POST", f"/applications/{number}/survey", answers)
        done(f"stored; a second answer gets {again.status}")


def _letters(home: Any, email: str, number: str) -> list[str] | None:
    subjects = [subject for to, subject, _ in neighbours.letters(home) if to == email and number in subject]
    asked = any("请评价" in subject for subject in subjects)
    return subjects if asked and len(subjects) >= 5 else None


def _afterwards(console: Console, number: str, customer: Desk) -> None:
    with _step(console, "A call back is planned with the scheduler") as done:
        planned = until(lambda: _event(customer, number, "follow_up_planned"), "the follow-up")
        done(f"recorded {planned['at']}")
    console.print()
    for entry in customer.get(f"/applications/{number}")["timeline"]:
        change = entry["status_to"] if entry.get("status_from") != entry["status_to"] else ""
        console.print(f"   [dim]{entry['at']}[/]  {entry['by']:<10}  {entry['name']}  [cyan]{change}[/]")


def _event(customer: Desk, number: str, step: str) -> Json | None:
    timeline = customer.get(f"/applications/{number}")["timeline"]
    return next((entry for entry in timeline if entry["step"] == step), None)


@contextmanager
def _step(console: Console, what: str) -> Iterator[Callable[[str], None]]:
    """A line that turns while the step runs and says what came of it and how long it took."""
    outcome: list[str] = []
    started = time.monotonic()
    with console.status(what):
        yield outcome.append
    took = time.monotonic() - started
    console.print(f"[green]✓[/] {what} [dim]({took:.1f} s)[/]\n  → {' '.join(outcome)}")
