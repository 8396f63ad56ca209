"""Whatever falls into one workflow task, in whichever order: every act is taken, and no breach is passed over.

The histories are made by hand: on a server such tasks come about only when all workers were down.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from activities.messages import Written
from activities.register.watching import Watched
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_progress import ComplaintAnswer, ComplaintProgress, ComplaintWatched, RunningTerm
from domain.complaint_stages import ComplaintStage
from domain.progress import CLOCK_TOLERANCE, Milestone, Progress
from domain.stages import Stage
from domain.standard import Channel
from domain.verdict import Answer, Verdict, VerdictKind
from domain.vocabulary import NAMESPACE, application_workflow_id, complaint_workflow_id
from tests.builders import SCHOOL
from tests.replay.commands import COMMANDS, RecordsCommands
from tests.replay.made_by_hand import BEGINNING, HandMade
from tests.worker.rings import a_ring
from worker.plugin import uide_plugin
from workflows.application import COMPLAINT_ACTS, ApplicationProcedure
from workflows.application_file import ApplicationCase
from workflows.complaint import ComplaintProcedure
from workflows.complaint_file import ComplaintCase

CASE, COMPLAINT = UUID(int=7), UUID(int=8)
DUE_AT = BEGINNING + timedelta(days=7)
TERM: dict[str, Any] = {
    "due_at": DUE_AT,
    "reminder_at": DUE_AT - timedelta(days=1),
    "last_day_at": DUE_AT - timedelta(hours=9),
    "reached": (Milestone.REMINDER, Milestone.LAST_DAY),
}
BREACH = "breach"
NEW = frozenset({"reopen_case", "calendar_changed"})
"""Signals that an application knows since 0.3.0."""


class Way(NamedTuple):
    """One of the two procedures, with what the register answers to each of its activities."""

    begun: HandMade
    read: str
    take: str
    reach: str
    progress: Progress | ComplaintProgress
    answer: Callable[..., Answer | ComplaintAnswer]
    watched: Callable[..., Any]

    def answered(self, entry: dict[str, Any], *, breached: bool) -> Any:
        """What the register answers; nothing follows from any act here."""
        progress = self.breached if breached else self.progress
        if entry["activity"] == self.reach:
            return self.watched(progress=progress)
        verdict = Verdict(act_id=_act_of(entry), kind=VerdictKind.TAKEN, stage=progress.stage)
        return self.answer(verdict=verdict, progress=progress)

    @property
    def breached(self) -> Progress | ComplaintProgress:
        """The same with the breach declared."""
        if isinstance(self.progress, Progress):
            return self.progress.model_copy(update={"reached": tuple(Milestone)})
        (term,) = self.progress.running
        return self.progress.model_copy(
            update={"running": (term.model_copy(update={"reached": tuple(Milestone)}),)}
        )


def _application() -> Way:
    progress = Progress(
        case_id=CASE,
        revision=3,
        number="AT001-2026-00001",
        school=SCHOOL,
        channel=Channel.PORTAL,
        stage=Stage.REGISTERED,
        round=1,
        **TERM,
    )
    begun = HandMade("Application", application_workflow_id(CASE), ApplicationCase(case_id=CASE))
    return Way(begun, "read_case", "take_act", "reach_milestone", progress, Answer, Watched)


def _complaint() -> Way:
    progress = ComplaintProgress(
        complaint_id=COMPLAINT,
        case_id=CASE,
        revision=3,
        number="AT001-2026-S00001",
        case_number="AT001-2026-00001",
        school=SCHOOL,
        addressee=Addressee.HEAD,
        stage=ComplaintStage.REGISTERED,
        running=(RunningTerm(kind=ComplaintTermKind.CONSIDERATION, **TERM),),
    )
    complaint = ComplaintCase(case_id=CASE, complaint_id=COMPLAINT)
    begun = HandMade("Complaint", complaint_workflow_id(COMPLAINT), complaint)
    return Way(
        begun,
        "read_complaint",
        "take_complaint_act",
        "reach_complaint_milestone",
        progress,
        ComplaintAnswer,
        ComplaintWatched,
    )


OF_A_COMPLAINT = ("complaint_decision", BREACH, "calendar_changed", "withdraw_complaint", "extend_complaint")
OF_AN_APPLICATION = ("director_decision", BREACH, "calendar_changed", "withdraw", "reopen_case")
PAIRS = [
    *((_complaint, *pair) for pair in permutations(OF_A_COMPLAINT, 2)),
    *((_application, *pair) for pair in permutations(OF_AN_APPLICATION, 2)),
]


async def _asked(history: HandMade) -> list[dict[str, Any]]:
    """All that the workflow has asked for by the end of the history."""
    plugin = uide_plugin(a_ring(), NAMESPACE, [RecordsCommands()])
    COMMANDS.clear()
    replayer = Replayer(workflows=[ApplicationProcedure, ComplaintProcedure], plugins=[plugin])
    await replayer.replay_workflow(WorkflowHistory.from_json("made by hand", history.as_json))
    return list(COMMANDS)


def _both_in_one_task(way: Way, events: tuple[str, str]) -> None:
    """The procedure waits for the due moment; both things happen while no worker runs."""
    history = way.begun
    history.task()
    history.task_ended()
    history.answer(history.activity(way.read, 1), way.progress)
    history.task()
    history.task_ended()
    history.attributes_shown()
    timer = history.timer(1, DUE_AT + CLOCK_TOLERANCE - history.now)
    history.forward_to(DUE_AT + CLOCK_TOLERANCE)
    for event in events:
        if event == BREACH:
            history.timer_fired(1, timer)
        else:
            history.signal(event, {"act_id": f"act-{event}"})
    history.task()


@pytest.mark.parametrize(("begin", "first", "second"), PAIRS)
async def test_of_two_things_in_one_task_none_is_lost_and_none_done_twice(
    begin: Callable[[], Way], first: str, second: str
) -> None:
    way = begin()
    _both_in_one_task(way, (first, second))
    acts = [f"act-{event}" for event in (first, second) if event != BREACH]
    asked = (await _asked(way.begun))[2:]
    assert [entry["activity"] for entry in asked].count(way.take) == 1
    await _answer(way, asked, {first, second})
    taken = [entry for entry in (await _asked(way.begun))[2:] if entry.get("activity") == way.take]
    reached = [entry for entry in (await _asked(way.begun))[2:] if entry.get("activity") == way.reach]
    assert [_act_of(entry) for entry in taken] == acts
    assert len(reached) == (1 if BREACH in {first, second} else 0)


async def _answer(way: Way, asked: list[dict[str, Any]], events: set[str]) -> None:
    """The register answers what was asked, until nothing more is."""
    history, number, newly, breached = way.begun, 1, asked, False
    history.task_ended()
    if way.read == "read_case" and NEW & events:
        history.patched(f"{COMPLAINT_ACTS}-0")
    while newly:
        breached = breached or any(entry["activity"] == way.reach for entry in newly)
        scheduled = [
            history.activity(entry["activity"], number + place) for place, entry in enumerate(newly, start=1)
        ]
        number += len(newly)
        for event, entry in zip(scheduled, newly, strict=True):
            history.answer(event, way.answered(entry, breached=breached))
        history.task()
        newly = (await _asked(history))[number + 1 :]
        history.task_ended()


def _act_of(entry: dict[str, Any]) -> str:
    return str(entry["arguments"][0]["doorbell"]["body"]["act_id"])


@pytest.mark.parametrize("begin", [_complaint, _application])
async def test_a_breach_is_asked_for_again_when_the_act_done_in_time_has_its_verdict(
    begin: Callable[[], Way],
) -> None:
    way = begin()
    kind = "complaint_decision" if begin is _complaint else "director_decision"
    _both_in_one_task(way, (BREACH, kind))
    history = way.begun
    asked = {entry["activity"]: entry for entry in (await _asked(history))[2:]}
    history.task_ended()
    numbers = {name: history.activity(name, 2 + place) for place, name in enumerate(asked)}
    history.answer(numbers[way.reach], way.watched(progress=way.progress, waiting=(f"act-{kind}",)))
    history.task()
    assert (await _asked(history))[4:] == []
    history.task_ended()
    history.answer(numbers[way.take], way.answered(asked[way.take], breached=False))
    history.task()
    assert [entry["activity"] for entry in (await _asked(history))[4:]] == [way.reach]


@pytest.mark.parametrize("ringing_first", [True, False])
async def test_a_complaint_filed_in_the_task_in_which_the_window_ends_is_taken_and_started(
    ringing_first: bool,
) -> None:
    ended = _application().progress.model_copy(
        update={"stage": Stage.WITHDRAWN, "answered_at": BEGINNING, "window_until": DUE_AT}
    )
    way = _application()._replace(progress=ended)
    history = way.begun
    history.task()
    history.task_ended()
    history.answer(history.activity(way.read, 1), ended)
    history.task()
    history.task_ended()
    history.attributes_shown()
    timer = history.timer(1, DUE_AT - history.now)
    history.forward_to(DUE_AT)
    if ringing_first:
        history.signal("file_complaint", {"act_id": "act-complaint"})
    history.timer_fired(1, timer)
    if not ringing_first:
        history.signal("file_complaint", {"act_id": "act-complaint"})
    history.task()
    asked = (await _asked(history))[2:]
    assert [entry["activity"] for entry in asked] == ["take_act"]
    history.task_ended()
    history.patched(f"{COMPLAINT_ACTS}-0")
    complained_of = ended.model_copy(update={"open_complaints": (COMPLAINT,)})
    taken = way._replace(progress=complained_of).answered(asked[0], breached=False)
    history.answer(history.activity("take_act", 2), taken)
    history.task()
    after = (await _asked(history))[3:]
    assert [entry["child"] for entry in after if "child" in entry] == [complaint_workflow_id(COMPLAINT)]
    assert {entry["parent_close_policy"] for entry in after if "child" in entry} == {"ABANDON"}
    assert [entry["timer"] for entry in after if "timer" in entry] == [timedelta(days=1).total_seconds()]
    assert not any("activity" in entry for entry in after)


async def test_a_signal_that_an_earlier_version_kept_as_unknown_stays_that_and_the_next_one_is_heard() -> (
    None
):
    way = _application()
    history = way.begun
    history.task()
    history.task_ended()
    history.answer(history.activity(way.read, 1), way.progress)
    history.task()
    history.task_ended()
    history.attributes_shown()
    history.timer(1, DUE_AT + CLOCK_TOLERANCE - history.now)
    history.signal("file_complaint", {"act_id": "act-complaint"})
    history.task()
    history.task_ended()
    stage = way.progress.stage
    refused = Verdict(act_id="act-complaint", kind=VerdictKind.REFUSED, stage=stage)
    written = [Written(act_id="act-complaint", refused=refused)]
    history.answer(history.activity("write_messages", 2), written)
    history.task()
    history.task_ended()
    history.signal("file_complaint", {"act_id": "act-complaint"})
    history.task()
    asked = (await _asked(history))[2:]
    assert [entry["activity"] for entry in asked] == ["write_messages", "take_act"]
    assert _act_of(asked[1]) == "act-complaint"
