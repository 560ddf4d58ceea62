"""The browser that the tests of the pages drive: this machine's Chromium or Chrome.

`python -m infra.local.browser` finds it, installs it where that is possible, or says in one line what to install.
"""

import os
import shutil
import subprocess
import sys

from infra.local.errors import LocalError, ProgramMissing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
PACKAGES = ("chromium", "fonts-noto-cjk")
APT = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]


def executable() -> str:
    """The path of the browser, which is installed first if need be. Raises `ProgramMissing`."""
    found = _find()
    if found is None and _may_install():
        _install()
        found = _find()
    if found is None:
        raise ProgramMissing(f"No Chromium or Chrome is here to test the pages: apt-get install {' '.join(PACKAGES)}")
    return found


def _find() -> str | None:
    return next((path for name in (*NAMES, MACOS) if (path := shutil.which(name))), None)


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*APT, "update"], [*APT, "install", "-y", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = done.stderr.strip().rpartition("\n")[2]
            raise ProgramMissing(f"{' '.join(command)} failed: {reason}")


def main() -> int:
    try:
        print(f"Browser: {executable()}")
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
