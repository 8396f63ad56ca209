"""Writing what was sent to a workflow by hand: whole acts as they are, anything else as a refused one."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from activities.messages import Message, Written
from activities.register.acceptance import write_act, write_unreadable
from activities.register.pool import Pool
from activities.register.turns import Queue, UnknownAct, find_verdict
from domain.acts import parse_act
from domain.refusal import InputRefused, Problem
from domain.verdict import VerdictKind

PORTION_SECONDS = 4.0
"""Of the ten that an attempt has, so many are for beginning to write another message."""

UNKNOWN_ACT = Problem(
    code="unknown_act",
    where="act_id",
    what="the signal names an act that is not on file for this case",
    why="A signal only rings; what it rings for must have been written first, or stand in the signal as a whole",
    instead="Send the whole act: act_id, actor and content",
)


async def write_portion(
    pool: Pool, queue: Queue, messages: Sequence[Message], now: datetime
) -> list[Written]:
    """What became of the messages, in their order; on a slow register only of the first of them."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PORTION_SECONDS
    written = []
    for message in messages:
        written.append(await _write(pool, queue, message, now))
        if loop.time() >= until:
            break
    return written


async def _write(pool: Pool, queue: Queue, message: Message, now: datetime) -> Written:
    if message.is_doorbell:
        return await _look_up(pool, queue, message, now)

    async def clock() -> datetime:
        return message.at

    problem = _fault(message)
    if problem is None:
        try:
            act = parse_act({"act_id": message.message_id, **message.body, "kind": message.kind})
            await write_act(pool, queue, act, clock, via="SIGNAL")
            return Written(act_id=act.act_id)
        except InputRefused as refused:
            problem = refused.problems[0]
    return await _refuse(pool, queue, message, problem, now)


async def _look_up(pool: Pool, queue: Queue, doorbell: Message, now: datetime) -> Written:
    try:
        verdict = await find_verdict(pool, queue, doorbell.act_id)
    except UnknownAct:
        return await _refuse(pool, queue, doorbell, UNKNOWN_ACT, now)
    refused = verdict is not None and verdict.kind is VerdictKind.REFUSED
    return Written(act_id=doorbell.act_id, refused=verdict if refused else None)


async def _refuse(pool: Pool, queue: Queue, message: Message, problem: Problem, now: datetime) -> Written:
    verdict = await write_unreadable(pool, queue, message, problem, now)
    return Written(act_id=verdict.act_id, refused=verdict)


def _fault(message: Message) -> Problem | None:
    if message.fault is None and isinstance(message.body, dict):
        return None
    return Problem(
        code="unreadable_signal",
        where=message.kind,
        what=message.fault or "the signal does not carry an act",
        why="A case takes the signals of its procedure, each with an act or the id of one",
        instead="Send an object with act_id, actor and content",
    )
