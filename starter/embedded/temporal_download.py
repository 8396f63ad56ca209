"""Downloads the Temporal program the way the SDK does: `temporal_download.py VERSION FOLDER`.

A process of its own: the SDK downloads only in order to start a server, and cannot be told to give up.
"""

import asyncio
import sys

from temporalio.testing import WorkflowEnvironment


async def _download(version: str, folder: str) -> None:
    server = await WorkflowEnvironment.start_local(
        dev_server_download_version=f"v{version}", download_dest_dir=folder
    )
    await server.shutdown()


def main(version: str, folder: str) -> None:
    """Leave the program in the folder; exit code 1 and one line when it cannot be had."""
    try:
        asyncio.run(_download(version, folder))
    except RuntimeError as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main(*sys.argv[1:])
