"""The forms on the pages: what they do, and what is said when they cannot."""

import pytest

from tests.integration import cloud
from tests.integration.decisions import rejected
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call, customer, invoke
from tests.integration.visitor import see, send, survey, track
from tests.integration.workshop import Workshop


def test_cancelling_leads_back_to_the_page(desk: Desk) -> None:
    number = desk.in_progress()
    path = track(number)
    sent = send(f"{path}/cancellation")
    assert sent.goes_on_to == path
    assert "<h1>已取消</h1>" in see(path).html
    assert desk.ledger().available == 3
    assert desk.open_cases() == 0


def test_cancelling_twice_is_answered_on_the_page(desk: Desk) -> None:
    number = desk.filed()
    path = track(number)
    send(f"{path}/cancellation")
    again = send(f"{path}/cancellation")
    assert again.status == 409
    assert "这一步已经完成，或当前状态下无法进行" in again.text
    assert "<h1>已取消</h1>" in again.html
    assert "<title>出错了: " in again.html
    assert desk.steps(number).count("cancelled") == 1


def test_an_answer_reaches_staff(desk: Desk) -> None:
    number = desk.wanted_information()
    path = track(number)
    assert send(f"{path}/information", message="没有照片了，\r\n壶已打碎。").goes_on_to == path
    event = desk.timeline(number)[-1]
    assert (event.step, event.actor.kind) == ("information_given", "customer")
    assert event.message == "没有照片了，\n壶已打碎。"
    page = see(path)
    assert "<h1>处理中</h1>" in page.html
    assert "没有照片了" in page.text


@pytest.mark.parametrize("message", ["", "  \r\n ", "长" * 4001])
def test_an_answer_that_does_not_fit_stands_in_the_form_again(desk: Desk, message: str) -> None:
    number = desk.wanted_information()
    page = send(f"{track(number)}/information", message=message)
    assert page.status == 400
    assert '<a href="#message">请填写内容，最多 4000 字。</a>' in page.html
    assert 'aria-invalid="true"' in page.html
    assert message.strip() in page.text
    assert page.forms[0] == f"{track(number)}/information", "one step deeper than the page, but to the same place"
    assert desk.application(number).status == "information_wanted"


def test_a_parcel_is_told_and_told_again(desk: Desk) -> None:
    number = desk.awaiting_goods()
    path = track(number)
    assert send(f"{path}/parcel", carrier="顺丰", tracking_number="SF139").goes_on_to == path
    assert "您的包裹：顺丰 SF139。" in see(path).text
    send(f"{path}/parcel", carrier="圆通 & 子公司", tracking_number="YT7")
    assert "您的包裹：圆通 & 子公司 YT7。" in see(path).text


def test_a_parcel_without_a_number_keeps_its_carrier(desk: Desk) -> None:
    page = send(f"{track(desk.awaiting_goods())}/parcel", carrier='"顺丰"', tracking_number="")
    assert page.status == 400
    assert 'value="&#34;顺丰&#34;"' in page.html
    assert 'href="#tracking_number"' in page.html
    assert 'href="#carrier"' not in page.html


def test_who_acts_while_staff_write_a_note_does_not_notice(desk: Desk) -> None:
    number = desk.wanted_information()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.staff(MEI, number, "notes", {"message": "等两天。"})):
        assert send(f"{track(number)}/information", message="壶已打碎。").status == 303
    assert {"noted", "information_given"} <= set(desk.steps(number))


def test_an_english_customer_is_told_in_english(desk: Desk) -> None:
    path = track(desk.filed(language="en", description="The spout drips."))
    send(f"{path}/cancellation")
    assert "This was done before, or is not possible now." in send(f"{path}/cancellation").text


# --- appeal

ENGLISH = {"language": "en", "description": "The spout drips."}


@pytest.fixture
def _polyglot(desk: Desk) -> None:
    """Mei has the cases in English as well."""
    desk.hire("mei", languages=["zh-CN", "en"])
    desk.hire("tom", languages=[])


@pytest.mark.usefixtures("_polyglot")
@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, ("请在此时间前提出申诉 2026年3月23日 10:30 (UTC+8)", "您可以申诉一次", "补充照片或视频")),
        (
            ENGLISH,
            ("You can appeal until 23 March 2026, 10:30 (UTC+8)", "You may appeal once.", "add photos or videos"),
        ),
    ],
    ids=["zh-CN", "en"],
)
def test_a_rejection_says_until_when_it_may_be_appealed(
    desk: Desk, changes: dict[str, str], sentences: tuple[str, ...]
) -> None:
    path = track(rejected(desk, **changes))
    text = see(path).text
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert see(path).forms == [f"{path}/appeal"]


@pytest.mark.usefixtures("_polyglot")
@pytest.mark.parametrize(
    ("changes", "status", "photos"),
    [
        ({}, "申诉处理中", "如需补充照片或视频，请在提交申请的店铺页面上传。"),
        (ENGLISH, "Appeal under review", "To add photos or videos, use the store page where you applied."),
    ],
    ids=["zh-CN", "en"],
)
def test_an_appeal_is_sent_once_and_photos_may_follow(
    desk: Desk, changes: dict[str, str], status: str, photos: str
) -> None:
    path = track(rejected(desk, **changes))
    assert send(f"{path}/appeal", message="收到时就有裂纹。").goes_on_to == path
    page = see(path)
    assert f"<h1>{status}</h1>" in page.html
    assert photos in page.text
    assert "收到时就有裂纹。" in page.text
    assert page.forms == [f"{path}/cancellation"]
    assert send(f"{path}/appeal", message="再看一次。").status == 409


@pytest.mark.usefixtures("_polyglot")
@pytest.mark.parametrize(
    ("changes", "sentence"), [({}, "申诉期限已过"), (ENGLISH, "The time to appeal is over")], ids=["zh-CN", "en"]
)
def test_who_appeals_too_late_is_told_so(desk: Desk, changes: dict[str, str], sentence: str) -> None:
    path = track(rejected(desk, **changes))
    desk.later(days=14, seconds=1)
    page = send(f"{path}/appeal", message="收到时就有裂纹。")
    assert (page.status, page.forms) == (409, [])
    assert sentence in page.text


@pytest.mark.usefixtures("_polyglot")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({}, "这些商品已在您的另一份申请中"), (ENGLISH, "These items are in another application of yours")],
    ids=["zh-CN", "en"],
)
def test_who_has_filed_again_meanwhile_is_told_why_it_cannot_be(
    desk: Desk, changes: dict[str, str], sentence: str
) -> None:
    path = track(rejected(desk, **changes))
    desk.filed(lines=[{"line_id": "teapot", "quantity": 3, "reason": "defective"}])
    page = send(f"{path}/appeal", message="收到时就有裂纹。")
    assert page.status == 409
    assert sentence in page.text
    assert "收到时就有裂纹。</textarea>" in page.html


@pytest.mark.usefixtures("_polyglot")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({}, "这是您申诉后的最终结果。"), (ENGLISH, "This is the final answer to your appeal.")],
    ids=["zh-CN", "en"],
)
def test_who_appeals_in_vain_is_told_that_it_is_final(desk: Desk, changes: dict[str, str], sentence: str) -> None:
    number = rejected(desk, **changes)
    path = track(number)
    send(f"{path}/appeal", message="收到时就有裂纹。")
    assert sentence not in see(path).text
    desk.staff(HUA, number, "decision", {"outcome": "reject", "message": "照片上没有裂纹。"})
    page = see(path)
    assert (sentence in page.text, page.forms) == (True, [])


def test_an_appeal_without_a_word_is_not_sent(desk: Desk) -> None:
    number = rejected(desk)
    page = send(f"{track(number)}/appeal", message=" ")
    assert page.status == 400
    assert '<a href="#message">请填写内容，最多 4000 字。</a>' in page.html
    assert desk.application(number).status == "rejected"


# --- the offer of a repair, and the last word


@pytest.fixture
def offered(desk: Desk) -> str:
    """To Ann, in English: a laptop that no warranty covers."""
    return Workshop(desk).offered()


@pytest.mark.parametrize(
    ("accept", "title", "step"),
    [("true", "Waiting for your payment", "quote_accepted"), ("false", "Goods inspected", "quote_declined")],
)
def test_an_offer_is_taken_or_not(desk: Desk, offered: str, accept: str, title: str, step: str) -> None:
    path = track(offered)
    assert see(path).forms == [f"{path}/quote-answer"]
    assert send(f"{path}/quote-answer", accept=accept).goes_on_to == path
    assert f"<h1>{title}</h1>" in see(path).html
    assert desk.steps(offered)[-1] == step
    again = send(f"{path}/quote-answer", accept=accept)
    assert again.status == 409
    assert "This was done before, or is not possible now." in again.text


@pytest.mark.parametrize("fields", [{}, {"accept": "maybe"}])
def test_an_answer_that_is_neither_changes_nothing(desk: Desk, offered: str, fields: dict[str, str]) -> None:
    page = send(f"{track(offered)}/quote-answer", **fields)
    assert page.status == 400
    assert '<a href="#accept">Choose whether you accept.</a>' in page.html
    assert 'id="accept"' in page.html
    assert desk.application(offered).status == "quote_offered"


def test_all_is_well_with_one_button(desk: Desk) -> None:
    number = desk.paid_back()
    path = track(number)
    page = see(path)
    assert page.forms == [f"{path}/confirmation", f"{path}/dispute"]
    assert "确认表示一切妥当，申请随即办结。" in page.text
    assert "如在此时间前未收到您的回复，即视为确认 2026年3月16日 10:30 (UTC+8)" in page.text
    assert send(f"{path}/confirmation").goes_on_to == path
    assert "<h1>已完成</h1>" in see(path).html
    assert send(f"{path}/confirmation").status == 409


@pytest.mark.parametrize("message", ["", "长" * 4001])
def test_what_is_wrong_needs_words(desk: Desk, message: str) -> None:
    number = desk.paid_back()
    page = send(f"{track(number)}/dispute", message=message)
    assert page.status == 400
    assert "<details open>" in page.html
    assert '<a href="#message">请填写内容，最多 4000 字。</a>' in page.html
    assert desk.application(number).status == "awaiting_confirmation"


def test_what_is_wrong_is_said_once(desk: Desk) -> None:
    number = desk.paid_back()
    path = track(number)
    assert send(f"{path}/dispute", message="到账金额少了 20 元。").goes_on_to == path
    page = see(path)
    assert "<h1>异议处理中</h1>" in page.html
    assert "到账金额少了 20 元。" in page.text
    assert page.forms == []
    assert send(f"{path}/dispute", message="再说一次。").status == 409


# --- questionnaire


@pytest.fixture
def invited(desk: Desk) -> str:
    number = desk.resolved()
    invoke("survey_invitation", desk.standing(number))
    return number


def test_the_questionnaire_opens_with_its_invitation(desk: Desk) -> None:
    number = desk.filed()
    page = see(survey(number))
    assert "问卷尚未开放" in page.text
    assert page.forms == []
    assert page.links == [track(number)]
    assert send(survey(number), satisfaction=5, effort=5).status == 409


def test_page_leads_to_the_questionnaire_until_it_is_answered(invited: str) -> None:
    assert see(track(invited)).links == [survey(invited)]
    send(survey(invited), satisfaction=5, effort=5)
    assert see(track(invited)).links == []


def test_an_answered_questionnaire_says_thank_you(desk: Desk, invited: str) -> None:
    path = survey(invited)
    page = see(path)
    assert "您对本次售后服务满意吗？" in page.text
    assert page.forms == [path]
    assert send(path, satisfaction=5, effort="4", comment="很快，谢谢！").goes_on_to == path
    assert "谢谢您的评价！" in see(path).text
    assert "2026年3月9日 10:30 (UTC+8)" in see(path).text
    assert see(path).forms == []
    assert desk.steps(invited).count("survey_answered") == 1


def test_a_second_answer_is_told_that_the_first_stands(invited: str) -> None:
    send(survey(invited), satisfaction=5, effort=5)
    again = send(survey(invited), satisfaction=1, effort=1)
    assert again.status == 409
    assert "您已经填写过这份问卷，以第一次的回答为准。" in again.text
    assert call(customer(invited), "GET", f"/applications/{invited}/survey").body["answered_at"]


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, ["satisfaction", "effort"]),
        ({"satisfaction": 5}, ["effort"]),
        ({"satisfaction": 6, "effort": 1}, ["satisfaction"]),
        ({"satisfaction": "2.5", "effort": "viel"}, ["satisfaction", "effort"]),
    ],
)
def test_an_answer_without_scores_keeps_its_comment(invited: str, answers: dict[str, object], wrong: list[str]) -> None:
    page = send(survey(invited), comment="包装 <不太> 好找", **answers)
    assert page.status == 400
    assert [field for field in ("satisfaction", "effort") if f'href="#{field}"' in page.html] == wrong
    assert all(f'id="{field}"' in page.html for field in wrong)
    assert "包装 &lt;不太&gt; 好找</textarea>" in page.html
    assert page.forms == [survey(invited)]


def test_a_score_that_was_given_stays_chosen(invited: str) -> None:
    page = send(survey(invited), satisfaction=4)
    assert 'name="satisfaction" value="4" required checked' in page.html
    assert page.html.count(" checked") == 1
