"""What staff do about a case: money, goods, a repair, something for the trouble, an answer to a dispute."""

from chalice.app import Response

from aftersales import edge
from aftersales.applications.number import known_number
from aftersales.charges.confirm import report_charge
from aftersales.charges.confirmation import ChargeReport
from aftersales.charges.order import ChargeOrder, order_charge
from aftersales.closing.dispute import DisputeAnswer
from aftersales.closing.dispute import answer as answer_dispute
from aftersales.compensation.approve import Approval
from aftersales.compensation.approve import approve as approve_compensation
from aftersales.compensation.confirm import report_credit
from aftersales.compensation.confirmation import CreditReport
from aftersales.compensation.give import Compensation
from aftersales.compensation.give import give as give_compensation
from aftersales.repair.diagnose import Diagnosis, diagnose
from aftersales.repair.dispatch import Dispatch, dispatch
from aftersales.repair.finish import RepairResult, finish
from aftersales.repair.parts import parts_arrived, want_parts
from aftersales.repair.visit import VisitPlan, plan_visit
from aftersales.replacement.confirm import report_replacement
from aftersales.replacement.confirmation import ReplacementReport
from aftersales.replacement.order import ReplacementOrder, order_replacement
from aftersales.resolution.confirm import report_refund
from aftersales.resolution.confirmation import OfflineConfirmation
from aftersales.resolution.order import RefundOrder, order_refund
from aftersales.resolution.quoting import quote_of_case
from aftersales.resolution.remedy import RemedyChange, change_remedy
from aftersales.routes.route import CASE
from aftersales.staff.acting import act
from aftersales.staff.casework import Question, Remark

app = edge.new_app("remedy")


@app.route(CASE + "/quote", methods=["GET"])
def quote(number: str) -> Response:
    return edge.answer(quote_of_case(known_number(number)))


@app.route(CASE + "/remedy", methods=["POST"])
def remedy(number: str) -> Response:
    return act(app.current_request, number, RemedyChange, change_remedy)


# --- money ---


@app.route(CASE + "/refund", methods=["POST"])
def refund(number: str) -> Response:
    return act(app.current_request, number, RefundOrder, order_refund)


@app.route(CASE + "/refund-confirmation", methods=["POST"])
def refund_confirmation(number: str) -> Response:
    return act(app.current_request, number, OfflineConfirmation, report_refund)


@app.route(CASE + "/charge", methods=["POST"])
def charge(number: str) -> Response:
    return act(app.current_request, number, ChargeOrder, order_charge)


@app.route(CASE + "/charge-confirmation", methods=["POST"])
def charge_confirmation(number: str) -> Response:
    return act(app.current_request, number, ChargeReport, report_charge)


@app.route(CASE + "/compensation", methods=["POST"])
def compensation(number: str) -> Response:
    return act(app.current_request, number, Compensation, give_compensation)


@app.route(CASE + "/compensation-approval", methods=["POST"])
def compensation_approval(number: str) -> Response:
    return act(app.current_request, number, Approval, approve_compensation)


@app.route(CASE + "/credit-confirmation", methods=["POST"])
def credit_confirmation(number: str) -> Response:
    return act(app.current_request, number, CreditReport, report_credit)


# --- goods ---


@app.route(CASE + "/replacement", methods=["POST"])
def replacement(number: str) -> Response:
    return act(app.current_request, number, ReplacementOrder, order_replacement)


@app.route(CASE + "/replacement-confirmation", methods=["POST"])
def replacement_confirmation(number: str) -> Response:
    return act(app.current_request, number, ReplacementReport, report_replacement)


# --- repair ---


@app.route(CASE + "/diagnosis", methods=["POST"])
def diagnosis(number: str) -> Response:
    return act(app.current_request, number, Diagnosis, diagnose)


@app.route(CASE + "/visit", methods=["POST"])
def visit(number: str) -> Response:
    return act(app.current_request, number, VisitPlan, plan_visit)


@app.route(CASE + "/parts", methods=["POST"])
def parts(number: str) -> Response:
    return act(app.current_request, number, Question, want_parts)


@app.route(CASE + "/parts-arrival", methods=["POST"])
def parts_arrival(number: str) -> Response:
    return act(app.current_request, number, Remark, parts_arrived)


@app.route(CASE + "/repair-result", methods=["POST"])
def repair_result(number: str) -> Response:
    return act(app.current_request, number, RepairResult, finish)


@app.route(CASE + "/dispatch", methods=["POST"])
def send_back(number: str) -> Response:
    return act(app.current_request, number, Dispatch, dispatch)


# --- closing ---


@app.route(CASE + "/dispute-answer", methods=["POST"])
def dispute_answer(number: str) -> Response:
    return act(app.current_request, number, DisputeAnswer, answer_dispute)


handler = edge.lambda_handler(app)
