"""HTML from templates: all text is escaped, and the headers forbid what the pages do not need."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that are not read: they steer a terminal, or turn around what comes after. U+FFFD is shown instead."""


def environment(folder: Path) -> Any:
    """Jinja's, for the templates in `folder`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 only pages pay for it

    loader = FileSystemLoader(folder)
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_readable,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _readable(value: Any) -> Any:
    return STEERING.sub("\ufffd", value) if type(value) is str else value


def headers(style: str, script: str | None = None, images: str = "") -> dict[str, str]:
    """For pages that go to no other site, no cache and no search engine: the browser takes no other style and script.

    Each stands in the page exactly as given here, and is known by its hash. `images` is the origin of its pictures.
    """
    policy = [
        "default-src 'none'",
        f"style-src {_source(style)}",
        *([f"script-src {_source(script)}"] if script else []),
        *([f"img-src {images}"] if images else []),
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
