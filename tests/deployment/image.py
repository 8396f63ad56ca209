"""The contents of the image of the service, made by the steps of deploy/worker.Dockerfile without a container."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.deployment.composition import ROOT

DOCKERFILE = ROOT / "deploy" / "worker.Dockerfile"


def copied() -> list[str]:
    """What the Dockerfile takes from the checkout."""
    text = DOCKERFILE.read_text(encoding="utf-8")
    return [
        name for names in re.findall(r"^COPY ([\w./ -]+) \S+$", text, re.MULTILINE) for name in names.split()
    ]


def install(folder: Path) -> Path:
    """The folder with the service as a wheel brings it; its dependencies are those of this environment."""
    build, wheels, site = folder / "build", folder / "wheels", folder / "site"
    build.mkdir()
    for name in copied():
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, build / Path(name).name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(build))
    _pip("install", "--no-deps", "--no-index", "--target", str(site), *map(str, wheels.glob("*.whl")))
    return site


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True, capture_output=True)
