"""What another department has to do for a case: a task with an owner and a due time, listed as work like a case."""

from datetime import timedelta
from typing import Any, Literal, get_args

from aftersales import clock, tables
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.errors import InvalidRequest, NotFound, NotYours, StepNotPossible, UnknownMember
from aftersales.identity.principal import Principal
from aftersales.items import item
from aftersales.model import LongText, Model, Moment, ToldMoment
from aftersales.settings import Setting
from aftersales.staff import store as staff
from aftersales.staff.actions import may_open_task
from aftersales.staff.allowed import is_theirs
from aftersales.staff.casework import Question
from aftersales.staff.mine import aside, mine
from aftersales.staff.model import MemberId
from aftersales.tables import Cancelled, Write

Department = Literal["logistics", "technical", "quality", "finance"]
DEPARTMENTS: tuple[Department, ...] = get_args(Department)
TABLE = Setting.APPLICATIONS_TABLE
LONGEST_ID = 6
LONGEST = timedelta(days=366)


class TaskWanted(Model):
    """`member_id` owns it, or else the whole department. `message` says what is to be done: customers do not see it."""

    department: Department
    member_id: MemberId | None = None
    message: LongText
    due_at: ToldMoment


class Task(Model):
    """`task_id` is the version of the case that opened it. `result` is what came of it."""

    number: str
    task_id: str
    department: Department
    member_id: str | None = None
    message: LongText
    opened_by: str
    opened_at: Moment
    due_at: Moment
    done_at: Moment | None = None
    done_by: str | None = None
    result: LongText | None = None

    @property
    def owner(self) -> str:
        return self.member_id or owner_of(self.department)


def owner_of(department: str) -> str:
    """In the index of work."""
    return f"department#{department}"


def open_task(number: str, who: Principal, wanted: TaskWanted) -> Application:
    """Raises `NotYours`, `StepNotPossible`, `InvalidRequest` for a time past or far off, `UnknownMember`."""
    application = mine(number, who)
    if not may_open_task(application):
        raise StepNotPossible(f"an application that is {application.status} gets no tasks")
    if not clock.now() < wanted.due_at < clock.now() + LONGEST:
        raise InvalidRequest("due_at: a time to come, within a year")
    task = Task(
        number=number,
        task_id=str(application.version + 1),
        opened_by=who.id,
        opened_at=clock.now(),
        **dict(wanted),
    )
    told = {"task_id": task.task_id, "department": task.department, "due_at": clock.rfc3339(task.due_at)}
    writes = [tables.put(TABLE, _document(task, application))]
    writes += [staff.being_here(task.member_id)] if task.member_id else []
    try:
        return commit.step(application, Step.TASK_OPENED, who.actor(), *writes, message=task.message, data=told)
    except Cancelled as cancelled:
        raise UnknownMember from cancelled


def may_finish(task: Task, application: Application, who: Principal) -> bool:
    """Its owner, anybody when it is a department's, who has the case, and leads."""
    return task.member_id in (None, who.id) or is_theirs(application, who)


def finish(number: str, task_id: str, who: Principal, words: Question) -> Application:
    """Raises `NotFound`, `NotYours`, `StepNotPossible` for a second time."""
    application, task = store.load(number), load(number, task_id)
    if not may_finish(task, application, who):
        raise NotYours
    beside = aside(application, who)
    told = {"task_id": task_id, "department": task.department} | beside.pop("data", {})
    done = _done(task, who, words)
    try:
        return commit.step(application, Step.TASK_DONE, who.actor(), done, message=words.message, data=told, **beside)
    except Cancelled as cancelled:
        raise StepNotPossible("the task is done") from cancelled


def leave_to_department(number: str, task_id: str) -> None:
    """Who owned it has left."""
    task = load(number, task_id)
    store.reown(number, _item(task_id), task.owner, owner_of(task.department))


def load(number: str, task_id: str) -> Task:
    """Raises `NotFound`."""
    if not (task_id.isdecimal() and len(task_id) <= LONGEST_ID):
        raise NotFound
    found = tables.load(TABLE, {"number": number, "item": _item(task_id)})
    if found is None:
        raise NotFound
    return _task(found)


def of(number: str, timeline: list[TimelineEvent]) -> list[Task]:
    """All of the case, the first one first."""
    return [load(number, event.data["task_id"]) for event in timeline if event.step is Step.TASK_OPENED]


def _item(task_id: str) -> str:
    return f"task#{int(task_id):06d}"


def _document(task: Task, application: Application) -> dict[str, Any]:
    return task.document() | {
        "item": _item(task.task_id),
        "type": application.type,
        "priority": application.priority,
        "work_owner": task.owner,
        "work_due": clock.rfc3339(task.due_at),
    }


def _task(document: dict[str, Any]) -> Task:
    return Task.model_validate({name: value for name, value in document.items() if name in Task.model_fields})


def _done(task: Task, who: Principal, words: Question) -> Write:
    """What is done leaves the index of work."""
    said = {"done_at": clock.rfc3339(clock.now()), "done_by": who.id, "result": words.message}
    return {
        "Update": {
            "TableName": TABLE.read(),
            "Key": item({"number": task.number, "item": _item(task.task_id)}),
            "UpdateExpression": f"SET {', '.join(f'#{name} = :{name}' for name in said)} REMOVE work_owner, work_due",
            "ConditionExpression": "attribute_exists(work_owner)",
            "ExpressionAttributeNames": {f"#{name}": name for name in said},
            "ExpressionAttributeValues": item({f":{name}": value for name, value in said.items()}),
        }
    }
