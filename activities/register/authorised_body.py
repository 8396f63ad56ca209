"""An authorised body as the register knows it: which BINs are one, and who acts for it."""

from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from activities.register.on_duty import PersonOnDuty, person_of
from activities.register.pool import Connection
from activities.register.statements import sql
from domain.identifiers import Bin
from domain.refusal import InputRefused

_BIN: TypeAdapter[str] = TypeAdapter(Bin)


async def check_authorised_body(connection: Connection, body: str) -> None:
    """Raises `InputRefused` for what is no BIN, and for a BIN under which no school stands."""
    try:
        _BIN.validate_python(body)
    except ValidationError as error:
        raise InputRefused.from_validation(error, "--body") from None
    if not await connection.fetchval(sql("is_authorised_body"), body):
        raise InputRefused.of(
            "unknown_body",
            "--body",
            "no school of the directory is under this authorised body",
            "A body is shown the cases of its own schools only",
            "Take the BIN from the directory of schools: uide schools --json",
        )


async def read_officers(connection: Connection, body: str, at: datetime) -> tuple[PersonOnDuty, ...]:
    """The officers of the body at that moment (par. 9)."""
    rows = await connection.fetch(sql("list_officers_on_duty"), body, at)
    return tuple(PersonOnDuty(**person_of(row).model_dump()) for row in rows)
