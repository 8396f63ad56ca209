"""What somebody sent to a case, as its workflow hands it to the register."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.application import is_key
from domain.verdict import Verdict


class Message(BaseModel):
    """A signal or update, unread: a doorbell names an act, anything else was sent whole by hand."""

    model_config = ConfigDict(frozen=True)

    kind: str
    message_id: str
    """Drawn by the workflow: the id of the act that is kept when the message brings none."""
    at: datetime
    """When the workflow heard it: the time of an act that it carries."""
    size: int = 0
    sha256: str = ""
    body: Any = None
    fault: str | None = None
    """Why it cannot be an act, when that was seen before reading it."""

    @property
    def is_doorbell(self) -> bool:
        """Whether it only names an act that has been written before."""
        only_an_id = isinstance(self.body, dict) and set(self.body) == {"act_id"}
        return only_an_id and asked_id(self.body) is not None

    @property
    def names_an_act_on_file(self) -> bool:
        """Whether the workflow rings itself, for an act that the register has named."""
        return self.message_id == self.act_id

    @property
    def act_id(self) -> str:
        """The act that it names, else the id that it goes by."""
        return asked_id(self.body) or self.message_id


class Written(BaseModel):
    """What became of a message: an act to take, or a verdict that refuses it."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    """The id by which the sender knows it, else the one it was given."""
    refused: Verdict | None = None


def asked_id(body: object) -> str | None:
    """The act id that a message carries, if there is one that can be an id."""
    act_id = body.get("act_id") if isinstance(body, dict) else None
    return act_id if isinstance(act_id, str) and is_key(act_id) else None
