"""Papers become PDFs beside the procedure: no lock and no transaction is held while they are rendered."""

import asyncio
from pathlib import Path
from uuid import UUID

from temporalio import activity

from activities.papers import PaperNotRendered, Templates, render_paper
from activities.procedure import CaseReference, of_a_known_case, read_known_progress
from activities.register.papers import PaperToRender, list_papers_to_render, store_paper_bytes
from activities.register.pool import Pool
from domain.progress import Progress


def templates_at(folder: Path | None) -> Templates:
    """The templates in the folder, or those that come with the service."""
    return Templates.at(folder) if folder else Templates.built_in()


class PaperRenderer:
    """Renders with the current version of the templates what has no bytes yet.

    Two may render the same paper at once: the first bytes stay.
    """

    def __init__(self, pool: Pool, templates: Templates) -> None:
        self._pool = pool
        self._templates = templates

    async def render(self, case_id: UUID) -> None:
        """Gives every paper of the case its bytes; `PaperNotRendered` names those that got none, after all others."""
        failures = [
            failure
            for paper in await list_papers_to_render(self._pool, case_id)
            if (failure := await self._render(paper))
        ]
        if failures:
            raise PaperNotRendered("; ".join(failures))

    async def _render(self, paper: PaperToRender) -> str | None:
        version = self._templates.current
        try:
            content = await asyncio.to_thread(render_paper, self._templates, version, paper.facts)
        except PaperNotRendered as failed:
            return str(failed)
        await store_paper_bytes(self._pool, paper.paper_id, version, content)
        return None


class PaperActivities:
    """Rendering, as the workflow of a case asks for it."""

    def __init__(self, pool: Pool, renderer: PaperRenderer) -> None:
        self._pool = pool
        self._renderer = renderer

    @activity.defn
    @of_a_known_case
    async def render_papers(self, case: CaseReference) -> Progress:
        """Renders what has no bytes yet; a repeated call changes nothing.

        A paper that cannot be rendered keeps no other from it, and is tried again.
        """
        progress = await read_known_progress(self._pool, case.case_id)
        if progress.papers_to_render:
            await self._renderer.render(case.case_id)
            progress = await read_known_progress(self._pool, case.case_id)
        return progress
