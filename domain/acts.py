"""The acts: all that a person does to a case after it was filed, with the envelope in which they come."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from domain.act_content import ActContent, Reason, Text
from domain.act_kinds import (
    IDS_OF_THE_REGISTER,
    OF_A_COMPLAINT,
    OF_AN_APPLICATION,
    OF_THE_REGISTER,
    ActKind,
)
from domain.application import Key
from domain.application_acts import (
    AddDocuments,
    Admit,
    CheckedItem,
    CheckPackage,
    Decision,
    DisputeFact,
    Manner,
    NamedFinding,
    Overruling,
    PlanSubject,
    RecordDelivery,
    Refuse,
    ReturnPlan,
    SignOrder,
    SubmitPlan,
    Withdraw,
)
from domain.complaint_acts import (
    ComplaintDecision,
    ExtendComplaint,
    FileComplaint,
    ForwardComplaint,
    RegisterComplaint,
    SettleComplaint,
    WithdrawComplaint,
)
from domain.complaint_stages import ComplaintStep
from domain.refusal import InputRefused
from domain.register_acts import CalendarChanged, ReopenCase
from domain.staff import APPLICANT, REGISTER, Actor
from domain.stages import Step

__all__ = [
    "CONTENTS",
    "OF_AN_APPLICATION",
    "OF_A_COMPLAINT",
    "Act",
    "ActKind",
    "AddDocuments",
    "Admit",
    "CalendarChanged",
    "CheckPackage",
    "CheckedItem",
    "ComplaintDecision",
    "Content",
    "DisputeFact",
    "ExtendComplaint",
    "FileComplaint",
    "ForwardComplaint",
    "Manner",
    "NamedFinding",
    "Overruling",
    "PlanSubject",
    "Reason",
    "RecordDelivery",
    "Refuse",
    "RegisterComplaint",
    "ReopenCase",
    "ReturnPlan",
    "SettleComplaint",
    "SignOrder",
    "SubmitPlan",
    "Text",
    "Withdraw",
    "WithdrawComplaint",
    "hash_of_act",
    "parse_act",
    "restore_act",
]

Content = (
    CheckPackage
    | Admit
    | Refuse
    | SignOrder
    | ReturnPlan
    | SubmitPlan
    | AddDocuments
    | Withdraw
    | RecordDelivery
    | DisputeFact
    | FileComplaint
    | ComplaintDecision
    | ExtendComplaint
    | ForwardComplaint
    | RegisterComplaint
    | SettleComplaint
    | WithdrawComplaint
    | ReopenCase
    | CalendarChanged
)

_DECISIONS = frozenset({"admit", "refuse", "sign_order", "return_plan"})

CONTENTS: dict[ActKind, TypeAdapter[Content]] = {
    ActKind.CHECK_PACKAGE: TypeAdapter(CheckPackage),
    ActKind.DIRECTOR_DECISION: TypeAdapter(Decision),
    ActKind.SUBMIT_PLAN: TypeAdapter(SubmitPlan),
    ActKind.ADD_DOCUMENTS: TypeAdapter(AddDocuments),
    ActKind.WITHDRAW: TypeAdapter(Withdraw),
    ActKind.RECORD_DELIVERY: TypeAdapter(RecordDelivery),
    ActKind.DISPUTE_FACT: TypeAdapter(DisputeFact),
    ActKind.FILE_COMPLAINT: TypeAdapter(FileComplaint),
    ActKind.COMPLAINT_DECISION: TypeAdapter(ComplaintDecision),
    ActKind.EXTEND_COMPLAINT: TypeAdapter(ExtendComplaint),
    ActKind.FORWARD_COMPLAINT: TypeAdapter(ForwardComplaint),
    ActKind.REGISTER_COMPLAINT: TypeAdapter(RegisterComplaint),
    ActKind.SETTLE_COMPLAINT: TypeAdapter(SettleComplaint),
    ActKind.WITHDRAW_COMPLAINT: TypeAdapter(WithdrawComplaint),
    ActKind.REOPEN_CASE: TypeAdapter(ReopenCase),
    ActKind.CALENDAR_CHANGED: TypeAdapter(CalendarChanged),
}
"""What an act of each kind says."""


class _Envelope(ActContent):
    act_id: Key
    kind: ActKind
    actor: Actor
    content: dict[str, Any]


class Act(BaseModel):
    """One act, complete: who does what. When it was done is stamped by whoever accepts it, never read from it."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    kind: ActKind
    actor: str
    content: Content

    @property
    def step(self) -> Step | ComplaintStep:
        """The step of the procedure that this act is."""
        return self.content.step

    @property
    def record(self) -> dict[str, Any]:
        """The content as the register keeps it: files by their hash, their bytes stand beside."""
        kept = self.content.model_dump(mode="json")
        if isinstance(self.content, AddDocuments):
            for entry, document in zip(kept["documents"], self.content.documents, strict=True):
                entry["file"] = document.file and {"name": document.file.name, "sha256": document.file.sha256}
        return kept

    @property
    def content_hash(self) -> str:
        """SHA-256 over kind, actor and content in canonical form: equal for the same act sent again."""
        return hash_of_act(self.kind, self.actor, self.record)


def hash_of_act(kind: str, actor: str, record: dict[str, Any]) -> str:
    """The content hash of an act from what the register keeps of it."""
    parts = {"kind": kind, "actor": actor, "content": record}
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse_act(raw: object) -> Act:
    """The act in `raw`; raises `InputRefused` naming every fault found."""
    try:
        envelope = _Envelope.model_validate(raw)
    except ValidationError as error:
        raise InputRefused.from_validation(error, "act") from None
    _check_sendable(envelope)
    try:
        content = CONTENTS[envelope.kind].validate_python(envelope.content)
    except ValidationError as error:
        raise InputRefused.from_validation(error, "act.content", variants=_DECISIONS) from None
    _check_files(envelope.actor, content)
    return Act(act_id=envelope.act_id, kind=envelope.kind, actor=envelope.actor, content=content)


def _check_sendable(envelope: _Envelope) -> None:
    if envelope.act_id.startswith(IDS_OF_THE_REGISTER):
        raise InputRefused.of(
            "act_id_reserved",
            "act.act_id",
            f"ids that begin with {' or '.join(IDS_OF_THE_REGISTER)} are the register's own",
            "An act of the register must find its id free",
            "Use another act_id",
        )
    if envelope.kind in OF_THE_REGISTER or envelope.actor == REGISTER:
        raise InputRefused.of(
            "registers_own",
            "act.kind" if envelope.kind in OF_THE_REGISTER else "act.actor",
            "such an act is written by the register itself and cannot be sent",
            "It follows from a change of the working calendar, or from a complaint that was upheld",
            "Enter the change with uide calendar, or decide the complaint",
        )


def _check_files(actor: str, content: Content) -> None:
    if not isinstance(content, AddDocuments) or actor != APPLICANT:
        return
    for position, document in enumerate(content.documents):
        if document.file is None:
            raise InputRefused.of(
                "document_without_file",
                f"act.content.documents.{position}.file",
                "the document has no file",
                "Papers themselves are handed to the office, whose clerk records them; "
                "what the applicant sends is the file",
                "Attach a pdf, jpg or png, or bring the paper to the school's office",
            )


def restore_act(act_id: str, kind: ActKind, actor: str, record: dict[str, Any]) -> Act:
    """The act that the register keeps as `record`; its files are not part of it, they stand beside."""
    documents = [{**document, "file": None} for document in record.get("documents", ())]
    content = {**record, "documents": documents} if documents else record
    return Act(act_id=act_id, kind=kind, actor=actor, content=CONTENTS[kind].validate_python(content))
