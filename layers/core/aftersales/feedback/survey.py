"""The questionnaire after a case: sent once, answered once."""

from typing import Annotated

from pydantic import Field

from aftersales import clock, tables
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import CUSTOMER, SYSTEM, Application, Language
from aftersales.errors import AlreadyAnswered, StepNotPossible
from aftersales.model import LongText, Model, Moment
from aftersales.settings import Setting
from aftersales.tables import Cancelled

Score = Annotated[int, Field(ge=1, le=5)]

QUESTIONS: dict[Language, dict[str, str]] = {
    "zh-CN": {
        "satisfaction": "您对本次售后服务满意吗？",
        "effort": "解决问题是否省力？",
        "comment": "还有什么想告诉我们？",
    },
    "en": {
        "satisfaction": "How satisfied are you with how we handled this?",
        "effort": "How easy was it to get this solved?",
        "comment": "What else would you like to tell us?",
    },
}


class Answers(Model):
    """Scores from 1 (not at all) to 5 (very much)."""

    satisfaction: Score
    effort: Score
    comment: LongText | None = None


class Survey(Model):
    """The questions in the application's language, and when they were answered."""

    number: str
    questions: dict[str, str]
    answered_at: Moment | None = None


def invite(number: str) -> Application:
    """Record that the survey goes out; the notice follows from the event. Asked again, it changes nothing."""
    return commit.until_written(lambda: _invite(store.load(number)))


def _invite(application: Application) -> Application:
    if application.survey_sent_at or application.status is not Status.RESOLVED:
        return application
    return commit.step(application, Step.SURVEY_SENT, SYSTEM, survey_sent_at=clock.now())


def survey(number: str) -> Survey:
    application = store.load(number)
    answered = tables.load(Setting.APPLICATIONS_TABLE, {"number": number, "item": "survey"})
    return Survey.model_validate(
        {
            "number": number,
            "questions": QUESTIONS[application.language],
            "answered_at": answered["at"] if answered else None,
        }
    )


def answer(number: str, answers: Answers) -> Survey:
    """Raises `AlreadyAnswered` the second time, `StepNotPossible` before the survey was sent."""
    commit.until_written(lambda: _answer(store.load(number), answers))
    return survey(number)


def _answer(application: Application, answers: Answers) -> Application:
    if not application.survey_sent_at:
        raise StepNotPossible("no survey was sent yet")
    document = {"number": application.number, "item": "survey", "at": clock.rfc3339(clock.now())} | answers.document()
    once = tables.put(Setting.APPLICATIONS_TABLE, document, "attribute_not_exists(satisfaction)")
    try:
        return commit.step(application, Step.SURVEY_ANSWERED, CUSTOMER, once)
    except Cancelled as cancelled:
        raise AlreadyAnswered from cancelled
