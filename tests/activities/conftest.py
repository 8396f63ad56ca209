"""What tests on the register have in common."""

from collections.abc import AsyncIterator

import pytest

from activities.register.verify import verify
from tests.databases import Register


@pytest.fixture
async def soundness(register: Register) -> AsyncIterator[None]:
    """Whatever a test did through the service, every invariant of the register still holds."""
    yield
    assert (await verify(register.pool)).violations == ()
