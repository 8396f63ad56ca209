"""The index of a case file: what a person of a court reads first, in Kazakh or in Russian."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from domain import service
from domain.grades import PaperLanguage
from domain.identifiers import mask_iin
from domain.inquiry import FactKind
from domain.legal_time import local_time
from domain.school import School
from starter.export.files import ExportedCase
from starter.export.page import Cell, Link, Page, Part, Section, Table, Text, Verbatim

Words = Mapping[str, Any]


def index(exported: ExportedCase, language: PaperLanguage) -> Page:
    """The index in that language."""
    return _Index(exported, language).page()


@cache
def words_of(language: PaperLanguage) -> Words:
    """All words of the index in that language."""
    return tomllib.loads(Path(__file__).with_name(f"words.{language}.toml").read_text(encoding="utf-8"))


class _Index:
    def __init__(self, exported: ExportedCase, language: PaperLanguage) -> None:
        self._exported = exported
        self._case = exported.case
        self._language = language
        self._words = words_of(language)
        self._people = {
            person.staff_id: f"{person.name.full}, {person.post_kk if language is PaperLanguage.KK else person.post_ru}"
            for person in self._case.people
        }

        self._verdicts = {row["act_id"]: row for row in exported.rows("act_result")}

    def page(self) -> Page:
        sections = {
            "people": self._about_people(),
            "timeline": self._timeline(),
            "terms": self._terms(),
            "outcomes": self._outcomes(),
            "complaints": self._complaints(),
            "papers": self._papers(),
            "attachments": self._attachments(),
            "facts": self._facts(),
            "acts": self._acts(),
            "audit": self._audit(),
            "check": self._check(),
        }
        about = Section(self._words["columns"]["case"] + " " + self._case.number, tuple(self._about()))
        titled = (
            Section(self._words["sections"][name], tuple(parts) or (Text(self._words["none"]),))
            for name, parts in sections.items()
        )
        return Page(
            language=self._language,
            language_name=self._words["language"],
            title=self._words["title"].format(number=self._case.number),
            sections=(about, *titled),
        )

    # what it is

    def _about(self) -> Iterable[Part]:
        about = self._words["about"]
        school = self._case.school
        title = service.TITLE.said_in(self._language)
        yield Text(about["what"].format(service=title, school=self._school_name(school), bin=school.bin))
        yield Text(about["whole"])
        yield Text(about["private"])

    def _check(self) -> Iterable[Part]:
        chain = self._case.chain
        head = chain[-1].hash if chain else self._words["none"]
        yield Text(self._words["about"]["check"])
        yield Text(self._words["about"]["proves"])
        yield Text(self._words["about"]["chain"].format(links=len(chain), head=head))

    def _school_name(self, school: School) -> str:
        return school.name_kk if self._language is PaperLanguage.KK else school.name_ru

    def _about_people(self) -> Iterable[Part]:
        people = self._words["people"]
        for row in self._exported.rows("application"):
            yield self._table(
                ("what", "name"),
                [
                    (
                        people[who],
                        people["iin"].format(name=_name(row, who), masked=mask_iin(row[f"{who}_iin"])),
                    )
                    for who in ("applicant", "child")
                ]
                + [
                    (people["received"], self._moment(row["received_at"])),
                    (people["channel"], self._said("people", row["channel"])),
                ],
            )

    # what happened

    def _timeline(self) -> Iterable[Part]:
        rows = [
            (
                self._moment(row["at"]),
                self._said("events", row["event"]),
                self._complaint(row),
                self._who(row.get("actor"), row.get("act_id")),
            )
            for row in self._exported.rows("journal")
        ]
        yield self._table(("at", "event", "complaint", "who"), rows)

    def _terms(self) -> Iterable[Part]:
        terms = self._words["terms"]
        of_the_case = [
            (terms["application"], str(row["round"]), *self._term(row)) for row in self._exported.rows("term")
        ]
        of_complaints = [
            (self._said("terms", row["kind"]).format(number=self._complaint(row)), "", *self._term(row))
            for row in self._exported.rows("complaint_term")
        ]
        yield self._table(("term", "round", "begins", "days", "due", "cause"), of_the_case + of_complaints)

    def _term(self, row: Mapping[str, Any]) -> tuple[str, str, str, str]:
        extended = row.get("extended_by")
        days = str(row["working_days"])
        if extended:
            days = self._words["terms"]["extended"].format(days=days, by=extended)
        # An extended term is counted from its old due day, which is no day of receipt.
        begins = "" if extended else self._day(row["effective_day"])
        return begins, days, self._moment(row["due_at"]), self._cause(row["cause"])

    def _cause(self, cause: str) -> str:
        """What set the term: the receipt, or an act by its number in the case."""
        seq = next((row["seq"] for row in self._exported.rows("act") if row["act_id"] == cause), None)
        if seq is not None:
            return str(self._words["terms"]["act"].format(seq=seq))
        return self._said("terms", cause)

    def _outcomes(self) -> Iterable[Part]:
        rows = [
            (str(row["round"]), self._said("outcomes", row["kind"]), self._moment(row["decided_at"]))
            for row in self._exported.rows("outcome")
        ]
        if rows:
            yield self._table(("round", "what", "at"), rows)

    def _complaints(self) -> Iterable[Part]:
        rows = [
            (
                row["number"],
                self._moment(row["registered_at"]),
                self._said("complaints", row["addressee"]),
                self._object(row),
            )
            for row in self._exported.rows("complaint")
        ]
        if rows:
            yield self._table(("number", "at", "addressee", "object"), rows)

    def _object(self, row: Mapping[str, Any]) -> str:
        marked = [self._said("complaints", mark) for mark in ("late", "conflict") if row.get(mark)]
        return "; ".join([self._said("complaints", row["object"]), *marked])

    # papers and files

    def _papers(self) -> Iterable[Part]:
        rows: list[tuple[Cell, ...]] = [
            (
                self._moment(row["issued_at"]),
                self._said("papers", row["kind"]),
                row["number"],
                self._complaint(row),
                self._link(row["paper_id"], self._words["papers"]["not_rendered"]),
            )
            for row in self._exported.rows("paper")
        ]
        if rows:
            yield self._table(("at", "paper", "number", "complaint", "file"), rows)

    def _attachments(self) -> Iterable[Part]:
        rows: list[tuple[Cell, ...]] = [
            (row["name"], self._link(row["attachment_id"], self._words["none"]))
            for row in self._exported.rows("attachment")
        ]
        rows += [(file.content.name, Link(file.path, file.path)) for file in self._exported.taken_over]
        if rows:
            yield self._table(("name", "file"), rows)

    def _link(self, key: str, otherwise: str) -> Cell:
        path = self._exported.path_of(key)
        return Link(path, path) if path else otherwise

    # what information systems know

    def _facts(self) -> Iterable[Part]:
        facts = self._words["facts"]
        disputed = {(row["kind"], row["seq"]) for row in self._exported.rows("fact_dispute")}
        rows = [
            (
                self._moment(row["received_at"]),
                FactKind(row["kind"]).wording.said_in(self._language),
                self._said("facts", row["result"]),
                row["source"],
                facts["disputed"] if (row["kind"], row["seq"]) in disputed else "",
            )
            for row in self._exported.rows("fact")
        ]
        if rows:
            yield Text(facts["decides_nothing"])
            yield self._table(("at", "what", "answer", "source", "dispute"), rows)

    # acts, and who looked

    def _acts(self) -> Iterable[Part]:
        acts = sorted(self._exported.rows("act"), key=lambda row: int(row["seq"]))
        rows = [self._act(act, self._verdicts.get(act["act_id"])) for act in acts]
        if rows:
            yield self._table(("number", "at", "who", "act", "complaint", "verdict", "reason"), rows)
        for act in acts:
            title = self._words["acts"]["content"].format(seq=act["seq"])
            content = json.dumps(act["content"], ensure_ascii=False, indent=2, sort_keys=True)
            yield Verbatim(title, self._masked(content))

    def _act(self, act: Mapping[str, Any], verdict: Mapping[str, Any] | None) -> tuple[str, ...]:
        given = self._said("acts", verdict["verdict"]) if verdict else self._words["acts"]["waiting"]
        reason = (verdict or {}).get("reason") or {}
        return (
            str(act["seq"]),
            self._moment(act["at"]),
            self._who(act["actor"], act["act_id"]),
            self._said("acts", act["kind"]),
            self._complaint(act),
            given,
            str(reason.get("what", "")),
        )

    def _audit(self) -> Iterable[Part]:
        rows = [
            (self._moment(row["at"]), self._said("audit", row["action"]), self._who(row["actor"]))
            for row in self._exported.rows("audit")
        ]
        if rows:
            yield self._table(("at", "what", "who"), rows)

    # words

    def _masked(self, text: str) -> str:
        """The text as the index shows it; the rows of the chain have every IIN whole."""
        for row in self._exported.rows("application"):
            for iin in (row["applicant_iin"], row["child_iin"]):
                text = text.replace(iin, mask_iin(iin))
        return text

    def _table(self, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Table:
        return Table(tuple(self._words["columns"][column] for column in columns), tuple(rows))

    def _said(self, section: str, code: str) -> str:
        """The words for a code of the register; a code that is newer than the words stands for itself."""
        return str(self._words[section].get(code, code))

    def _complaint(self, row: Mapping[str, Any]) -> str:
        complaint_id = row.get("complaint_id")
        numbers = {found["complaint_id"]: found["number"] for found in self._exported.rows("complaint")}
        return str(numbers.get(complaint_id, "")) if complaint_id else ""

    def _who(self, actor: str | None, act_id: str | None = None) -> str:
        """Who did something; of an act that was done as acting head, also for whom."""
        if actor is None:
            return str(self._words["who"]["register"])
        who = self._people.get(actor) or self._said("who", actor)
        acting = ((self._verdicts.get(act_id or "") or {}).get("effects") or {}).get("acting")
        if acting is None:
            return who
        replaced = self._people.get(acting["for_whom"] or "")
        form = self._words["who"]["acting_for" if replaced else "acting"]
        return str(form.format(who=who, replaced=replaced))

    def _moment(self, iso: str) -> str:
        return local_time(datetime.fromisoformat(iso)).strftime(self._words["moment"])

    def _day(self, iso: str) -> str:
        return date.fromisoformat(iso).strftime(self._words["day"])


def _name(row: Mapping[str, Any], who: str) -> str:
    parts = (row.get(f"{who}_{part}") for part in ("surname", "first_name", "patronymic"))
    return " ".join(part for part in parts if part)
