"""The pages behind the links in our mails: where an application stands, and the questionnaire. They need no script."""

import json
from collections.abc import Callable
from typing import TypeVar

from chalice.app import Response

from aftersales import edge
from aftersales.applications import appeal, track
from aftersales.closing import confirm, dispute
from aftersales.errors import (
    AlreadyAnswered,
    AppealTooLate,
    InvalidRequest,
    Outdated,
    Problem,
    QuantityNotAvailable,
    StepNotPossible,
)
from aftersales.feedback import survey
from aftersales.model import Model
from aftersales.pages import forms
from aftersales.pages.forms import Failed
from aftersales.pages.notice import notice_page
from aftersales.pages.questionnaire import survey_page
from aftersales.pages.render import headers
from aftersales.pages.tracking import tracking_page
from aftersales.pages.visit import Visit, address_part, number_behind, visit
from aftersales.repair import offer

M = TypeVar("M", bound=Model)

FORM = ["application/x-www-form-urlencoded"]
SAID_ON_THE_PAGE = (
    AlreadyAnswered,
    AppealTooLate,
    InvalidRequest,
    Outdated,
    QuantityNotAvailable,
    StepNotPossible,
)


def _html(page: str, status: int = 200) -> Response:
    return Response(page, status_code=status, headers=headers())


def _refuse(problem: Problem) -> Response:
    return _html(notice_page("missing" if problem.status == 404 else "broken"), problem.status)


app = edge.new_app("pages", _refuse)


@app.route("/track/{token}", methods=["GET"])
def see(token: str) -> Response:
    return _html(tracking_page(visit(token)))


@app.route("/track/{token}/cancellation", methods=["POST"], content_types=FORM)
def cancel(token: str) -> Response:
    return _act(token, Model, lambda number, _: track.cancel(number), tracking_page)


@app.route("/track/{token}/information", methods=["POST"], content_types=FORM)
def give_information(token: str) -> Response:
    return _act(token, track.Information, track.give_information, tracking_page)


@app.route("/track/{token}/parcel", methods=["POST"], content_types=FORM)
def tell_parcel(token: str) -> Response:
    return _act(token, track.ParcelSent, track.tell_parcel, tracking_page)


@app.route("/track/{token}/quote-answer", methods=["POST"], content_types=FORM)
def answer_quote(token: str) -> Response:
    return _act(token, offer.QuoteAnswer, offer.answer, tracking_page)


@app.route("/track/{token}/confirmation", methods=["POST"], content_types=FORM)
def confirm_outcome(token: str) -> Response:
    return _act(token, Model, lambda number, _: confirm.confirm(number), tracking_page)


@app.route("/track/{token}/dispute", methods=["POST"], content_types=FORM)
def make_dispute(token: str) -> Response:
    return _act(token, dispute.Dispute, dispute.dispute, tracking_page)


@app.route("/track/{token}/appeal", methods=["POST"], content_types=FORM)
def make_appeal(token: str) -> Response:
    return _act(token, appeal.Appeal, appeal.appeal, tracking_page)


@app.route("/survey/{token}", methods=["GET"])
def ask(token: str) -> Response:
    return _html(survey_page(visit(token)))


@app.route("/survey/{token}", methods=["POST"], content_types=FORM)
def answer(token: str) -> Response:
    return _act(token, survey.Answers, survey.answer, survey_page)


def _act(
    token: str, model: type[M], act: Callable[[str, M], object], page: Callable[[Visit, Failed | None], str]
) -> Response:
    """Do what the form says and send the browser back to the page; or show the page with what was wrong."""
    number = number_behind(token)
    typed = forms.fields(app.current_request.raw_body)
    try:
        act(number, edge.parse(json.dumps(typed).encode(), model, strict=False))
    except SAID_ON_THE_PAGE as problem:
        edge.note(problem)
        return _html(page(visit(token), Failed(problem, typed)), problem.status)
    return _back(token)


def _back(token: str) -> Response:
    """303: the browser gets the page anew, and loading that again sends nothing twice.

    Relative, because a stage or a domain of the store's may stand before the path.
    """
    below = app.current_request.path.partition("{token}")[2]
    where = "../" * below.count("/") + address_part(token)
    return Response("", status_code=303, headers=headers() | {"Location": where})


handler = edge.lambda_handler(app)
