"""The worker process: what it says when it cannot begin."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from starter.embedded.temporal_server import EmbeddedTemporal, free_ports
from worker.key_ring import KeyRing

PASSWORD = "planted-password"


async def test_a_worker_without_a_register_says_so_and_ends(
    temporal: EmbeddedTemporal, tmp_path: Path
) -> None:
    KeyRing.create(tmp_path / "key-ring.json", datetime.now(UTC))
    nowhere = f"postgresql://uide_app:{PASSWORD}@127.0.0.1:{free_ports(1)[0]}/uide"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "worker.main",
        env={
            **os.environ,
            "DATABASE_URL": nowhere,
            "UIDE_KEY_RING": str(tmp_path / "key-ring.json"),
            "TEMPORAL_ADDRESS": temporal.address,
            "TEMPORAL_CONFIG_FILE": os.devnull,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 60)
    said = output.decode()
    assert process.returncode == 1, said
    assert "worker_cannot_start" in said
    assert "the register (PostgreSQL) does not answer" in said
    assert "Traceback" not in said
    assert PASSWORD not in said
