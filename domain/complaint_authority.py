"""Who may do what to a complaint: the head it is addressed to, or an officer of the authorised body (par. 9)."""

from domain.acts import Act
from domain.application_acts import RecordDelivery
from domain.authority import check_headship
from domain.case import Case, Standing
from domain.complaint import Complaint
from domain.complaint_acts import (
    Addressee,
    ComplaintDecision,
    ExtendComplaint,
    Form,
    ForwardComplaint,
    RegisterComplaint,
    SettleComplaint,
    WithdrawComplaint,
)
from domain.complaint_stages import ComplaintStage
from domain.headship import Acting
from domain.refusal import ActRefused
from domain.staff import APPLICANT, REGISTER, Role


def check_complaint_role(act: Act, complaint: Complaint, case: Case, standing: Standing) -> None:
    """Raises `ActRefused` unless the actor may do this to the complaint at the moment of `standing`."""
    if act.actor == REGISTER:
        return
    wanted = _wanted(act, complaint)
    if act.actor == APPLICANT:
        if Role.APPLICANT not in wanted:
            raise ActRefused(
                "not_for_applicants",
                f"the applicant may not {act.step}",
                "This is done by those who consider the complaint",
                "Leave it to them",
            )
        return
    if not standing.known:
        raise ActRefused(
            "unknown_actor",
            "the person is not in the staff directory",
            "Only the school's staff and officers of the authorised body act in a complaint",
            "Use the id of the staff directory",
        )
    held = _held(complaint, case, standing)
    if not held & wanted:
        check_headship(wanted, standing)
    if not held:
        raise ActRefused(
            "other_school",
            "the person belongs neither to the school complained of nor to the body that considers the complaint",
            "A complaint is handled by those to whom it is addressed",
            "Let them act",
        )
    if not held & wanted:
        raise ActRefused(
            "wrong_role",
            f"{act.step} is not for this person",
            f"At this moment it takes the role {' or '.join(sorted(wanted))}",
            "Let the person who holds the role act",
        )


def acting_in_complaint(act: Act, complaint: Complaint, standing: Standing) -> Acting | None:
    """By which order the actor does as acting head what no role of their own allows; None for whatever else is done."""
    if act.actor == REGISTER or standing.roles & _wanted(act, complaint) != {Role.HEAD}:
        return None
    return standing.acting


def is_with_the_school(addressee: Addressee, stage: ComplaintStage) -> bool:
    """Whether the school has the papers of the complaint: it decides it, or has not sent it on and settled it (D3)."""
    return addressee is Addressee.HEAD or stage in {ComplaintStage.FORWARDING, ComplaintStage.SETTLED}


def _wanted(act: Act, complaint: Complaint) -> frozenset[Role]:
    considered_by = frozenset({Role.HEAD if complaint.addressee is Addressee.HEAD else Role.OFFICER})
    return {
        ComplaintDecision: considered_by,  # R9.5, R9.6
        ExtendComplaint: considered_by,  # D4
        ForwardComplaint: frozenset({Role.HEAD}),  # D3
        RegisterComplaint: frozenset({Role.OFFICER}),  # R9.4
        SettleComplaint: frozenset({Role.HEAD}),  # D3
        WithdrawComplaint: _who_withdraws(complaint),
        RecordDelivery: frozenset({Role.CLERK if _school_has(complaint) else Role.OFFICER}),
    }[type(act.content)]


def _who_withdraws(complaint: Complaint) -> frozenset[Role]:
    """The applicant; of a complaint on paper, whoever has it and is not complained of: the clerk, or an officer."""
    if complaint.form is Form.ELECTRONIC:
        return frozenset({Role.APPLICANT})
    return frozenset({Role.APPLICANT, Role.CLERK if _school_has(complaint) else Role.OFFICER})


def _school_has(complaint: Complaint) -> bool:
    return is_with_the_school(complaint.addressee, complaint.stage)


def _held(complaint: Complaint, case: Case, standing: Standing) -> frozenset[Role]:
    at_school = standing.roles if case.school in standing.schools else frozenset()
    officer = complaint.addressee is Addressee.QUALITY_BODY and complaint.considered_by in standing.bodies
    return at_school | ({Role.OFFICER} if officer else frozenset())
