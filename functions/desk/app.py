"""The desk of agents and leads: pages from the server, forms that do what the API does."""

import json
import re
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from chalice.app import Response

from aftersales import edge
from aftersales.applications.idempotency import Attempt
from aftersales.applications.model import Application
from aftersales.applications.number import known_number
from aftersales.desk import session as sessions
from aftersales.desk.case import form_scene, gather
from aftersales.desk.case_page import case_page
from aftersales.desk.entrance import notice_page, password_page, sign_in_page
from aftersales.desk.fields import body_of
from aftersales.desk.forms import FORMS, Form
from aftersales.desk.found_page import found_page
from aftersales.desk.listing import Wanted
from aftersales.desk.people_page import people_page
from aftersales.desk.render import Frame, headers
from aftersales.desk.replies import inserted, text_of
from aftersales.desk.search import find
from aftersales.desk.session import Session
from aftersales.desk.sign_in import PasswordWanted, Refused, Token, choose_password, sign_in
from aftersales.desk.text import LANGUAGES
from aftersales.desk.typed import Failed, Typed, typed
from aftersales.desk.work_page import Asked, work_page
from aftersales.errors import Forbidden, Outdated, Problem, TooLarge
from aftersales.model import Model
from aftersales.staff import people
from aftersales.staff.allowed import steps_of

FORM = ["application/x-www-form-urlencoded"]
ROOTS = {1: "desk", 2: ".", 3: "..", 4: "../.."}
"""From an address to where the desk's begin, by how deep it is. A stage or a domain may stand before all of them."""

PLACE = re.compile(r"work(\?[\w=&%.+-]*)?|people|cases/[\w-]+", re.ASCII)
LISTS = ("backlog", "team", "department", "owner")
WORDS = ("message", "finding", "reason")
"""Fields of forms in which somebody may have written for a while."""

SignedIn = Callable[..., Response]


def _html(page: str, status: int = 200) -> Response:
    return Response(page, status_code=status, headers=headers())


def _refuse(problem: Problem) -> Response:
    """Who is signed in can go on from there, unless it may be for want of that that it is refused."""
    session = sessions.session_of(app.current_request.headers) if problem.status < 500 else None
    return _html(notice_page(_frame(session=session), problem), problem.status)


app = edge.new_app("desk", _refuse)


def signed_in(view: SignedIn) -> Callable[..., Response]:
    """A view of somebody's session: who has none, or none any more, is asked to sign in."""

    @wraps(view)
    def checked(**parameters: str) -> Response:
        session = sessions.session_of(app.current_request.headers)
        return view(session, **parameters) if session else _outside(**parameters)

    return checked


# --- coming and going ---


@app.route("/desk", methods=["GET"])
def enter() -> Response:
    if sessions.session_of(app.current_request.headers):
        return _on_to("work")
    return _html(sign_in_page(_frame()))


@app.route("/desk/sign-in", methods=["POST"], content_types=FORM)
def come_in() -> Response:
    sessions.must_be_from_here(app.current_request.headers)
    sent = _sent()
    user_name, place = sent.one("user_name"), _place(sent)
    try:
        entered = sign_in(user_name, sent.one("password"))
        if isinstance(entered, PasswordWanted):
            return _html(password_page(_frame(place), entered))
        return _in(entered, place)
    except Refused as refused:
        return _html(sign_in_page(_frame(place), f"refused_{refused.reason}", user_name), 401)


@app.route("/desk/password", methods=["POST"], content_types=FORM)
def replace_password() -> Response:
    sessions.must_be_from_here(app.current_request.headers)
    sent = _sent()
    wanted, place = PasswordWanted(sent.one("user_name"), sent.one("session")), _place(sent)
    try:
        return _in(choose_password(wanted, sent.one("new_password")), place)
    except Refused as refused:
        said = f"refused_{refused.reason}"
        again = refused.reason in ("weak", "used", "busy", "down")
        page = password_page(_frame(place), wanted, said) if again else sign_in_page(_frame(place), said)
        return _html(page, 401)


def _in(entered: Token, place: str) -> Response:
    """Raises `Refused` for who has no work here."""
    if sessions.opened_by(entered.token) is None:
        raise Refused("not_staff")
    cookie = sessions.signed_in(app.current_request.headers, entered.token, entered.seconds)
    return _on_to(place or "work", cookie)


@app.route("/desk/sign-out", methods=["POST"], content_types=FORM)
@signed_in
def leave(session: Session) -> Response:
    session.must_have_sent(_sent().one("form"))
    return _on_to("", sessions.signed_out(app.current_request.headers))


@app.route("/desk/language", methods=["POST"], content_types=FORM)
def speak() -> Response:
    sessions.must_be_from_here(app.current_request.headers)
    sent = _sent()
    chosen = next((language for language in LANGUAGES if language == sent.one("language")), None)
    return _on_to(_place(sent), sessions.speaking(app.current_request.headers, chosen) if chosen else None)


# --- work ---


@app.route("/desk/work", methods=["GET"])
@signed_in
def see_work(session: Session) -> Response:
    """Which list is asked for as of the API; of it the rest says what is shown, and `page` leads on."""
    query = {name: value for name, value in (app.current_request.query_params or {}).items() if value}
    asked = Asked({name: query[name] for name in LISTS if name in query}, Wanted.of(query))
    return _html(work_page(_frame(session=session), session.who, asked, done=query.get("done", "")))


@app.route("/desk/people", methods=["GET"])
@signed_in
def see_people(session: Session) -> Response:
    return _html(people_page(_frame(session=session), session.who))


@app.route("/desk/search", methods=["POST"], content_types=FORM)
@signed_in
def search(session: Session) -> Response:
    """A form, so that what customers are known by stands in no address. One case alone is shown at once."""
    sought = _sent().one("sought")
    found = find(sought)
    if len(found) == 1:
        return _on_to(f"cases/{found[0].number}")
    return _html(found_page(_frame(session=session), sought, found))


@app.route("/desk/presence", methods=["POST"], content_types=FORM)
@signed_in
def be_present(session: Session) -> Response:
    sent = _sent()
    session.must_have_sent(sent.one("form"))
    told = edge.parse(json.dumps({"presence": sent.one("presence")}).encode(), people.PresenceTold)
    people.present(session.who.id, told)
    return _on_to("work?done=presence")


@app.route("/desk/cases/{number}", methods=["GET"])
@signed_in
def see_case(session: Session, number: str) -> Response:
    done = (app.current_request.query_params or {}).get("done", "")
    return _case(session, known_number(number), done=done)


@app.route("/desk/cases/{number}/{step}", methods=["POST"], content_types=FORM)
@signed_in
def act(session: Session, number: str, step: str) -> Response:
    """Do what the form says and send the browser back to the case; or show it with what was wrong."""
    known, sent = known_number(number), _sent()
    if step not in FORMS or step not in steps_of(session.who.role):
        raise Forbidden("this step is not open to your role")
    try:
        session.must_have_sent(sent.one("form"))
        if field := sent.one("insert"):
            text = text_of(sent.one("reply"))
            return _again(session, known, Failed(step, sent.but(field, inserted(sent.one(field), text))))
        _act(session, known, step, sent)
    except Problem as problem:
        edge.note(problem)
        return _again(session, known, Failed(step, sent, problem))
    return _on_to(f"cases/{known}?{urlencode({'done': step})}")


def _act(session: Session, number: str, step: str, sent: Typed) -> None:
    """Once for each form that was shown: who sends it twice has done it once."""
    form, scene = FORMS[step], form_scene(number, session.who)
    body = body_of(form.fields, sent, scene)
    content = edge.parse(json.dumps(body).encode(), form.model, strict=False)
    attempt = Attempt(
        caller=f"desk:{session.who.id}:{number}:{step}",
        key=sent.one("once")[: edge.MAX_KEY_LENGTH],
        body=content.model_dump_json().encode(),
    )
    attempt.once(lambda: _do(session, scene.application, form, sent.one("seen"), content))


def _do(session: Session, application: Application, form: Form, seen: str, content: Model) -> object:
    """Raises `Outdated` where the case stands elsewhere than on the page that the form was on."""
    if seen not in ("", application.status):
        raise Outdated
    return form.use_case(application.number, session.who, content)


def _again(session: Session, number: str, failed: Failed) -> Response:
    """What was typed is shown only to who typed it here."""
    sessions.must_be_from_here(app.current_request.headers)
    return _case(session, number, failed)


def _case(session: Session, number: str, failed: Failed | None = None, done: str = "") -> Response:
    case = gather(number, session.who)
    page = case_page(_frame(session=session), session.who, case, failed, done)
    status = failed.problem.status if failed and failed.problem else 200
    return Response(page, status_code=status, headers=headers(case.photos_from))


# --- what all of them need ---


def _sent() -> Typed:
    raw = app.current_request.raw_body
    if len(raw) > edge.MAX_BODY_BYTES:
        raise TooLarge
    return typed(raw)


def _outside(number: str = "", step: str = "") -> Response:
    """What was written here is not lost."""
    request = app.current_request
    place = f"cases/{number}" if number else "work"
    kept = "\n\n".join(filter(None, map(_sent().one, WORDS))) if step and sessions.is_from_here(request.headers) else ""
    said = "ended" if sessions.SESSION in request.headers.get("cookie", "") or step else ""
    return _html(sign_in_page(_frame(_known_place(place)), said, kept=kept), 401)


def _frame(place: str = "", session: Session | None = None) -> Frame:
    request = app.current_request
    language = sessions.language_of(request.headers)
    return Frame(language, ROOTS[request.path.count("/")], place, session)


def _place(sent: Typed) -> str:
    return _known_place(sent.one("place"))


def _known_place(text: str) -> str:
    """An address of the desk's; empty for any other, to which nobody is sent."""
    return text if PLACE.fullmatch(text) else ""


def _on_to(place: str, cookie: str | None = None) -> Response:
    """303: the browser gets the page anew, and loading that again sends nothing twice."""
    root = ROOTS[app.current_request.path.count("/")]
    where = f"{root}/{place}" if place else f"{root}/../desk"
    more = {"Location": where} | ({"Set-Cookie": cookie} if cookie else {})
    return Response("", status_code=303, headers=headers() | more)


handler = edge.lambda_handler(app)
