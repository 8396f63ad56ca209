"""What the clients were told, to be held against the register: nothing lost, nothing doubled, nothing made up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from activities.register.intake import Filed
from activities.register.pool import Pool
from activities.register.reading import ActAnswer
from domain.acts import Act
from domain.application import Application
from domain.complaint_stages import ComplaintStage
from domain.stages import Stage


@dataclass(frozen=True)
class Receipt:
    """A submission as it was acknowledged."""

    number: str
    case_id: UUID
    received_at: datetime


@dataclass
class Ledger:
    """Every write that clients sent, with what they were told of it."""

    sent_requests: dict[str, Application] = field(default_factory=dict)
    sent_acts: dict[str, tuple[str, Act]] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    verdicts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Verdict and stage by act."""
    outcomes: dict[str, Stage | ComplaintStage] = field(default_factory=dict)
    """By number, for cases that came to their end."""
    contradictions: list[str] = field(default_factory=list)
    """What was told differently the second time."""

    def sends(self, application: Application) -> None:
        """A client is about to file; whether it will be acknowledged is open."""
        self.sent_requests[application.request_id] = application

    def received(self, application: Application, filed: Filed) -> None:
        """The client was told a number."""
        told = Receipt(filed.number, filed.case_id, filed.received_at)
        first = self.receipts.setdefault(application.request_id, told)
        if first != told:
            self.contradictions.append(f"request {application.request_id}: first {first}, then {told}")

    def sends_act(self, number: str, act: Act) -> None:
        """A client is about to act."""
        self.sent_acts[act.act_id] = number, act

    def answered(self, act: Act, answer: ActAnswer) -> None:
        """The client was told that the act is on file, and perhaps its verdict."""
        self.accepted.add(act.act_id)
        if answer.verdict != "pending":
            told = str(answer.verdict), str(answer.stage)
            if self.verdicts.setdefault(act.act_id, told)[0] != told[0]:
                self.contradictions.append(
                    f"act {act.act_id}: first {self.verdicts[act.act_id]}, then {told}"
                )

    def ended(self, number: str, outcome: Stage | ComplaintStage) -> None:
        """The client saw the case at its outcome."""
        self.outcomes[number] = outcome

    async def compare(self, pool: Pool) -> list[str]:
        """Everything in which the register differs from what clients sent and were told; empty when all is well."""
        filed = {row["request_id"]: row for row in await pool.fetch(_FILED)}
        acts = {row["act_id"]: row for row in await pool.fetch(_ACTS)}
        doubled = [f"doubled: {name}: {dict(row)}" for name in _ONCE for row in await pool.fetch(_ONCE[name])]
        return [
            *self.contradictions,
            *self._requests(filed),
            *self._acts(acts),
            *self._ends({row["number"]: row["stage"] for row in filed.values()}),
            *doubled,
        ]

    def _requests(self, filed: dict[str, Any]) -> Iterator[str]:
        for request_id, receipt in self.receipts.items():
            row = filed.get(request_id)
            if row is None:
                yield f"lost: request {request_id}, acknowledged as {receipt.number}"
            elif Receipt(row["number"], row["case_id"], row["received_at"]) != receipt:
                yield f"different: request {request_id}: told {receipt}, on file {dict(row)}"
        for request_id, row in filed.items():
            sent = self.sent_requests.get(request_id)
            if sent is None or sent.content_hash != row["content_hash"]:
                yield f"made up: request {request_id}, {row['number']}: nobody sent it like this"

    def _acts(self, acts: dict[str, Any]) -> Iterator[str]:
        for act_id in self.accepted - acts.keys():
            yield f"lost: act {act_id}, acknowledged for {self.sent_acts[act_id][0]}"
        for act_id, told in self.verdicts.items():
            if act_id in acts and acts[act_id]["verdict"] != told[0]:
                yield f"different: act {act_id}: told {told}, on file {acts[act_id]['verdict']}"
        for act_id, row in acts.items():
            yield from self._act_on_file(act_id, row)

    def _act_on_file(self, act_id: str, row: Any) -> Iterator[str]:
        number, sent = self.sent_acts.get(act_id, (None, None))
        if sent is None:
            # What was sent by hand is only known to those who sent it.
            if row["accepted_via"] == "STARTER":
                yield f"made up: act {act_id} of {row['number']}: nobody sent it"
        elif (row["number"], row["kind"], row["content_hash"]) != (number, sent.kind, sent.content_hash):
            yield f"different: act {act_id}: sent to {number}, on file {dict(row)}"

    def _ends(self, stages: dict[str, str]) -> Iterator[str]:
        for number, outcome in self.outcomes.items():
            if stages.get(number) != outcome:
                yield f"different: {number} ended as {outcome}, on file {stages.get(number)}"


_FILED = """
SELECT request_id, number, case_id, received_at, content_hash, stage
FROM application LEFT JOIN procedure USING (case_id)
"""
_ACTS = """
SELECT act.act_id, coalesce(c.number, a.number) AS number, act.kind, act.content_hash, act.accepted_via, r.verdict
FROM act
JOIN application AS a USING (case_id)
LEFT JOIN complaint AS c ON c.complaint_id = act.complaint_id
LEFT JOIN act_result AS r ON r.act_id = act.act_id
"""
# Constraints of the schema forbid most of these; here they are counted without trusting the schema.
_ONCE = {
    "a case of a request": "SELECT request_id FROM application GROUP BY 1 HAVING count(*) > 1",
    "a verdict": "SELECT act_id FROM act_result GROUP BY 1 HAVING count(*) > 1",
    "an outcome": "SELECT case_id, round FROM outcome GROUP BY 1, 2 HAVING count(*) > 1",
    "a paper": "SELECT case_id, round, kind, subject FROM paper GROUP BY 1, 2, 3, 4 HAVING count(*) > 1",
    "a registration": "SELECT case_id FROM legal_number WHERE book = 'REGISTRATION' GROUP BY 1 HAVING count(*) > 1",
    "a legal number": "SELECT school_bin, book, year, number FROM legal_number GROUP BY 1, 2, 3, 4 HAVING count(*) > 1",
    "an effect of an act": (
        "SELECT act_id, event FROM journal WHERE act_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1"
    ),
    "an event without an act": (
        "SELECT case_id, complaint_id, event FROM journal WHERE act_id IS NULL AND event <> 'FACTS_RECEIVED'"
        " GROUP BY 1, 2, 3 HAVING count(*) > 1"
    ),
    "a message to a cabinet": "SELECT paper_id FROM cabinet_message GROUP BY 1 HAVING count(*) > 1",
    "a document of an act": (
        "SELECT case_id, act_id, kind, facts FROM document GROUP BY 1, 2, 3, 4 HAVING count(*) > 1"
    ),
}
