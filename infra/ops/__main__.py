"""python -m infra.ops register FILE | resume [NUMBER …] | republish NUMBER … | deploy, each with --stage STAGE."""

import argparse
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track

from aftersales.applications.number import parse_number
from aftersales.errors import Problem
from infra.ops import deploy, register, stack
from infra.ops.republish import republish
from infra.ops.resume import resume_all

say = Console()


def _register(arguments: argparse.Namespace) -> None:
    found = stack.outputs(arguments.stage)
    stack.become(found)
    wanted = register.read(arguments.file)
    for store in wanted.stores:
        credentials = register.register_store(store, found)
        say.print(f"[bold]{store.store_id}[/]", credentials.model_dump())
    for person in wanted.staff:
        say.print(f"[bold]{person.username}[/] is {register.register_person(person, found)}")


def _resume(arguments: argparse.Namespace) -> None:
    stack.become(stack.outputs(arguments.stage))
    started = 0
    numbers = [parse_number(number) for number in arguments.numbers]
    for number, execution in track(resume_all(numbers), description="Looking", console=say):
        if execution:
            started += 1
            say.print(f"{number} goes on as {execution}")
    say.print(f"{started} resumed")


def _republish(arguments: argparse.Namespace) -> None:
    stack.become(stack.outputs(arguments.stage))
    for number, events in republish([parse_number(number) for number in arguments.numbers]):
        say.print(f"{number}: {events} events published again")


def _deploy(arguments: argparse.Namespace) -> None:
    deploy.deploy(arguments.stage)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.ops", description=__doc__)
    parser.add_argument("--stage", default="local")
    commands = parser.add_subparsers(required=True)
    registering = commands.add_parser("register", help="stores and staff from a file")
    registering.add_argument("file", type=Path)
    registering.set_defaults(run=_register)
    resuming = commands.add_parser("resume", help="applications that stand still")
    resuming.add_argument("numbers", nargs="*")
    resuming.set_defaults(run=_resume)
    republishing = commands.add_parser("republish", help="events of applications that the stream gave up")
    republishing.add_argument("numbers", nargs="+")
    republishing.set_defaults(run=_republish)
    deploying = commands.add_parser("deploy", help="build for AWS and deploy")
    deploying.set_defaults(run=_deploy)
    for command in (registering, resuming, republishing, deploying):
        command.add_argument("--stage", default=argparse.SUPPRESS)
    arguments = parser.parse_args()
    try:
        arguments.run(arguments)
    except (stack.NoSuchStack, register.BadRegister, deploy.CannotDeploy, Problem, ValueError) as error:
        say.print(f"[red]{error}[/]")
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
