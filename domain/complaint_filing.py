"""The filing of a complaint (par. 9): of what it is, where it came, and in which form."""

from pydantic import BaseModel, ConfigDict

from domain.acts import Act
from domain.awaited import awaited
from domain.case import Case, DoneAct, Standing
from domain.complaint import Via, has_conflict
from domain.complaint_acts import Addressee, FileComplaint, Form, Subject
from domain.complaint_stages import ComplaintStage
from domain.refusal import ActRefused
from domain.staff import APPLICANT, REGISTER, Role
from domain.stages import Stage


class FiledComplaint(BaseModel):
    """What the register enters of a complaint beside number and moment."""

    model_config = ConfigDict(frozen=True)

    stage: ComplaintStage
    via: Via
    form: Form
    attacked_act: str | None
    attacked_outcome: Stage | None
    attacked_by: str | None
    conflict: bool
    """D5: the head is to decide on an act, or on an inaction, of the head's own."""


def filed_complaint(act: Act, case: Case, standing: Standing) -> FiledComplaint:
    """The complaint in `act`; raises `ActRefused` where it is not of this case or says nothing to decide on."""
    content = act.content
    assert isinstance(content, FileComplaint)
    if content.complainant_iin != case.applicant_iin:
        raise ActRefused(
            "foreign_case",
            "whoever complains is not the applicant of this case",
            "Paragraph 9: the recipient of the service complains",
            "Compare the number of the case and the IIN with the receipt",
        )
    via = Via.AUTHORITY if case.authorised_body in standing.bodies else Via.SCHOOL
    if via is Via.AUTHORITY and content.addressee is Addressee.HEAD:
        raise ActRefused(
            "other_addressee",
            "the authorised body enters a complaint that is addressed to the head",
            "Paragraph 9: a complaint to the head is received by the school",
            "Hand it to the school, or enter it as addressed to the body",
        )
    attacked = _attacked(content, case)
    complained_of = _complained_of(content, attacked, case, standing)
    return FiledComplaint(
        stage=_first_stage(content.addressee, via),
        via=via,
        form=Form.ELECTRONIC if act.actor == APPLICANT else content.form or Form.PAPER,
        attacked_act=attacked.act_id if attacked else None,
        attacked_outcome=case.stage if attacked and attacked.act_id == case.outcome_act else None,
        attacked_by=next(iter(complained_of)) if len(complained_of) == 1 else None,
        conflict=has_conflict(content.addressee, complained_of, standing.heads),
    )


def _first_stage(addressee: Addressee, via: Via) -> ComplaintStage:
    if addressee is Addressee.HEAD:
        return ComplaintStage.REGISTERED
    return ComplaintStage.FORWARDING if via is Via.SCHOOL else ComplaintStage.AT_AUTHORITY


def _complained_of(
    content: FileComplaint, attacked: DoneAct | None, case: Case, standing: Standing
) -> frozenset[str]:
    """Who did the act; of an inaction whoever is head now, where nobody else can do what the case waits for."""
    if attacked:
        return frozenset({attacked.actor})
    next_act = awaited(case.stage, case.channel, answered=True)
    idle = content.object is Subject.INACTION and next_act is not None and next_act.role is Role.HEAD
    return standing.heads if idle else frozenset()


def _attacked(content: FileComplaint, case: Case) -> DoneAct | None:
    if content.object is Subject.INACTION:
        return None
    named = content.attacked_act or (case.outcome_act if content.object is Subject.DECISION else None)
    if named is None and content.object is Subject.ACTION:
        return None
    found = next((done for done in case.done if done.act_id == named), None)
    if found and found.actor == REGISTER:
        raise ActRefused(
            "act_of_the_register",
            "the act complained of is the register's own",
            "It follows by itself from what somebody did or ordered: nobody at the school decided on it",
            "Name in attacked_act the act of a person that led to it",
        )
    if found is None or found.actor == APPLICANT:
        raise ActRefused(
            "nothing_decided" if content.attacked_act is None else "unknown_attacked_act",
            "there is no such decision of the school in this case",
            "A complaint of a decision needs one that was taken; before that one may complain of inaction (R9.1)",
            "Name in attacked_act an act of the case that was taken, or complain of INACTION",
        )
    return found
