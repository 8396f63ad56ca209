"""What the health of a worker is made of: checks, each well, worth a warning or failing."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Status(StrEnum):
    """How something is; the later in this order, the worse."""

    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


class Check(BaseModel):
    """One thing that was looked at, and what was seen, in words for operators; never with data of a case."""

    model_config = ConfigDict(frozen=True)

    status: Status
    says: str


class Health(BaseModel):
    """All checks of a worker at one moment."""

    model_config = ConfigDict(frozen=True)

    status: Status
    """The worst of all checks."""
    ready: bool
    """Whether this worker can do what it is asked for: nothing that this takes is failing."""
    checks: dict[str, Check]

    @classmethod
    def of(cls, checks: dict[str, Check], needed: frozenset[str]) -> "Health":
        """The health that these checks make; `needed` are those without which the worker cannot work."""
        found = {check.status for check in checks.values()}
        return cls(
            status=max(found, key=list(Status).index),
            ready=not any(checks[name].status is Status.FAILING for name in needed),
            checks=checks,
        )


def ok(says: str) -> Check:
    """It is as it should be."""
    return Check(status=Status.OK, says=says)


def warning(says: str) -> Check:
    """Somebody should see to it, nothing stands still."""
    return Check(status=Status.WARNING, says=says)


def failing(says: str) -> Check:
    """Something stands still."""
    return Check(status=Status.FAILING, says=says)
