"""A browser for the tests of the pages. What it complains of, such as a style that the policy forbids, fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from infra.local import browser as system_browser

PHONE: ViewportSize = {"width": 390, "height": 844}

Opens = Callable[..., Page]
"""An address, in a fresh browser: without scripts and on a phone, unless more is said."""


@contextmanager
def started() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system_browser.executable(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@contextmanager
def opening(chromium: Browser) -> Iterator[Opens]:
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(address: str, **wishes: Any) -> Page:
        usual: dict[str, Any] = {"viewport": PHONE, "java_script_enabled": False}
        context = chromium.new_context(**usual | wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    found = [each for each in complaints if "status of 4" not in each]
    assert not found, found
