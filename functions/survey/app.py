"""The questionnaire: its questions, and one answer."""

from chalice.app import Response

from aftersales import edge
from aftersales.applications.number import known_number
from aftersales.feedback import survey

app = edge.new_app("survey")


@app.route("/applications/{number}/survey", methods=["GET"])
def look(number: str) -> Response:
    return edge.answer(survey.survey(_own(number)))


@app.route("/applications/{number}/survey", methods=["POST"])
def answer(number: str) -> Response:
    request = app.current_request
    own = _own(number)
    answers = edge.body(request, survey.Answers)
    edge.once(request, edge.principal(request), answers, lambda: survey.answer(own, answers))
    return edge.answer(survey.survey(own), 201)


def _own(number: str) -> str:
    known = known_number(number)
    edge.principal(app.current_request).must_own(known)
    return known


handler = edge.lambda_handler(app)
