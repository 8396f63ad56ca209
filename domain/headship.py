"""Who has the authority of a school's head at a moment: whoever holds the post, or acts in it by an order."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from domain.acting_order import OrderOnFile
from domain.staff import Role


class Acting(BaseModel):
    """That an act of the head was done by somebody who acts in the post, as the register keeps it."""

    model_config = ConfigDict(frozen=True)

    order_id: str
    for_whom: str | None = None
    """Who held the post then, by the id of the staff directory; None where it was free."""


class Headship(BaseModel):
    """The post of a school's head at one moment."""

    model_config = ConfigDict(frozen=True)

    heads: tuple[str, ...] = ()
    """Who holds the post, whether or not somebody acts in it; who got it last comes first."""
    order: OrderOnFile | None = None
    """By which somebody acts in the post; None where nobody does."""

    @classmethod
    def of(cls, heads: Sequence[str], order: OrderOnFile | None, *, acting_is_staff: bool) -> Self:
        """The post with the order that runs at the moment, if one does.

        It has no effect where the one who acts holds the post by now, or has no role at the school any more.
        """
        in_force = order is not None and acting_is_staff and order.acting not in heads
        return cls(heads=tuple(heads), order=order if in_force else None)

    @property
    def with_authority(self) -> tuple[str, ...]:
        """Who may do what is the head's."""
        return (self.order.acting,) if self.order else self.heads

    @property
    def replaced(self) -> str | None:
        """For whom somebody acts; None where nobody acts, and where the post is free."""
        return self.heads[0] if self.order and self.heads else None

    def roles_of(self, actor: str, own: frozenset[Role]) -> frozenset[Role]:
        """The roles at the school of a person who has `own` ones by the directory."""
        if self.order is None:
            return own
        return own | {Role.HEAD} if actor == self.order.acting else own - {Role.HEAD}

    def acting_of(self, actor: str) -> Acting | None:
        """By which order the person acts as head; None for whoever does not."""
        if self.order is None or actor != self.order.acting:
            return None
        return Acting(order_id=self.order.order_id, for_whom=self.replaced)

    def replaced_by(self, actor: str) -> str | None:
        """Who acts for a person who holds the post; None for whoever is not replaced."""
        return self.order.acting if self.order and actor in self.heads else None
