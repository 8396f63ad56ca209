"""Applications, acts and moments for tests: complete and right, until a test changes something."""

import base64
import hashlib
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from activities.doorbell import CaseName
from domain.acts import Act, ActKind, parse_act
from domain.application import Application, parse_application
from domain.complaint_stages import ComplaintStep
from domain.identifiers import check_digit
from domain.legal_time import ALMATY
from domain.stages import Step

SCHOOL = "010940000013"
"""The school of a five-day week in the directory of the embedded stack."""
OTHER_SCHOOL = "010940000023"
"""Its neighbour, of a six-day week."""

CLERK = "at001-clerk"
HEAD = "at001-head"
DEPUTY = "at001-deputy"
SPECIALIST = "at001-specialist-1"
AUTHORISED_BODY = "010941000019"
OFFICER = "body-officer-1"
APPLICANT_IIN = "880414400029"

PDF = b"%PDF-1.7\nsynthetic\n%%EOF\n"

_serials = itertools.count(1)


def local(text: str) -> datetime:
    """The moment when clocks in Almaty show it, like `2026-11-17 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


RECEIVED_AT = local("2026-11-17 10:00")
"""A Tuesday of an ordinary week; the term of two working days ends on Thursday at 18:30."""
DUE_AT = local("2026-11-19 18:30")


def at(moment: datetime) -> Callable[[CaseName], Awaitable[datetime]]:
    """An acceptor's clock that stands still."""

    async def clock(_: CaseName) -> datetime:
        return moment

    return clock


def an_iin(serial: int = 1) -> str:
    """A valid IIN of a child born on 14 March 2016; another serial is another child."""
    for sign in "0123456789":
        digits = f"1603145{serial:03}{sign}"
        if (last := check_digit(digits)) is not None:
            return f"{digits}{last}"
    raise AssertionError("one of ten neighbours has a check digit")


def a_file(name: str = "vkk.pdf", content: bytes = PDF) -> dict[str, str]:
    """A file as it comes with a document."""
    return {"name": name, "content": base64.b64encode(content).decode()}


def a_document(kind: str = "VKK_CONCLUSION", **changes: Any) -> dict[str, Any]:
    """A document with its file, as it is filed."""
    facts = {"kind": kind, "number": "0011", "issued_on": "2026-09-10", "issuer": "№ 1 үлгі емхана"}
    return {**facts, "file": a_file(), **changes}


def an_application(**changes: Any) -> Application:
    """A portal application with a fresh request id, always for the same child unless told otherwise."""
    filed: dict[str, Any] = {
        "request_id": f"request-{next(_serials):06}",
        "channel": "PORTAL",
        "school": SCHOOL,
        "language": "kk",
        "applicant": an_applicant(),
        "child": a_child(),
        "wish": {"grade": 4, "language_of_instruction": "kk"},
        "documents": [a_document()],
    }
    return parse_application({**filed, **changes})


def an_office_application(**changes: Any) -> Application:
    """The same at the office: the clerk takes a letter and the conclusion."""
    documents = [a_document("APPLICATION", issuer=None), a_document()]
    return an_application(**{"channel": "OFFICE", "accepted_by": CLERK, "documents": documents, **changes})


def an_applicant(**changes: Any) -> dict[str, Any]:
    """The child's mother."""
    name = {"surname": "Үлгібаева", "first_name": "Гауһар", "patronymic": "Қанағатқызы"}
    person = {"iin": APPLICANT_IIN, "name": name, "capacity": "PARENT", "phone": "+77000000011"}
    return {**person, **changes}


def a_child(serial: int = 1) -> dict[str, Any]:
    """A child; another serial is another child."""
    name = {"surname": "Үлгібаев", "first_name": "Жәңгір", "patronymic": "Өтегенұлы"}
    return {"iin": an_iin(serial), "name": name}


def child_hash(application: Application) -> bytes:
    """What stands for the child in the register, where a test needs no key ring."""
    return hashlib.sha256(application.child.iin.encode()).digest()


def an_act(step: Step | ComplaintStep | ActKind, **changes: Any) -> Act:
    """An act that fits its step, with a fresh id; changes other than `actor` and `act_id` are of its content."""
    envelope = {
        "act_id": changes.pop("act_id", f"act-{next(_serials):06}"),
        "kind": _kind(step),
        "actor": changes.pop("actor", _ACTORS[step]),
    }
    return parse_act({**envelope, "content": {**_CONTENTS[step], **changes}})


def _kind(step: Step | ComplaintStep | ActKind) -> ActKind:
    return ActKind(step) if step in set(ActKind) else ActKind.DIRECTOR_DECISION


_ACTORS: dict[str, str] = {
    Step.CHECK_PACKAGE: CLERK,
    Step.ADMIT: HEAD,
    Step.REFUSE: HEAD,
    Step.SUBMIT_PLAN: SPECIALIST,
    Step.RETURN_PLAN: HEAD,
    Step.SIGN_ORDER: HEAD,
    Step.ADD_DOCUMENTS: "applicant",
    Step.WITHDRAW: "applicant",
    Step.RECORD_DELIVERY: CLERK,
    Step.DISPUTE_FACT: "applicant",
    Step.FILE_COMPLAINT: "applicant",
    ComplaintStep.DECIDE: HEAD,
    ComplaintStep.EXTEND: HEAD,
    ComplaintStep.FORWARD: HEAD,
    ComplaintStep.REGISTER: OFFICER,
    ComplaintStep.SETTLE: HEAD,
    ComplaintStep.WITHDRAW: "applicant",
}
_CONTENTS: dict[str, dict[str, Any]] = {
    Step.CHECK_PACKAGE: {"items": [{"document": "VKK_CONCLUSION", "present": True}]},
    Step.ADMIT: {
        "decision": "admit",
        "grade": 4,
        "language_of_instruction": "kk",
        "period_from": "2026-12-01",
        "period_to": "2027-05-25",
        "specialists": [SPECIALIST],
    },
    Step.REFUSE: {
        "decision": "refuse",
        "grounds": ["INCOMPLETE_PACKAGE"],
        "reasoning": "Құжаттардың толық емес тізбесі ұсынылды",
    },
    Step.SUBMIT_PLAN: {
        "programme": "Бастауыш білім берудің оқу бағдарламасы",
        "responsible": "Жоспарова Ғалия Нұрланқызы",
        "subjects": [
            {"subject": "Математика", "weekly_hours": "2.5", "teacher": "Сынақбаева Ләззат Үміртайқызы"}
        ],
    },
    Step.RETURN_PLAN: {"decision": "return_plan", "reason": "Сабақ кестесі ата-анамен келісілмеген"},
    Step.SIGN_ORDER: {"decision": "sign_order"},
    Step.ADD_DOCUMENTS: {"documents": [a_document(number="0022")]},
    Step.WITHDRAW: {},
    Step.RECORD_DELIVERY: {"manner": "HANDED_OVER"},
    Step.DISPUTE_FACT: {"fact": "SCHOOL_ROLL", "what_is_wrong": "Бала осы мектепте қыркүйектен бері оқиды"},
    Step.FILE_COMPLAINT: {
        "complainant_iin": APPLICANT_IIN,
        "addressee": "HEAD",
        "object": "INACTION",
        "grounds": "Өтінішке екі жұмыс күні ішінде жауап берілген жоқ",
    },
    ComplaintStep.DECIDE: {"ruling": "upheld", "reasons": "Құжаттар толық болған, бас тарту негізсіз"},
    ComplaintStep.EXTEND: {
        "working_days": 10,
        "ground": "FURTHER_INFORMATION",
        "reason": "Медициналық ұйымнан мәлімет сұратылды",
    },
    ComplaintStep.FORWARD: {},
    ComplaintStep.REGISTER: {"incoming_number": "ЖТ-2026-0117"},
    ComplaintStep.SETTLE: {"measure": "Бас тартудың күші жойылды, өтініш қайта қаралады"},
    ComplaintStep.WITHDRAW: {},
}
