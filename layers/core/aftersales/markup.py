"""HTML from templates: all text is escaped, and the headers forbid what the pages do not need."""

import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Any


def environment(folder: Path) -> Any:
    """Jinja's, for the templates in `folder`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 only pages pay for it

    loader = FileSystemLoader(folder)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def headers(style: str, script: str | None = None) -> dict[str, str]:
    """For pages that go to no other site, no cache and no search engine: the browser takes no other style and script.

    Each stands in the page exactly as given here, and is known by its hash.
    """
    policy = [
        "default-src 'none'",
        f"style-src {_source(style)}",
        *([f"script-src {_source(script)}"] if script else []),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


def _source(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
