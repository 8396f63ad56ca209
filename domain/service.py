"""The public service itself: its exact title and what it rests on (R1.1)."""

from domain.wording import Wording

TITLE = Wording(
    kk=(
        "Бастауыш, негізгі орта, жалпы орта білім беру ұйымдарына денсаулығына байланысты ұзақ уақыт бойы "
        "бара алмайтын балаларды үйде жеке тегін оқытуды ұйымдастыру үшін құжаттар қабылдау"
    ),
    ru=(
        "Прием документов для организации индивидуального бесплатного обучения на дому детей, которые по "
        "состоянию здоровья в течение длительного времени не могут посещать организации начального, "
        "основного среднего, общего среднего образования"
    ),
    en=(
        "Acceptance of documents for organising individual free education at home of children who for "
        "reasons of health cannot for a long time attend organisations of primary, basic secondary and "
        "general secondary education"
    ),
)
"""The title in the exact words of the Rules (kk) and of their Russian edition; English is our translation."""

RULES = Wording(
    kk=(
        f"«{TITLE.kk}» мемлекеттік көрсетілетін қызмет қағидасы (Қазақстан Республикасы Білім және ғылым "
        "министрінің 2020 жылғы 27 мамырдағы № 223 бұйрығына 3-қосымша; Нормативтік құқықтық актілерді "
        "мемлекеттік тіркеу тізілімінде № 20744 болып тіркелген)"
    ),
    ru=(
        f"Правила оказания государственной услуги «{TITLE.ru}» (приложение 3 к приказу Министра образования "
        "и науки Республики Казахстан от 27 мая 2020 года № 223; зарегистрирован в Реестре государственной "
        "регистрации нормативных правовых актов под № 20744)"
    ),
    en=(
        f"Rules of the public service “{TITLE.en}” (Appendix 3 to Order No 223 of the Minister of Education "
        "and Science of 27 May 2020; registered under No 20744)"
    ),
)
"""The Rules of the service by their full name, as their heading has it."""

LAW = Wording(
    kk=(
        "«Мемлекеттік көрсетілетін қызметтер туралы» Қазақстан Республикасының 2013 жылғы 15 сәуірдегі "
        "Заңы 10-бабының 1) тармақшасы"
    ),
    ru=(
        "подпункт 1) статьи 10 Закона Республики Казахстан от 15 апреля 2013 года «О государственных услугах»"
    ),
    en="Article 10(1) of the Law of 15 April 2013 on Public Services",
)
"""The provision of the Law under which the Rules were made (par. 1)."""

LEGAL_BASIS = Wording(kk=f"{LAW.kk}; {RULES.kk}", ru=f"{LAW.ru}; {RULES.ru}", en=f"{LAW.en}; {RULES.en}")
"""What the service's card and every printed form cite."""
