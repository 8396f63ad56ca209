"""The contents of the image of the service, made by the steps of deploy/worker.Dockerfile without a container."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.deployment.composition import ROOT

DOCKERFILE = ROOT / "deploy" / "worker.Dockerfile"
LOCK = ROOT / "deploy" / "requirements.lock"


def copied() -> list[str]:
    """What the Dockerfile takes from the checkout."""
    text = DOCKERFILE.read_text(encoding="utf-8")
    sources = re.findall(r"^COPY ([\w./ -]+) \S+$", text, re.MULTILINE)
    return [name for names in sources for name in names.split()]


def install(folder: Path) -> Path:
    """An environment with the service as a wheel, what is locked for the image, and nothing else; its programs."""
    build, wheels, environment = folder / "build", folder / "wheels", folder / "environment"
    build.mkdir()
    for name in copied():
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, build / Path(name).name)
    _run(sys.executable, "-m", "venv", environment)
    _pip(sys.executable, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, build)
    python = environment / "bin" / "python"
    # Instead of pip, which loads everything anew each time; hashes are compared all the same.
    uv = Path(sys.executable).with_name("uv")
    _run(uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", LOCK)
    _pip(python, "install", "--no-deps", "--no-index", *wheels.glob("*.whl"))
    return python.parent


def _pip(python: Path | str, *arguments: Path | str) -> None:
    _run(python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def _run(*command: Path | str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(f"`{' '.join(map(str, command))}` failed: {done.stderr.strip()[-500:]}")
