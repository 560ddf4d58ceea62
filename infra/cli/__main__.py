"""aftersales policy …: check and test policy files, try them on history, publish them, roll back.

aftersales staff …, service …: say from files who works at the desk, and what a store promises.
aftersales dead-letters …: look at what was given up, and try it once more."""

import argparse
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from aftersales.policy.check.findings import Finding
from infra.cli import dead_letters, people, policy, show
from infra.cli.api import Refused
from infra.ops.letters.queues import NoSuchLetter, NoSuchQueue
from infra.ops.stack import NoSuchStack

Commands = Any


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(
        prog="aftersales", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    topics = root.add_subparsers(required=True)
    commands = topics.add_parser("policy", help="rules that a store owns").add_subparsers(required=True)
    _on_files(commands)
    _get(commands)
    _backtest(commands)
    _publish(commands)
    _rollback(commands)
    people.add_to(topics)
    dead_letters.add_to(topics)
    return root


def _on_files(commands: Commands) -> None:
    for name, run, help_ in (
        ("check", policy.check, "what is wrong with policy files"),
        ("test", policy.test, "whether their golden cases hold"),
    ):
        command = commands.add_parser(name, help=help_)
        command.add_argument("files", nargs="+", type=Path, metavar="FILE")
        command.set_defaults(run=run)


def _get(commands: Commands) -> None:
    command = _of_a_store(commands.add_parser("get", help="write a policy to a file"), policy.get)
    command.add_argument("--version", help="a number, or the name of a shipped pack; else what is in force")
    command.add_argument("file", type=Path, metavar="FILE")


def _backtest(commands: Commands) -> None:
    command = _of_a_store(commands.add_parser("backtest", help="try a policy on what was decided"), policy.backtest)
    command.add_argument("--since", required=True, type=policy.moment, help="a date or an RFC 3339 moment")
    command.add_argument("--until", required=True, type=policy.moment)
    command.add_argument("--all", action="store_true", help=f"show more than the first {show.ON_SCREEN} differences")
    command.add_argument("--json", type=Path, metavar="FILE", help="write all that was found to a file")
    _from_file(command)


def _publish(commands: Commands) -> None:
    command = _of_a_store(commands.add_parser("publish", help="let a policy hold"), policy.publish)
    command.add_argument("--note", required=True, help="why, for those who look later")
    command.add_argument(
        "--from", dest="effective_from", type=policy.moment, help="a date or an RFC 3339 moment; else now"
    )
    _from_file(command)


def _rollback(commands: Commands) -> None:
    command = _of_a_store(commands.add_parser("rollback", help="let an earlier version hold again"), policy.rollback)
    command.add_argument("--note", required=True, help="why, for those who look later")
    command.add_argument("number", type=int, metavar="VERSION")


def _of_a_store(command: argparse.ArgumentParser, run: Any) -> argparse.ArgumentParser:
    command.add_argument("--store", required=True)
    command.set_defaults(run=run)
    return command


def _from_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("--replace", action="store_true", help="take the place of a draft that someone else saved")
    command.add_argument("file", type=Path, metavar="FILE")


def main() -> int:
    wanted = parser().parse_args()
    try:
        return int(wanted.run(wanted, Console(highlight=False)))
    except Refused as refused:
        _explain(refused, Console(stderr=True, highlight=False))
    except (NoSuchStack, NoSuchQueue, NoSuchLetter) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return 1


def _explain(refused: Refused, console: Console) -> None:
    """In one line, and what the desk said beside it: fields that do not fit, or what its own check found."""
    console.print(f"[red]{escape(str(refused))}[/]", soft_wrap=True)
    for error in refused.document.get("errors", ()):
        console.print(f"  {escape(error['field'])}: {escape(error['message'])}", soft_wrap=True)
    if findings := refused.document.get("findings"):
        show.findings(console, Path("the draft"), [Finding.model_validate(each) for each in findings])


if __name__ == "__main__":
    sys.exit(main())
