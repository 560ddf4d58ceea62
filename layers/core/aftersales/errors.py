"""Every error that a caller can meet, by name. The edge turns each into an RFC 9457 problem document.

`slug` is the stable part of the problem's `type`; `docs/problems.md` lists them all.
"""


class Problem(Exception):
    """A refusal with a reason. `detail` is for the caller: it never holds a secret or another's data."""

    slug = "internal"
    status = 500
    title = "Something went wrong on our side"

    def __init__(self, detail: str = "", **more: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.more = more

    def document(self) -> dict[str, object]:
        """RFC 9457: `type`, `title`, `status`, and where known `detail` and further members."""
        body: dict[str, object] = {
            "type": f"urn:aftersales:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
        }
        return body | ({"detail": self.detail} if self.detail else {}) | self.more


class InvalidRequest(Problem):
    slug, status, title = "invalid-request", 400, "The request does not fit the contract"


class TooLarge(Problem):
    slug, status, title = "too-large", 413, "The body is too large"


class BadSignature(Problem):
    slug, status, title = "bad-signature", 401, "The signature does not fit the body"


class Forbidden(Problem):
    slug, status, title = "forbidden", 403, "This is not for you"


class FormTooOld(Problem):
    slug, status, title = "form-too-old", 403, "The form is not of this session"


class NotFound(Problem):
    """A number that does not exist and a number that is not yours look the same."""

    slug, status, title = "not-found", 404, "There is nothing here that you may see"


class UnknownOrder(Problem):
    slug, status, title = "unknown-order", 422, "The store has no such order"


class UnknownLine(Problem):
    slug, status, title = "unknown-line", 422, "The order has no such line"


class UnknownVariant(Problem):
    slug, status, title = "unknown-variant", 422, "The line cannot be exchanged for this variant"


class QuantityNotAvailable(Problem):
    slug, status, title = "quantity-not-available", 409, "Not so many units are left to apply for"


class CurrencyMismatch(Problem):
    slug, status, title = "currency-mismatch", 422, "The currency is not the order's"


class KeyReused(Problem):
    slug, status, title = "idempotency-key-reused", 422, "This Idempotency-Key came with another body before"


class InProgress(Problem):
    slug, status, title = "in-progress", 409, "The same request is still in progress; try again shortly"


class StepNotPossible(Problem):
    slug, status, title = "step-not-possible", 409, "The application does not allow this step now"


class Outdated(Problem):
    """Someone else changed the application or the order between reading and writing; the caller reads again."""

    slug, status, title = "outdated", 409, "It was changed meanwhile; look again"


class QuoteChanged(Problem):
    """`total` is what the quote says now."""

    slug, status, title = "quote-changed", 409, "The quote is not what you saw any more; look again"


class NotYours(Problem):
    slug, status, title = "not-yours", 409, "Someone else is working on this application"


class AnotherPersonDecides(Problem):
    slug, status, title = "another-person-decides", 409, "Another person has to decide on this"


class AppealTooLate(Problem):
    slug, status, title = "appeal-too-late", 409, "The time to appeal is over"


class NoCapacity(Problem):
    slug, status, title = "no-capacity", 409, "You are at your capacity"


class MemberNotAvailable(Problem):
    slug, status, title = "member-not-available", 409, "They cannot take it now"


class UnknownMember(Problem):
    slug, status, title = "unknown-member", 422, "The desk has no such member of staff"


class UnknownTeam(Problem):
    slug, status, title = "unknown-team", 422, "The desk has no such team"


class RefundTooHigh(Problem):
    slug, status, title = "refund-too-high", 422, "The refund is above what is left to pay back"


class AlreadyAnswered(Problem):
    slug, status, title = "already-answered", 409, "The survey was answered before"


class TooManyPhotos(Problem):
    slug, status, title = "too-many-photos", 409, "An application holds no more photos and videos than this"


class PolicyRefused(Problem):
    """`findings` says what is wrong, by table, row and column."""

    slug, status, title = "policy-refused", 422, "The policy has errors and changes nothing"
