"""To whom the service tells what happens in a case, and by what way it goes there."""

from enum import StrEnum


class Destination(StrEnum):
    """Who is told."""

    MONITORING = "MONITORING"
    """The information system for monitoring public services (paragraph 8)."""
    HEAD = "HEAD"
    QUALITY_CONTROL = "QUALITY_CONTROL"
    """The authorised body for assessing and controlling the quality of services."""
    APPLICANT = "APPLICANT"


class Carrier(StrEnum):
    """The way: each has its own server, which can be away while the other one answers."""

    MONITORING = "MONITORING"
    MAIL = "MAIL"

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Whom it reaches."""
        if self is Carrier.MONITORING:
            return (Destination.MONITORING,)
        return tuple(destination for destination in Destination if destination is not Destination.MONITORING)


class NotSent(StrEnum):
    """Why a message to people is not sent, for good. The paper in the cabinet is not touched by it."""

    NO_MAIL = "NO_MAIL"
    """This service sends no e-mail."""
    NO_ADDRESS = "NO_ADDRESS"
    """No e-mail address of the addressee is known."""
    NO_MAILBOX = "NO_MAILBOX"
    """The server of the addressee says that there is no such mailbox."""
    OUTDATED = "OUTDATED"
    """It could not be sent for so long that it would say something untrue by now."""
