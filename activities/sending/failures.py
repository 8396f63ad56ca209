"""Why a message did not go through, in codes: what the other side writes may quote an address or a name.

NotThrough
├── NotNow          the other side is away, slow or at fault: tried again soon
├── NotTaken        it understood the message and will not have it: tried again seldom, and somebody has to look
└── NoMailbox       there is no such mailbox: never tried again
"""


class NotThrough(Exception):
    """The message was not taken; `cause` is a code or the class of an error."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


class NotNow(NotThrough):
    """Nobody can say whether this message is at fault."""


class NotTaken(NotThrough):
    """The other side refuses this message."""


class NoMailbox(NotThrough):
    """The server of the addressee does not know the addressee."""
