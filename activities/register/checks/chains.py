"""The chains of hashes: unbroken, and every row is what was linked when it was written."""

from collections.abc import AsyncIterator

from activities.register.checks.found import Found
from activities.register.checks.walk import each_portion, fetch_first, first_of
from activities.register.evidence.chain import ROWS
from activities.register.evidence.records import read_linked_records
from activities.register.pool import Connection
from activities.register.statements import sql


async def chains_are_unbroken(connection: Connection) -> list[Found]:
    """Every hash follows from the one before it, and each chain ends where its case says."""
    return await first_of(_breaks(connection))


async def _breaks(connection: Connection) -> AsyncIterator[Found]:
    for row in await fetch_first(connection, sql("evidence/walk_chains_of_the_register")):
        yield Found.model_validate(dict(row))
    async for first, last in each_portion(connection):
        for row in await fetch_first(connection, sql("evidence/walk_chains_of_cases"), first, last):
            yield Found.model_validate(dict(row))


async def linked_rows_are_intact(connection: Connection) -> list[Found]:
    """No row was changed since it was linked, none is gone, none is there that was not linked."""
    return await first_of(_differences(connection))


async def _differences(connection: Connection) -> AsyncIterator[Found]:
    records = await read_linked_records(connection)
    if not records:
        what = "the list of what is linked is empty"
        yield Found(subject="register", what=what, instead="the records of the migrations")
        return
    own = " UNION ALL ".join(query for record in records if (query := record.of_the_register))
    statement = sql("evidence/compare_rows_of_the_register").replace(ROWS, own)
    for row in await fetch_first(connection, statement):
        yield Found.model_validate(dict(row))
    of_cases = " UNION ALL ".join(
        query for record in records if (query := record.of_cases("BETWEEN $1 AND $2"))
    )
    statement = sql("evidence/compare_rows_of_cases").replace(ROWS, of_cases)
    async for first, last in each_portion(connection):
        for row in await fetch_first(connection, statement, first, last):
            yield Found.model_validate(dict(row))
