"""Reads the contracts in docs/contracts and holds documents against their schemas, with an eye of its own."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

CONTRACTS = Path(__file__).parents[2] / "docs" / "contracts"

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


class Contract:
    """One OpenAPI document."""

    def __init__(self, name: str) -> None:
        text = (CONTRACTS / f"{name}.openapi.yaml").read_text(encoding="utf-8")
        self.document: dict[str, Any] = yaml.safe_load(text)

    @property
    def paths(self) -> set[str]:
        """The paths that it has."""
        return set(self.document["paths"])

    def schema(self, name: str) -> dict[str, Any]:
        """A schema by its name."""
        found: dict[str, Any] = self.document["components"]["schemas"][name]
        return found

    def schema_of_request(self, path: str) -> dict[str, Any]:
        """What is sent to the path."""
        return self._of(self.document["paths"][path]["post"]["requestBody"])

    def schema_of_answer(self, path: str) -> dict[str, Any]:
        """What comes back with 200."""
        return self._of(self.document["paths"][path]["post"]["responses"]["200"])

    def faults(self, value: object, schema: dict[str, Any], where: str = "") -> list[str]:
        """Where the value is not what the schema says."""
        schema = self._resolved(schema)
        if "oneOf" in schema:
            fitting = [one for one in schema["oneOf"] if not self.faults(value, one, where)]
            return [] if len(fitting) == 1 else [f"{where}: fits {len(fitting)} of the alternatives"]
        allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if not any(_is(value, type_) for type_ in allowed):
            return [f"{where}: is no {' or '.join(allowed)}"]
        if isinstance(value, dict):
            return self._faults_of_object(value, schema, where)
        return _faults_of_text(value, schema, where) if isinstance(value, str) else []

    def _faults_of_object(self, value: dict[str, Any], schema: dict[str, Any], where: str) -> list[str]:
        properties = schema.get("properties", {})
        faults = [f"{where}.{name}: is missing" for name in schema.get("required", ()) if name not in value]
        if schema.get("additionalProperties") is False:
            faults += [f"{where}.{name}: is unknown" for name in value if name not in properties]
        for name in value.keys() & properties.keys():
            faults += self.faults(value[name], properties[name], f"{where}.{name}")
        return faults

    def _of(self, content: dict[str, Any]) -> dict[str, Any]:
        return self._resolved(content["content"]["application/json"]["schema"])

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        found: Any = self.document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return self._resolved(found)


def _is(value: object, type_: str) -> bool:
    if isinstance(value, bool):
        return type_ == "boolean"
    return isinstance(value, _TYPES[type_])


def _faults_of_text(value: str, schema: dict[str, Any], where: str) -> list[str]:
    faults = []
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        faults.append(f"{where}: has a length of {len(value)}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        faults.append(f"{where}: is not of the pattern")
    if schema.get("format") == "uuid":
        UUID(value)
    return faults
