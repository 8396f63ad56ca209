"""Cases that stand everywhere a case can stand, and what brings each to its outcome."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from activities.register.intake import Filed, file_application
from domain.acts import Act
from domain.complaint_stages import ComplaintStep
from domain.stages import Stage, Step
from tests.activities.stories import ABSENT
from tests.builders import a_child, an_act, an_application, child_hash
from tests.databases import RULES
from tests.workflows.service import Service

_Steps = tuple[tuple[Step, dict[str, Any]], ...]
_TO_THE_ORDER: _Steps = (
    (Step.CHECK_PACKAGE, {}),
    (Step.ADMIT, {}),
    (Step.SUBMIT_PLAN, {}),
    (Step.SIGN_ORDER, {}),
)
_TO_THE_REFUSAL: _Steps = ((Step.CHECK_PACKAGE, {"items": ABSENT}), (Step.REFUSE, {}))
_TO_THE_WITHDRAWAL: _Steps = ((Step.WITHDRAW, {}),)


@dataclass(frozen=True)
class Way:
    """What is done of a way before something happens to the service, what after it, and where the way ends."""

    done: _Steps
    to_do: _Steps
    outcome: Stage
    received: timedelta = timedelta(0)
    """How long ago; two working days later it is overdue."""
    complained: bool = False
    """Whether a complaint is filed before something happens; after it, when the rest is done, it is answered."""


WAYS = (
    *(Way(_TO_THE_ORDER[:n], _TO_THE_ORDER[n:], Stage.ORDER_ISSUED) for n in range(5)),
    *(Way(_TO_THE_REFUSAL[:n], _TO_THE_REFUSAL[n:], Stage.REFUSED) for n in (1, 2)),
    *(Way(_TO_THE_WITHDRAWAL[:n], _TO_THE_WITHDRAWAL[n:], Stage.WITHDRAWN) for n in (0, 1)),
    *(Way(_TO_THE_ORDER[:n], _TO_THE_ORDER[n:], Stage.ORDER_ISSUED, timedelta(days=30)) for n in (0, 2)),
)
COMPLAINED = Way(_TO_THE_ORDER[:2], _TO_THE_ORDER[2:], Stage.ORDER_ISSUED, complained=True)


@dataclass(frozen=True)
class Begun:
    """A case on its way."""

    filed: Filed
    way: Way
    complaint: Act | None = None
    """The act that files the complaint; a worker of a release that knows none leaves it without a verdict."""


async def begin_all(service: Service, ways: tuple[Way, ...] = WAYS) -> list[Begun]:
    """One case for each way, brought to where it stands when something happens."""
    begun = [await _filed(service, way, number) for number, way in enumerate(ways, 1)]
    for case in begun:
        await _do(service, case.filed, case.way.done)
        if case.complaint:
            await service.accept(case.filed, case.complaint)
            await service.ring(case.filed, case.complaint)
    return begun


async def end_all(service: Service, begun: list[Begun]) -> None:
    """Each case is brought to its outcome, each complaint to its answer."""
    for case in begun:
        await _do(service, case.filed, case.way.to_do)
        if case.complaint:
            assert (await service.verdict(case.complaint.act_id)).reason is None
            complaint = await service.complaint_by(case.complaint)
            await service.do(complaint, an_act(ComplaintStep.DECIDE, ruling="rejected"))
            await service.reply(complaint)
    rows = await service.register.pool.fetch("SELECT case_id, stage FROM procedure")
    stages = {row["case_id"]: row["stage"] for row in rows}
    assert [stages[case.filed.case_id] for case in begun] == [case.way.outcome for case in begun]


async def _filed(service: Service, way: Way, number: int) -> Begun:
    application = an_application(child=a_child(number))
    moment = datetime.now(UTC) - way.received
    child = child_hash(application)
    filed = await file_application(service.register.pool, application, moment, child, RULES)
    await service.start(filed)
    return Begun(filed, way, an_act(Step.FILE_COMPLAINT) if way.complained else None)


async def _do(service: Service, filed: Filed, steps: _Steps) -> None:
    for step, changes in steps:
        verdict = await service.do(filed, an_act(step, **changes))
        assert verdict.reason is None, verdict
