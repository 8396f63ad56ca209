"""The kinds of documents this service knows, and where each comes from."""

from enum import StrEnum

from domain.wording import Wording


class DocumentKind(StrEnum):
    """What a document is; those from APPLICANT_IDENTITY on come from information systems, not from people."""

    APPLICATION = "APPLICATION"
    ELECTRONIC_REQUEST = "ELECTRONIC_REQUEST"
    VKK_CONCLUSION = "VKK_CONCLUSION"
    PMPK_CONCLUSION = "PMPK_CONCLUSION"
    OTHER = "OTHER"
    APPLICANT_IDENTITY = "APPLICANT_IDENTITY"
    CHILD_IDENTITY = "CHILD_IDENTITY"
    BIRTH_RECORD = "BIRTH_RECORD"
    GUARDIANSHIP = "GUARDIANSHIP"
    DISABILITY = "DISABILITY"
    ADDRESS = "ADDRESS"

    @property
    def wording(self) -> Wording:
        """The document's name as papers print it, beginning in lower case."""
        return _NAMES[self]


class DocumentSource(StrEnum):
    """Who provides a document."""

    APPLICANT = "APPLICANT"
    """The applicant hands it in or attaches it."""
    FILING = "FILING"
    """The filing itself is the document: it cannot be missing."""
    FROM_SYSTEM = "FROM_SYSTEM"
    """Information systems have it; asking the applicant for it is forbidden (R5.8)."""


_NAMES = {
    DocumentKind.APPLICATION: Wording(
        kk="өтініш (еркін нысанда)", ru="заявление (в произвольной форме)", en="application (free form)"
    ),
    DocumentKind.ELECTRONIC_REQUEST: Wording(
        kk="электрондық сұрау салу", ru="электронный запрос", en="electronic request"
    ),
    DocumentKind.VKK_CONCLUSION: Wording(
        kk="дәрігерлік-консультациялық комиссияның (ДКК) қорытындысы",
        ru="заключение врачебно-консультативной комиссии (ВКК)",
        en="conclusion of the medical consultative commission (VKK)",
    ),
    DocumentKind.PMPK_CONCLUSION: Wording(
        kk="психологиялық-медициналық-педагогикалық консультацияның (ПМПК) қорытындысы",
        ru="заключение психолого-медико-педагогической консультации (ПМПК)",
        en="conclusion of the psychological-medical-pedagogical consultation (PMPK)",
    ),
    DocumentKind.OTHER: Wording(kk="өзге құжат", ru="иной документ", en="other document"),
    DocumentKind.APPLICANT_IDENTITY: Wording(
        kk="көрсетілетін қызметті алушының жеке басын куәландыратын құжат",
        ru="документ, удостоверяющий личность услугополучателя",
        en="identity document of the applicant",
    ),
    DocumentKind.CHILD_IDENTITY: Wording(
        kk="баланың жеке басын куәландыратын құжат",
        ru="документ, удостоверяющий личность ребенка",
        en="identity document of the child",
    ),
    DocumentKind.BIRTH_RECORD: Wording(
        kk="баланың тууы туралы мәліметтер",
        ru="сведения о рождении ребенка",
        en="record of the child's birth",
    ),
    DocumentKind.GUARDIANSHIP: Wording(
        kk="қорғаншылық (қамқоршылық) туралы мәліметтер",
        ru="сведения об опеке (попечительстве)",
        en="record of guardianship",
    ),
    DocumentKind.DISABILITY: Wording(
        kk="мүгедектік туралы мәліметтер", ru="сведения об инвалидности", en="record of disability"
    ),
    DocumentKind.ADDRESS: Wording(
        kk="тұрғылықты жері туралы мәліметтер", ru="сведения о месте жительства", en="record of the address"
    ),
}
