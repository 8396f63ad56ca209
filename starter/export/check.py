"""Checks a case file that was exported: whether all of it is there and as it was when the register wrote it.

Needs Python 3.9 or newer and nothing else: no network, no database, no other program. In the folder of the case file:

    python3 -I check.py

or with its ZIP file, or another folder, as the one argument. Ends with 0 when nothing is wrong; otherwise it names the
first thing of each kind that is wrong, and ends with 1. What is proved and what is not stands in index.html.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

ALMATY = timezone(timedelta(hours=5))
DAY = timedelta(days=1)
# Holidays that always fall on the same day, as month and day, and from which year to which.
HOLIDAYS = {
    (1, 1): (2000, 9999),
    (1, 2): (2000, 9999),
    (1, 7): (2007, 9999),
    (3, 8): (2000, 9999),
    (3, 15): (2027, 9999),
    (3, 21): (2010, 9999),
    (3, 22): (2000, 9999),
    (3, 23): (2010, 9999),
    (5, 1): (2000, 9999),
    (5, 7): (2013, 9999),
    (5, 9): (2000, 9999),
    (7, 6): (2009, 9999),
    (8, 30): (2000, 2025),
    (10, 25): (2022, 9999),
    (12, 16): (2000, 9999),
}
Row = dict[str, Any]


class Wrong(Exception):
    """What is wrong, in words."""


class CaseFile:
    """The files of the export, in a folder or still in their ZIP."""

    def __init__(self, place: Path) -> None:
        self._zip = zipfile.ZipFile(place) if place.is_file() else None
        self._folder = place

    def names(self) -> list[str]:
        if self._zip:
            return sorted(name for name in self._zip.namelist() if not name.endswith("/"))
        files = (path for path in self._folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self._folder).as_posix() for path in files)

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(name) if self._zip else (self._folder / name).read_bytes()
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise Wrong(f"{name} cannot be read: {error}") from None

    def read_json(self, name: str) -> Any:
        return in_json(self.read(name).decode("utf-8", "replace"), name)


def in_json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Wrong(f"{name} is not what was exported: it is no JSON") from None


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# 1. every file


def check_files(case: CaseFile, manifest: Row, _links: list[Row]) -> None:
    listed = {entry["path"]: entry for entry in manifest["files"]}
    for name in case.names():
        if name not in listed and name != "manifest.json":
            raise Wrong(f"{name} was not part of the export")
    for name, entry in listed.items():
        if sha256(case.read(name)) != entry["sha256"]:
            raise Wrong(f"{name} is not what was exported: its SHA-256 is another")


# 2. the chain of hashes


def check_chain(_case: CaseFile, manifest: Row, links: list[Row]) -> None:
    before = manifest["case_id"]
    latest = {(link["record"], link["row_key"]): place for place, link in enumerate(links, start=1)}
    for place, link in enumerate(links, start=1):
        named = f"{link['record']} {link['row_key']}, place {place} of the chain,"
        if link["position"] != place:
            raise Wrong(f"{named} has the place {link['position']}: a link before it is missing or was added")
        if link["row"] is None:
            raise Wrong(f"{named} was gone from the register when it was exported")
        is_latest = latest[link["record"], link["row_key"]] == place
        if is_latest and sha256(link["row"].encode("utf-8")) != link["row_sha256"]:
            raise Wrong(f"{named} is not the row that was linked")
        lines = (before, str(place), link["record"], link["row_key"], link["row_sha256"])
        before = sha256("\n".join(lines).encode("utf-8"))
        if before != link["hash"]:
            raise Wrong(f"{named} does not follow from the link before it")
    if len(links) != manifest["links"] or before != manifest["head"]:
        raise Wrong(f"the chain ends at place {len(links)}; the register had {manifest['links']} links")


def rows(links: list[Row], record: str) -> dict[str, Row]:
    """The rows of a record with their keys; of a row that was changed rightly, the last."""
    found = {link["row_key"]: link["row"] for link in links if link["record"] == record and link["row"]}
    return {key: in_json(text, f"{record} {key}") for key, text in found.items()}


# 3. papers and attachments


def check_contents(case: CaseFile, manifest: Row, links: list[Row]) -> None:
    hashes = {("paper", key): row["sha256"] for key, row in rows(links, "paper_bytes").items()} | {
        ("attachment", key): row["sha256"] for key, row in rows(links, "attachment").items()
    }
    # A file that was taken over from an earlier case lies there; this chain names it in the document that it shows.
    hashes |= {
        ("attachment", row["attachment_id"]): row["taken_sha256"]
        for row in rows(links, "document").values()
        if "taken_sha256" in row
    }
    exported = {(entry["of"], entry["key"]): entry["path"] for entry in manifest["files"] if "of" in entry}
    for (of, key), wanted in hashes.items():
        if (of, key) not in exported:
            raise Wrong(f"the {of} {key} is in the chain, and its file is not in the export")
        path = exported[of, key]
        if sha256(case.read(path)) != wanted:
            raise Wrong(f"{path} is not the {of} {key} of the chain")
    for of, key in sorted(set(exported) - set(hashes)):
        raise Wrong(f"{exported[of, key]} is a file of the {of} {key}, which is not in the chain")


# 4. acts, verdicts, journal


def check_acts(_case: CaseFile, _manifest: Row, links: list[Row]) -> None:
    acts = rows(links, "act")
    check_numbering("act", sorted(act["seq"] for act in acts.values()))
    check_numbering("journal entry", sorted(entry["seq"] for entry in rows(links, "journal").values()))
    for act_id in rows(links, "act_result"):
        if act_id not in acts:
            raise Wrong(f"there is a verdict on the act {act_id}, and no such act")


def check_numbering(what: str, numbers: list[int]) -> None:
    for wanted, number in enumerate(numbers, start=1):
        if number != wanted:
            raise Wrong(f"{what} {wanted} is missing, or one stands there twice")


# 5. terms, counted again


def check_terms(_case: CaseFile, _manifest: Row, links: list[Row]) -> None:
    for key, term in rows(links, "term").items():
        count_again(f"the term {key}", term, term["working_days"])
    for key, term in rows(links, "complaint_term").items():
        count_again(f"the complaint's term {key}", term, explained_days(term))


def explained_days(term: Row) -> int:
    """How many working days the explanation counts: an extension those from the old due day, unless it was moved."""
    extended = term.get("extended_by")
    if not extended:
        return int(term["working_days"])
    # A change of the calendar has the whole term counted anew, from its beginning.
    return int(extended) + (int(term["working_days"]) if term["cause"].startswith("calendar-") else 0)


def count_again(named: str, term: Row, working_days: int) -> None:
    effective, due_day = date.fromisoformat(term["effective_day"]), date.fromisoformat(term["due_day"])
    days = [{**day, "date": date.fromisoformat(day["date"])} for day in term["explanation"]]
    counted = [day for day in days if day["counted"]]
    if [day["number"] for day in counted] != list(range(1, working_days + 1)):
        raise Wrong(f"{named} counts {len(counted)} days, and it is one of {working_days} working days")
    if counted[0]["date"] <= effective:
        raise Wrong(f"{named} counts {counted[0]['date']}, and it begins on the day after {effective}")
    if counted[-1]["date"] != due_day:
        raise Wrong(f"{named} ends on {counted[-1]['date']}, and its due day is {due_day}")
    due_at = datetime.fromisoformat(term["due_at"]).astimezone(ALMATY)
    if due_at.date() != due_day:
        raise Wrong(f"{named} is due at {due_at}, which is not on its due day {due_day}")
    check_days(named, days, effective, term["week"])


def check_days(named: str, days: list[Row], effective: date, week: int) -> None:
    for passed, day in enumerate(days):
        wanted = days[0]["date"] + passed * DAY
        if day["date"] != wanted:
            raise Wrong(f"{named} passes over {wanted}")
        if day["date"] > effective and day["counted"] != works(day, week):
            raise Wrong(
                f"{named}: {day['date']} is{'' if day['counted'] else ' not'} counted, and must not be so"
            )


def works(day: Row, week: int) -> bool:
    """Whether the day is a working day; where the term names another source than the week, it is taken from there."""
    when = day["date"]
    if not day["source"].endswith("working week"):
        return bool(day["counted"])
    first, last = HOLIDAYS.get((when.month, when.day), (1, 0))
    return bool(when.isoweekday() <= week and not first <= when.year <= last)


CHECKS = (
    ("every file is what was exported", check_files),
    ("the chain of hashes is whole", check_chain),
    ("papers and attachments are those of the chain", check_contents),
    ("acts, verdicts and journal have no gap", check_acts),
    ("every term is counted rightly", check_terms),
)


def main(arguments: list[str]) -> int:
    case = CaseFile(Path(arguments[0]) if arguments else Path(__file__).resolve().parent)
    try:
        manifest = case.read_json("manifest.json")
        lines = case.read("chain.jsonl").decode("utf-8", "replace").splitlines()
        links = [in_json(line, "chain.jsonl") for line in lines]
    except Wrong as wrong:
        return say(f"WRONG  {wrong}", 1)
    wrongs = [outcome(what, check, case, manifest, links) for what, check in CHECKS]
    say(f"case {manifest.get('number')}: {len(links)} links, the last is {manifest.get('head')}")
    say(
        "Compare it with a root of the register that is kept elsewhere: whether the end was cut off, no file can tell."
    )
    return 1 if any(wrongs) else 0


def outcome(what: str, check: Any, case: CaseFile, manifest: Row, links: list[Row]) -> bool:
    """Whether something is wrong; says it."""
    try:
        check(case, manifest, links)
    except Wrong as wrong:
        say(f"WRONG  {what}: {wrong}")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        say(f"WRONG  {what}: what stands there cannot be read ({type(error).__name__}: {error})")
    else:
        say(f"ok     {what}")
        return False
    return True


def say(words: str, code: int = 0) -> int:
    sys.stdout.write(words + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
