"""The words of e-mails about the terms of a complaint other than that to answer, each in words of its own."""

from domain.complaint import ComplaintTermKind
from domain.destination import Destination
from domain.events import Event
from domain.wording import Wording

_TERMS = {
    ComplaintTermKind.FORWARDING: Wording(
        kk="шағымды іс материалдарымен бірге уәкілетті органға жолдау мерзімі",
        ru="срок направления жалобы с материалами дела в уполномоченный орган",
        en="the term to forward the complaint with the case file to the authorised body",
    ),
    ComplaintTermKind.REGISTRATION: Wording(
        kk="шағымды уәкілетті органда тіркеу мерзімі",
        ru="срок регистрации жалобы в уполномоченном органе",
        en="the term to register the complaint at the authorised body",
    ),
    ComplaintTermKind.EXTENSION_NOTICE: Wording(
        kk="шағымды қарау мерзімінің ұзартылғаны туралы хабарлау мерзімі",
        ru="срок уведомления о продлении рассмотрения жалобы",
        en="the term to tell the complainant of the extension",
    ),
}
_REMINDED = Wording(kk="Жақындады: {kk}.", ru="Приближается {ru}.", en="It is near: {en}.")
_LAST_DAY = Wording(kk="Бүгін аяқталады: {kk}.", ru="Сегодня истекает {ru}.", en="It ends today: {en}.")
_PASSED = Wording(kk="Аяқталды: {kk}.", ru="Истек {ru}.", en="It is over: {en}.")
_PASSED_WITH_NEXT_ROUTE = Wording(
    kk="Аяқталды: {kk}. Бұдан әрі қайда жүгінуге болатыны жеке кабинеттегі хабарламада көрсетілген.",
    ru="Истек {ru}. Куда обратиться дальше, указано в уведомлении в личном кабинете.",
    en="It is over: {en}. The notice in the cabinet says where to turn next.",
)
_RECOUNTED = Wording(
    kk="Жұмыс күндерінің күнтізбесі өзгерді. Қайта есептелді: {kk}.",
    ru="Календарь рабочих дней изменен, пересчитан {ru}.",
    en="The working calendar was changed. It was counted anew: {en}.",
)


def words_about_term(destination: Destination, event: str, term: str) -> Wording | None:
    """What the addressee is told of the term; None for that to answer, and where it is not about a term."""
    if term not in _TERMS:
        return None
    said, about = _said(destination, event), _TERMS[ComplaintTermKind(term)]
    return said and said.filled(kk=about.kk, ru=about.ru, en=about.en)


def _said(destination: Destination, event: str) -> Wording | None:
    to_the_applicant = destination is Destination.APPLICANT
    return {
        Event.COMPLAINT_REMINDED.value: _REMINDED,
        Event.COMPLAINT_LAST_DAY.value: _LAST_DAY,
        Event.COMPLAINT_TERM_BREACHED.value: _PASSED_WITH_NEXT_ROUTE if to_the_applicant else _PASSED,
        Event.COMPLAINT_TERM_RECOUNTED.value: _RECOUNTED,
    }.get(event)
