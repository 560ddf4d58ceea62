"""The commands for policies; each gives the exit code."""

import json
import time
from argparse import Namespace
from datetime import datetime
from itertools import islice
from typing import Any

from rich.console import Console
from rich.progress import Progress

from aftersales.clock import rfc3339
from infra.cli import show
from infra.cli.api import Api, Refused
from infra.cli.files import Examined, examine, try_cases
from infra.cli.layout import written

Json = dict[str, Any]
LOOK_AGAIN = 1.0
"""Seconds between two looks at a backtest that runs."""


def check(wanted: Namespace, console: Console) -> int:
    """Warnings alone are no failure."""
    files = [examine(path) for path in wanted.files]
    for file in files:
        show.findings(console, file.path, file.findings)
    return int(not all(file.sound for file in files))


def test(wanted: Namespace, console: Console) -> int:
    failed = False
    for path in wanted.files:
        file = examine(path)
        if file.to_try is None:
            show.findings(console, path, file.findings)
            failed = True
        else:
            tried = try_cases(file.to_try)
            show.cases(console, path, tried)
            failed |= bool(tried.failed)
    return int(failed)


def get(wanted: Namespace, console: Console) -> int:
    api = Api.of(wanted.store)
    version = wanted.version or api.state()["in_force"].rpartition("@")[2]
    found = api.version(version)
    wanted.file.write_text(written(found["policy"]), encoding="utf-8")
    console.print(f"{wanted.file} is {found['name']}", markup=False, soft_wrap=True)
    return 0


def backtest(wanted: Namespace, console: Console) -> int:
    file = examine(wanted.file)
    if not file.sound:
        return _refuse(file, console)
    api = Api.of(wanted.store)
    started = api.begin_backtest(_saved(api, file, wanted), rfc3339(wanted.since), rfc3339(wanted.until))
    ended = _followed(api, started, console)
    if ended["state"] == "stalled":
        raise Refused("The backtest has stood still for a quarter of an hour and ops were told. Start it anew later.")
    show.tally(console, ended["tally"])
    _differences(api, ended, wanted, console)
    return 0


def _followed(api: Api, started: Json, console: Console) -> Json:
    """The backtest as it is when it does not run any more."""
    found = started
    with Progress(console=console) as bar:
        task = bar.add_task(f"Backtest {found['backtest_id']}", total=100)
        while found["state"] == "running":
            time.sleep(LOOK_AGAIN)
            found = api.backtest(found["backtest_id"])
            bar.update(task, completed=found["progress"])
    return found


def _differences(api: Api, ended: Json, wanted: Namespace, console: Console) -> None:
    found = api.differences(ended["backtest_id"])
    if wanted.json:
        every = list(found)
        text = json.dumps({"backtest": ended, "differences": every}, ensure_ascii=False, indent=1)
        wanted.json.write_text(text + "\n", encoding="utf-8")
        found = iter(every)
    show.differences(console, found if wanted.all else islice(found, show.ON_SCREEN))
    if not wanted.all and (more := ended["tally"]["changed"] - show.ON_SCREEN) > 0:
        console.print(f"and {more} more: --all shows them, --json FILE writes them")


def publish(wanted: Namespace, console: Console) -> int:
    file = examine(wanted.file)
    if not file.sound:
        return _refuse(file, console)
    api = Api.of(wanted.store)
    begins = rfc3339(wanted.effective_from) if wanted.effective_from else None
    show.state(console, api.publish(_saved(api, file, wanted), wanted.note, begins))
    return 0


def rollback(wanted: Namespace, console: Console) -> int:
    show.state(console, Api.of(wanted.store).roll_back(wanted.number, wanted.note))
    return 0


def _refuse(file: Examined, console: Console) -> int:
    show.findings(console, file.path, file.findings)
    return 1


def _saved(api: Api, file: Examined, wanted: Namespace) -> int:
    """The revision of the draft that the file is. Nobody's draft is replaced unasked."""
    known = api.draft()
    if known is None:
        return int(api.save(file.document, 0)["revision"])
    if known["policy"] == file.document:
        return int(known["revision"])
    if known["saved_by"] != api.desk.who() and not wanted.replace:
        raise Refused(f"{known['saved_by']} saved another draft at {known['saved_at']}; --replace takes its place")
    return int(api.save(file.document, known["revision"])["revision"])


def moment(text: str) -> datetime:
    """RFC 3339, or a date: the day's first moment where this runs. Raises `ValueError`."""
    return datetime.fromisoformat(text).astimezone()
