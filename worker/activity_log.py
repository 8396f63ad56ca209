"""What activities did, in the log: one event for each act, milestone and end, never with what it contains."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.complaints import ComplaintActReference, ComplaintMilestone
from activities.housekeeping import Swept
from activities.inquiry import Inquired
from activities.messages import Written
from activities.procedure import ActReference, MilestoneReference
from activities.register.watching import Watched
from activities.sending.sender import Sent
from domain.complaint_progress import ComplaintAnswer, ComplaintWatched
from domain.verdict import Answer, VerdictKind


class Event(NamedTuple):
    """A line of the log; case, activity and attempt are added to it."""

    name: str
    fields: dict[str, Any]


class ActivityLog(Interceptor):
    """Tells what each activity answered, after its commit; a repeated attempt tells it again."""

    def intercept_activity(self, inner: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Puts the telling around every activity."""
        return _Told(inner)


class _Told(ActivityInboundInterceptor):
    async def execute_activity(self, given: ExecuteActivityInput) -> Any:
        answer = await super().execute_activity(given)
        for event in events(given.args[0], answer):
            activity.logger.info(event.name, extra=event.fields)
        return answer


def events(asked: Any, answer: Any) -> Iterator[Event]:
    """What the answer of an activity to what it was asked says has happened."""
    match asked, answer:
        case (ActReference(), Answer()) | (ComplaintActReference(), ComplaintAnswer()):
            yield from _verdict(answer)
        case MilestoneReference(), Watched() if asked.milestone in answer.progress.reached:
            yield Event("milestone_reached", {"milestone": asked.milestone, **_stage(answer)})
        case ComplaintMilestone(), ComplaintWatched() if _is_reached(asked, answer):
            yield Event(
                "milestone_reached", {"term": asked.term, "milestone": asked.milestone, **_stage(answer)}
            )
        case _, (Watched() | ComplaintWatched()) if answer.progress.ended:
            yield Event("procedure_ended", _stage(answer))
        case _, Swept() | Inquired() | Sent():
            yield from _housekeeping(asked, answer)
        case _, [Written(), *_]:
            yield from _written(answer)


def _housekeeping(asked: Any, answer: Swept | Inquired | Sent) -> Iterator[Event]:
    """Nothing where nothing was to be done."""
    of: dict[str, Any] = {}
    if isinstance(answer, Inquired):
        name, fields = "inquiries_made", {"facts", "unanswered"}
    elif isinstance(answer, Sent):
        name, fields, of = (
            "messages_sent",
            {"sent", "not_sent", "failed", "cause"},
            {"carrier": asked.carrier},
        )
    else:
        name = "sweep_helped"
        fields = {"started", "woken", "rung", "taken", "watched", "rendered", "missed"}
    done = answer.model_dump(include=fields)
    if any(done.values()):
        yield Event(name, of | done)


def _is_reached(asked: ComplaintMilestone, answer: ComplaintWatched) -> bool:
    return any(
        term.kind is asked.term and asked.milestone in term.reached for term in answer.progress.running
    )


def _stage(answer: Answer | ComplaintAnswer | Watched | ComplaintWatched) -> dict[str, Any]:
    return {"stage": answer.progress.stage}


def _verdict(answer: Answer | ComplaintAnswer) -> Iterator[Event]:
    verdict = answer.verdict
    if verdict is None:
        return
    # An id that is on file was read as an act's; one that is not is whatever somebody sent.
    act = {"act_id": verdict.act_id, "kind": answer.kind} if answer.on_file else {}
    if verdict.kind is VerdictKind.TAKEN:
        yield Event("act_taken", {**act, **_stage(answer)})
    else:
        yield Event("act_refused", {**act, "code": verdict.reason and verdict.reason.code, **_stage(answer)})


def _written(written: list[Written]) -> Iterator[Event]:
    refused = [message.refused for message in written if message.refused]
    codes = Counter(verdict.reason.code for verdict in refused if verdict.reason)
    if len(written) > len(refused):
        yield Event("messages_read", {"acts": len(written) - len(refused)})
    if codes:
        yield Event("messages_refused", {"codes": dict(codes)})
