"""The numbers of cases: each school gives 1, 2, 3 ... in a year, and none is lost."""

from activities.register.checks.found import Found
from activities.register.checks.walk import each_row, fetch_all
from activities.register.pool import Connection
from domain.numbers import case_number


async def case_numbers_have_no_gap(connection: Connection) -> list[Found]:
    """Every number that a counter gave belongs to a case, and no case has another."""
    counters = await fetch_all(connection, "list_case_counters")
    given = {
        case_number(row["code"], row["year"], seq) for row in counters for seq in range(1, row["last"] + 1)
    }
    used = {row["number"] async for row in each_row(connection, "list_case_numbers")}
    lost = [
        Found(
            subject=number, what="no case has this number", instead="a case for every number the school gave"
        )
        for number in sorted(given - used)
    ]
    return lost + [
        Found(subject=number, what="the school never gave this number", instead="a number of its counter")
        for number in sorted(used - given)
    ]
