"""The asking of information systems: for ever, in growing pauses while they are away, where operators can see it."""

from collections import Counter
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.inquiry import Inquired, Inquiring, InquiryActivities

PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
"""Between two rounds while the gateway is away, or none is named."""
ATTEMPT = timedelta(minutes=5)
HEARTBEAT = timedelta(seconds=30)
ROUNDS = 2000
"""Of one run; the next one goes on from the register."""
PATIENTLY = RetryPolicy(maximum_interval=timedelta(minutes=1))


@workflow.defn(name="Inquiry")
class Inquiry:
    """Every few seconds: what is to be asked about open cases is asked. No case waits for it."""

    def __init__(self) -> None:
        self._facts = 0
        self._unanswered: Counter[str] = Counter()
        self._away_in_succession = 0

    @workflow.run
    async def run(self) -> None:
        for _ in range(ROUNDS):
            inquired = await self._inquire()
            if workflow.info().is_continue_as_new_suggested():
                break
            if not inquired.is_full:
                await workflow.sleep(self._pause(inquired), summary="until the next questions")
        workflow.continue_as_new()

    async def _inquire(self) -> Inquired:
        inquired = await workflow.execute_activity_method(
            InquiryActivities.inquire,
            Inquiring(now=workflow.now()),
            start_to_close_timeout=ATTEMPT,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENTLY,
            summary="what information systems know",
        )
        self._away_in_succession = self._away_in_succession + 1 if inquired.away else 0
        self._facts += inquired.facts
        self._unanswered.update(inquired.unanswered)
        self._show(inquired)
        return inquired

    def _pause(self, inquired: Inquired) -> timedelta:
        if not inquired.gateway_named:
            return LONGEST_PAUSE
        return min(PAUSE * (1 << min(self._away_in_succession, 10)), LONGEST_PAUSE)

    def _show(self, inquired: Inquired) -> None:
        if not inquired.gateway_named:
            workflow.set_current_details("No gateway is named (`UIDE_GATEWAY_URL`): nobody is asked.")
            return
        lines = [
            "Since this run began:\n",
            f"- answers entered: **{self._facts}**",
            *(f"- without an answer, {why}: **{times}**" for why, times in sorted(self._unanswered.items())),
        ]
        if inquired.away:
            lines.append("- the gateway of the information systems is **away**; it is asked again by itself")
        workflow.set_current_details("\n".join(lines))
