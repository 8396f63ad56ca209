"""A process of the embedded stack that can be started again after its end."""

from starter.embedded.child import Child, ChildFailed, Program


class Restartable:
    """Holds the running child, or none; whoever extends it says how the program is started and when it is ready."""

    name: str
    """What people call the process."""

    def __init__(self) -> None:
        self._child: Child | None = None

    @property
    def pid(self) -> int:
        """The process id."""
        return self._started().pid

    @property
    def running(self) -> bool:
        """False before start(), after stop(), and when the process has ended by itself."""
        return self._child is not None and self._child.running

    async def wait(self) -> int:
        """Wait for the end of the process; negative when a signal ended it."""
        return await self._started().wait()

    async def stop(self) -> None:
        """End the process in order."""
        await self._end()

    async def _begin(self, program: Program) -> Child:
        self._child = await Child.start(program)
        return self._child

    async def _end(self, patience: float = 30) -> None:
        if self._child is not None:
            await self._child.stop(patience)
            self._child = None

    def _started(self) -> Child:
        if self._child is None:
            raise ChildFailed(f"{self.name} is not started")
        return self._child
