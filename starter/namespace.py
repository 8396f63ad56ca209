"""The namespace of the procedure on a Temporal server, embedded or not: retention and search attributes."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.service import RPCError, RPCStatusCode, ServiceClient

SETTLING_SECONDS = 30
"""A server notices a new namespace within about a second; this is how long it may take."""


class NamespaceRefused(RuntimeError):
    """The namespace is not as the procedure needs it; the text says what is wrong and what to do."""


async def ensure_namespace(
    service: ServiceClient, name: str, retention: timedelta, search_attributes: Mapping[str, str]
) -> None:
    """Have the namespace keep ended histories for `retention` and know the search attributes (name to type).

    Types are Text, Keyword, Int, Double, Bool, Datetime and KeywordList. A repeated call changes nothing.
    """
    stored = await _retention(service, name)
    if stored is None:
        await _register(service, name, retention)
    elif stored != retention:
        await _keep_for(service, name, retention)
    await _add_search_attributes(service, name, search_attributes)
    if await _retention(service, name) != retention:
        raise NamespaceRefused(
            f"the namespace {name} does not keep ended histories for {retention.days} days. "
            "Ask the operator of the Temporal server to set its retention."
        )


async def _retention(service: ServiceClient, name: str) -> timedelta | None:
    try:
        answer = await service.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=name))
    except RPCError as refused:
        if refused.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


async def _register(service: ServiceClient, name: str, retention: timedelta) -> None:
    request = RegisterNamespaceRequest(
        namespace=name, workflow_execution_retention_period=_duration(retention)
    )
    await service.workflow_service.register_namespace(request)


async def _keep_for(service: ServiceClient, name: str, retention: timedelta) -> None:
    config = NamespaceConfig(workflow_execution_retention_ttl=_duration(retention))
    await service.workflow_service.update_namespace(UpdateNamespaceRequest(namespace=name, config=config))


async def _add_search_attributes(service: ServiceClient, name: str, wanted: Mapping[str, str]) -> None:
    known = await _search_attributes(service, name)
    types = {attribute: _type(kind) for attribute, kind in wanted.items()}
    for attribute in types.keys() & known.keys():
        if types[attribute] != known[attribute]:
            raise NamespaceRefused(
                f"the search attribute {attribute} of the namespace {name} has another type than "
                f"{wanted[attribute]}. Remove it with: temporal operator search-attribute remove"
            )
    missing = {attribute: types[attribute] for attribute in types.keys() - known.keys()}
    if missing:
        request = AddSearchAttributesRequest(namespace=name, search_attributes=missing)
        await service.operator_service.add_search_attributes(request)


async def _search_attributes(service: ServiceClient, name: str) -> Mapping[str, IndexedValueType.ValueType]:
    for _ in range(SETTLING_SECONDS * 10):
        try:
            request = ListSearchAttributesRequest(namespace=name)
            answer = await service.operator_service.list_search_attributes(request)
        except RPCError as refused:
            if refused.status is not RPCStatusCode.NOT_FOUND:
                raise
            await asyncio.sleep(0.1)
        else:
            return answer.custom_attributes
    raise NamespaceRefused(f"the namespace {name} did not appear within {SETTLING_SECONDS} seconds.")


def _type(kind: str) -> IndexedValueType.ValueType:
    words = {"KeywordList": "KEYWORD_LIST"}
    return IndexedValueType.Value(f"INDEXED_VALUE_TYPE_{words.get(kind, kind.upper())}")


def _duration(span: timedelta) -> Duration:
    duration = Duration()
    duration.FromTimedelta(span)
    return duration
