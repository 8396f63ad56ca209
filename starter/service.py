"""The service as its starters use it: applications and acts are accepted, Temporal is told, verdicts are read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from activities.register.acceptance import accept_act
from activities.register.acting import OrderEntered, end_acting_order, enter_acting_order
from activities.register.audit import audit_refusal
from activities.register.calendar_changes import CalendarChange, Entered, enter_change, read_change
from activities.register.house_rules import HouseRules
from activities.register.intake import Filed, file_application
from activities.register.pool import AT_THE_COUNTER, CONNECTION_LOST, Pool
from activities.register.reading import ActAnswer, has_applications, read_act_answer
from domain.acting_order import ActingOrder, EndOfActingOrder
from domain.acts import Act
from domain.application import Application
from domain.calendar_change import DayOrder, YearConfirmation
from domain.refusal import InputRefused
from domain.staff import APPLICANT
from starter.best_effort_doorbell import BestEffortDoorbell
from starter.clock import AcceptorsClock, ClocksDisagree, SystemClock
from starter.place import Place
from starter.register_access import RegisterAway, SchemaMissing, open_register, telling_if_away
from worker.connection import connect
from worker.key_ring import KeyRing
from worker.runtime import build_runtime
from worker.settings import Settings, temporal_profile
from workflows.doorbell import TemporalDoorbell

VERDICT_SECONDS = 10.0
"""How long an actor waits for the verdict; the act itself is safe before."""

_REGISTER_SECONDS = 15.0
_POLL_SECONDS = 0.1


class Service:
    """One acceptor: its register, its doorbell, its clock. A refusal is an `InputRefused` that the audit knows.

    `RegisterAway` when the register does not answer: what was sent may be on file or not, and is sent again as it
    is, with the same id. `ClocksDisagree` when this machine's clock is not to be trusted; then nothing was taken.
    """

    def __init__(
        self,
        pool: Pool,
        key_ring: KeyRing,
        doorbell: BestEffortDoorbell,
        clock: AcceptorsClock,
        rules: HouseRules,
    ) -> None:
        self._pool = pool
        self._rules = rules
        self._key_ring = key_ring
        self._doorbell = doorbell
        self._clock = clock

    async def submit(self, application: Application) -> tuple[Filed, bool]:
        """Files the application; the second value says whether Temporal heard of it, which changes nothing.

        The same application again gets the first number.
        """
        child_hash = self._key_ring.child_hash(application.child.iin)
        async with self._noting("submit", application.accepted_by or APPLICANT):
            received_at = await self._clock.now()
            filed = await file_application(self._pool, application, received_at, child_hash, self._rules)
        return filed, await self._doorbell.start(filed.case)

    async def act(self, number: str, act: Act) -> ActAnswer:
        """Accepts the act and waits up to ten seconds for its verdict; not at all if Temporal is away.

        The same act again gets the first verdict.
        """
        async with self._noting("act", act.actor):
            accepted = await accept_act(self._pool, number, act, self._clock.of_case)
        with telling_if_away():
            answer = await read_act_answer(self._pool, act.act_id)
            if answer.verdict != "pending":
                return answer
            heard = await self._doorbell.ring(accepted.case, act.kind, act.act_id)
            return await self._awaited(act.act_id) if heard else answer

    async def change_calendar(self, change: DayOrder | YearConfirmation) -> tuple[Entered, bool]:
        """Enters the change of the working calendar; the second value says whether Temporal heard of it.

        Terms that run are counted anew in either case. The same change again gets the first version.
        """
        async with self._noting("calendar", change.entered_by):
            entered = await enter_change(self._pool, change, await self._clock.now())
        return entered, await self._doorbell.recount(entered.version)

    async def recount_after(self, version: int) -> CalendarChange:
        """How far the terms that run have been counted anew after a change of the calendar."""
        with telling_if_away():
            return await read_change(self._pool, version)

    async def enter_acting_order(self, school_bin: str, order: ActingOrder) -> OrderEntered:
        """Enters an acting order for the head of the school; the same order again gets the first answer."""
        async with self._noting("enter_acting_order", order.actor):
            return await enter_acting_order(self._pool, school_bin, order, self._clock.now, self._rules)

    async def end_acting_order(self, end: EndOfActingOrder) -> OrderEntered:
        """Ends an acting order from now on; ended again by the same person it stays as it is."""
        async with self._noting("end_acting_order", end.actor):
            return await end_acting_order(self._pool, end, self._clock.now, self._rules)

    async def _awaited(self, act_id: str) -> ActAnswer:
        loop = asyncio.get_running_loop()
        until = loop.time() + VERDICT_SECONDS
        answer = await read_act_answer(self._pool, act_id)
        while answer.verdict == "pending" and loop.time() < until:
            await asyncio.sleep(_POLL_SECONDS)
            answer = await read_act_answer(self._pool, act_id)
        return answer

    @asynccontextmanager
    async def _noting(self, action: str, actor: str) -> AsyncIterator[None]:
        try:
            with telling_if_away():
                async with asyncio.timeout(_REGISTER_SECONDS):
                    await self._clock.check(self._pool)
                    yield
        except InputRefused as refused:
            await _note(self._pool, self._clock, actor, action, refused)
            raise


async def note_refusal(place: Place, action: str, refused: InputRefused) -> None:
    """Notes an input that could not be read, unless the register is away or the clock is not to be trusted."""
    clock = SystemClock()
    with suppress(RegisterAway, SchemaMissing, ClocksDisagree):
        async with open_register(place.database_url, size=1, patience=AT_THE_COUNTER) as pool:
            await clock.check(pool)
            await _note(pool, clock, "unknown", action, refused)


async def _note(pool: Pool, clock: AcceptorsClock, actor: str, action: str, refused: InputRefused) -> None:
    # The sender needs the refusal, not the note of it.
    with suppress(asyncpg.PostgresError, *CONNECTION_LOST):
        await audit_refusal(pool, await clock.now(), actor, action, refused)


@asynccontextmanager
async def open_service(place: Place, clock: AcceptorsClock | None = None) -> AsyncIterator[Service]:
    """The service at that place while the block runs; `RegisterAway`, `KeyRingUnusable` or `InputRefused`.

    Temporal may be away.
    """
    # A command serves no metrics: the address is the worker's.
    settings = place.settings().model_copy(update={"metrics_address": None})
    address = place.stack.temporal_address if place.stack else None
    if address is None:
        temporal_profile()  # a faulty profile is told before anything is written
    runtime = build_runtime(settings)
    async with open_register(place.database_url, patience=AT_THE_COUNTER) as pool:
        key_ring = await _key_ring(pool, settings)

        async def doorbell() -> TemporalDoorbell:
            return await TemporalDoorbell.at(
                await connect(settings, key_ring, runtime=runtime, address=address)
            )

        yield Service(
            pool,
            key_ring,
            BestEffortDoorbell(pool, doorbell),
            clock or SystemClock(),
            settings.house_rules,
        )


async def _key_ring(pool: Pool, settings: Settings) -> KeyRing:
    # With another ring a child would no longer be known by its hash: made only while nobody was filed.
    if await has_applications(pool):
        return KeyRing.load(settings.key_ring)
    return KeyRing.load_or_create(settings.key_ring, await SystemClock().now())
