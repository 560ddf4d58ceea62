"""Write every such page."""

from collections.abc import Iterator
from pathlib import Path

from aftersales.policy.packs import SHIPPED, pack
from infra.docs import diagram, facts, paths, policies


def pages() -> Iterator[tuple[Path, str]]:
    """Where each stands, and what it should say."""
    yield diagram.PAGE, diagram.drawn(diagram.PAGE.read_text(encoding="utf-8"))
    yield paths.PAGE, paths.written(paths.PAGE.read_text(encoding="utf-8"))
    yield facts.PAGE, facts.written(facts.PAGE.read_text(encoding="utf-8"))
    for name in SHIPPED:
        yield policies.PAGES / f"{name}.md", policies.page(pack(name))


if __name__ == "__main__":
    for path, text in pages():
        path.write_text(text, encoding="utf-8")
