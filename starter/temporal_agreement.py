"""Whether PostgreSQL and Temporal agree: what has not ended has exactly one running workflow, at the same stage.

Both go on working meanwhile, and Temporal's lists lag behind: whatever seems to differ is looked at again, by itself.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple
from uuid import UUID

from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.api.workflow.v1 import WorkflowExecutionInfo
from temporalio.api.workflowservice.v1 import ListWorkflowExecutionsRequest
from temporalio.service import ServiceClient

from activities.register.checks.found import Found
from activities.register.checks.walk import MOST_FOUND
from activities.register.pool import Pool
from activities.register.statements import sql
from domain.vocabulary import STAGE_ATTRIBUTE

TEMPORAL_AGREES = "temporal_agrees"
"""The name of this check in the report of `uide verify`."""

_CASES_AT_ONCE = 100
_WORKFLOWS_AT_ONCE = 1000
_PAUSE_SECONDS = 0.02
"""Between two lists: Temporal answers some hundred a second, and others need them too."""
_LOOKS_AGAIN = 5
_SETTLE_SECONDS = 1.0


class _Kind(NamedTuple):
    """A type of workflow that carries something of the register."""

    workflow_type: str
    prefix: str
    list_running: str
    find: str


_KINDS = (
    _Kind("Application", "application/", "agreement/list_running_cases", "agreement/find_cases"),
    _Kind("Complaint", "complaint/", "agreement/list_running_complaints", "agreement/find_complaints"),
)


class _Subject(NamedTuple):
    """What the register says of what a workflow carries."""

    id: UUID
    number: str
    stage: str
    ended: bool


class _Workflow(NamedTuple):
    """A running workflow, with the stage that it shows."""

    id: str
    stage: str | None


async def find_disagreements(pool: Pool, service: ServiceClient, namespace: str) -> list[Found]:
    """The first disagreements, one more than a check names; RPCError when Temporal goes away."""
    found: list[Found] = []
    for kind in _KINDS:
        look = _Look(pool, service, namespace, kind)
        async for suspect in look.suspects():
            if disagreement := await look.again(suspect):
                found.append(disagreement)
            if len(found) > MOST_FOUND:
                return found
    return found


class _Look:
    """One pass over the workflows of a kind, from both sides."""

    def __init__(self, pool: Pool, service: ServiceClient, namespace: str, kind: _Kind) -> None:
        self._pool = pool
        self._service = service
        self._namespace = namespace
        self._kind = kind

    async def suspects(self) -> AsyncIterator[str]:
        """Ids of the register, or of workflows that no id of the register fits."""
        async for page in self._running_by_register():
            ids = [subject.id for subject in page]
            workflows = await self._workflows_of(ids)
            for subject in page:
                if _disagreement(subject, workflows[subject.id]):
                    yield str(subject.id)
        async for workflows_page in self._pages(self._query(), _WORKFLOWS_AT_ONCE):
            ids = [id_ for workflow in workflows_page if (id_ := self._id_of(workflow.id))]
            known = {subject.id for subject in await self._find(ids) if not subject.ended}
            for workflow in workflows_page:
                if self._id_of(workflow.id) not in known:
                    yield workflow.id.removeprefix(self._kind.prefix).partition("/")[0]

    async def again(self, suspect: str) -> Found | None:
        """What still differs after what was on its way had time to arrive."""
        found = await self._look_at(suspect)
        for _ in range(_LOOKS_AGAIN):
            if found is None:
                return None
            await asyncio.sleep(_SETTLE_SECONDS)
            found = await self._look_at(suspect)
        return found

    async def _look_at(self, suspect: str) -> Found | None:
        id_ = _uuid(suspect)
        workflows = await self._running(self._query(f'WorkflowId STARTS_WITH "{self._kind.prefix}{suspect}"'))
        subjects = await self._find([id_]) if id_ else []
        if subjects:
            return _disagreement(subjects[0], workflows)
        if not workflows:
            return None
        what = f"the workflow {workflows[0].id} runs, the register knows nothing of it"
        return Found(subject=suspect, what=what, instead="workflows of what is in the register")

    async def _running_by_register(self) -> AsyncIterator[list[_Subject]]:
        after = UUID(int=0)
        while rows := await self._pool.fetch(sql(self._kind.list_running), after, _CASES_AT_ONCE):
            yield [_Subject(**row) for row in rows]
            after = rows[-1]["id"]

    async def _find(self, ids: list[UUID]) -> list[_Subject]:
        return [_Subject(**row) for row in await self._pool.fetch(sql(self._kind.find), ids)]

    async def _workflows_of(self, ids: Iterable[UUID]) -> dict[UUID, list[_Workflow]]:
        # A case that is reopened after its workflow has ended is carried by one with a longer id.
        likely = ", ".join(f'"{self._kind.prefix}{id_}"' for id_ in ids)
        found: dict[UUID, list[_Workflow]] = defaultdict(list)
        for workflow in await self._running(self._query(f"WorkflowId IN ({likely})")):
            if id_ := self._id_of(workflow.id):
                found[id_].append(workflow)
        return found

    async def _running(self, query: str) -> list[_Workflow]:
        return [workflow async for page in self._pages(query, _WORKFLOWS_AT_ONCE) for workflow in page]

    async def _pages(self, query: str, size: int) -> AsyncIterator[list[_Workflow]]:
        token = b""
        while True:
            request = ListWorkflowExecutionsRequest(
                namespace=self._namespace, query=query, page_size=size, next_page_token=token
            )
            answer = await self._service.workflow_service.list_workflow_executions(request, retry=True)
            yield [_workflow(execution) for execution in answer.executions if _runs(execution)]
            token = answer.next_page_token
            if not token:
                return
            await asyncio.sleep(_PAUSE_SECONDS)

    def _query(self, condition: str = "") -> str:
        running = f'WorkflowType = "{self._kind.workflow_type}" AND ExecutionStatus = "Running"'
        return f"{running} AND {condition}" if condition else running

    def _id_of(self, workflow_id: str) -> UUID | None:
        return _uuid(workflow_id.removeprefix(self._kind.prefix).partition("/")[0])


def _disagreement(subject: _Subject, workflows: list[_Workflow]) -> Found | None:
    if subject.ended:
        if not workflows:
            return None
        what, instead = f"it has ended, and the workflow {workflows[0].id} runs", "no running workflow"
    elif len(workflows) != 1:
        what, instead = f"it has not ended and has {len(workflows)} running workflows", "exactly one"
    elif workflows[0].stage != subject.stage:
        what = f"it is at the stage {subject.stage}, its workflow at {workflows[0].stage or 'none yet'}"
        instead = "the same stage in both"
    else:
        return None
    return Found(subject=subject.number, what=what, instead=instead)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _runs(execution: WorkflowExecutionInfo) -> bool:
    return execution.status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING


def _workflow(execution: WorkflowExecutionInfo) -> _Workflow:
    stage = execution.search_attributes.indexed_fields.get(STAGE_ATTRIBUTE)
    return _Workflow(execution.execution.workflow_id, json.loads(stage.data) if stage else None)
