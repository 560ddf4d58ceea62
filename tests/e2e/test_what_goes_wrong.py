"""Executions that stop, limits that pass, nobody there, functions that are killed: the application still finishes."""

import random
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from aftersales.staff import store as staff
from infra.local import cloud, ministack, stack
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.register import read, register_store
from infra.ops.resume import resume_all
from tests.e2e.people import Case, Customer, Shopkeeper
from tests.e2e.waits import let_it_be_due, retries_after, waits_of


def stop_execution(standing: Standing, customer: Customer) -> None:
    machine = standing.outputs["StateMachineArn"]
    states = cloud.client("stepfunctions", standing.place.port)
    states.stop_execution(executionArn=f"{machine.replace(':stateMachine:', ':execution:')}:{customer.number}")


def test_an_application_whose_execution_was_lost_goes_on_where_it_stood(standing: Standing, shop: Shopkeeper) -> None:
    customer = shop.files(shop.sells())
    case = shop.assigned(customer)
    customer.gets_mails(2)
    stop_execution(standing, customer)
    assert list(resume_all([customer.number])) == [(customer.number, f"{customer.number}-2")]
    assert list(resume_all([customer.number])) == [(customer.number, None)]
    case.does("refund")
    customer.confirms()
    customer.sees_step("follow_up_planned")
    subjects = Counter(subject for subject, _ in customer.gets_mails(5))
    assert set(subjects.values()) == {1}
    assert Counter(customer.steps()).most_common(1)[0][1] == 1


def test_the_desk_is_stopped_and_started_in_the_middle(standing: Standing, shop: Shopkeeper) -> None:
    """The local cloud forgets running executions; `make run` resumes them from the stored status."""
    customer = shop.files(shop.sells())
    shop.assigned(customer)
    customer.gets_mails(2)
    ministack.stop(standing.place.home)
    ministack.start(standing.place.port, standing.place.home, {"SMTP_HOST": f"127.0.0.1:{standing.place.mail_port}"})
    assert list(resume_all([customer.number])) == [(customer.number, f"{customer.number}-2")]
    shop.assigned(customer).does("refund")
    customer.confirms()
    customer.sees_step("survey_sent")
    assert set(Counter(subject for subject, _ in customer.gets_mails(5)).values()) == {1}


def test_a_question_that_is_not_answered_in_time_expires_and_frees_the_unit(
    standing: Standing, shop: Shopkeeper
) -> None:
    order = shop.sells(quantity=1)
    with waits_of(standing, 3, "AwaitCustomer"):
        customer = shop.files(order)
        case = shop.assigned(customer)
        case.does("information-request", message="请补充照片。")
        customer.sees("expired")
    assert case.tries("refund").status == 409
    shop.files(order)


def test_what_we_do_not_do_in_time_is_marked_overdue_once_and_waited_for(standing: Standing, shop: Shopkeeper) -> None:
    with waits_of(standing, 2, "AwaitStaff"):
        customer = shop.files(shop.sells())
        case = shop.assigned(customer)
        let_it_be_due(standing, customer.number)
        until(lambda: case.view()["application"].get("overdue_at"), "the case to be overdue")
    case.does("refund")
    customer.sees("awaiting_confirmation")
    assert Counter(event["step"] for event in case.view()["timeline"])["overdue"] == 1
    assert "overdue" not in customer.steps()


def test_with_nobody_free_it_waits_in_the_backlog_until_someone_claims_it(standing: Standing, shop: Shopkeeper) -> None:
    people = {standing.members[person.username]: person.member for person in read(stack.DEMO).staff}
    for member_id, facts in people.items():
        staff.save(member_id, facts.model_copy(update={"capacity": 0}))
    customer = shop.files(shop.sells())
    customer.sees("accepted")
    mei = shop.staff("mei")
    until(lambda: customer.number in [i["number"] for i in mei.get("/staff/work?backlog=true")["items"]], "the backlog")
    full = Case(mei, customer.number).tries("claim")
    assert (full.status, full.body["type"]) == (409, "urn:aftersales:problem:no-capacity")
    for member_id, facts in people.items():
        staff.save(member_id, facts)
    Case(mei, customer.number).does("claim")
    customer.sees("in_progress")
    taken = Case(shop.staff("tom"), customer.number).tries("claim")
    assert taken.body["type"] == "urn:aftersales:problem:not-yours"
    assert customer.number in [item["number"] for item in mei.get("/staff/work")["items"]]
    Case(mei, customer.number).does("refund")
    customer.sees("awaiting_confirmation")


def test_a_follow_up_falls_due_and_is_work_until_it_is_done(standing: Standing, shop: Shopkeeper) -> None:
    store = read(stack.DEMO).stores[0]
    hook = f"http://127.0.0.1:{standing.place.shop_port}/desk"
    credentials = register_store(
        store.model_copy(update={"store_id": "quick", "follow_up_after": 1, "webhook_url": hook}), standing.outputs
    )
    quick = Shopkeeper(replace(standing, store=credentials), store_id="quick")
    customer = quick.files(quick.sells(), type="complaint", lines=[], description="客服态度不好。")
    case = quick.assigned(customer)
    case.does("completion", message="非常抱歉，我们已改进。")
    customer.confirms()

    def due() -> bool:
        work = case.desk.get("/staff/work")["items"]
        return any(item["kind"] == "follow_up" and item["number"] == customer.number for item in work)

    until(due, "the follow-up to be work")
    case.does("follow-up", message="已回访，客户满意。")
    assert not due()
    assert case.tries("follow-up", message="再次").status == 409


KILLED = (
    *("Publisher", "Assignment", "Review", "Remedy", "Resolution", "Webhooks", "Storefront"),
    *("SurveyInvitation", "Followup"),
)
REMEDIES = {"refund_only": "refund", "resend": "replacement"}


def test_functions_are_killed_at_any_moment_and_every_application_still_finishes(
    standing: Standing, shop: Shopkeeper
) -> None:
    """Their processes die while refunds and replacements run; nothing is lost, and nothing happens twice."""
    customers: list[Customer] = []
    with retries_after(standing, 0.2), killing(standing) as killed:
        for type_ in (*REMEDIES, *REMEDIES, *REMEDIES):
            customers.append(shop.files(shop.sells(), type=type_))
        for customer in customers:
            until(partial(is_assigned, shop, customer), f"{customer.number} to be assigned")
            case = shop.assigned(customer)
            until(partial(remedy_is_ordered, case), "the refund or the replacement to be ordered")
    assert killed, "nothing was killed, so nothing was shown"
    list(resume_all(customer.number for customer in customers))
    for customer in customers:
        customer.confirms()
    for customer in customers:
        customer.sees_step("follow_up_planned")
        assert Counter(customer.steps()).most_common(1)[0][1] == 1
        customer.gets_mails(5)
    assert all(set(Counter(s for s, _ in c.mails()).values()) == {1} for c in customers)


def is_assigned(shop: Shopkeeper, customer: Customer) -> bool:
    """An execution that stopped is resumed, as its alarm asks: the emulator names a start that was killed in a way that
    the state machine does not try again.
    """
    list(resume_all([customer.number]))
    return "assignee" in Case(shop.staff("lead"), customer.number).view()["application"]


def remedy_is_ordered(case: Case) -> bool:
    action = REMEDIES[case.view()["application"]["type"]]
    return case.tries(action).status in (200, 409)


@contextmanager
def killing(standing: Standing) -> Iterator[list[str]]:
    """Kill a process of some function every 0.7 seconds, in the same random order each time; gives whose it was."""
    running = ministack.running(standing.place.home)
    assert running
    over = threading.Event()
    chance = random.Random(20261122)

    killed: list[str] = []

    def kill() -> None:
        while not over.wait(0.7):
            function = chance.choice(KILLED)
            pattern = f"e2e/tmp/ministack-lambda-aftersales-local-{function}-"
            if subprocess.run(["pkill", "-9", "-f", "-P", str(running.pid), pattern], check=False).returncode == 0:
                killed.append(function)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()
