"""Whom a complaint waits for: what the school or the authorised body has to do at each stage."""

from collections.abc import Collection

from domain.act_kinds import ActKind
from domain.awaited import Awaited
from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_authority import is_with_the_school
from domain.complaint_stages import CONSIDERED, ComplaintStage
from domain.staff import Role

TERM_OF = {
    ActKind.COMPLAINT_DECISION: ComplaintTermKind.CONSIDERATION,
    ActKind.FORWARD_COMPLAINT: ComplaintTermKind.FORWARDING,
    ActKind.REGISTER_COMPLAINT: ComplaintTermKind.REGISTRATION,
    ActKind.RECORD_DELIVERY: ComplaintTermKind.EXTENSION_NOTICE,
}
"""The term within which what is awaited has to be done; that of a delivery runs for the notice of extension only."""


def all_awaited(
    stage: ComplaintStage,
    addressee: Addressee,
    *,
    over: Collection[ComplaintTermKind],
    forwarded: bool,
    to_hand_over: bool,
) -> tuple[Awaited, ...]:
    """All that is to be done about a complaint, what decides it first; nothing where nobody has anything to do.

    `over` are the terms whose due moment has passed; `forwarded` says that the school has sent the case file, and
    `to_hand_over` that the last paper of a complaint on paper has not been handed over or posted.
    """
    awaited = (
        complaint_awaited(stage, addressee, over),
        None if forwarded else _case_file_awaited(stage, addressee),
        _paper_awaited(stage, addressee) if to_hand_over else None,
    )
    return tuple(one for one in awaited if one)


def complaint_awaited(
    stage: ComplaintStage, addressee: Addressee, over: Collection[ComplaintTermKind] = ()
) -> Awaited | None:
    """The act that leads a complaint on; None when it was answered, settled or taken back.

    What is allowed within a term only is not among the acts when that is in `over`: to extend, and to settle (D3, D4).
    """
    if stage is ComplaintStage.FORWARDING:
        return _LATE_TO_FORWARD if ComplaintTermKind.FORWARDING in over else _TO_FORWARD
    if stage is ComplaintStage.AT_AUTHORITY:
        return _TO_REGISTER
    if stage in CONSIDERED:
        return _to_decide(stage, addressee, over)
    return None


def _to_decide(stage: ComplaintStage, addressee: Addressee, over: Collection[ComplaintTermKind]) -> Awaited:
    role = Role.HEAD if addressee is Addressee.HEAD else Role.OFFICER
    if ComplaintTermKind.CONSIDERATION in over:
        return Awaited(role, ActKind.COMPLAINT_DECISION, "to decide, with reasons: the term is over (par. 9)")
    if stage is ComplaintStage.EXTENDED:
        words = "to decide in the extended term, with reasons (par. 9, D4)"
        return Awaited(role, ActKind.COMPLAINT_DECISION, words)
    words = "to decide, with reasons, or to extend the term once (par. 9, D4)"
    return Awaited(role, ActKind.COMPLAINT_DECISION, words, instead=(ActKind.EXTEND_COMPLAINT,))


def _case_file_awaited(stage: ComplaintStage, addressee: Addressee) -> Awaited | None:
    with_the_body = addressee is Addressee.QUALITY_BODY and stage in _WITH_THE_BODY
    return _TO_SEND_THE_CASE_FILE if with_the_body else None


def _paper_awaited(stage: ComplaintStage, addressee: Addressee) -> Awaited | None:
    words = _PAPERS.get(stage)
    if words is None:
        return None
    role = Role.CLERK if is_with_the_school(addressee, stage) else Role.OFFICER
    return Awaited(role, ActKind.RECORD_DELIVERY, words)


_TO_FORWARD = Awaited(
    Role.HEAD,
    ActKind.FORWARD_COMPLAINT,
    "to send it to the authorised body with the case file, or to meet it fully and settle it (D3)",
    instead=(ActKind.SETTLE_COMPLAINT,),
)
_LATE_TO_FORWARD = Awaited(
    Role.HEAD,
    ActKind.FORWARD_COMPLAINT,
    "to send it to the authorised body with the case file: the term is over (D3)",
)
_TO_REGISTER = Awaited(
    Role.OFFICER, ActKind.REGISTER_COMPLAINT, "to register it, from when its term runs (par. 9, R9.4)"
)
_TO_SEND_THE_CASE_FILE = Awaited(
    Role.HEAD,
    ActKind.FORWARD_COMPLAINT,
    "to send the case file to the authorised body, which has the complaint already (D3)",
)
_WITH_THE_BODY = frozenset(
    {ComplaintStage.AT_AUTHORITY, ComplaintStage.IN_CONSIDERATION, ComplaintStage.EXTENDED}
)
_TO_RECORD_THE_REPLY = "to hand the reply over or post it, and to record that (Q30)"
_PAPERS = {
    ComplaintStage.EXTENDED: "to hand the notice of the extension over or post it, and to record that (D4)",
    ComplaintStage.DECIDED: _TO_RECORD_THE_REPLY,
    ComplaintStage.SETTLED: _TO_RECORD_THE_REPLY,
}
