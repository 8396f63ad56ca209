"""The activity that writes the daily root of the register to a folder outside the database."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict
from temporalio import activity

from activities.register.evidence.root_folder import RootFolder
from activities.register.evidence.rooting import write_root
from activities.register.pool import Pool


class RootDay(BaseModel):
    """The moment for whose local day there shall be a root."""

    model_config = ConfigDict(frozen=True)

    now: datetime


class RootWritten(BaseModel):
    """The newest root; nothing where no folder is named."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime | None = None
    cases: int = 0
    links: int = 0
    contradicts: int = 0
    root: str | None = None


class RootActivities:
    """The register and the folder of its roots, where one is named."""

    def __init__(self, pool: Pool, folder: RootFolder | None) -> None:
        self._pool = pool
        self._folder = folder

    @activity.defn
    async def write_daily_root(self, day: RootDay) -> RootWritten:
        """Writes a root unless there is one of this local day; answers the newest."""
        if self._folder is None:
            activity.logger.warning("root_has_no_folder")
            return RootWritten()
        newest = self._folder.newest()
        if newest is None or not self._folder.has_one_of(day.now):
            newest = await write_root(self._pool, self._folder, day.now)
            activity.logger.info("root_written", extra={"cases": newest.cases, "links": newest.links})
        if newest.contradicts:
            activity.logger.error("root_contradicts_the_one_before", extra={"chains": newest.contradicts})
        return RootWritten.model_validate(newest.model_dump(include=set(RootWritten.model_fields)))
