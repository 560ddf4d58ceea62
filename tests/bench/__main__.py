"""make bench: how fast decisions and assignments are, what an application costs, and what a cold start costs."""

import sys

from rich.console import Console

from tests.bench import assignments, cold_start, cost, decisions


def main() -> int:
    console = Console()
    too_slow = decisions.main(console)
    assignments.main(console)
    too_dear = cost.main(console)
    sys.argv[1:] = ["--build", str(cost.PLACE.home / "build")]
    return cold_start.main() or too_slow or too_dear


if __name__ == "__main__":
    sys.exit(main())
