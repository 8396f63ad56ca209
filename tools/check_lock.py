"""Checks requirements.lock: exact versions with hashes, no address, all that pyproject.toml asks for."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def locked(text: str) -> dict[str, tuple[str, str]]:
    """Name to version and the whole entry, hashes included; a name may not be locked twice."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + "\n".join(_lines(text)))
    found: dict[str, tuple[str, str]] = {}
    for entry in filter(str.strip, entries):
        if not (exact := re.match(r"\s*([A-Za-z0-9._-]+)(?:\[[^]]*])?==(\S+)", entry)):
            sys.exit(f"requirements.lock: no exact version in: {entry.strip().splitlines()[0]}")
        name = canonicalize_name(exact[1])
        if name in found:
            sys.exit(f"requirements.lock: {name} is there twice; make lock writes it anew")
        found[name] = (exact[2], entry)
    return found


def problems(lock: str, project: str) -> list[str]:
    """What is wrong with the lock, one line each."""
    found = locked(lock)
    wrong = [f"{name}: no hash" for name, (_, entry) in found.items() if "--hash=sha256:" not in entry]
    wrong += [f"an address: {line}" for line in _lines(lock) if "://" in line or line.startswith("-")]
    for wanted in map(Requirement, asked(project)):
        version = found.get(canonicalize_name(wanted.name), ("", ""))[0]
        if not version:
            wrong.append(f"{wanted.name} is asked for by pyproject.toml, but not locked")
        elif not wanted.specifier.contains(version, prereleases=True):
            wrong.append(f"{wanted.name} {version} is locked, but pyproject.toml asks for {wanted.specifier}")
    return wrong


def asked(project: str) -> list[str]:
    """The direct dependencies of pyproject.toml, those of development and of the build included."""
    content = tomllib.loads(project)
    groups = content["dependency-groups"].values()
    return [
        *content["project"]["dependencies"],
        *(name for group in groups for name in group),
        *content["build-system"]["requires"],
    ]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


if __name__ == "__main__":
    lock = (ROOT / "requirements.lock").read_text()
    if wrong := problems(lock, (ROOT / "pyproject.toml").read_text()):
        sys.exit("\n".join(f"requirements.lock: {line}" for line in wrong))
    print(f"requirements.lock: ok, {len(locked(lock))} packages")
