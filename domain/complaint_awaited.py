"""Whom a complaint waits for: the one next act of the school or of the authorised body at each stage."""

from domain.act_kinds import ActKind
from domain.awaited import Awaited
from domain.complaint_acts import Addressee
from domain.complaint_stages import ComplaintStage
from domain.staff import Role


def complaint_awaited(stage: ComplaintStage, addressee: Addressee) -> Awaited | None:
    """The next act about a complaint; None when it was answered, settled or taken back."""
    if stage is ComplaintStage.EXTENDED:
        return _IN_THE_EXTENDED_TERM[addressee]
    return _AWAITED.get(stage)


_IN_THE_EXTENDED_TERM = {
    Addressee.HEAD: Awaited(
        Role.HEAD, ActKind.COMPLAINT_DECISION, "to decide in the extended term, with reasons (par. 9, D4)"
    ),
    Addressee.QUALITY_BODY: Awaited(
        Role.OFFICER, ActKind.COMPLAINT_DECISION, "to decide in the extended term, with reasons (par. 9, D4)"
    ),
}
_AWAITED = {
    ComplaintStage.REGISTERED: Awaited(
        Role.HEAD,
        ActKind.COMPLAINT_DECISION,
        "to decide, with reasons, or to extend the term once (par. 9, D4)",
    ),
    ComplaintStage.FORWARDING: Awaited(
        Role.HEAD,
        ActKind.FORWARD_COMPLAINT,
        "to send it to the authorised body with the case file, or to meet it fully and settle it (D3)",
    ),
    ComplaintStage.AT_AUTHORITY: Awaited(
        Role.OFFICER, ActKind.REGISTER_COMPLAINT, "to register it, from when its term runs (par. 9, R9.4)"
    ),
    ComplaintStage.IN_CONSIDERATION: Awaited(
        Role.OFFICER,
        ActKind.COMPLAINT_DECISION,
        "to decide, with reasons, or to extend the term once (par. 9, D4)",
    ),
}
