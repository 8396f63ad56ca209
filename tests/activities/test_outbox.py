"""The outbox under others' locks, and when much waits in it."""

from dataclasses import replace

import pytest

from activities.register.outbox import list_first_messages
from activities.register.pool import AT_THE_COUNTER, open_pool
from activities.register.statements import sql
from activities.register.watching import reach_milestone
from domain.destination import Carrier
from domain.progress import Milestone
from tests.activities.mail_server import Mailbox, a_post, mail_server
from tests.activities.test_sending import ADDRESS, BREACHED, a_breach, mail, outbox
from tests.builders import a_child, an_applicant, an_application, local
from tests.databases import RULES, Register

MANY = """
WITH copy AS (
    INSERT INTO application
    SELECT (jsonb_populate_record(
        a, jsonb_build_object('case_id', md5(n::text), 'number', 'copy ' || n, 'request_id', 'copy ' || n))).*
    FROM application AS a CROSS JOIN generate_series(1, 5000) AS n
    RETURNING case_id
)
INSERT INTO outbox (case_id, seq, destination, event, body, at)
SELECT copy.case_id, o.seq, o.destination, o.event, o.body, o.at + random() * interval '90 days'
FROM copy CROSS JOIN (SELECT * FROM outbox WHERE seq = 1) AS o
"""


async def test_a_letter_that_the_register_does_not_let_be_noted_stops_no_other(
    register: Register, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox = Mailbox()
    gone = "gone@example.kz"
    mailbox.answers[gone] = "550 5.1.1 no such user"
    locked = await register.file(an_application(child=a_child(2), applicant=an_applicant(email=gone)))
    moment = local("2026-11-19 18:31")
    await reach_milestone(register.pool, locked.case_id, Milestone.BREACH, moment, RULES)
    await a_breach(register, email=ADDRESS)
    async with mail_server(mailbox) as port:
        async with register.owner() as owner, owner.transaction():
            await owner.execute("SELECT FROM procedure WHERE case_id = $1 FOR UPDATE", locked.case_id)
            hurried = await open_pool(register.app_url, patience=AT_THE_COUNTER)
            sent = await mail(replace(register, pool=hurried), a_post(port), now=BREACHED)
            await hurried.close()
        assert (sent.sent, sent.failed, sent.cause) == (1, 3, "LockNotAvailableError")
        assert "message_left_to_the_next_round" in caplog.text
        assert len(mailbox.to(ADDRESS)) == 1
        assert (await mail(register, a_post(port), now=BREACHED)).waiting == 0
    assert ("NO_MAILBOX",) in await outbox(register, "not_sent", "destination = 'APPLICANT'")


async def much_waits(register: Register) -> None:
    """As after long months without a monitoring system; the copies have no history, so nothing links them."""
    await register.file()
    async with register.owner() as owner, owner.transaction():
        for table in ("application", "outbox"):
            await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        await owner.execute(MANY)
        for table in ("application", "outbox"):
            await owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    async with register.owner() as owner:
        await owner.execute("ANALYZE application, outbox, sending_failure")


@pytest.mark.parametrize("carrier", Carrier)
async def test_par_8_the_oldest_messages_are_found_by_the_index_and_not_by_sorting_all_that_waits(
    register: Register, carrier: Carrier
) -> None:
    await much_waits(register)
    plan = await register.pool.fetch(
        f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql('list_first_messages')}", carrier.destinations, 100
    )
    told = "\n".join(row[0] for row in plan)
    assert "Index Scan using outbox_by_age" in told
    assert "Seq Scan on outbox" not in told


async def test_par_8_the_oldest_messages_come_first_and_what_was_tried_comes_after_them(
    register: Register,
) -> None:
    await much_waits(register)
    oldest = await list_first_messages(register.pool, Carrier.MONITORING, 100)
    assert [message.at for message in oldest] == sorted(message.at for message in oldest)
    await register.pool.execute(
        "INSERT INTO sending_failure (case_id, seq, tries, cause, refused, failed_at, next_try_at)"
        " VALUES ($1, $2, 1, 'status 500', false, now(), now())",
        oldest[0].case_id,
        oldest[0].seq,
    )
    assert oldest[0] not in await list_first_messages(register.pool, Carrier.MONITORING, 100)
    assert (await list_first_messages(register.pool, Carrier.MONITORING, 6000))[-1] == oldest[0]
