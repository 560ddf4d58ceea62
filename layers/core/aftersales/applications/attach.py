"""A photo has arrived in the bucket."""

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import CUSTOMER, MAX_PHOTOS, Application, Photo


def attach(number: str, photo: Photo) -> Application:
    """The photo becomes part of the application. Told again, or above the number allowed, it changes nothing."""
    return commit.until_written(lambda: _attach(store.load(number), photo))


def _attach(application: Application, photo: Photo) -> Application:
    known = {p.photo_id: p for p in application.photos}
    seen = known.get(photo.photo_id)
    if (seen and seen.attached_at) or application.photos_attached >= MAX_PHOTOS:
        return application
    known[photo.photo_id] = photo.model_copy(update={"attached_at": clock.now()})
    return commit.step(
        application,
        Step.EVIDENCE_ATTACHED,
        CUSTOMER,
        photos=tuple(known.values()),
        data={"photo_id": photo.photo_id, "media_type": photo.media_type},
    )
