"""The desk for agents and leads. Who calls is asked by the pages themselves: the session is in a cookie."""

from aftersales.routes.route import ANYONE, DESK, Route


def _page(path: str, summary: str) -> Route:
    return Route("GET", DESK + path, "desk", ANYONE, summary, None)


def _form(path: str, summary: str) -> Route:
    """It leads on to a page."""
    return Route("POST", DESK + path, "desk", ANYONE, summary, None, 303)


ROUTES = (
    _page("", "The desk: sign in"),
    _form("/sign-in", "Sign in by user name and password"),
    _form("/password", "Choose a password of one's own in place of the first one"),
    _form("/sign-out", "Sign out"),
    _form("/language", "Choose the language of the desk"),
    _form("/presence", "Say whether one takes more work now"),
    _page("/work", "A list of work by due time"),
    _page("/people", "Who is there, and how much they have to do"),
    Route("POST", f"{DESK}/search", "desk", ANYONE, "Cases by number, order, email or phone", None),
    _page("/cases/{number}", "One case, and what can be done about it now"),
    _form("/cases/{number}/{step}", "Do something about it, as the step of that name does"),
)
