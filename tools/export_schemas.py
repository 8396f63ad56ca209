"""Writes the JSON Schemas of all inputs into docs/schemas/."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from domain.act_kinds import OF_THE_REGISTER
from domain.acting_order import ActingOrder
from domain.acts import CONTENTS, ActKind
from domain.application import Application, Key
from domain.school import Directory
from domain.staff import Actor

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """The text of every schema by the name of its file."""
    made = {
        "acting-order.json": ActingOrder.model_json_schema(),
        "application.json": _with_paths(Application.model_json_schema()),
        "act.json": _with_paths(_act()),
        "directory.json": Directory.model_json_schema(),
    }
    return {
        name: json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def _act() -> _Schema:
    contents, definitions = TypeAdapter.json_schemas(
        [(kind, "validation", adapter) for kind, adapter in CONTENTS.items() if kind not in OF_THE_REGISTER]
    )
    return {
        "title": "Act",
        "description": "What a person does in a case. The time is stamped by whoever accepts it, never given.",
        "oneOf": [_act_of(kind, content) for (kind, _), content in contents.items()],
        **definitions,
    }


def _act_of(kind: ActKind, content: _Schema) -> _Schema:
    act_id = {
        "description": "One id is one act, however often it is sent; uide act makes one up if it is left out."
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "actor", "content"],
        "properties": {
            "act_id": {**TypeAdapter(Key).json_schema(), **act_id},
            "kind": {"const": kind.value},
            "actor": {
                **TypeAdapter(Actor).json_schema(),
                "description": "An id of the staff directory, or applicant.",
            },
            "content": content,
        },
    }


def _with_paths(schema: _Schema) -> _Schema:
    file = schema["$defs"]["FiledDocument"]["properties"]["file"]
    path = {
        "type": "string",
        "description": "For the uide command: a path, taken from the folder of the JSON file.",
    }
    file["anyOf"] = [*file["anyOf"], path]
    return schema


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
