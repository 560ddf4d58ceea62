"""MiniStack as it is, but for one mend: what a nested stack's update leaves alone keeps its attributes.

In 1.5.33 such a resource loses them, and every `!GetAtt` to it fails the update; on AWS nothing is lost. Remove the
mend when a newer version passes `test_an_update_of_a_nested_stack_keeps_what_it_does_not_change`.
"""

import os
import sys
from pathlib import Path
from typing import Any

import ministack.app
from ministack.services.cloudformation import _stacks, provisioners

update_resource = provisioners._update_resource  # noqa: SLF001


def update_keeping_attributes(  # noqa: PLR0913, PLR0917 MiniStack's own parameters
    kind: str, physical_id: str, old: Any, new: Any, stack: str, logical_id: str | None = None, attributes: Any = None
) -> tuple[str, Any]:
    """As MiniStack updates, with the stored attributes where the caller forgot to pass them."""
    known = (_stacks.get(stack) or {}).get("_resources", {}).get(logical_id, {})
    updated: tuple[str, Any] = update_resource(
        kind, physical_id, old, new, stack, logical_id, attributes or known.get("Attributes")
    )
    return updated


if __name__ == "__main__":
    provisioners._update_resource = update_keeping_attributes  # noqa: SLF001
    if "METER_FILE" in os.environ:
        sys.path.append(str(Path(__file__).parent))
        from meter import start  # type: ignore[import-not-found] # found at run time, beside this file

        start()
    ministack.app.main()
