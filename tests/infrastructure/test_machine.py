"""The state machine: every error has a way, every status a state, every wait an end.

Conditions and payloads are evaluated with the JSONata engine that MiniStack uses.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore.session import get_session
from pydantic import BaseModel

from aftersales.applications.lifecycle import FINAL, OPEN, STAFFED, Status, Step, targets
from aftersales.applications.limits import LIMITS
from aftersales.errors import Problem
from aftersales.flow.standing import Standing
from aftersales.flow.timeout import ENDED_BY
from aftersales.flow.waits import Wait
from aftersales.policy.review import ON_ITS_WAY
from functions.followup.app import FollowUpTask
from functions.waiting.app import WaitTask
from infra.docs.diagram import MACHINE, evaluate, is_wait, machine, route
from infra.docs.paths import BY_SILENCE
from tests.infrastructure.source import clients_of, reachable
from tests.infrastructure.templates import functions, properties, template

Json = dict[str, Any]
DEFINITION = machine()
STATES: dict[str, Json] = DEFINITION["States"]
TASKS = [name for name, state in STATES.items() if state["Type"] == "Task"]
WAITS = [name for name in TASKS if is_wait(STATES[name])]
LAMBDA_TASKS = [name for name in TASKS if "lambda:invoke" in STATES[name]["Resource"]]
ENDS = {name for name, state in STATES.items() if state["Type"] in ("Succeed", "Fail") or state.get("End")}

STATUS_TO_STATE = {
    Status.SUBMITTED: "Review",
    Status.ACCEPTED: "Assign",
    **dict.fromkeys(STAFFED, "AwaitStaff"),  # once someone has it; before that, Assign
    Status.INFORMATION_WANTED: "AwaitCustomer",
    Status.QUOTE_OFFERED: "AwaitCustomer",
    Status.AWAITING_PAYMENT: "AwaitCustomer",
    Status.AWAITING_GOODS: "AwaitGoods",
    Status.IN_TRANSIT: "AwaitParcel",
    Status.DELIVERING: "AwaitParcel",
    Status.REFUND_ORDERED: "AwaitStore",
    Status.REPLACEMENT_ORDERED: "AwaitStore",
    Status.CREDIT_ORDERED: "AwaitStore",
    Status.AWAITING_CONFIRMATION: "AwaitConfirmation",
    Status.RESOLVED: "InviteToSurvey",
    Status.REJECTED: "Done",
    Status.CANCELLED: "Done",
    Status.EXPIRED: "Done",
}
STANDINGS = [(status, assigned) for status in Status for assigned in (False, True)]


def following(state: Json) -> set[str]:
    """Every state that may come after, on any path."""
    found = {rule["Next"] for rule in state.get("Choices", [])} | {catch["Next"] for catch in state.get("Catch", [])}
    return found | {state[key] for key in ("Next", "Default") if key in state}


def reached_from(start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += following(STATES[name])
    return found


def expected(status: Status, *, assigned: bool) -> str:
    return "Assign" if status in STAFFED and not assigned else STATUS_TO_STATE[status]


# --- the shape ---


def test_speaks_jsonata_only() -> None:
    assert DEFINITION["QueryLanguage"] == "JSONata"
    jsonpath = {"InputPath", "OutputPath", "Parameters", "ResultPath", "ResultSelector", "Variable"}
    assert not [name for name, state in STATES.items() if state.keys() & jsonpath]


def test_every_state_is_reached_and_exists() -> None:
    assert reached_from(DEFINITION["StartAt"]) == STATES.keys()


@pytest.mark.parametrize("name", STATES)
def test_every_state_leads_to_an_end(name: str) -> None:
    assert reached_from(name) & ENDS


def test_keeps_no_variables() -> None:
    """A variable named like a built-in function would take its place: so there are none."""
    assert "Assign" not in {key for state in STATES.values() for key in state}


# --- errors ---


@pytest.mark.parametrize("name", TASKS)
def test_task_has_limit_retries_and_a_catch_for_the_rest(name: str) -> None:
    task = STATES[name]
    assert task["TimeoutSeconds"] > 0
    assert task["Retry"]
    assert task["Catch"][-1]["ErrorEquals"] == ["States.ALL"]
    assert task["Catch"][-1]["Next"] == "Stopped"


@pytest.mark.parametrize("name", TASKS)
def test_nothing_is_retried_that_will_not_pass(name: str) -> None:
    """A refusal of ours is final, but for the two that say: somebody was faster."""
    retried = errors_retried(name)
    assert not retried & {"States.ALL", "States.TaskFailed", "States.Runtime", "Exception"}
    refusals = {problem.__name__ for problem in Problem.__subclasses__()}
    assert retried & refusals <= {"Outdated"}


@pytest.mark.parametrize("name", TASKS)
def test_retries_take_their_time(name: str) -> None:
    """About six minutes in all, and not everyone at the same moment."""
    for retry in STATES[name]["Retry"]:
        assert retry["JitterStrategy"] == "FULL"
        delays = [min(retry["IntervalSeconds"] * retry["BackoffRate"] ** n, retry["MaxDelaySeconds"]) for n in range(6)]
        assert retry["MaxAttempts"] == 6
        assert sum(delays) > 300


PASSING = re.compile(r"Throttl|Throughput|RequestLimit|InternalServ|TooManyRequests")
OF_LAMBDA = {
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.Unknown",
    "Sandbox.Timedout",
}
OF_THE_NETWORK = {"ConnectTimeoutError", "ReadTimeoutError", "EndpointConnectionError", "ConnectionClosedError"}


@pytest.mark.parametrize("name", LAMBDA_TASKS)
def test_what_passes_is_retried(name: str) -> None:
    """Lambda names an error by its class, and botocore has one for each error in a service's model.

    `ClientError` itself is only what the model does not name. Errors of a KMS key are left out: there is none.
    """
    assert OF_LAMBDA | OF_THE_NETWORK | {"ClientError"} <= errors_retried(name)
    passing = {error for service in services_of(name) for error in modelled_errors(service) if PASSING.search(error)}
    assert {error for error in passing if not error.startswith("Kms")} <= errors_retried(name)


def errors_retried(name: str) -> set[str]:
    return {error for retry in STATES[name]["Retry"] for error in retry["ErrorEquals"]}


def services_of(name: str) -> set[str]:
    return {service for module in reachable(function_of(name)) for service in clients_of(module)} - {"s3"}


def modelled_errors(service: str) -> Iterator[str]:
    yield from (shape.name for shape in get_session().get_service_model(service).error_shapes)


def function_of(name: str) -> str:
    """The function that a task calls, by the template's substitution."""
    found: str = STATES[name]["Arguments"]["FunctionName"]
    return found.removeprefix("${").removesuffix("FunctionArn}")


@pytest.mark.parametrize("name", [name for name in TASKS if name not in WAITS])
def test_task_outlives_its_function(name: str) -> None:
    """Otherwise a second one would run beside the first; and one that never answered is tried again."""
    limit = functions()[function_of(name)].get("Timeout", template("root")["Globals"]["Function"]["Timeout"])
    assert STATES[name]["TimeoutSeconds"] > limit
    assert "States.Timeout" in errors_retried(name)


# --- waits ---


@pytest.mark.parametrize("name", WAITS)
def test_limit_of_a_wait_has_a_way_of_its_own(name: str) -> None:
    """It is not an error: it is caught first, never retried, and goes on with where the application stood."""
    wait = STATES[name]
    assert wait["Catch"][0] == {
        "ErrorEquals": ["States.Timeout"],
        "Next": "TimeOut",
        "Output": "{% $states.input %}",
    }
    assert "States.Timeout" not in errors_retried(name)


@pytest.mark.parametrize("name", [name for name in WAITS if name not in ("Assign", "AwaitStaff")])
def test_limit_of_a_wait_is_that_of_its_statuses(name: str) -> None:
    """Of customers, parcels and stores: what follows from the limit happens at once."""
    assert {LIMITS[status] for status in waited_in(name)} == {timedelta(seconds=STATES[name]["TimeoutSeconds"])}


def test_what_waits_for_staff_is_looked_at_before_it_is_due() -> None:
    """One state for many limits: it comes back when the shortest is over, and what is not due yet waits on."""
    assert waited_in("AwaitStaff") == STAFFED
    assert timedelta(seconds=STATES["AwaitStaff"]["TimeoutSeconds"]) <= min(LIMITS[status] for status in STAFFED)


def waited_in(name: str) -> set[Status]:
    return {status for status, assigned in STANDINGS if expected(status, assigned=assigned) == name}


def test_assignment_is_tried_again_when_it_is_due() -> None:
    """What is to be done waits here without an assignee, and is looked for as often as what was accepted."""
    assert timedelta(seconds=STATES["Assign"]["TimeoutSeconds"]) == LIMITS[Status.ACCEPTED]
    assert all(LIMITS[Status.ACCEPTED] <= LIMITS[status] for status in STAFFED)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_limit_of_a_status_leads_on(status: Status) -> None:
    """A customer's silence has its own step; what we owe is marked and waited for again, in the same state."""
    for step in BY_SILENCE.get(status, (Step.OVERDUE,)):
        assert (status in targets(step, status)) is (status not in ENDED_BY)
        assert targets(step, status)
    assert STATES["TimeOut"]["Next"] == "Route"


def test_only_customers_and_parcels_to_them_end_a_wait_by_silence() -> None:
    ended = {state: waited_in(state) & ENDED_BY.keys() for state in WAITS}
    assert {state: statuses for state, statuses in ended.items() if statuses} == {
        "AwaitCustomer": {Status.INFORMATION_WANTED, Status.QUOTE_OFFERED, Status.AWAITING_PAYMENT},
        "AwaitGoods": {Status.AWAITING_GOODS},
        "AwaitParcel": {Status.DELIVERING},
        "AwaitConfirmation": {Status.AWAITING_CONFIRMATION},
    }


# --- the hub ---


@pytest.mark.parametrize(("status", "assigned"), STANDINGS)
def test_every_status_goes_to_exactly_one_state(status: Status, assigned: bool) -> None:
    assert route(STATES["Route"], status, assigned=assigned) == [expected(status, assigned=assigned)]


def test_a_photo_on_its_way_is_waited_for_between_two_reviews() -> None:
    waiting = route(STATES["Route"], Status.SUBMITTED, assigned=False, evidence_on_its_way=True)
    assert waiting[0] == "AwaitEvidence"
    assert (STATES["AwaitEvidence"]["Type"], STATES["AwaitEvidence"]["Next"]) == ("Wait", "Review")
    assert timedelta(seconds=STATES["AwaitEvidence"]["Seconds"]) < ON_ITS_WAY


@pytest.mark.parametrize(("status", "assigned"), STANDINGS)
def test_what_was_accepted_goes_on_by_itself_where_it_can(status: Status, assigned: bool) -> None:
    """Anywhere else it changes nothing. What was refused comes back without the word, and is for a person."""
    goes_on = route(STATES["Route"], status, assigned=assigned, automatic=True)
    assert goes_on[0] == ("Proceed" if status is Status.ACCEPTED else expected(status, assigned=assigned))
    assert STATES["Proceed"]["Next"] == "Route"


def test_unknown_status_is_told() -> None:
    assert route(STATES["Route"], "lost_in_the_post", assigned=False) == ["UnknownStatus"]
    assert STATES["UnknownStatus"]["Type"] == "Fail"


@pytest.mark.parametrize("status", sorted(FINAL))
def test_final_status_is_not_waited_in(status: Status) -> None:
    assert expected(status, assigned=True) not in WAITS


# --- what it knows ---

MODELS: dict[str, type[BaseModel]] = {
    "Review": Standing,
    "Proceed": Standing,
    "Assign": Wait,
    "AwaitStaff": WaitTask,
    "AwaitCustomer": WaitTask,
    "AwaitGoods": WaitTask,
    "AwaitParcel": WaitTask,
    "AwaitStore": WaitTask,
    "AwaitConfirmation": WaitTask,
    "TimeOut": WaitTask,
    "InviteToSurvey": Standing,
    "PlanFollowUp": FollowUpTask,
}
STANDING = Standing(number="7K3M-9QXT-2VWH-5NRR", status=Status.IN_PROGRESS, assigned=True).document()


def payload(name: str) -> Json:
    """What a task sends, evaluated."""
    arguments = STATES[name]["Arguments"]
    content = arguments.get("Payload", arguments.get("MessageBody"))
    context = {"Task": {"Token": "the-token"}}
    if isinstance(content, dict):
        return {key: evaluate(value, input=STANDING, context=context) for key, value in content.items()}
    found: Json = evaluate(content, input=STANDING, context=context)
    return found


def test_knows_only_where_an_application_stands() -> None:
    assert Standing.model_fields.keys() == {
        "number",
        "status",
        "assigned",
        "evidence_on_its_way",
        "automatic",
    }
    assert Standing(number="", status=Status.SUBMITTED).document()["assigned"] is False  # never left out


@pytest.mark.parametrize("name", TASKS)
def test_task_sends_where_it_stands_and_a_wait_its_token(name: str) -> None:
    sent = payload(name)
    assert {key: value for key, value in sent.items() if key != "token"}.items() <= STANDING.items()
    assert sent.get("token") == ("the-token" if name in WAITS else None)
    assert MODELS[name].model_validate(sent)


@pytest.mark.parametrize("name", TASKS)
def test_task_gives_on_what_it_was_answered(name: str) -> None:
    """A function answers a task with a standing, and a wait ends with one: `flow.waits.answer`."""
    assert STATES[name]["Output"] == ("{% $states.result %}" if name in WAITS else "{% $states.result.Payload %}")


def test_substitutions_are_complete_and_used() -> None:
    given = properties("root", "AWS::Serverless::StateMachine")["ApplicationMachine"]["DefinitionSubstitutions"]
    assert set(re.findall(r"\$\{(\w+)\}", MACHINE.read_text(encoding="utf-8"))) == given.keys()
    for name, value in given.items():
        if name.endswith("FunctionArn"):
            assert value == {"Fn::GetAtt": [name.removesuffix("Arn"), "Arn"]}


# --- what it costs ---


def walk(*standings: Status | tuple[Status, str]) -> list[str]:
    """The states that are entered while an application stands so, one after each task at the hub."""
    entered: list[str] = []
    standing = iter(standings)
    name = DEFINITION["StartAt"]
    while True:
        entered.append(name)
        state = STATES[name]
        if name == "Route":
            status, *said = listed(next(standing))
            name = route(state, status, assigned=True, **dict.fromkeys(said, True))[0]
        elif name in ENDS:
            return entered
        else:
            name = state["Next"]


def listed(standing: Status | tuple[Status, str]) -> tuple[str, ...]:
    return standing if isinstance(standing, tuple) else (standing,)


def test_straight_refund_takes_thirteen_transitions() -> None:
    entered = walk(*map(Status, ["submitted", "accepted", "in_progress", "refund_ordered", *CLOSING]))
    assert [name for name in entered if name != "Route"] == [
        "Review",
        "Assign",
        "AwaitStaff",
        "AwaitStore",
        "AwaitConfirmation",
        "InviteToSurvey",
        "PlanFollowUp",
    ]
    assert len(entered) == 13


def test_refund_that_needs_no_person_takes_eleven() -> None:
    accepted = (Status.ACCEPTED, "automatic")
    entered = walk(Status.SUBMITTED, accepted, Status.REFUND_ORDERED, *map(Status, CLOSING))
    assert [name for name in entered if name != "Route"][:3] == ["Review", "Proceed", "AwaitStore"]
    assert len(entered) == 11


CLOSING = ("awaiting_confirmation", "resolved")


def test_an_appeal_enters_where_a_person_decides() -> None:
    """It enters at Route in an execution of its own; the one before ended with the rejection."""
    assert walk(Status.APPEALED, Status.REJECTED) == ["Route", "AwaitStaff", "Route", "Done"]


def test_rejection_takes_four_transitions() -> None:
    assert walk(Status.SUBMITTED, Status.REJECTED) == ["Route", "Review", "Route", "Done"]
