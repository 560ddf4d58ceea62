"""The pages of who is not signed in, and what is said when a page cannot be shown."""

from aftersales.desk.render import Frame, page
from aftersales.desk.sign_in import PasswordWanted
from aftersales.errors import Problem


def sign_in_page(frame: Frame, said: str = "", user_name: str = "", kept: str = "") -> str:
    """`said` is the key of what to say first. `kept` is what was written and could not be sent."""
    return page("sign_in.html", frame, said=said, user_name=user_name, kept=kept)


def password_page(frame: Frame, wanted: PasswordWanted, said: str = "") -> str:
    return page("password.html", frame, wanted=wanted, said=said)


def notice_page(frame: Frame, problem: Problem) -> str:
    status = problem.status if problem.status in (404, 403) else 500 if problem.status >= 500 else 400
    return page("notice.html", frame, said=f"notice_{status}")
