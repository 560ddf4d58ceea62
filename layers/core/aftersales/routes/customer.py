"""What customers do with their application. Its number and their contact open it, and then the token that they get."""

from aftersales.routes.route import ANYONE, APPLICATION, APPLICATIONS_READ, CUSTOMER, Route


def _step(path: str, summary: str, body: str | None = None) -> Route:
    """It may be sent again, and is answered with the application as it then stands."""
    view = "applications.track:CustomerView"
    return Route("POST", APPLICATION + path, "tracking", CUSTOMER, summary, view, body=body, idempotent=True)


ROUTES = (
    Route(
        "POST",
        "/tracking",
        "tracking",
        ANYONE,
        "Find an application by its number and the contact it was filed with",
        "applications.track:Tracked",
        body="applications.track:TrackingRequest",
    ),
    Route(
        "GET",
        APPLICATION,
        "tracking",
        ("customer", "storefront"),
        "See where an application stands",
        "applications.track:CustomerView",
        scope=APPLICATIONS_READ,
    ),
    _step("/cancellation", "Cancel, while that is possible"),
    _step("/information", "Give the information that was asked for", "applications.track:Information"),
    _step("/parcel", "Say by which carrier the goods are on their way", "applications.track:ParcelSent"),
    _step("/quote-answer", "Take the offer of a repair, or decline it", "repair.offer:QuoteAnswer"),
    _step("/confirmation", "Confirm that all is well"),
    _step("/dispute", "Say that it is not", "closing.dispute:Dispute"),
    _step("/appeal", "Appeal a rejection, once and in time", "applications.appeal:Appeal"),
    Route(
        "POST",
        APPLICATION + "/photos",
        "tracking",
        CUSTOMER,
        "Get forms to upload further photos or videos",
        "applications.track:Uploads",
        201,
        body="applications.track:PhotosWanted",
    ),
    Route(
        "GET",
        APPLICATION + "/survey",
        "survey",
        CUSTOMER,
        "The questions, and whether they were answered",
        "feedback.survey:Survey",
    ),
    Route(
        "POST",
        APPLICATION + "/survey",
        "survey",
        CUSTOMER,
        "Answer the questions, once",
        "feedback.survey:Survey",
        201,
        body="feedback.survey:Answers",
        idempotent=True,
    ),
)
