"""Versioned deployment: workers of several builds side by side, and Temporal decides which of them gets the tasks."""

from typing import NamedTuple

from temporalio.api.workflowservice.v1 import DescribeWorkerDeploymentRequest
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode, ServiceClient
from temporalio.worker import WorkerDeploymentConfig


class Deployed(NamedTuple):
    """What Temporal gives a build: all tasks if it is current, a share of them if it is ramping, else none."""

    current: bool
    ramping: bool

    @property
    def gets_tasks(self) -> bool:
        """Whether workers of the build have anything to do."""
        return self.current or self.ramping


def deployment_config(version: WorkerDeploymentVersion | None) -> WorkerDeploymentConfig | None:
    """For the worker: cases move on to whichever build is current; None runs without versions."""
    if version is None:
        return None
    return WorkerDeploymentConfig(
        version=version,
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )


def command_to_make_current(version: WorkerDeploymentVersion, namespace: str) -> str:
    """What an operator types so that the build gets tasks."""
    return (
        f"temporal worker deployment set-current-version --namespace {namespace} "
        f"--deployment-name {version.deployment_name} --build-id {version.build_id}"
    )


async def read_deployed(service: ServiceClient, namespace: str, version: WorkerDeploymentVersion) -> Deployed:
    """What Temporal gives the build at this moment; nothing before a worker of it has asked for tasks."""
    request = DescribeWorkerDeploymentRequest(namespace=namespace, deployment_name=version.deployment_name)
    try:
        answer = await service.workflow_service.describe_worker_deployment(request)
    except RPCError as refused:
        if refused.status is RPCStatusCode.NOT_FOUND:
            return Deployed(current=False, ramping=False)
        raise
    routing = answer.worker_deployment_info.routing_config
    return Deployed(
        current=routing.current_deployment_version.build_id == version.build_id,
        ramping=routing.ramping_deployment_version.build_id == version.build_id,
    )
