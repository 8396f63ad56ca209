"""Plays a story: files its application, lets time pass if nobody acts, does its acts, reads what is on file."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

from activities.doorbell import CaseName
from activities.register.calendar import read_calendar
from activities.register.complaints.reading import ComplaintStatus
from activities.register.intake import Filed
from activities.register.pool import Pool
from activities.register.reading import read_papers, read_status
from domain.acts import parse_act
from domain.application import Application, parse_application
from domain.events import Event
from domain.grades import PaperLanguage
from domain.legal_time import legal_date, local_time, moment_at
from domain.verdict import VerdictKind
from starter.demo.case_clocks import CaseClocks
from starter.demo.evidence import Evidence, faults, gather_evidence, read_term
from starter.demo.stories import Of, Story, StoryAct, Wait
from starter.input_file import read_act_file, read_application_file
from starter.service import Service

SKIP_SECONDS = 90
FACTS_SECONDS = 60
RENDER_SECONDS = 60
WAKES_UP_AT = time(10, 0)
"""When somebody at the silent school looks at the case: the morning after the term."""

DECIDES_AT = time(16, 0)
"""When the authorised body does on the last day what it has to do in its term."""
A_MOMENT = timedelta(minutes=1)

Tell = Callable[[str], None]


class DemoFailed(Exception):
    """A step did not happen; the text says which one and why."""


class Player:
    """Plays one story on a running stack, which may have information systems to be asked."""

    def __init__(
        self,
        story: Story,
        service: Service,
        pool: Pool,
        clocks: CaseClocks,
        tell: Tell,
        *,
        with_information_systems: bool,
    ) -> None:
        self._story = story
        self._service = service
        self._pool = pool
        self._clocks = clocks
        self._tell = tell
        self._with_information_systems = with_information_systems

    async def play(self) -> Evidence:
        """What is on file at the end; `DemoFailed` names the first step that did not happen."""
        application = self._read()
        filed = await self._file(application)
        if self._with_information_systems:
            await self._let_information_systems_answer(filed)
        for step in self._story.steps:
            match step:
                case Wait.TERM_IS_OVER:
                    await self._let_the_term_pass(filed)
                case Wait.LAST_DAY_OF_THE_COMPLAINT:
                    await self._let_the_last_day_come(filed)
                case StoryAct(of=Of.THE_COMPLAINT):
                    await self._act_on_the_complaint(filed, step)
                case StoryAct():
                    await self._act(filed, step)
        await self._let_the_papers_be_rendered(filed)
        return await self._evidence(filed, application.language)

    def _read(self) -> Application:
        with self._step(f"the application is read from examples/{self._story.path.name}"):
            return parse_application(read_application_file(self._story.path))

    async def _file(self, application: Application) -> Filed:
        with self._step("the application is filed"):
            filed, heard = await self._service.submit(application)
            _require(filed.created, "it had been filed before")
            _require(heard, "Temporal did not hear of it")
        self._tell(f"number {filed.number}, an answer is due {local_time(filed.due_at):%d.%m.%Y %H:%M}")
        return filed

    async def _let_information_systems_answer(self, filed: Filed) -> None:
        with self._step("the information systems are asked who these people are; nobody has to wait for it"):
            async with asyncio.timeout(FACTS_SECONDS):
                while any(fact.at is None for fact in (await read_status(self._pool, filed.number)).facts):
                    await asyncio.sleep(0.1)

    async def _let_the_term_pass(self, filed: Filed) -> None:
        morning = await self._morning_after(filed)
        with self._step(f"{Wait.TERM_IS_OVER} {local_time(morning):%d.%m.%Y %H:%M}"):
            async with asyncio.timeout(SKIP_SECONDS):
                _require(
                    await self._clocks.put_forward(filed.case, morning),
                    "the procedure ended",
                )
            _require((await read_status(self._pool, filed.number)).overdue, "no breach was declared")

    async def _morning_after(self, filed: Filed) -> datetime:
        term = await read_term(self._pool, filed.case_id)
        async with self._pool.acquire() as connection:
            calendar = await read_calendar(connection, term.week)
        return moment_at(calendar.working_day_after(legal_date(term.due_at)), WAKES_UP_AT)

    async def _let_the_last_day_come(self, filed: Filed) -> None:
        complaint = await self._complaint(filed)
        assert complaint.due_at is not None, "the body has registered it"
        afternoon = moment_at(legal_date(complaint.due_at), DECIDES_AT)
        with self._step(f"{Wait.LAST_DAY_OF_THE_COMPLAINT} {local_time(afternoon):%d.%m.%Y %H:%M}"):
            async with asyncio.timeout(SKIP_SECONDS):
                going_on = await self._clocks.put_forward(_name(filed, complaint), afternoon)
                _require(going_on, "the procedure of the complaint ended")

    async def _complaint(self, filed: Filed) -> ComplaintStatus:
        complaints = (await read_status(self._pool, filed.number)).complaints
        _require(bool(complaints), "no complaint is on file")
        return complaints[-1]

    async def _act_on_the_complaint(self, filed: Filed, act: StoryAct) -> None:
        complaint = await self._complaint(filed)
        with self._step(f"complaint {complaint.number} has a procedure of its own"):
            async with asyncio.timeout(SKIP_SECONDS):
                await self._clocks.begun(_name(filed, complaint))
        await self._done(complaint.number, act)
        if (await self._complaint(filed)).stage.is_final:
            await self._let_the_case_be_reopened(filed)

    async def _let_the_case_be_reopened(self, filed: Filed) -> None:
        """The clock of the complaint ran ahead of that of its case, where people go on."""
        with self._step(
            "the case is reopened, with a term of its own; its clock follows that of the complaint"
        ):
            async with asyncio.timeout(SKIP_SECONDS):
                while (await read_status(self._pool, filed.number)).round == 1 or not await self._has_ended(
                    filed
                ):
                    await asyncio.sleep(0.1)
                decided = (await self._complaint(filed)).decided_at
                assert decided is not None, "it was decided"
                await self._clocks.put_forward(filed.case, decided + A_MOMENT)

    async def _has_ended(self, filed: Filed) -> bool:
        timeline = (await read_status(self._pool, filed.number)).timeline
        return any(entry.event is Event.COMPLAINT_ENDED for entry in timeline)

    async def _act(self, filed: Filed, act: StoryAct) -> None:
        await self._done(filed.number, act)

    async def _done(self, number: str, act: StoryAct) -> None:
        with self._step(act.words):
            raw = {"act_id": f"demo-{self._story.name}-{act.file}", **read_act_file(act.path)}
            async with asyncio.timeout(SKIP_SECONDS):
                # As whoever is told "pending" does: the same again, which rings again.
                while (answer := await self._service.act(number, parse_act(raw))).verdict == "pending":
                    await asyncio.sleep(0.5)
            _require(
                answer.verdict == VerdictKind.TAKEN, f"the verdict is {answer.verdict}. {answer.reason or ''}"
            )

    async def _let_the_papers_be_rendered(self, filed: Filed) -> None:
        with self._step("the papers are rendered as PDF"):
            async with asyncio.timeout(RENDER_SECONDS):
                while any(not paper.sha256 for paper in await read_papers(self._pool, filed.number)):
                    await asyncio.sleep(0.1)

    async def _evidence(self, filed: Filed, language: PaperLanguage) -> Evidence:
        with self._step("what is on file is compared with what had to happen"):
            timers = await self._clocks.timers_gone_off(filed.case)
            evidence = await gather_evidence(self._pool, filed.number, language, timers)
            wrong = list(faults(self._story, evidence))
            _require(not wrong, "; ".join(wrong))
        return evidence

    @contextmanager
    def _step(self, words: str) -> Iterator[None]:
        self._tell(words)
        try:
            yield
        except Exception as error:
            raise DemoFailed(
                f'case "{self._story.name}", step "{words}": {str(error) or type(error).__name__}'
            ) from error


def _name(filed: Filed, complaint: ComplaintStatus) -> CaseName:
    return CaseName(filed.case_id, complaint.number, complaint_id=complaint.complaint_id)


def _require(happened: bool, otherwise: str) -> None:
    if not happened:
        raise DemoFailed(otherwise)
