"""The tour in the guide for policy owners, run as it is printed, with the real functions behind the API."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.integration.desk import Desk
from tests.integration.owners_api import owners_api, token

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "policy.md"
BACK = {"type": "return_refund", "lines": [{"line_id": "teapot", "quantity": 1, "reason": "changed_mind"}]}


class Printed(NamedTuple):
    """What the guide says to run, and what it shows of the output; empty when it shows nothing.

    `…` stands for anything, with the blanks after it.
    """

    commands: str
    output: str


def tour() -> list[Printed]:
    page = GUIDE.read_text(encoding="utf-8").partition("<!-- tour:begin -->")[2].partition("<!-- tour:end -->")[0]
    found = re.findall(r"```bash\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.DOTALL)
    return [Printed(*each) for each in found]


def shows(printed: str, output: str) -> bool:
    pattern = re.sub(r"…(\\ )*", ".*", re.escape(printed.strip()))
    return re.fullmatch(pattern, output.strip(), re.DOTALL) is not None


def filed(desk: Desk, order: str, days: int) -> str:
    """A teapot that came on 1 October in Shanghai is to go back so many days later."""
    times: dict[str, Any] = {"placed_at": "2026-09-28T08:00:00Z", "delivered_at": "2026-10-01T02:00:00Z"}
    desk.tell_order(order, changed_at="2026-10-01T03:00:00Z", **times)
    desk.clock.moment = datetime(2026, 10, 1 + days, 3, tzinfo=UTC)
    number = desk.filed(order_number=order, **BACK)
    desk.review(number)
    return number


@pytest.fixture
def october(desk: Desk) -> None:
    """One in time, one on the tenth day, one after three weeks; today is in November."""
    for order, days in (("LT-2001", 3), ("LT-2002", 10), ("LT-2003", 21)):
        filed(desk, order, days)
    desk.clock.moment = datetime(2026, 11, 25, 3, tzinfo=UTC)


def test_the_tour_goes_as_it_is_printed(desk: Desk, october: None, tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with owners_api() as url:
        known = {"AFTERSALES_URL": url, "AFTERSALES_TOKEN": token("yun"), "COLUMNS": "100", "PATH": path}
        for printed in tour():
            desk.later(seconds=1)
            output = run(printed.commands, tmp_path, known)
            assert shows(printed.output, output) or not printed.output, f"{printed.commands}\n{output}"


def run(commands: str, folder: Path, known: dict[str, Any]) -> str:
    done = subprocess.run(
        ["bash", "-c", commands], cwd=folder, env=os.environ | known, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_the_tour_has_commands() -> None:
    commands = "".join(printed.commands for printed in tour())
    for name in ("get", "test", "check", "backtest", "publish", "rollback"):
        assert f"aftersales policy {name} " in commands


@pytest.mark.parametrize(
    ("output", "same"), [("1 of 2\nthat\nmuch", True), ("2 of 2\nthat\nmuch", False), ("1 of 2\nmuch\nmore", False)]
)
def test_what_is_left_out_may_be_anything_and_the_rest_is_compared(output: str, same: bool) -> None:
    assert shows("1 of 2\n…\nmuch", output) is same
