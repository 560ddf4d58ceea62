"""`aftersales dead-letters`: ops see what was given up, and try it once more. Nothing is lost or happens twice."""

import pytest

from infra.ops.letters import queues
from tests.integration import cloud
from tests.integration.deployed import STACK
from tests.integration.desk import Desk
from tests.integration.gateway import deliver
from tests.integration.letterbox import Letterbox, Ops, mail_about, replays

# --- back to the queue ---


def test_a_letter_goes_back_to_its_queue_and_that_is_recorded(desk: Desk, box: Letterbox, ops: Ops) -> None:
    number = desk.accepted()
    mail, other = mail_about(desk, number), mail_about(desk, desk.accepted())
    box.gives_up("Notice", other)
    letter = box.gives_up("Notice", mail)
    code, text = ops("replay", "Notice", letter)
    assert (code, text.split()[:2]) == (0, ["sent", letter])
    assert box.bodies("Notice") == [mail]
    assert box.bodies("NoticeDeadLetters") == [other]
    [record] = replays("NoticeDeadLetters")
    assert record["by"].startswith("arn:aws:")
    assert record["item"] == f"{record['at']}#{letter}"
    told = {name: record[name] for name in ("message_id", "application", "outcome", "where")}
    assert told == {"message_id": letter, "application": number, "outcome": "sent", "where": f"{STACK}-Notice"}


def test_all_of_a_queue_go_back(desk: Desk, box: Letterbox, ops: Ops) -> None:
    mail = mail_about(desk, desk.accepted())
    letters = {box.gives_up("Refund", mail) for _ in range(23)}
    code, text = ops("replay-all", "Refund")
    assert (code, "23 of 23 dealt with" in text) == (0, True)
    assert len(box.lies_in("Refund")) == 23
    assert box.lies_in("RefundDeadLetters") == []
    assert {record["message_id"] for record in replays("RefundDeadLetters")} == letters


def test_who_dies_between_sending_and_throwing_away_has_lost_nothing_and_doubled_nothing(
    desk: Desk, box: Letterbox, ops: Ops
) -> None:
    """The mail is sent twice to the queue, and once to the customer."""
    letter = box.gives_up("Notice", mail_about(desk, desk.accepted()))

    def dies() -> None:
        raise KeyboardInterrupt

    with cloud.meanwhile("DeleteMessage", dies, "sqs"), pytest.raises(KeyboardInterrupt):
        ops("replay", "Notice", letter)
    assert [message["MessageId"] for message in box.lies_in("NoticeDeadLetters")] == [letter]
    assert ops("replay", "Notice", letter)[0] == 0
    sent = box.bodies("Notice")
    assert len(sent) == 2
    before = len(cloud.mails())
    assert deliver("notification", *sent) == []
    assert len(cloud.mails()) == before + 1


def test_what_the_bus_could_not_deliver_goes_where_it_was_to_go(desk: Desk, box: Letterbox, ops: Ops) -> None:
    mail = mail_about(desk, desk.accepted())
    box.gives_up("Event", mail, TARGET_ARN=f"arn:aws:sqs:ap-southeast-1:123456789012:{STACK}-Refund")
    assert ops("replay-all", "Event")[0] == 0
    assert box.bodies("Refund") == [mail]


@pytest.mark.parametrize("target", ["", "arn:aws:sqs:ap-southeast-1:123456789012:somebody-elses"])
def test_what_was_to_go_elsewhere_is_kept(desk: Desk, box: Letterbox, ops: Ops, target: str) -> None:
    attributes = {"TARGET_ARN": target} if target else {}
    box.gives_up("Event", mail_about(desk, desk.accepted()), **attributes)
    code, text = ops("replay-all", "Event")
    assert (code, "names no queue of aftersales-local" in text) == (1, True)
    assert "0 of 1 dealt with, 1 kept" in text
    assert len(box.lies_in("EventDeadLetters")) == 1
    assert [record["outcome"] for record in replays("EventDeadLetters")] == ["kept"]


def test_who_was_slower_than_letters_are_held_deals_with_the_others_too(desk: Desk, box: Letterbox, ops: Ops) -> None:
    """The first ten come again, before the other five were seen."""
    mail = mail_about(desk, desk.accepted())
    for _ in range(15):
        box.gives_up("Event", mail)
    with cloud.meanwhile("PutItem", lambda: box.lets_go("Event")):
        code, text = ops("replay-all", "Event")
    assert (code, "0 of 15 dealt with, 15 kept" in text) == (1, True), text


# --- thrown away ---


def test_an_assignment_is_not_sent_again(desk: Desk, box: Letterbox, ops: Ops) -> None:
    """Its token is spent; the state machine has long asked again under another one."""
    box.gives_up("Assignment", desk.standing(desk.accepted()) | {"token": "spent"})
    code, text = ops("replay-all", "Assignment")
    assert (code, "dropped" in text, "asks again" in text) == (0, True, True)
    assert box.lies_in("Assignment") == box.lies_in("AssignmentDeadLetters") == []
    assert [record["outcome"] for record in replays("AssignmentDeadLetters")] == ["dropped"]


def test_what_was_dealt_with_otherwise_is_dropped_with_a_note(desk: Desk, box: Letterbox, ops: Ops) -> None:
    letter = box.gives_up("Refund", mail_about(desk, desk.accepted()))
    assert ops("drop", "Refund", letter, "--note", "paid by hand, 4711")[0] == 0
    assert box.lies_in("Refund") == box.lies_in("RefundDeadLetters") == []
    [record] = replays("RefundDeadLetters")
    assert (record["outcome"], record["where"]) == ("dropped", "paid by hand, 4711")


# --- what is not there ---


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("look", "Refunds"), "no dead letters of Refunds, but of: Assignment, Clock, Event, Evidence"),
        (("replay", "Refund", "5f0c1a9e"), "RefundDeadLetters has no letter 5f0c1a9e"),
        (("list", "--stage", "trial"), "there is no stack aftersales-trial"),
    ],
    ids=["queue", "letter", "stack"],
)
def test_what_is_not_there_is_said_in_one_line(ops: Ops, arguments: tuple[str, ...], words: str) -> None:
    code, text = ops(*arguments)
    assert (code, text.count("\n"), words in text) == (1, 1, True)


def test_a_letter_that_somebody_else_looks_at_is_not_replayed_twice(desk: Desk, box: Letterbox, ops: Ops) -> None:
    letter = box.gives_up("Refund", mail_about(desk, desk.accepted()))
    with queues.held(queues.find(STACK, "Refund")) as hand:
        assert [each.message_id for each in hand.take()] == [letter]
        assert ops("replay", "Refund", letter)[0] == 1
    assert ops("replay", "Refund", letter)[0] == 0
    assert len(box.lies_in("Refund")) == 1
