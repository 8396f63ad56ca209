"""Histories made by hand: whatever order of events one workflow task can hold, with no server to bring it about."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from temporalio.api.common.v1 import Payloads, WorkflowType
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

BEGINNING = datetime(2026, 11, 17, 5, tzinfo=UTC)
"""When every history made by hand begins: ten o'clock of a Tuesday in Almaty."""


class HandMade:
    """A history that grows event by event; commands of the workflow are answered by whoever writes it."""

    def __init__(self, workflow_type: str, workflow_id: str, argument: BaseModel) -> None:
        self._workflow_id = workflow_id
        self._events: list[HistoryEvent] = []
        self._now = BEGINNING
        self._completed_task = 0
        started = self._add(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        attributes = started.workflow_execution_started_event_attributes
        attributes.workflow_type.CopyFrom(WorkflowType(name=workflow_type))
        attributes.task_queue.CopyFrom(TaskQueue(name="uide"))
        attributes.input.CopyFrom(_payloads(argument))
        attributes.original_execution_run_id = str(UUID(int=1))
        attributes.first_execution_run_id = str(UUID(int=1))
        attributes.attempt = 1

    @property
    def now(self) -> datetime:
        """When the last event happened."""
        return self._now

    def forward_to(self, moment: datetime) -> None:
        """What is added later happens at that moment or after it."""
        self._now = moment

    def signal(self, name: str, argument: dict[str, Any]) -> None:
        """Somebody rings."""
        event = self._add(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        event.workflow_execution_signaled_event_attributes.signal_name = name
        event.workflow_execution_signaled_event_attributes.input.CopyFrom(_payloads(argument))

    def task(self) -> None:
        """The worker gets a task, which it has not ended yet."""
        scheduled = self._add(EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED)
        scheduled.workflow_task_scheduled_event_attributes.attempt = 1
        started = self._add(EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED)
        started.workflow_task_started_event_attributes.scheduled_event_id = scheduled.event_id
        self._scheduled, self._started = scheduled.event_id, started.event_id

    def task_ended(self) -> None:
        """The worker ends its task; the events of its commands follow."""
        completed = self._add(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        attributes = completed.workflow_task_completed_event_attributes
        attributes.scheduled_event_id = self._scheduled
        attributes.started_event_id = self._started
        self._completed_task = completed.event_id

    def activity(self, name: str, number: int) -> int:
        """The workflow asks for an activity, its `number`th; the event by which it is answered."""
        scheduled = self._add(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        attributes = scheduled.activity_task_scheduled_event_attributes
        attributes.activity_id = str(number)
        attributes.activity_type.name = name
        attributes.workflow_task_completed_event_id = self._completed_task
        return scheduled.event_id

    def answer(self, asked: int, answer: Any) -> None:
        """The activity answers."""
        started = self._add(EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
        started.activity_task_started_event_attributes.scheduled_event_id = asked
        completed = self._add(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
        attributes = completed.activity_task_completed_event_attributes
        attributes.scheduled_event_id, attributes.started_event_id = asked, started.event_id
        attributes.result.CopyFrom(_payloads(answer))

    def attributes_shown(self) -> None:
        """The search attributes are written anew."""
        event = self._add(EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)
        attributes = event.upsert_workflow_search_attributes_event_attributes
        attributes.workflow_task_completed_event_id = self._completed_task

    def patched(self, patch: str) -> None:
        """The workflow takes the way of a newer version, and says so."""
        event = self._add(EventType.EVENT_TYPE_MARKER_RECORDED)
        attributes = event.marker_recorded_event_attributes
        attributes.marker_name = "core_patch"
        attributes.details["patch-data"].CopyFrom(_payloads({"id": patch, "deprecated": False}))
        attributes.workflow_task_completed_event_id = self._completed_task

    def timer(self, number: int, length: timedelta) -> int:
        """The workflow starts its `number`th timer; the event by which it goes off."""
        event = self._add(EventType.EVENT_TYPE_TIMER_STARTED)
        attributes = event.timer_started_event_attributes
        attributes.timer_id = str(number)
        attributes.start_to_fire_timeout.FromTimedelta(length)
        attributes.workflow_task_completed_event_id = self._completed_task
        return event.event_id

    def timer_fired(self, number: int, started: int) -> None:
        """The timer goes off."""
        event = self._add(EventType.EVENT_TYPE_TIMER_FIRED)
        event.timer_fired_event_attributes.timer_id = str(number)
        event.timer_fired_event_attributes.started_event_id = started

    @property
    def history(self) -> WorkflowHistory:
        """What has been written so far."""
        return WorkflowHistory(self._workflow_id, self._events)

    @property
    def as_json(self) -> str:
        """The same as text, as the Temporal UI would download it."""
        return self.history.to_json()

    def _add(self, event_type: EventType.ValueType) -> HistoryEvent:
        event = HistoryEvent(event_id=len(self._events) + 1, event_type=event_type)
        event.event_time.FromDatetime(self._now)
        self._events.append(event)
        return event


def _payloads(*values: Any) -> Payloads:
    return pydantic_data_converter.payload_converter.to_payloads_wrapper(values)
