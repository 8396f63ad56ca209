"""The procedure on the real server: a worker on the register of the test, and time that can be skipped."""

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client

from tests.databases import Register
from tests.workflows.service import Service


@pytest.fixture
async def service(register: Register, client: Client) -> AsyncIterator[Service]:
    service = await Service.at(register, client)
    try:
        yield service
    finally:
        await service.close()
