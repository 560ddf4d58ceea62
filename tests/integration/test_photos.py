"""Photos go straight from the customer's device to the bucket, by a form that allows one file."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aftersales.settings import Setting
from tests.integration.desk import MEI, Desk
from tests.integration.gateway import invoke

JPEG = {"media_type": "image/jpeg", "size": 1_843_200}
VIDEO = {"media_type": "video/mp4", "size": 20 * 2**20}


def policy(upload: dict[str, Any]) -> dict[str, Any]:
    """What S3 will hold the form to."""
    document: dict[str, Any] = json.loads(b64decode(upload["fields"]["policy"]))
    return document


def test_each_photo_gets_a_form_of_its_own(desk: Desk) -> None:
    answer = desk.file(photos=[JPEG, VIDEO])
    uploads = answer.body["uploads"]
    assert [upload["fields"]["Content-Type"] for upload in uploads] == ["image/jpeg", "video/mp4"]
    assert len({upload["fields"]["key"] for upload in uploads}) == 2


def test_the_form_allows_this_file_in_this_place_and_nothing_else(desk: Desk) -> None:
    answer = desk.file(photos=[JPEG])
    [upload] = answer.body["uploads"]
    conditions = policy(upload)["conditions"]
    key = f"applications/{answer.body['number']}/{upload['photo_id']}"
    assert upload["fields"]["key"] == key
    assert {"key": key} in conditions
    assert {"bucket": Setting.PHOTOS_BUCKET.read()} in conditions
    assert {"Content-Type": "image/jpeg"} in conditions
    assert ["content-length-range", 1, 20 * 2**20] in conditions


def test_the_form_is_good_for_an_hour(desk: Desk) -> None:
    [upload] = desk.file(photos=[JPEG]).body["uploads"]
    ends = datetime.fromisoformat(policy(upload)["expiration"].replace("Z", "+00:00"))
    assert timedelta(minutes=55) < ends - datetime.now(UTC) <= timedelta(hours=1)


def test_a_photo_belongs_to_the_application_once_it_has_arrived(desk: Desk) -> None:
    number = desk.filed(photos=[JPEG])
    [photo] = desk.application(number).photos
    assert (photo.attached_at, desk.look(number).body["photos"]) == (None, 0)
    desk.photo_arrives(number, photo.photo_id, "image/jpeg")
    [photo] = desk.application(number).photos
    assert (photo.attached_at, photo.size) == (desk.clock.now(), len(b"..."))
    assert (desk.steps(number)[-1], desk.look(number).body["photos"]) == ("evidence_attached", 1)


def test_told_twice_it_is_attached_once(desk: Desk) -> None:
    number = desk.filed(photos=[JPEG])
    [photo] = desk.application(number).photos
    for _ in range(2):
        desk.photo_arrives(number, photo.photo_id, "image/jpeg")
    assert desk.steps(number).count("evidence_attached") == 1


def test_staff_look_at_it_by_a_link_that_ends_soon(desk: Desk) -> None:
    number = desk.filed(photos=[JPEG, JPEG])
    first, _ = desk.application(number).photos
    desk.photo_arrives(number, first.photo_id, "image/jpeg")
    links = desk.case(number, MEI)["photo_links"]
    assert list(links) == [first.photo_id]
    assert "X-Amz-Expires=300" in links[first.photo_id] or "Expires=" in links[first.photo_id]


def test_more_photos_can_follow(desk: Desk) -> None:
    number = desk.wanted_information()
    answer = desk.customer(number, "photos", {"photos": [JPEG, VIDEO]})
    assert answer.status == 201
    for upload in answer.body["uploads"]:
        desk.photo_arrives(number, upload["photo_id"], upload["fields"]["Content-Type"])
    assert [photo.media_type for photo in desk.application(number).photos] == ["image/jpeg", "video/mp4"]


def test_nine_are_enough(desk: Desk) -> None:
    number = desk.filed()
    for upload in desk.customer(number, "photos", {"photos": [JPEG] * 8}).body["uploads"]:
        desk.photo_arrives(number, upload["photo_id"], "image/jpeg")
    assert desk.customer(number, "photos", {"photos": [JPEG] * 2}).problem == "too-many-photos"
    assert desk.customer(number, "photos", {"photos": [JPEG]}).status == 201


def test_forms_asked_for_again_and_again_attach_no_more_than_nine(desk: Desk) -> None:
    number = desk.filed()
    first, second = (desk.customer(number, "photos", {"photos": [JPEG] * 6}).body["uploads"] for _ in range(2))
    for upload in first + second:
        desk.photo_arrives(number, upload["photo_id"], "image/jpeg")
    assert len(desk.application(number).photos) == 9


def test_a_case_that_is_over_takes_no_more_photos(desk: Desk) -> None:
    assert desk.customer(desk.resolved(), "photos", {"photos": [JPEG]}).problem == "step-not-possible"


@pytest.mark.parametrize("key", ["elsewhere/{number}/abc", "applications/{number}", "applications/a/b/c"])
def test_an_object_that_is_no_photo_of_ours_fails_and_is_not_lost(desk: Desk, key: str) -> None:
    number = desk.filed()
    with pytest.raises(ValueError):  # noqa: PT011
        invoke("evidence", {"detail": {"object": {"key": key.format(number=number)}}})
    assert desk.steps(number) == ["filed"]
