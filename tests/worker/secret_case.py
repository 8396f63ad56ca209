"""Two small procedures through which planted words go wherever a payload can go."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict
from temporalio import activity, workflow
from temporalio.common import RawValue, RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

QUEUE = "secrets"


class Child(BaseModel):
    """What nobody but the procedure may read."""

    model_config = ConfigDict(frozen=True)

    name: str


@activity.defn
async def look_up(child: Child) -> Child:
    """Fails at the first attempt, with words in heartbeat, message, details and stack."""
    activity.heartbeat("planted-heartbeat")
    if activity.info().attempt == 1:
        planted_stack_frame()
    activity.logger.info("child_looked_up")
    return Child(name="planted-activity-result")


def planted_stack_frame() -> None:
    """A name that is seen in the stack trace."""
    raise ApplicationError("planted-message", "planted-details", type="Away")


@workflow.defn
class TellingCase:
    """Waits for a message, looks up, returns."""

    @workflow.init
    def __init__(self, child: Child) -> None:
        self._child = child
        self._messages: list[RawValue] = []

    @workflow.run
    async def run(self, child: Child) -> Child:
        """The answer holds one more word."""
        workflow.set_current_details("planted-current-details")
        await workflow.wait_condition(
            lambda: bool(self._messages), timeout=timedelta(hours=1), timeout_summary="planted-timer-summary"
        )
        await workflow.execute_activity(
            look_up,
            child,
            start_to_close_timeout=timedelta(seconds=5),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=50)),
            summary="planted-activity-summary",
        )
        workflow.logger.info("case_told")
        return Child(name="planted-result")

    @workflow.signal
    def tell(self, message: RawValue) -> None:
        """A message in any form."""
        self._messages.append(message)

    @workflow.update
    def correct(self, child: Child) -> Child:
        """Answers with a word of its own."""
        self._child = child
        return Child(name="planted-update-result")

    @workflow.query
    def encodings(self) -> list[str]:
        """In which form the messages came."""
        return [message.payload.metadata["encoding"].decode() for message in self._messages]


@workflow.defn
class FailingCase:
    """Fails with a cause."""

    @workflow.run
    async def run(self, child: Child) -> None:
        """Both errors hold words."""
        try:
            await workflow.execute_activity(
                look_up,
                child,
                start_to_close_timeout=timedelta(seconds=5),
                retry_policy=RetryPolicy(maximum_attempts=1),
            )
        except ActivityError as error:
            raise ApplicationError("planted-end", Child(name="planted-end-details")) from error
