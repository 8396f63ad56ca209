"""The files of a case in its export: under names that any system takes and that stay the same."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from activities.register.case_file import CaseFile, Content

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class ContentFile:
    """A paper or an attachment with its path in the export."""

    path: str
    content: Content


class ExportedCase:
    """A case file with the paths of its contents and the rows of its chain as data."""

    def __init__(self, case: CaseFile) -> None:
        self.case = case

    @cached_property
    def files(self) -> tuple[ContentFile, ...]:
        """Papers in the order of their issue, then attachments."""
        counted = {"paper": 0, "attachment": 0}
        files = []
        for content in self.case.contents:
            counted[content.of] += 1
            files.append(ContentFile(_path(content, counted[content.of]), content))
        return tuple(files)

    @property
    def taken_over(self) -> tuple[ContentFile, ...]:
        """Attachments that lie with an earlier case, whose papers this one has taken over."""
        own = {row["attachment_id"] for row in self.rows("attachment")}
        return tuple(
            file for file in self.files if file.content.of == "attachment" and file.content.key not in own
        )

    def path_of(self, key: str) -> str | None:
        """The path of the paper or attachment with this id; None for a paper that is not rendered yet."""
        return next((file.path for file in self.files if file.content.key == key), None)

    def rows(self, record: str) -> list[dict[str, Any]]:
        """The rows of a record of the chain, in the order in which they joined it; of a changed one, the last."""
        return list(self._rows.get(record, {}).values())

    @cached_property
    def _rows(self) -> Mapping[str, dict[str, dict[str, Any]]]:
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for link in self.case.chain:
            if link.row_text is not None:
                found.setdefault(link.record, {})[link.row_key] = json.loads(link.row_text)
        return found


def _path(content: Content, place: int) -> str:
    ending = _ENDINGS[content.media_type]
    if content.of == "paper":
        kind = re.sub(r"[^a-z]+", "-", content.name.lower())
        return f"papers/{place:02}-{kind}.{ending}"
    return f"attachments/{place:02}.{ending}"
