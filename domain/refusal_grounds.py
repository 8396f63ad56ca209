"""The coded grounds of a refusal of further consideration (R4.9)."""

from enum import StrEnum

from domain.wording import Wording


class RefusalGround(StrEnum):
    """Why further consideration can be refused; which of them are on is said by the standard (Q8)."""

    INCOMPLETE_PACKAGE = "INCOMPLETE_PACKAGE"
    EXPIRED_DOCUMENT = "EXPIRED_DOCUMENT"
    UNRELIABLE_DATA = "UNRELIABLE_DATA"
    NOT_CONFORMING = "NOT_CONFORMING"
    NO_CONSENT = "NO_CONSENT"

    @property
    def wording(self) -> Wording:
        """The ground as the refusal states it, with its place in the law."""
        return _WORDS[self]


_WORDS = {
    RefusalGround.INCOMPLETE_PACKAGE: Wording(
        kk="құжаттардың толық емес тізбесі ұсынылды (Қағиданың 4-тармағы)",
        ru="представлен неполный перечень документов (пункт 4 Правил)",
        en="the list of documents is incomplete (Rules, par. 4)",
    ),
    RefusalGround.EXPIRED_DOCUMENT: Wording(
        kk="қолданылу мерзімі өтіп кеткен құжат ұсынылды (Қағиданың 4-тармағы)",
        ru="представлен документ с истекшим сроком действия (пункт 4 Правил)",
        en="a document has expired (Rules, par. 4)",
    ),
    RefusalGround.UNRELIABLE_DATA: Wording(
        kk="құжаттардың немесе олардағы мәліметтердің анық еместігі анықталды (Заңның 19-1-бабы)",
        ru="установлена недостоверность документов или сведений в них (статья 19-1 Закона)",
        en="documents or data in them were found unreliable (Law, Art 19-1)",
    ),
    RefusalGround.NOT_CONFORMING: Wording(
        kk=(
            "көрсетілетін қызметті алушы немесе ұсынылған материалдар талаптарға сәйкес келмейді "
            "(Заңның 19-1-бабы)"
        ),
        ru="услугополучатель или представленные материалы не соответствуют требованиям (статья 19-1 Закона)",
        en="the applicant or the materials do not meet the requirements (Law, Art 19-1)",
    ),
    RefusalGround.NO_CONSENT: Wording(
        kk="қолжетімділігі шектеулі дербес деректерге қол жеткізуге келісім жоқ (Заңның 19-1-бабы)",
        ru="отсутствует согласие на доступ к персональным данным ограниченного доступа (статья 19-1 Закона)",
        en="no consent to access personal data of restricted access (Law, Art 19-1)",
    ),
}
