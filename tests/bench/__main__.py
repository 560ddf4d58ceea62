"""make bench: what a cold start costs, and what an application costs."""

import sys

from rich.console import Console

from tests.bench import cold_start, cost


def main() -> int:
    console = Console()
    too_dear = cost.main(console)
    sys.argv[1:] = ["--build", str(cost.PLACE.home / "build")]
    return too_dear or cold_start.main()


if __name__ == "__main__":
    sys.exit(main())
