"""What customers do with their application: look, cancel, answer, send photos and parcels, confirm, object."""

from collections.abc import Callable

from chalice.app import Request, Response

from aftersales import edge
from aftersales.applications import appeal, store, track
from aftersales.applications.model import Application
from aftersales.applications.number import known_number
from aftersales.closing import confirm, dispute
from aftersales.identity.links import customer_token
from aftersales.model import Model
from aftersales.repair import offer

app = edge.new_app("tracking")


@app.route("/tracking", methods=["POST"])
def find() -> Response:
    application = track.find(edge.body(app.current_request, track.TrackingRequest))
    view = track.view(application)
    return edge.answer(track.Tracked(application=view, token=customer_token(application.number)))


@app.route("/applications/{number}", methods=["GET"])
def look(number: str) -> Response:
    return edge.answer(track.view(_own(app.current_request, number)))


@app.route("/applications/{number}/cancellation", methods=["POST"])
def cancel(number: str) -> Response:
    return _act(number, Model(), lambda own: track.cancel(own.number))


@app.route("/applications/{number}/information", methods=["POST"])
def give_information(number: str) -> Response:
    information = edge.body(app.current_request, track.Information)
    return _act(number, information, lambda own: track.give_information(own.number, information))


@app.route("/applications/{number}/parcel", methods=["POST"])
def tell_parcel(number: str) -> Response:
    parcel = edge.body(app.current_request, track.ParcelSent)
    return _act(number, parcel, lambda own: track.tell_parcel(own.number, parcel))


@app.route("/applications/{number}/quote-answer", methods=["POST"])
def answer_quote(number: str) -> Response:
    answered = edge.body(app.current_request, offer.QuoteAnswer)
    return _act(number, answered, lambda own: offer.answer(own.number, answered))


@app.route("/applications/{number}/confirmation", methods=["POST"])
def confirm_outcome(number: str) -> Response:
    return _act(number, Model(), lambda own: confirm.confirm(own.number))


@app.route("/applications/{number}/dispute", methods=["POST"])
def make_dispute(number: str) -> Response:
    words = edge.body(app.current_request, dispute.Dispute)
    return _act(number, words, lambda own: dispute.dispute(own.number, words))


@app.route("/applications/{number}/appeal", methods=["POST"])
def make_appeal(number: str) -> Response:
    words = edge.body(app.current_request, appeal.Appeal)
    return _act(number, words, lambda own: appeal.appeal(own.number, words))


@app.route("/applications/{number}/photos", methods=["POST"])
def add_photos(number: str) -> Response:
    request = app.current_request
    own = _own(request, number)
    wanted = edge.body(request, track.PhotosWanted)
    return edge.answer(track.Uploads(uploads=track.add_photos(own.number, wanted)), 201)


def _act(number: str, content: Model, act: Callable[[Application], object]) -> Response:
    request = app.current_request
    own = _own(request, number)
    edge.once(request, edge.principal(request), content, lambda: act(own))
    return edge.answer(track.view(store.load(own.number)))


def _own(request: Request, number: str) -> Application:
    """Another's application and a number that does not exist get the same answer."""
    application = store.load(known_number(number))
    edge.principal(request).must_own(application.number, application.store_id)
    return application


handler = edge.lambda_handler(app)
