"""Photos and videos: the customer's device sends them straight to the bucket, by a form that allows one object."""

import secrets
from typing import Annotated

from pydantic import Field

from aftersales.applications.model import MAX_PHOTO_BYTES, MediaType, Photo
from aftersales.aws import client
from aftersales.model import Model
from aftersales.settings import Setting

FORM_SECONDS = 3600
LINK_SECONDS = 300


class PhotoWanted(Model):
    """One photo or video that the customer has at hand."""

    media_type: MediaType
    size: Annotated[int, Field(ge=1, le=MAX_PHOTO_BYTES)]


class Upload(Model):
    """POST the file to `url` as multipart form data: `fields` first, then the part `file`."""

    photo_id: str
    url: str
    fields: dict[str, str]


def new_id() -> str:
    return secrets.token_hex(8)


def key(number: str, photo_id: str) -> str:
    return f"applications/{number}/{photo_id}"


def parse_key(text: str) -> tuple[str, str]:
    """Application number and photo id of an object's key. Raises `ValueError` for a foreign key."""
    folder, number, photo_id = text.split("/")
    if folder != "applications":
        raise ValueError(f"not a photo of an application: {text}")
    return number, photo_id


def uploads(number: str, photos: tuple[Photo, ...]) -> tuple[Upload, ...]:
    """A form for each photo, good for an hour, for its media type and at most `MAX_PHOTO_BYTES`."""
    return tuple(_upload(number, photo) for photo in photos)


def _upload(number: str, photo: Photo) -> Upload:
    form = client("s3").generate_presigned_post(
        Bucket=Setting.PHOTOS_BUCKET.read(),
        Key=key(number, photo.photo_id),
        Fields={"Content-Type": photo.media_type},
        Conditions=[{"Content-Type": photo.media_type}, ["content-length-range", 1, MAX_PHOTO_BYTES]],
        ExpiresIn=FORM_SECONDS,
    )
    return Upload(photo_id=photo.photo_id, url=form["url"], fields=form["fields"])


def stored(number: str, photo_id: str) -> Photo:
    """As it lies in the bucket. The upload form allows only media types of ours."""
    found = client("s3").head_object(Bucket=Setting.PHOTOS_BUCKET.read(), Key=key(number, photo_id))
    return Photo(photo_id=photo_id, media_type=found["ContentType"], size=found["ContentLength"])


def link(number: str, photo: Photo) -> str:
    """Where staff can look at the photo, for five minutes."""
    url: str = client("s3").generate_presigned_url(
        "get_object",
        Params={"Bucket": Setting.PHOTOS_BUCKET.read(), "Key": key(number, photo.photo_id)},
        ExpiresIn=LINK_SECONDS,
    )
    return url
