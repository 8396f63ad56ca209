"""The documents name only what exists, and their examples are what the service does."""

import ast
import importlib
import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from domain.acts import ActKind, parse_act
from domain.legal_time import legal_date
from domain.stages import OUTCOMES, STEPS_OF_THE_REGISTER, TRANSITIONS, Step
from domain.standard import standard_on
from domain.term import Term, count_term
from domain.vocabulary import SEARCH_ATTRIBUTES, SWEEP_ID
from domain.working_calendar import Week, WorkingCalendar

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
EVERY_DOCUMENT = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)).replace("/", "-")
)
REGULATION = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

FOLDERS = "domain|activities|workflows|worker|starter|tests|tools|examples|docs|deploy"
PATH = re.compile(rf"(?:{FOLDERS})/[\w./-]*")
SYMBOL = re.compile(r"(?:domain|activities|workflows|worker|starter)(?:\.\w+)+")
ROWS = {
    **dict.fromkeys(range(1, 4), 1),
    4: 9,
    5: 8,
    6: 4,
    7: 1,
    8: 2,
    9: 7,
    10: 2,
}


def named_in(document: Path) -> list[str]:
    return re.findall(
        r"`([^`\n]+)`", re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    )


@cache
def names_of_tests() -> frozenset[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, functions))


def exists(symbol: str) -> bool:
    parts = symbol.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            fields = getattr(found, "model_fields", {})
            found = fields[name] if name in fields else getattr(found, name, None)
        return found is not None
    return False


@EVERY_DOCUMENT
def test_every_path_and_link_of_the_documents_exists(document: Path) -> None:
    paths = [name for name in named_in(document) if PATH.fullmatch(name)]
    links = re.findall(r"\]\(([^)#\s]+)\)", document.read_text(encoding="utf-8"))
    local = [document.parent / link for link in links if "://" not in link]
    assert [path for path in (*(ROOT / path for path in paths), *local) if not path.exists()] == []


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EVERY_DOCUMENT
def test_every_link_to_a_heading_finds_it(document: Path) -> None:
    links = re.findall(r"\]\(([\w./-]*)#([^)\s]+)\)", document.read_text(encoding="utf-8"))
    pages = [(document.parent / page if page else document, heading) for page, heading in links]
    assert [heading for page, heading in pages if heading not in anchors(page)] == []


@EVERY_DOCUMENT
def test_every_name_of_the_documents_is_in_the_code(document: Path) -> None:
    symbols = [name for name in named_in(document) if SYMBOL.fullmatch(name)]
    assert [symbol for symbol in symbols if not exists(symbol)] == []


@EVERY_DOCUMENT
def test_every_test_of_the_documents_is_there(document: Path) -> None:
    names = {name for name in named_in(document) if re.fullmatch(r"test_\w+", name)}
    assert names - names_of_tests() == set()


def test_every_requirement_has_its_row() -> None:
    rows = {f"R{paragraph}.{row}" for paragraph, last in ROWS.items() for row in range(1, last + 1)}
    rows |= {f"D{row}" for row in range(1, 7)} | {f"Q{row}" for row in range(1, 31)}
    told = re.findall(r"^\| (\w[\d.]+) .*$", REGULATION, flags=re.MULTILINE)
    assert set(told) == rows
    assert len(told) == len(rows)


ROWS_WITHOUT_A_TEST = {
    "R5.1": "comes with the portal",
    "Q25": "not built",
}
STILL_TO_COME = {"the portal", "the signer", "the staff console"}


def test_every_row_names_code_and_test_but_what_is_known_to_come_later() -> None:
    lines = re.findall(r"^\| \w[\d.]+ .*$", REGULATION, flags=re.MULTILINE)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    open_rows = {
        row.split()[0]: what for row, what, code, tests in rows if "`" not in code or "`test_" not in tests
    }
    assert open_rows == ROWS_WITHOUT_A_TEST


def test_what_comes_later_is_one_of_the_parts_that_are_known_to() -> None:
    comes = re.findall(r"[Cc]omes with (the (?:staff )?\w+)", REGULATION)
    assert comes
    assert set(comes) == STILL_TO_COME
    assert len(comes) == len(re.findall(r"[Cc]omes with(?!\")", REGULATION))


def the_term(week: Week) -> Term:
    received = datetime.fromisoformat("2026-03-20T10:00+05:00")
    hours = standard_on(legal_date(received)).office_hours
    return count_term(received, 2, hours, WorkingCalendar(week=week))


def test_the_worked_example_of_a_term_is_what_the_service_counts() -> None:
    text = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    five, six = the_term(Week.FIVE_DAYS), the_term(Week.SIX_DAYS)
    for day in five.days:
        reason = f"{day.reason.en} | {day.reason.kk} | {day.reason.ru}"
        assert (
            f"| {day.date:%a %d.%m.%Y} | {day.number or ''} | {reason} | {day.source} |".replace(
                "|  |", "| |"
            )
            in text
        )
    for term in (five, six):
        assert f"{term.due_at:%A %d.%m.%Y, %H:%M}" in text
        assert f"{term.strict_due_day:%A %d.%m.%Y}" in text


EXAMPLES = re.findall(r"```json\n(.*?)```", OPERATING, flags=re.DOTALL)
KINDS = {
    "items": ActKind.CHECK_PACKAGE,
    "decision": ActKind.DIRECTOR_DECISION,
    "subjects": ActKind.SUBMIT_PLAN,
    "documents": ActKind.ADD_DOCUMENTS,
    "reason": ActKind.WITHDRAW,
    "manner": ActKind.RECORD_DELIVERY,
    "fact": ActKind.DISPUTE_FACT,
    "grounds": ActKind.FILE_COMPLAINT,
}


def _read(example: str) -> str:
    signal = json.loads(example)
    kind = next(kind for field, kind in KINDS.items() if field in signal["content"])
    return parse_act({"act_id": "by-hand-1", "kind": kind, **signal}).step


def test_every_signal_that_operators_are_told_can_be_sent() -> None:
    assert {_read(example) for example in EXAMPLES} == set(Step) - STEPS_OF_THE_REGISTER


def test_operators_are_told_every_search_attribute_and_the_sweep() -> None:
    assert set(re.findall(r"^\| `(Uide\w+)`", OPERATING, flags=re.MULTILINE)) == set(SEARCH_ATTRIBUTES)
    assert SWEEP_ID in OPERATING


def test_every_entry_of_what_can_go_wrong_is_whole_and_found_by_a_symptom() -> None:
    contents, *entries = re.split(r"^### ", OPERATIONS, flags=re.MULTILINE)
    parts = ["What one sees", "What it means", "What to do", "Tried"]
    numbers = [entry.partition(".")[0] for entry in entries]
    assert [re.findall(r"^\*\*(.+?)\.\*\*", entry, flags=re.MULTILINE) for entry in entries] == [parts] * len(
        entries
    )
    assert numbers == [str(number + 1) for number in range(len(entries))]
    assert set(re.findall(r"\[(\d+)\]\(#\1-", contents)) == set(numbers)


def test_every_alert_is_explained() -> None:
    rules = (ROOT / "deploy" / "prometheus-rules.yml").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"alert: (\w+)", rules) if f"`{name}`" not in OPERATIONS] == []


def test_every_event_of_the_logs_is_explained() -> None:
    text = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    call = re.compile(r"\b_?log(?:ger)?\.(?:info|warning|error|exception)\(\s*\"(\w+)\"")
    files = [path for layer in ("worker", "activities", "starter") for path in (ROOT / layer).rglob("*.py")]
    logged = {name for path in files for name in call.findall(path.read_text(encoding="utf-8"))}
    assert len(logged) > 10
    assert [name for name in sorted(logged) if f"`{name}`" not in text] == []


def test_the_picture_of_the_procedure_shows_every_step_of_the_school() -> None:
    drawn = set(
        re.findall(
            r"^ +(\w+) --> (\w+): (\w+)$",
            (ROOT / "README.md").read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        )
    )
    table = {
        (stage, reached, step)
        for (stage, step), targets in TRANSITIONS.items()
        for reached in targets
        if step
        not in {
            Step.ADD_DOCUMENTS,
            Step.WITHDRAW,
            Step.DISPUTE_FACT,
            Step.FILE_COMPLAINT,
            *STEPS_OF_THE_REGISTER,
        }
        and stage not in OUTCOMES
    }
    assert drawn == table
