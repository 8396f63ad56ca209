"""What the role that migrates needs, and the role `uide_app` that a migration gives the rights of the service."""

import asyncpg

from activities.register.pool import Connection
from activities.register.statements import fetch_one, sql

APP_ROLE = "uide_app"


class RightsMissing(Exception):
    """The role that migrates may not do what the migrations need; the text says what to run, and as whom."""


async def require_rights(connection: Connection) -> None:
    """`RightsMissing` unless this connection may make tables and finds, or may make, the role of the service."""
    rights = await fetch_one(connection, "read_rights_to_migrate", APP_ROLE)
    if not rights["makes_tables"]:
        raise RightsMissing(
            f"the role {rights['role']} may not make tables in the database {rights['database']}. "
            "Name the owner of the database in DATABASE_OWNER_URL, or make this role its owner; as a superuser "
            f'of PostgreSQL: ALTER DATABASE "{rights["database"]}" OWNER TO "{rights["role"]}"'
        )
    if not rights["finds_or_makes_role"]:
        raise RightsMissing(
            f"there is no role {APP_ROLE}, and {rights['role']} may not make one. "
            f"Run this as a superuser of PostgreSQL, then migrate again: CREATE ROLE {APP_ROLE} LOGIN PASSWORD '...'"
        )


async def app_role_may_log_in(url: str) -> bool:
    """Whether `uide_app` is a login of its own; a migration that made the role made it without."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return bool(await connection.fetchval(sql("may_log_in"), APP_ROLE))
    finally:
        await connection.close()
