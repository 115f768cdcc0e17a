"""What a caller can act on: every error says what is wrong, where, and the cure."""


class ReconcileError(Exception):
    """Wrong use, bad configuration or a broken installation: the command cannot go on (exit code 2)."""

    def __init__(self, message: str, cure: str = "") -> None:
        """``message`` names the thing and the place; ``cure`` says what to do."""
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        """The message with its cure, on one line."""
        return f"{self.message}: {self.cure}" if self.cure else self.message


class NotFoundError(ReconcileError):
    """What was asked for is not there."""


class ConflictError(ReconcileError):
    """Somebody changed it meanwhile; ``version`` is what it is at now."""

    def __init__(self, message: str, cure: str = "", version: int = 0) -> None:
        """As ReconcileError, with the version that is stored."""
        super().__init__(message, cure)
        self.version = version


class RefusedError(ReconcileError):
    """The user may not do this."""


class InvalidError(ReconcileError):
    """A value that does not fit; ``field`` names it."""

    def __init__(self, message: str, cure: str = "", field: str = "") -> None:
        """As ReconcileError, with the field at fault."""
        super().__init__(message, cure)
        self.field = field
