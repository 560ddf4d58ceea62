"""Who has the link has the application: what the pages keep to themselves, whatever is asked of them."""

import hashlib
import re
from base64 import b64encode

import pytest

from aftersales.applications import track as use_case
from aftersales.applications.number import new_number
from aftersales.identity import links
from aftersales.identity.links import customer_token
from tests.integration.desk import Desk
from tests.integration.gateway import invoke, request
from tests.integration.visitor import FORM, Page, see, send, send_raw, track

BOTH = ("此链接无效或已过期", "This link is not valid, or has expired")


def answers(desk: Desk) -> list[Page]:
    """One of each kind."""
    path = track(desk.filed())
    return [
        see(path),
        send(f"{path}/information", message=""),
        send(f"{path}/cancellation"),
        send(f"{path}/cancellation"),
        see("/track/nonsense"),
        see(path.replace("track", "survey")),
    ]


def test_every_answer_forbids_what_pages_do_not_need(desk: Desk) -> None:
    for page in answers(desk):
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert policy.endswith("; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        assert "unsafe" not in policy
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_pages_have_no_script_and_load_nothing(desk: Desk) -> None:
    for page in answers(desk):
        assert not re.search(r"<script|\son\w+=|https?:|<link|<img|<iframe|@import|url\(|style=", page.html)


def test_the_one_style_is_the_one_that_the_policy_allows(desk: Desk) -> None:
    for page in answers(desk):
        styles = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
        hashes = [b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles]
        assert all(f"'sha256-{digest}'" in page.headers["Content-Security-Policy"] for digest in hashes)
        assert len(styles) == (0 if page.status == 303 else 1)


# --- links that open nothing


def invalid_tokens(desk: Desk) -> list[str]:
    good = customer_token(desk.filed())
    number, stamp, signature = good.split(".")
    other = customer_token(desk.filed()).split(".")[0]
    return [
        "nonsense",
        good[:-1],
        f"{other}.{stamp}.{signature}",
        f"{number}.{stamp}.{'A' * len(signature)}",
        customer_token(new_number()),
    ]


@pytest.mark.parametrize("page", ["track", "survey"])
def test_a_link_that_opens_nothing_tells_nothing(desk: Desk, page: str) -> None:
    seen = [see(f"/{page}/{token}") for token in invalid_tokens(desk)]
    assert {each.status for each in seen} == {404}
    assert len({each.html for each in seen}) == 1
    assert all(words in seen[0].text for words in BOTH)
    assert '<html lang="zh-CN">' in seen[0].html
    assert '<section lang="en">' in seen[0].html


FORMS: dict[str, dict[str, str]] = {
    "cancellation": {},
    "information": {"message": "x"},
    "parcel": {"carrier": "x", "tracking_number": "x"},
    "quote-answer": {"accept": "true"},
    "confirmation": {},
    "dispute": {"message": "x"},
    "appeal": {"message": "x"},
}


@pytest.mark.parametrize("step", FORMS)
def test_nor_does_a_form_sent_to_it(desk: Desk, step: str) -> None:
    for token in invalid_tokens(desk):
        page = send(f"/track/{token}/{step}", **FORMS[step])
        assert (page.status, page.html) == (404, see("/track/nonsense").html)


def test_a_link_opens_for_three_months(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = track(desk.filed())
    monkeypatch.setattr(links, "VALID_SECONDS", -1)
    assert see(path).html == see("/track/nonsense").html


def test_what_a_signature_does_not_cover_goes_nowhere(desk: Desk) -> None:
    """Base64 is read without the characters that are none of its own, so a link can be lengthened by them."""
    token = customer_token(desk.wanted_information())
    event = request(None, "POST", f"/track/{token}/information", "message=x", headers=FORM)
    event["pathParameters"]["token"] = f"{token}\r\n><"
    sent = invoke("pages", event)
    assert sent["statusCode"] == 303
    assert not set(sent["headers"]["Location"]) & set("\r\n<>")


# --- what no browser sends


def test_a_body_that_is_no_form_is_refused(desk: Desk) -> None:
    json_body = request(None, "POST", f"{track(desk.filed())}/cancellation", {})
    assert invoke("pages", json_body)["statusCode"] == 415


@pytest.mark.parametrize("body", ["carrier=%FF%FE&tracking_number=1", "carrier=1;tracking_number=2", "=&=&&", "%"])
def test_odd_bodies_are_no_fault_of_ours(desk: Desk, body: str) -> None:
    assert send_raw(f"{track(desk.awaiting_goods())}/parcel", body).status in (303, 400)


@pytest.mark.parametrize(
    ("body", "status"), [("&".join(f"f{i}=1" for i in range(99)), 400), ("message=" + "x" * 300_000, 413)]
)
def test_too_much_is_refused_by_a_page(desk: Desk, body: str, status: int) -> None:
    page = send_raw(f"{track(desk.wanted_information())}/information", body)
    assert page.status == status
    assert page.headers["Content-Type"].startswith("text/html")
    assert len(page.html) < 20_000


def test_a_field_of_their_own_is_refused(desk: Desk) -> None:
    number = desk.wanted_information()
    assert send(f"{track(number)}/information", message="x", status="resolved").status == 400
    assert desk.application(number).status == "information_wanted"


def test_a_fault_of_ours_is_said_in_both_languages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = track(desk.filed())

    def fault(_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(use_case, "view", fault)
    page = see(path)
    assert page.status == 500
    assert "页面暂时无法显示" in page.text
    assert "This page cannot be shown right now" in page.text
    assert "secret words" not in page.html
