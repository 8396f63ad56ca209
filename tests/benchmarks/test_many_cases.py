"""The register that is measured is a sound one."""

from activities.register.verify import verify
from tests.benchmarks.many_cases import multiply, tell_stories
from tests.databases import Register


async def test_cases_that_are_copied_in_the_database_violate_nothing(register: Register) -> None:
    stories = await tell_stories(register)
    told: list[int] = []
    await multiply(register.owner_url, stories, 40, told.append)
    report = await verify(register.pool)
    assert (report.violations, told[-1]) == ((), 40)
    for table in ("complaint", "complaint_term", "complaint_term_end", "set_aside"):
        assert await register.pool.fetchval(f"SELECT count(*) FROM {table}") >= 8  # noqa: S608 - named above
    assert await register.pool.fetchval("SELECT count(*) FROM link") > 40 * 10
