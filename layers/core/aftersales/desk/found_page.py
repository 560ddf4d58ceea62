"""What was found of what was sought."""

from aftersales.desk.about import About
from aftersales.desk.render import Frame, page


def found_page(frame: Frame, sought: str, found: list[About]) -> str:
    return page("found.html", frame._replace(place="work"), sought=sought, found=found)
