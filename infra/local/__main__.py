"""python -m infra.local run | stop | reset | mails | token NAME"""

import json
import os
import sys
import time
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

from infra.local import cloud, ministack, neighbours, stack, tour
from infra.local.desk import Refused, staff_token
from infra.local.errors import LocalError
from infra.local.waiting import NeverCameError
from infra.ops.resume import resume_all
from infra.ops.stack import NoSuchStack, outputs

PLACE = stack.Place()
TOKEN = ".venv/bin/python -m infra.local token"
PATH = 'export PATH="$PWD/.venv/bin:$PATH"'


def run(console: Console) -> None:
    started = time.monotonic()
    was_running = ministack.running(PLACE.home) is not None
    standing = stack.up(PLACE, console)
    if not was_running:
        _resume(console)
    walked = tour.walk(standing, console)
    console.print(f"\n[bold green]The desk is up[/] after {time.monotonic() - started:.0f} s. make stop, make reset.\n")
    for name, value in _next(standing, walked).items():
        console.print(f"[bold]{name}[/]\n  {escape(value)}", soft_wrap=True)


def _resume(console: Console) -> None:
    """The local cloud forgets running executions when it stops."""
    resumed = [number for number, execution in resume_all() if execution]
    if resumed:
        console.print(f"{len(resumed)} open applications go on where they stood: {', '.join(resumed)}")


def _next(standing: stack.Standing, walked: tour.Walked) -> dict[str, str]:
    """Where it is, how to sign in, and what to try: each line can be copied as it stands."""
    url = standing.desk.url
    found = json.dumps({"number": walked.number, "contact": walked.email})
    return {
        "Open her page in a browser": f"{url}/track/{walked.token}",
        "Track by number": f"curl -s {url}/tracking -H 'content-type: application/json' -d '{found}'",
        "Read the mails": "make mails",
        "API": f"{url}  (contract: infra/openapi.yaml, guides: docs/guides)",
        "Hear what the storefront hears": f"tail -f {PLACE.home / 'shop.log'}",
        "Storefront": f"client {standing.store.client_id}  secret {standing.store.client_secret}",
        "The desk, for staff": f"{url}/desk",
        "Staff": f"mei, tom (agents), lead, owner (of policies)  password {standing.password}",
        "Policies (docs/guides/policy.md)": f"{PATH}; export AFTERSALES_URL={url} AFTERSALES_TOKEN=$({TOKEN} owner)",
        "AWS CLI": f"AWS_ENDPOINT_URL={cloud.endpoint(PLACE.port)} with key and secret test, region {cloud.REGION}",
    }


def stop(console: Console) -> None:
    console.print("Stopped; what it held is kept." if stack.down(PLACE) else "It was not running.")


def reset(console: Console) -> None:
    stack.down(PLACE)
    stack.forget(PLACE)
    console.print("Stopped, and everything is forgotten.")


def mails(console: Console) -> None:
    for to, subject, text in neighbours.letters(PLACE.home):
        console.print(f"[bold]{escape(subject)}[/]\n[dim]{to}[/]\n\n{escape(text)}", soft_wrap=True)


def token(console: Console, username: str) -> None:
    """Of one of the demo's people, alone on its line: for a shell to keep."""
    os.environ |= cloud.environment(PLACE.port)
    client_id = outputs(stack.STAGE)["StaffClientId"]
    found = staff_token(client_id, username, stack.password(PLACE.home), PLACE.port)
    console.print(found, soft_wrap=True)


def main() -> int:
    console = Console(highlight=False)
    commands: dict[str, Callable[..., None]] = {"run": run, "stop": stop, "reset": reset, "mails": mails}
    match sys.argv[1:]:
        case [name] if name in commands:
            command, arguments = commands[name], []
        case ["token", username]:
            command, arguments = token, [username]
        case _:
            console.print(__doc__)
            return 2
    try:
        command(console, *arguments)
    except (LocalError, NoSuchStack, Refused, NeverCameError, BotoCoreError, ClientError) as error:
        Console(stderr=True, highlight=False).print(f"[red]✗ {error}[/]")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
