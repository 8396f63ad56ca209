"""The service's own metrics, on the same page as those of the SDK; docs/metrics.md says what each means."""

import math
from datetime import datetime, timedelta

from temporalio.common import MetricMeter

from activities.register.figures import Figures
from domain.complaint import ComplaintTermKind
from domain.complaint_stages import OPEN_COMPLAINT_STAGES
from domain.inquiry import FactResult, Unanswered
from domain.stages import OPEN_STAGES

OF_STAGES = {
    "uide_open_cases": ("cases", "Open cases by stage"),
    "uide_cases_due_today": ("due_today", "Open cases whose term ends today, by stage"),
    "uide_overdue_cases": ("overdue", "Open cases whose term passed without an answer, by stage"),
}
OF_WORK = {
    "uide_waiting_acts": ("waiting_acts", "Acts without a verdict"),
    "uide_oldest_waiting_act_seconds": (
        "oldest_waiting_act_seconds",
        "Age of the oldest act without a verdict",
    ),
    "uide_unrendered_papers": ("unrendered_papers", "Papers whose bytes are not made yet"),
    "uide_oldest_unrendered_paper_seconds": ("oldest_unrendered_paper_seconds", "Age of the oldest of them"),
    "uide_unsent_messages": ("unsent_messages", "Messages to other systems and people still to be sent"),
    "uide_oldest_unsent_message_seconds": ("oldest_unsent_message_seconds", "Age of the oldest of them"),
    "uide_refused_messages": ("refused_messages", "Those of them that the other side will not have"),
    "uide_cases_without_workflow": ("cases_without_workflow", "Cases that Temporal was not told of"),
    "uide_complaints_without_workflow": (
        "complaints_without_workflow",
        "Complaints that Temporal was not told of",
    ),
}
"""Metric, field of the figures, and what it counts."""
OF_INQUIRIES = ("WAITING", *FactResult, *Unanswered)
"""How a question to the information systems can stand."""


class BusinessMetrics:
    """Sets the metrics. Figures that are not known are NaN: an alert must not see what was true an hour ago."""

    def __init__(self, meter: MetricMeter) -> None:
        gauge = meter.create_gauge_float
        self._register = gauge("uide_register_up", "1 if PostgreSQL answers and takes what is written")
        self._temporal = gauge("uide_temporal_up", "1 if Temporal answers")
        self._clock = gauge(
            "uide_clock_difference_seconds", "How far the clocks of this machine and PostgreSQL are apart"
        )
        self._sweep = gauge("uide_last_sweep_timestamp_seconds", "When the last sweep ended")
        self._read = gauge("uide_figures_timestamp_seconds", "When the figures of the register were read")
        self._stages = {name: gauge(name, help_) for name, (_, help_) in OF_STAGES.items()}
        self._work = {name: gauge(name, help_) for name, (_, help_) in OF_WORK.items()}
        self._complaints = gauge("uide_open_complaints", "Complaints that are not answered, by stage")
        self._overdue_complaints = gauge(
            "uide_overdue_complaints", "Of these, those of which a term passed, by the term"
        )
        self._inquiries = gauge("uide_inquiries", "Questions about open cases, by how they stand")
        self._refused = meter.create_counter("uide_refused_acts", "Acts refused, by the code of the reason")
        self._counted: dict[str, int] = {}

    def register_up(self, up: bool) -> None:
        """Whether the register answers and takes what is written."""
        self._register.set(float(up))

    def temporal_up(self, up: bool) -> None:
        """Whether Temporal answers."""
        self._temporal.set(float(up))

    def clock_difference(self, difference: timedelta) -> None:
        """How far the clocks of this machine and PostgreSQL are apart, whichever is ahead."""
        self._clock.set(abs(difference).total_seconds())

    def last_sweep(self, at: datetime) -> None:
        """When the last sweep ended."""
        self._sweep.set(at.timestamp())

    def show(self, figures: Figures, at: datetime) -> None:
        """Shows what was read."""
        self._read.set(at.timestamp())
        for stage, counted in figures.open_cases.items():
            for name, (field, _) in OF_STAGES.items():
                self._stages[name].set(getattr(counted, field), {"stage": stage.value})
        for name, (field, _) in OF_WORK.items():
            self._work[name].set(getattr(figures.left_undone, field))
        for complaint_stage, open_ in figures.complaints.of_stage.items():
            self._complaints.set(open_, {"stage": complaint_stage.value})
        for term, overdue in figures.complaints.overdue.items():
            self._overdue_complaints.set(overdue, {"term": term.value})
        for result in OF_INQUIRIES:
            self._inquiries.set(figures.inquiries.get(result, 0), {"result": result})
        for code, count in figures.refused_acts.items():
            self._count(code, count)

    def forget(self) -> None:
        """Nothing is known of the register any more."""
        for gauge in self._stages.values():
            for stage in OPEN_STAGES:
                gauge.set(math.nan, {"stage": stage.value})
        for gauge in self._work.values():
            gauge.set(math.nan)
        for complaint_stage in OPEN_COMPLAINT_STAGES:
            self._complaints.set(math.nan, {"stage": complaint_stage.value})
        for term in ComplaintTermKind:
            self._overdue_complaints.set(math.nan, {"term": term.value})
        for result in OF_INQUIRIES:
            self._inquiries.set(math.nan, {"result": result})

    def _count(self, code: str, count: int) -> None:
        # A register that was restored may hold fewer; a counter only grows.
        if count > (before := self._counted.get(code, 0)):
            self._refused.add(count - before, {"code": code})
            self._counted[code] = count
