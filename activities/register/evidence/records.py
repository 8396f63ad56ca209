"""What is linked into the chains, and the text by which a row is linked.

The triggers of the database write the links by the same list. What checks them makes its statements itself: functions
of the database could have been changed with the data.
"""

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict

from activities.register.pool import Connection
from activities.register.statements import sql


class LinkedRecord(BaseModel):
    """What one row of a table says from one moment on and ever after."""

    model_config = ConfigDict(frozen=True)

    record: str
    table_name: str
    case_of: str | None
    """The case of a row `r`, in SQL; None for what belongs to no case."""
    strays: bool
    """Whether rows of no known case are in the register's own chain."""
    key_columns: tuple[str, ...]
    columns: tuple[str, ...]
    absent: dict[str, Any]
    """Values that are left out of the text like NULL."""
    exists_when: str
    may_change: bool

    @property
    def text(self) -> str:
        """The canonical text of a row `r`, in SQL: a jsonb object, as PostgreSQL prints it; the session is in UTC."""
        members = ", ".join(f"{_text(name)}, r.{_name(name)}" for name in self.columns)
        left_out = ", ".join(self._left_out(name) for name in self.columns)
        return f"(jsonb_build_object({members}) - array_remove(ARRAY[{left_out}], NULL))::text"

    @property
    def key(self) -> str:
        """The key of a row `r` among its like, in SQL."""
        return " || '/' || ".join(f"(to_jsonb(r.{_name(name)}) #>> '{{}}')" for name in self.key_columns)

    def of_cases(self, within: str) -> str | None:
        """A query of case, record, key and text of all rows of the cases `within`; None if they are of no case."""
        if self.case_of is None:
            return None
        # That the known case is one of them as well is said for the planner.
        known = f" AND EXISTS (SELECT FROM procedure AS k WHERE k.case_id = {self.case_of} AND k.case_id {within})"
        known = known if self.strays else ""
        return self._query(f"{self.case_of} AS case_id, ", f"{self.case_of} {within}{known}")

    @property
    def of_the_register(self) -> str | None:
        """A query of record, key and text of all rows that belong to no case; None if there can be none."""
        if self.case_of is None:
            return self._query("", "true")
        if self.strays:
            return self._query(
                "", f"NOT EXISTS (SELECT FROM procedure AS k WHERE k.case_id = {self.case_of})"
            )
        return None

    def _query(self, case: str, condition: str) -> str:
        return (
            f"SELECT {case}{_text(self.record)} AS record, {self.key} AS row_key, {self.text} AS row_text"  # noqa: S608
            f" FROM {_name(self.table_name)} AS r WHERE ({self.exists_when}) AND {condition}"
        )

    def _left_out(self, name: str) -> str:
        column = f"r.{_name(name)}"
        absent = (
            f" OR to_jsonb({column}) = {_text(json.dumps(self.absent[name], ensure_ascii=False))}::jsonb"
            if name in self.absent
            else ""
        )
        return f"CASE WHEN {column} IS NULL{absent} THEN {_text(name)} END"


async def read_linked_records(connection: Connection) -> tuple[LinkedRecord, ...]:
    """Everything that is linked, in a fixed order."""
    rows = await connection.fetch(sql("evidence/list_linked_records"))
    return tuple(LinkedRecord.model_validate({**row, "absent": json.loads(row["absent"])}) for row in rows)


def _name(word: str) -> str:
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", word):
        raise ValueError("a table or column of the register has a plain name")
    return f'"{word}"'


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
