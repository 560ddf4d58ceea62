"""What stands beside the desk on this machine: a mailbox for its mail, and a storefront that does what it hears."""

import json
import mailbox
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from infra.local import process
from infra.local.ministack import HOME, require_free
from infra.local.shop import Shop

MAIL_PORT = 4525


def start_mailbox(home: Path = HOME, port: int = MAIL_PORT) -> None:
    """An SMTP server that files every mail in a Maildir."""
    address = f"127.0.0.1:{port}"
    program = ["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Mailbox", str(mail_folder(home)), "-l", address]
    _start("mailbox", program, home, port)


def start_shop(shop: Shop, home: Path = HOME) -> None:
    settings = home / "shop.json"
    settings.touch(mode=0o600)
    settings.write_text(json.dumps(asdict(shop)))
    _stop("shop", home)
    _start("shop", ["-m", "infra.local.shop", str(settings)], home, shop.port)


def stop(home: Path = HOME) -> None:
    for name in ("mailbox", "shop"):
        _stop(name, home)


def mail_folder(home: Path = HOME) -> Path:
    return home.resolve() / "mail"


def letters(home: Path = HOME) -> Iterator[tuple[str, str, str]]:
    """Each mail that arrived, oldest first: to whom, subject, text."""
    if not mail_folder(home).exists():
        return
    box = mailbox.Maildir(mail_folder(home), create=False)
    for _, message in sorted(box.items(), key=lambda entry: entry[1].get_date()):
        yield message["To"], str(make_header(decode_header(message["Subject"]))), _text(message)


def _text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            content = part.get_payload(decode=True)
            return content.decode(part.get_content_charset() or "utf-8") if isinstance(content, bytes) else ""
    return ""


def _start(name: str, program: list[str], home: Path, port: int) -> None:
    record = home / f"{name}.pid"
    if record.exists() and not process.gone(int(record.read_text())):
        return
    require_free(port)
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    started = process.launch(program, os.environ | paths, home / f"{name}.log")
    record.write_text(str(started.pid))


def _stop(name: str, home: Path) -> None:
    record = home / f"{name}.pid"
    if not record.exists():
        return
    pid = int(record.read_text())
    if not process.gone(pid):
        os.kill(pid, signal.SIGTERM)
        process.wait_until_gone(pid)
    record.unlink()
