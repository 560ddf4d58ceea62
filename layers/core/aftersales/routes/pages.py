"""The pages that mails link to, and their forms. The token in the path says whose they are."""

from aftersales.routes.route import ANYONE, SURVEY, TRACK, Route


def _form(path: str, summary: str, body: str | None = None) -> Route:
    """It leads back to the page it was sent from."""
    return Route("POST", path, "pages", ANYONE, summary, None, 303, body=body)


ROUTES = (
    Route("GET", TRACK, "pages", ANYONE, "The page that shows where an application stands", None),
    _form(TRACK + "/cancellation", "Cancel, from the page"),
    _form(
        TRACK + "/information",
        "Give the information that was asked for, from the page",
        "applications.track:Information",
    ),
    _form(
        TRACK + "/parcel",
        "Say by which carrier the goods are on their way, from the page",
        "applications.track:ParcelSent",
    ),
    _form(
        TRACK + "/quote-answer",
        "Take the offer of a repair, or decline it, from the page",
        "repair.offer:QuoteAnswer",
    ),
    _form(TRACK + "/confirmation", "Confirm that all is well, from the page"),
    _form(TRACK + "/dispute", "Say that it is not, from the page", "closing.dispute:Dispute"),
    _form(TRACK + "/appeal", "Appeal a rejection, from the page", "applications.appeal:Appeal"),
    Route("GET", SURVEY, "pages", ANYONE, "The page with the questionnaire", None),
    _form(SURVEY, "Answer the questionnaire, from the page", "feedback.survey:Answers"),
)
