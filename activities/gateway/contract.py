"""The answers of the gateway, as docs/contracts/information-systems.openapi.yaml has them."""

from abc import ABC, abstractmethod
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StrictBool, StringConstraints

from domain.inquiry import FactResult, FullName, NamePart
from domain.plain_text import Line

_Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
_NameText = Annotated[Line, StringConstraints(max_length=100)]
_Source = Annotated[Line, StringConstraints(max_length=200)]


class AnsweredName(BaseModel):
    """A name as an information system has it; however it is written, it is only compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    surname: _NameText
    first_name: _NameText
    patronymic: _NameText | None = None


class Reply(BaseModel, ABC):
    """What an information system answers; it repeats whom it is about. Unknown fields are passed over."""

    model_config = ConfigDict(frozen=True)

    source: _Source

    @property
    @abstractmethod
    def content(self) -> dict[str, Any]:
        """What the register keeps of it, beside source and time."""

    @abstractmethod
    def differs_from(self, filed: FullName) -> tuple[NamePart, ...]:
        """The parts of the filed name that it has otherwise."""

    @property
    @abstractmethod
    def finds(self) -> bool:
        """Whether there is such a person, such a kinship, such a pupil."""

    def result(self, filed: FullName) -> FactResult:
        """What it says of what was filed."""
        if not self.finds:
            return FactResult.NOT_FOUND
        return FactResult.DIFFERS if self.differs_from(filed) else FactResult.MATCHES


class Identity(Reply):
    """Who has the IIN; no name where nobody has it."""

    iin: _Number
    name: AnsweredName | None

    @property
    def content(self) -> dict[str, Any]:
        """See base class."""
        return {"name": self.name and self.name.model_dump()}

    @property
    def finds(self) -> bool:
        """See base class."""
        return self.name is not None

    def differs_from(self, filed: FullName) -> tuple[NamePart, ...]:
        """See base class."""
        return filed.differs_from(FullName.model_validate(self.name.model_dump())) if self.name else ()


class _YesOrNo(Reply):
    def differs_from(self, filed: FullName) -> tuple[NamePart, ...]:  # noqa: ARG002 - it speaks of no name
        """See base class."""
        return ()


class Kinship(_YesOrNo):
    """Whether an adult is parent, or guardian, of a child."""

    adult_iin: _Number
    child_iin: _Number
    confirmed: StrictBool

    @property
    def content(self) -> dict[str, Any]:
        """See base class."""
        return {"confirmed": self.confirmed}

    @property
    def finds(self) -> bool:
        """See base class."""
        return self.confirmed


class Enrolment(_YesOrNo):
    """Whether a child is on the roll of a school."""

    child_iin: _Number
    school_bin: _Number
    enrolled: StrictBool

    @property
    def content(self) -> dict[str, Any]:
        """See base class."""
        return {"enrolled": self.enrolled}

    @property
    def finds(self) -> bool:
        """See base class."""
        return self.enrolled
