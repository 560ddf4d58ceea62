"""The commands for dead letters; each gives the exit code."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Column, Table

from aftersales import clock
from infra.cli.show import ON_SCREEN
from infra.ops import stack
from infra.ops.letters import queues, words
from infra.ops.letters.letter import Letter
from infra.ops.letters.queues import Hand, NoSuchLetter, held
from infra.ops.letters.replay import Replayed, drop, replay, whoami

COLOURS = {"sent": "green", "called": "green", "dropped": "yellow", "kept": "red"}


def add_to(topics: Any) -> None:
    topic = topics.add_parser("dead-letters", help="what was given up after all its tries")
    commands = topic.add_subparsers(required=True)
    _command(commands, "list", _list, "how many lie in each queue, and since when")
    look = _command(commands, "look", _look, "what lies in one queue; nothing is taken out of it")
    again = _command(commands, "replay", _replay, "try one once more")
    every = _command(commands, "replay-all", _replay_all, "try all of a queue once more")
    away = _command(commands, "drop", _drop, "throw one away that was dealt with otherwise")
    for command in (look, again, every, away):
        command.add_argument("queue", metavar="QUEUE", help="as `list` names it: Refund")
    for command in (again, away):
        command.add_argument("letter", metavar="LETTER", help="its id, as `look` shows it")
    away.add_argument("--note", required=True, help="how it was dealt with, for those who look later")


def _command(commands: Any, name: str, run: Callable[[Namespace, Console], int], help_: str) -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(name, help=help_)
    command.add_argument("--stage", default="local")
    command.set_defaults(run=run)
    return command


def _list(wanted: Namespace, console: Console) -> int:
    table = Table("queue", *(Column(name, justify="right") for name in ("letters", "looked at")), "the oldest is from")
    for queue in queues.queues(_stack(wanted)):
        count = queues.count(queue)
        colour = "red" if count.letters else "dim"
        oldest = _since(count.oldest) if count.oldest else ""
        table.add_row(f"[{colour}]{queue.kind}[/]", str(count.letters), str(count.hidden), oldest)
    console.print(table)
    return 0


def _look(wanted: Namespace, console: Console) -> int:
    queue = queues.find(_stack(wanted), wanted.queue)
    total = queues.count(queue).letters
    with held(queue) as hand:
        found = _first(hand, ON_SCREEN)
    for letter in found:
        console.print(_described(letter), soft_wrap=True)
    if (more := total - len(found)) > 0:
        console.print(f"and about {more} more")
    elif not found:
        console.print(f"{queue.name} is empty, or somebody is looking at it just now")
    return 0


def _described(letter: Letter) -> str:
    """A line for each thing it says, so that a narrow screen cuts nothing off; of one that says nothing, its body."""
    told = {"from": clock.rfc3339(letter.sent_at), "application": letter.number, "event": letter.event}
    unclear = {} if letter.is_understood else {"event": "cannot be understood", "body": words.whole(letter.body)}
    told |= unclear | {"error": letter.error}
    lines = (f"  {name:<13}{escape(text)}" for name, text in told.items() if text)
    return "\n".join([f"[bold]{letter.message_id}[/]", *lines])


def _first(hand: Hand, count: int) -> list[Letter]:
    found: list[Letter] = []
    while len(found) < count and (some := hand.take()):
        found += some
    return found[:count]


def _replay(wanted: Namespace, console: Console) -> int:
    queue = queues.find(_stack(wanted), wanted.queue)
    with held(queue) as hand:
        return _told(console, replay(hand, _the(hand, wanted.letter), whoami()))


def _drop(wanted: Namespace, console: Console) -> int:
    queue = queues.find(_stack(wanted), wanted.queue)
    with held(queue) as hand:
        return _told(console, drop(hand, _the(hand, wanted.letter), whoami(), wanted.note))


def _the(hand: Hand, message_id: str) -> Letter:
    """Raises `NoSuchLetter`."""
    for letter in hand.all():
        if letter.message_id == message_id:
            return letter
    raise NoSuchLetter(f"{hand.queue.name} has no letter {message_id}, or somebody is looking at it just now")


def _replay_all(wanted: Namespace, console: Console) -> int:
    queue = queues.find(_stack(wanted), wanted.queue)
    done: list[Replayed] = []
    by = whoami()
    with held(queue) as hand, Progress(console=console) as bar:
        task = bar.add_task(queue.name, total=queues.count(queue).letters)
        for letter in hand.all():
            done.append(replay(hand, letter, by))
            _told(bar.console, done[-1])
            bar.advance(task)
    kept = sum(each.outcome == "kept" for each in done)
    console.print(f"{len(done) - kept} of {len(done)} dealt with" + (f", {kept} kept" if kept else ""))
    return int(kept > 0)


def _told(console: Console, done: Replayed) -> int:
    letter = done.letter
    about = " ".join(word for word in (letter.number, letter.event) if word)
    line = f"[{COLOURS[done.outcome]}]{done.outcome}[/] {letter.message_id} {escape(about)} → {escape(done.where)}"
    console.print(line, soft_wrap=True)
    return int(done.outcome == "kept")


def _stack(wanted: Namespace) -> str:
    """Its name; from here on the package works on it. Raises `NoSuchStack`."""
    stack.become(stack.outputs(wanted.stage))
    return stack.name(wanted.stage)


def _since(moment: datetime) -> str:
    hours = int((clock.now() - moment).total_seconds() // 3600)
    return f"{clock.rfc3339(moment)}, {hours // 24} d {hours % 24} h ago"
