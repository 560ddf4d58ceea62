"""The directions of imports are in `pyproject.toml` and checked by `make lint`; here, that nothing escapes them."""

import grimp

from tests.infrastructure.source import modules


def test_import_linter_sees_every_module() -> None:
    """It passes over a folder without `__init__.py`, and would keep every contract."""
    assert modules() <= grimp.build_graph("aftersales", "functions", cache_dir=None).modules
