"""The case file as one ZIP: the same state of the case gives the same bytes, on any machine."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from domain.grades import PaperLanguage
from starter.export.files import ExportedCase
from starter.export.index import index
from starter.export.page import as_html, as_text

FORMAT = 1
_CHECK = Path(__file__).with_name("check.py")
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP knows: when the case was exported stands in the audit."""


def archive(exported: ExportedCase) -> bytes:
    """The ZIP; nothing in it is compressed, since other libraries would compress it in other bytes."""
    files = _files(exported)
    files["manifest.json"] = _json(_manifest(exported, files))
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archived:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _NO_TIME)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archived.writestr(entry, files[path])
    return written.getvalue()


def _files(exported: ExportedCase) -> dict[str, bytes]:
    pages = [index(exported, language) for language in PaperLanguage]
    return {
        "index.html": as_html(pages).encode(),
        **{f"index.{page.language}.txt": as_text(page).encode() for page in pages},
        "chain.jsonl": b"".join(_line(link.model_dump()) for link in exported.case.chain),
        "check.py": _CHECK.read_bytes(),
        **{file.path: file.content.content for file in exported.files},
    }


def _line(link: Mapping[str, Any]) -> bytes:
    named = {name: value for name, value in link.items() if name != "row_text"} | {"row": link["row_text"]}
    return json.dumps(named, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _manifest(exported: ExportedCase, files: Mapping[str, bytes]) -> dict[str, Any]:
    case = exported.case
    contents = {file.path: file.content for file in exported.files}
    return {
        "format": FORMAT,
        "number": case.number,
        "case_id": str(case.case_id),
        "links": len(case.chain),
        "head": case.chain[-1].hash if case.chain else str(case.case_id),
        "files": [
            {
                "path": path,
                "sha256": hashlib.sha256(content).hexdigest(),
                "size": len(content),
                **({"of": contents[path].of, "key": contents[path].key} if path in contents else {}),
            }
            for path, content in sorted(files.items())
        ],
    }


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
