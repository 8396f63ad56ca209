"""The words of e-mails: by whom they are for and what happened. They reveal neither a decision nor its reasons."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.destination import Destination
from domain.wording import Wording

NEWS = Wording(kk="іс бойынша хабарлама", ru="сообщение по делу", en="news of the case")
CASE = Wording(kk="Істің нөмірі", ru="Номер дела", en="Number of the case")
COMPLAINT = Wording(kk="Шағымның нөмірі", ru="Номер жалобы", en="Number of the complaint")
OTHER_CASE = Wording(
    kk="Жалғасатын істің нөмірі",
    ru="Номер дела, которое продолжается",
    en="Number of the case that goes on",
)
BY = Wording(kk="Мерзімі (Алматы уақыты)", ru="Срок (время Алматы)", en="Until (time of Almaty)")
LOOK = Wording(kk="Толығырақ", ru="Подробнее", en="More of it")
AUTOMATIC = Wording(
    kk="Бұл хат автоматты түрде жіберілді, оған жауап жазбаңыз.",
    ru="Это письмо отправлено автоматически, отвечать на него не нужно.",
    en="This letter was sent automatically, do not answer it.",
)

_AT_THE_SCREEN = Wording(
    kk="қызметтің жұмыс орнында", ru="на рабочем месте услуги", en="at the service's own screens"
)
WHERE: Mapping[Destination, Wording] = MappingProxyType(
    {
        Destination.APPLICANT: Wording(
            kk="жеке кабинетіңізде немесе мектептің кеңсесінде",
            ru="в Вашем личном кабинете или в канцелярии школы",
            en="in your personal cabinet or at the school's office",
        ),
        Destination.HEAD: _AT_THE_SCREEN,
        Destination.QUALITY_CONTROL: _AT_THE_SCREEN,
    }
)

_SOMETHING = Wording(
    kk="Іс бойынша жаңа хабарлама бар.", ru="По делу есть новое сообщение.", en="There is news of the case."
)
_DECIDED = Wording(
    kk="Өтінішіңіз бойынша шешім қабылданды. Құжатты жеке кабинеттен немесе мектептің кеңсесінен алыңыз.",
    ru="По Вашему заявлению принято решение. Документ находится в личном кабинете или в канцелярии школы.",
    en="There is a decision on your application. The paper is in your cabinet or at the school's office.",
)
_ANSWERED = Wording(
    kk="Шағымыңызға жауап дайын.", ru="Ответ на Вашу жалобу готов.", en="Your complaint has its answer."
)
_TO_THE_APPLICANT: Mapping[str, Wording] = MappingProxyType(
    {
        "RECEIPT_ISSUED": Wording(
            kk="Өтінішіңіз қабылданды.", ru="Ваше заявление принято.", en="Your application was received."
        ),
        "NOTICE_SENT": Wording(
            kk="Құжаттарыңыз қабылданды, хабарлама жеке кабинетте.",
            ru="Ваши документы приняты, уведомление находится в личном кабинете.",
            en="Your documents were accepted, the notice is in your cabinet.",
        ),
        "REFUSED": _DECIDED,
        "ORDER_ISSUED": _DECIDED,
        "TERM_BREACHED": Wording(
            kk=(
                "Өтінішіңізге жауап беру мерзімі өтті, жауап берілген жоқ. Осы туралы білген күннен бастап "
                "үш ай ішінде мектеп басшысына немесе қызмет сапасын бақылау жөніндегі уәкілетті органға "
                "шағым бере аласыз."
            ),
            ru=(
                "Срок ответа на Ваше заявление истек, ответа нет. В течение трех месяцев со дня, когда Вам стало "
                "об этом известно, можно подать жалобу руководителю школы или в уполномоченный орган по контролю "
                "за качеством услуг."
            ),
            en=(
                "The term for an answer to your application is over, and there is no answer. Within three months "
                "of the day you learnt of it you may complain to the head of the school or to the authorised body."
            ),
        ),
        "TERM_RECOUNTED": Wording(
            kk="Жұмыс күндерінің күнтізбесі өзгерді, іс бойынша мерзім қайта есептелді.",
            ru="Календарь рабочих дней изменен, срок по делу пересчитан.",
            en="The working calendar was changed and the term of the case counted anew.",
        ),
        "REOPENED": Wording(
            kk="Шағымыңыз бойынша іс қайта қаралады.",
            ru="По Вашей жалобе дело рассматривается заново.",
            en="After your complaint the case is considered anew.",
        ),
        "REOPENING_LINKED": Wording(
            kk="Шағымыңыз бойынша бұл іс қайта ашылмайды: балаңыз бойынша басқа іс бар, сол жалғасады.",
            ru="По Вашей жалобе это дело не возобновляется: по ребенку есть другое дело, продолжается оно.",
            en="After your complaint this case is not reopened: there is another one of the child, which goes on.",
        ),
        "COMPLAINT_REGISTERED": Wording(
            kk="Шағымыңыз тіркелді.", ru="Ваша жалоба зарегистрирована.", en="Your complaint was registered."
        ),
        "COMPLAINT_FORWARDED": Wording(
            kk="Шағымыңыз бойынша іс материалдары уәкілетті органға жіберілді.",
            ru="Материалы дела по Вашей жалобе направлены в уполномоченный орган.",
            en="The case file of your complaint was sent to the authorised body.",
        ),
        "COMPLAINT_EXTENDED": Wording(
            kk="Шағымыңызды қарау мерзімі ұзартылды, себебі хабарламада көрсетілген.",
            ru="Срок рассмотрения Вашей жалобы продлен, причина указана в уведомлении.",
            en="The term of your complaint was extended; the notice gives the reason.",
        ),
        "COMPLAINT_DECIDED": _ANSWERED,
        "COMPLAINT_SETTLED": _ANSWERED,
        "COMPLAINT_TERM_BREACHED": Wording(
            kk="Шағымыңызды қарау мерзімі өтті, жауап жоқ. Бұдан әрі қайда жүгінуге болатыны кабинетте көрсетілген.",
            ru="Срок рассмотрения Вашей жалобы истек, ответа нет. Куда обратиться дальше, указано в кабинете.",
            en="The term of your complaint is over without an answer. The cabinet says where to turn next.",
        ),
        "COMPLAINT_TERM_RECOUNTED": Wording(
            kk="Жұмыс күндерінің күнтізбесі өзгерді, шағымды қарау мерзімі қайта есептелді.",
            ru="Календарь рабочих дней изменен, срок рассмотрения жалобы пересчитан.",
            en="The working calendar was changed and the term of the complaint counted anew.",
        ),
        "PERIOD_ENDS_SOON": Wording(
            kk="Бұйрықта көрсетілген кезең жақында аяқталады.",
            ru="Период, указанный в приказе, скоро закончится.",
            en="The period of the order ends soon.",
        ),
        "PERIOD_ENDED": Wording(
            kk="Бұйрықта көрсетілген кезең аяқталды.",
            ru="Период, указанный в приказе, закончился.",
            en="The period of the order is over.",
        ),
    }
)
_TO_OFFICIALS: Mapping[str, Wording] = MappingProxyType(
    {
        "REMINDED": Wording(
            kk="Іс бойынша жауап беру мерзімі жақындады.",
            ru="Приближается срок ответа по делу.",
            en="The term for an answer in a case is near.",
        ),
        "LAST_DAY": Wording(
            kk="Бүгін - іс бойынша жауап берудің соңғы күні.",
            ru="Сегодня последний день для ответа по делу.",
            en="Today is the last day for an answer in a case.",
        ),
        "TERM_BREACHED": Wording(
            kk="Іс бойынша жауап беру мерзімі өтті, жауап берілген жоқ.",
            ru="Срок ответа по делу истек, ответа нет.",
            en="The term for an answer in a case is over, and there is no answer.",
        ),
        "TERM_RECOUNTED": _TO_THE_APPLICANT["TERM_RECOUNTED"],
        "REOPENED": Wording(
            kk="Шағым бойынша іс қайта ашылды, шешім жаңа мерзімде қайта қабылданады.",
            ru="По жалобе дело возобновлено, решение принимается заново в новый срок.",
            en="After a complaint a case was reopened; it is decided anew within a new term.",
        ),
        "REOPENING_LINKED": Wording(
            kk="Шағым бойынша іс қайта ашылмайды: бала бойынша басқа іс бар, сол жалғасады.",
            ru="По жалобе дело не возобновляется: по ребенку есть другое дело, продолжается оно.",
            en="After a complaint a case is not reopened: there is another one of the child, which goes on.",
        ),
        "RULING_JOINED": Wording(
            kk="Баланың бұрынғы ісі бойынша шағым қанағаттандырылды: онда дұрыс емес деп танылған бас тарту "
            "негіздері осы істе де қолданылмайды.",
            ru="Жалоба по прежнему делу ребенка удовлетворена: основания отказа, признанные в ней неверными, "
            "не применяются и в этом деле.",
            en="A complaint about an earlier case of the child was upheld: the grounds that it set aside are not "
            "used in this case either.",
        ),
        "COMPLAINT_REGISTERED": Wording(
            kk="Іс бойынша шағым тіркелді.",
            ru="По делу зарегистрирована жалоба.",
            en="A complaint was registered.",
        ),
        "COMPLAINT_FORWARDED": Wording(
            kk="Сізге шағым бойынша іс құжаттары жіберілді. Шағым әлі тіркелмесе, оны тіркеу қажет.",
            ru="Вам направлены материалы дела по жалобе. Если она еще не зарегистрирована, ее нужно зарегистрировать.",
            en="The case file of a complaint was sent to you; the complaint has to be registered unless it is.",
        ),
        "COMPLAINT_REMINDED": Wording(
            kk="Шағымды қарау мерзімі жақындады.",
            ru="Приближается срок рассмотрения жалобы.",
            en="The term of a complaint is near.",
        ),
        "COMPLAINT_LAST_DAY": Wording(
            kk="Бүгін - шағымды қараудың соңғы күні.",
            ru="Сегодня последний день рассмотрения жалобы.",
            en="Today is the last day of the term of a complaint.",
        ),
        "COMPLAINT_TERM_BREACHED": Wording(
            kk="Шағымды қарау мерзімі өтті, жауап берілген жоқ.",
            ru="Срок рассмотрения жалобы истек, ответа нет.",
            en="The term of a complaint is over, and there is no answer.",
        ),
        "COMPLAINT_TERM_RECOUNTED": _TO_THE_APPLICANT["COMPLAINT_TERM_RECOUNTED"],
        "PERIOD_ENDS_SOON": _TO_THE_APPLICANT["PERIOD_ENDS_SOON"],
        "PERIOD_ENDED": _TO_THE_APPLICANT["PERIOD_ENDED"],
    }
)


def words_about(destination: Destination, event: str) -> Wording:
    """What the addressee is told of the event; that there is news, where it has no words of its own."""
    words = _TO_THE_APPLICANT if destination is Destination.APPLICANT else _TO_OFFICIALS
    return words.get(event, _SOMETHING)
