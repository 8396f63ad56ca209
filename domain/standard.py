"""The standard of the service (par. 2, Appendix 1) as dated, versioned data; a case keeps its version."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.documents import DocumentKind, DocumentSource
from domain.office_hours import OfficeHours
from domain.periods import OFFICE_HOURS, SERVICE_TERM, in_force
from domain.refusal_grounds import RefusalGround
from domain.wording import Wording

__all__ = [
    "STANDARDS",
    "Channel",
    "DocumentItem",
    "DocumentKind",
    "DocumentSource",
    "RefusalGround",
    "Standard",
    "standard_on",
    "standard_version",
]


class Channel(StrEnum):
    """The two ways to apply; same service, same rights (R4.2)."""

    OFFICE = "OFFICE"
    PORTAL = "PORTAL"


class DocumentItem(BaseModel):
    """One line of the list of documents of one channel."""

    model_config = ConfigDict(frozen=True)

    channel: Channel
    kind: DocumentKind
    mandatory: bool
    source: DocumentSource
    label: Wording

    @property
    def may_be_demanded(self) -> bool:
        """Whether lack of it, or its expiry, can count against the applicant."""
        return self.mandatory and self.source is DocumentSource.APPLICANT


class Standard(BaseModel):
    """The list of main requirements to the service, as in force from a day on (R2.1)."""

    model_config = ConfigDict(frozen=True)

    version: str
    in_force_from: date
    source: str
    provider: Wording
    channels: tuple[Channel, ...]
    term_working_days: int
    service_minutes: int
    form: Wording
    result: Wording
    fee: Wording
    office_hours: OfficeHours
    documents: tuple[DocumentItem, ...]
    refusal_grounds: tuple[RefusalGround, ...]
    other: Wording

    def documents_for(self, channel: Channel) -> tuple[DocumentItem, ...]:
        """The list of the channel, what the applicant brings first."""
        return tuple(item for item in self.documents if item.channel is channel)


def _from_applicant(channel: Channel, kind: DocumentKind, label: Wording) -> DocumentItem:
    return DocumentItem(
        channel=channel, kind=kind, mandatory=True, source=DocumentSource.APPLICANT, label=label
    )


def _from_system(channel: Channel, kind: DocumentKind) -> DocumentItem:
    return DocumentItem(
        channel=channel, kind=kind, mandatory=False, source=DocumentSource.FROM_SYSTEM, label=kind.wording
    )


def _by_own_will(channel: Channel, kind: DocumentKind) -> DocumentItem:
    return DocumentItem(
        channel=channel, kind=kind, mandatory=False, source=DocumentSource.APPLICANT, label=kind.wording
    )


_REQUEST = DocumentItem(
    channel=Channel.PORTAL,
    kind=DocumentKind.ELECTRONIC_REQUEST,
    mandatory=True,
    source=DocumentSource.FILING,
    label=DocumentKind.ELECTRONIC_REQUEST.wording,
)
_VKK_COPY = Wording(
    kk="дәрігерлік-консультациялық комиссия (ДКК) қорытындысының электрондық көшірмесі",
    ru="электронная копия заключения врачебно-консультативной комиссии (ВКК)",
    en="electronic copy of the conclusion of the medical consultative commission (VKK)",
)
_FROM_SYSTEMS = (
    DocumentKind.APPLICANT_IDENTITY,
    DocumentKind.CHILD_IDENTITY,
    DocumentKind.BIRTH_RECORD,
    DocumentKind.GUARDIANSHIP,
    DocumentKind.DISABILITY,
    DocumentKind.ADDRESS,
)
_BY_OWN_WILL = (DocumentKind.PMPK_CONCLUSION, DocumentKind.OTHER)

_ORDER_462 = Standard(
    version="2022-11-17",
    in_force_from=date(2022, 11, 17),
    source=(
        "Rules (Appendix 3 to Order No 223 of 27.05.2020, V2000020744), Appendix 1 in the edition of Order "
        "No 462 of 17.11.2022, dated by the order's own day; items 6-10 not read in the act (Q1-Q3, Q8)"
    ),
    provider=Wording(
        kk="бастауыш, негізгі орта, жалпы орта білім беру ұйымдары",
        ru="организации начального, основного среднего и общего среднего образования",
        en="organisations of primary, basic secondary and general secondary education",
    ),
    channels=(Channel.OFFICE, Channel.PORTAL),
    term_working_days=in_force(SERVICE_TERM, date(2022, 11, 17)).value,
    service_minutes=15,
    form=Wording(
        kk="электрондық (ішінара автоматтандырылған) немесе қағаз түрінде",
        ru="электронная (частично автоматизированная) или бумажная",
        en="electronic (partly automated) or paper",
    ),
    result=Wording(
        kk=(
            "құжаттардың қабылданғаны туралы қолхат (еркін нысанда); "
            "үйде жеке тегін оқуға қабылдау туралы бұйрық"
        ),
        ru=(
            "расписка о приеме документов (в произвольной форме); "
            "приказ о зачислении на индивидуальное бесплатное обучение на дому"
        ),
        en="receipt of acceptance of documents (free form); order on admission to home education",
    ),
    fee=Wording(kk="тегін", ru="бесплатно", en="free of charge"),
    office_hours=in_force(OFFICE_HOURS, date(2022, 11, 17)).value,
    documents=(
        _from_applicant(Channel.OFFICE, DocumentKind.APPLICATION, DocumentKind.APPLICATION.wording),
        _from_applicant(Channel.OFFICE, DocumentKind.VKK_CONCLUSION, DocumentKind.VKK_CONCLUSION.wording),
        _REQUEST,
        _from_applicant(Channel.PORTAL, DocumentKind.VKK_CONCLUSION, _VKK_COPY),
        *(_by_own_will(channel, kind) for channel in Channel for kind in _BY_OWN_WILL),
        *(_from_system(channel, kind) for channel in Channel for kind in _FROM_SYSTEMS),
    ),
    refusal_grounds=(RefusalGround.INCOMPLETE_PACKAGE, RefusalGround.EXPIRED_DOCUMENT),
    other=Wording(
        kk="бірыңғай байланыс орталығы: 1414, 8-800-080-7777",
        ru="единый контакт-центр: 1414, 8-800-080-7777",
        en="contact centre: 1414, 8-800-080-7777",
    ),
)

STANDARDS = (_ORDER_462,)
"""Every version on file; rows are only added."""

_BY_VERSION = {standard.version: standard for standard in STANDARDS}


def standard_on(day: date) -> Standard:
    """The version in force on `day`; LookupError if the standard of that day is not on file."""
    known = [standard for standard in STANDARDS if standard.in_force_from <= day]
    if not known:
        raise LookupError(f"no standard of the service is on file for {day:%d.%m.%Y}")
    return max(known, key=lambda standard: standard.in_force_from)


def standard_version(version: str) -> Standard:
    """The standard of that version; LookupError if there is none."""
    try:
        return _BY_VERSION[version]
    except KeyError:
        raise LookupError(f"no standard of the service has the version {version}") from None
