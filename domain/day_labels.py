"""What every day of the working calendar is called, in the three languages."""

from datetime import date

from domain.wording import Wording

WORKING_DAY = Wording(kk="жұмыс күні", ru="рабочий день", en="working day")
WEEKEND = Wording(kk="демалыс күні", ru="выходной день", en="weekly day of rest")
WEEKEND_AT_WORK = Wording(
    kk="жұмыс күні: демалыс күні басқа күнге ауыстырылған",
    ru="рабочий день: выходной перенесен на другой день",
    en="working day: its rest was moved to another day",
)
ORDERED_OFF = Wording(
    kk="шешіммен белгіленген демалыс күні",
    ru="выходной день, установленный решением",
    en="day off set by an act",
)
ORDERED_TO_WORK = Wording(
    kk="шешіммен белгіленген жұмыс күні",
    ru="рабочий день, установленный решением",
    en="working day set by an act",
)
_MOVED = Wording(
    kk="ауыстырылған демалыс күні ({kk})",
    ru="перенесенный выходной день ({ru})",
    en="day off moved from a day of rest ({en})",
)
_EXCHANGED = Wording(
    kk="{day} күнінен ауыстырылған демалыс күні",
    ru="выходной день, перенесенный с {day}",
    en="day off moved here from {day}",
)
_ESTIMATED = Wording(
    kk="{kk} (күні есеп бойынша, әлі жарияланбаған)",
    ru="{ru} (дата расчетная, еще не объявлена)",
    en="{en} (calculated date, not announced yet)",
)
_CONSTITUTION_DAY = Wording(
    kk="Қазақстан Республикасының Конституциясы күні",
    ru="День Конституции Республики Казахстан",
    en="Constitution Day",
)
_REPUBLIC_DAY = Wording(kk="Республика күні", ru="День Республики", en="Republic Day")

HOLIDAYS = {
    "Жаңа жыл": Wording(kk="Жаңа жыл", ru="Новый год", en="New Year"),
    "Православиелік Рождество": Wording(
        kk="Православиелік Рождество", ru="Православное Рождество", en="Orthodox Christmas"
    ),
    "Халықаралық әйелдер күні": Wording(
        kk="Халықаралық әйелдер күні", ru="Международный женский день", en="International Women's Day"
    ),
    "Қазақстан Республикасының Конституциясы күні": _CONSTITUTION_DAY,
    "Наурыз мейрамы": Wording(kk="Наурыз мейрамы", ru="Наурыз мейрамы", en="Nauryz"),
    "Қазақстан халқының бірлігі мерекесі": Wording(
        kk="Қазақстан халқының бірлігі мерекесі", ru="Праздник единства народа Казахстана", en="Unity Day"
    ),
    "Отан Қорғаушы күні": Wording(
        kk="Отан қорғаушы күні", ru="День защитника Отечества", en="Defender of the Fatherland Day"
    ),
    "Жеңіс күні": Wording(kk="Жеңіс күні", ru="День Победы", en="Victory Day"),
    "Құрбан айт": Wording(
        kk="Құрбан айттың бірінші күні", ru="первый день Курбан айта", en="first day of Qurban ait"
    ),
    "Астана күні": Wording(kk="Астана күні", ru="День Столицы", en="Capital Day"),
    "Республика күні": _REPUBLIC_DAY,
    "Қазақстан Республикасы күні": _REPUBLIC_DAY,
    "Тәуелсіздік күні": Wording(kk="Тәуелсіздік күні", ru="День Независимости", en="Independence Day"),
}
"""Public holidays and days off of the whole country, by the name the holidays library gives them."""


def moved(holiday: Wording) -> Wording:
    """The day off that a holiday on a day of rest moved to."""
    return _MOVED.filled(kk=holiday.kk, ru=holiday.ru, en=holiday.en)


def exchanged(worked: date) -> Wording:
    """The day off given for a day of rest that was made a working day."""
    return _EXCHANGED.filled(day=f"{worked:%d.%m.%Y}")


def estimated(holiday: Wording) -> Wording:
    """A holiday whose date is calculated and not announced."""
    return _ESTIMATED.filled(kk=holiday.kk, ru=holiday.ru, en=holiday.en)
