"""python -m infra.local run | stop | reset"""

import sys
import time

from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from infra.local import ministack, neighbours, stack, tour
from infra.local.desk import Refused
from infra.local.errors import LocalError
from infra.local.waiting import NeverCameError
from infra.ops.resume import resume_all

PLACE = stack.Place()


def run(console: Console) -> None:
    started = time.monotonic()
    was_running = ministack.running(PLACE.home) is not None
    standing = stack.up(PLACE, console)
    if not was_running:
        _resume(console)
    walked = tour.walk(standing, console)
    console.print(Panel(_next(standing, walked), title="The desk is up", expand=False))
    console.print(f"Ready after {time.monotonic() - started:.0f} s. It stays up: make stop, make reset.")


def _resume(console: Console) -> None:
    """The local cloud forgets running executions when it stops."""
    resumed = [number for number, execution in resume_all() if execution]
    if resumed:
        console.print(f"{len(resumed)} open applications go on where they stood: {', '.join(resumed)}")


def _next(standing: stack.Standing, walked: tour.Walked) -> Table:
    table = Table.grid(padding=(0, 2))
    url = standing.desk.url
    rows = {
        "API": url,
        "Contract": "infra/openapi.yaml",
        "Storefront": f"client {standing.store.client_id}, secret {standing.store.client_secret}",
        "Staff": f"mei, tom (agents), lead; password {standing.password}",
        "Mails": f"{neighbours.mail_folder(PLACE.home)}/new",
        "Track": f"curl -s {url}/tracking -H 'content-type: application/json' "
        f'-d \'{{"number": "{walked.number}", "contact": "{walked.email}"}}\'',
        "Alarms, tables": f"AWS_ENDPOINT_URL={standing.outputs['ApiUrl'].split('/_aws')[0]} with key test, secret test",
    }
    for name, value in rows.items():
        table.add_row(f"[bold]{name}[/]", value)
    return table


def stop(console: Console) -> None:
    console.print("Stopped; what it held is kept." if stack.down(PLACE) else "It was not running.")


def reset(console: Console) -> None:
    stack.down(PLACE)
    stack.forget(PLACE)
    console.print("Stopped, and everything is forgotten.")


def main() -> int:
    console = Console(highlight=False)
    commands = {"run": run, "stop": stop, "reset": reset}
    command = commands.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if command is None:
        console.print(__doc__)
        return 2
    try:
        command(console)
    except (LocalError, Refused, NeverCameError, BotoCoreError, ClientError) as error:
        console.print(f"[red]✗ {error}[/]")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
