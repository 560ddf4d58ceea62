"""Take out of the installed layer what no function uses: python prune.py DIRECTORY"""

import shutil
import sys
from pathlib import Path

KEPT = {"data", "v2"}  # the certificates, and what a client is made of; the rest are Stripe's other products
DIST_INFO = {"METADATA", "licenses", "LICENSE"}  # versions, and what the licences ask for


def prune(site: Path) -> None:
    for folder in (site / "stripe").iterdir():
        if folder.is_dir() and folder.name not in KEPT:
            shutil.rmtree(folder)
    for info in site.glob("*.dist-info"):
        for path in info.iterdir():
            if path.name not in DIST_INFO:
                path.unlink()
    shutil.rmtree(site / "bin", ignore_errors=True)
    (site / ".lock").unlink(missing_ok=True)


if __name__ == "__main__":
    prune(Path(sys.argv[1]))
