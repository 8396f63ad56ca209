"""Writing a root of the register, and holding the register against the roots that were written."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from itertools import islice, zip_longest
from uuid import UUID

from activities.register.checks.found import Check, Found
from activities.register.checks.walk import each_row, first_of, make_unhurried
from activities.register.evidence.root_folder import REGISTER, Head, Root, RootFolder, RootsDamaged
from activities.register.pool import Connection, Pool
from activities.register.statements import sql
from domain.legal_time import local_time

_HEADS_AT_ONCE = 2000


async def write_root(pool: Pool, folder: RootFolder, at: datetime) -> Root:
    """One more root, of the register as it stands; says in it whether the register contradicts the root before.

    OSError if the folder cannot be written to, `RootsDamaged` if what is there is not what was written.
    """
    newest = folder.newest()
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await make_unhurried(connection)
        contradicting = await first_of(_contradictions(connection, folder, newest)) if newest else []
        with folder.adding() as new:
            async for row in each_row(connection, "evidence/list_heads"):
                if row["links"]:
                    new.add(Head(str(row["case_id"]), row["links"], row["head"]))
            async for row in each_row(connection, "evidence/list_register_heads"):
                new.add(Head(REGISTER + row["record"], row["links"], row["head"]))
            return new.finish(at, len(contradicting))


def agrees_with_roots(folder: RootFolder) -> Check:
    """The check that no chain is shorter or other than at the newest root, nor than at one that was contradicted."""

    async def look(connection: Connection) -> list[Found]:
        return await first_of(_against_all(connection, folder))

    return look


async def _against_all(connection: Connection, folder: RootFolder) -> AsyncIterator[Found]:
    try:
        roots = folder.roots()
    except RootsDamaged as damaged:
        yield Found(subject="roots", what=str(damaged), instead="the lines as they were written")
        return
    for root, following in zip_longest(roots, roots[1:]):
        if following is None or following.contradicts:
            async for found in _contradictions(connection, folder, root):
                yield found


async def _contradictions(connection: Connection, folder: RootFolder, root: Root) -> AsyncIterator[Found]:
    instead = (
        f"the chain of the root of {local_time(root.at):%d.%m.%Y %H:%M}, which may only have become longer"
    )
    try:
        for heads in _portions(folder.heads(root)):
            cases = [head for head in heads if not head.chain.startswith(REGISTER)]
            own = [head for head in heads if head.chain.startswith(REGISTER)]
            ids = [UUID(head.chain) for head in cases]
            names = [head.chain.removeprefix(REGISTER) for head in own]
            for row in (
                *await connection.fetch(sql("evidence/compare_heads"), ids, *_ends(cases)),
                *await connection.fetch(sql("evidence/compare_register_heads"), names, *_ends(own)),
            ):
                yield Found(subject=row["subject"], what=row["what"], instead=instead)
    except RootsDamaged as damaged:
        yield Found(subject="roots", what=str(damaged), instead="the heads as they were written")


def _portions(heads: Iterator[Head]) -> Iterator[list[Head]]:
    while portion := list(islice(heads, _HEADS_AT_ONCE)):
        yield portion


def _ends(heads: Iterable[Head]) -> tuple[list[int], list[str]]:
    return [head.links for head in heads], [head.hash for head in heads]
