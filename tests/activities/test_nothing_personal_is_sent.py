"""Whoever applies for whomever: nothing of them reaches the monitoring system or a letter (Q13)."""

import itertools
import json
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from temporalio.testing import ActivityEnvironment

from activities.register.watching import reach_milestone
from activities.sending.sender import Outlets, Round, SendingActivities
from domain.destination import Carrier
from domain.progress import Milestone
from domain.stages import Step
from tests.activities.mail_server import Mailbox, a_post, mail_server
from tests.activities.monitoring_system import simulated_monitoring
from tests.builders import DUE_AT, a_child, a_document, an_act, an_applicant, an_application
from tests.databases import RULES, Register

_SERIALS = itertools.count(1)
NAMES = st.text("АӘБВГҒДЕЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺШЫІЭЮЯ", min_size=4, max_size=12).map(str.capitalize)
"""Of four letters and more: two or three stand in some word of every letter."""


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(names=st.lists(NAMES, min_size=6, max_size=6, unique=True), issuer=NAMES)
async def test_r8_1_no_name_number_or_diagnosis_leaves_the_register(
    register: Register, tmp_path: Path, names: list[str], issuer: str
) -> None:
    people = [
        dict(zip(("surname", "first_name", "patronymic"), names[at : at + 3], strict=True)) for at in (0, 3)
    ]
    serial = next(_SERIALS)
    child = {**a_child(serial), "name": people[1]}
    applicant = an_applicant(name=people[0], email="post@example.kz", address=f"Алматы, {names[0]} 7")
    documents = [a_document(issuer=issuer)]
    filed = await register.file(an_application(applicant=applicant, child=child, documents=documents))
    late = DUE_AT + timedelta(minutes=1)
    await reach_milestone(register.pool, filed.case_id, Milestone.BREACH, late, RULES)
    way = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
    await register.do(filed, *(an_act(step) for step in way), moment="2026-11-20 10:00")
    mailbox = Mailbox()
    async with simulated_monitoring(tmp_path / str(serial)) as monitoring, mail_server(mailbox) as port:
        sending = SendingActivities(register.pool, RULES, Outlets(monitoring.system, a_post(port)))
        for carrier in Carrier:
            await ActivityEnvironment().run(sending.send, Round(carrier=carrier, now=late))
        told = json.dumps(await monitoring.events(), ensure_ascii=False)
    letters = [f"{letter['Subject']}\n{letter.get_content()}" for letter in mailbox.letters]
    text = "\n".join((told, *letters)).lower()
    assert len(letters) == 3
    personal = (*names, issuer, child["iin"], applicant["iin"], applicant["phone"], "post@example.kz")
    assert [word for word in personal if word.lower() in text] == []
