"""Take out of the installed layer what no function uses: python prune.py DIRECTORY"""

import shutil
import sys
from pathlib import Path

UNUSED = ("bin", "examples", ".lock")  # `examples`: the snippets of EasyPost's manual, two thirds of its wheel
DIST_INFO = {"METADATA", "licenses", "LICENSE"}  # versions, and what the licences ask for


def prune(site: Path) -> None:
    for name in UNUSED:
        remove(site / name)
    for info in site.glob("*.dist-info"):
        for path in info.iterdir():
            if path.name not in DIST_INFO:
                remove(path)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    prune(Path(sys.argv[1]))
