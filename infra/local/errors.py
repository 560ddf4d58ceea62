"""What can go wrong with the local cloud. Each message is one line a person can act on."""


class LocalError(Exception):
    """Base of the errors that end a command with one line and no traceback."""


class ProgramMissing(LocalError):
    """A program that the local cloud needs is not installed."""


class PortBusy(LocalError):
    """Something else listens on the port."""


class AlreadyRunning(LocalError):
    """The same folder is served on another port; two processes would overwrite each other's state."""


class NotRunning(LocalError):
    """No MiniStack answers on the port."""


class StartFailed(LocalError):
    """MiniStack ended, or did not answer in time, while starting."""


class StopFailed(LocalError):
    """MiniStack did not end in time; it is left alone, because a kill loses its state."""


class BuildFailed(LocalError):
    """`sam build` failed."""


class DeployFailed(LocalError):
    """`sam deploy` failed; the message names the resource and the reason."""
