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

RETENTION = timedelta(days=365)
"""How long the server keeps ended histories at least; as long a case can be looked up there."""

SETTLING_SECONDS = 30
"""A server notices a new namespace within about a second; this is how long it may take."""


class NamespaceRefused(RuntimeError):
    """The namespace is not as the procedure needs it; the text says what is wrong and what to do."""


async def ensure_namespace(
    service: ServiceClient, name: str, retention: timedelta, search_attributes: Mapping[str, str]
) -> tuple[str, ...]:
    """Have the namespace keep ended histories for at least `retention` and know the search attributes (name to type).

    Types are Text, Keyword, Int, Double, Bool, Datetime and KeywordList. Returns what was made or changed;
    a repeated call changes nothing. `NamespaceRefused` when the server does not let us.
    """
    try:
        kept = await _ensure_retention(service, name, retention)
        added = await _add_search_attributes(service, name, search_attributes)
    except RPCError as refused:
        raise NamespaceRefused(
            f"the Temporal server does not let us prepare the namespace {name} ({refused.message}). Have its operator "
            f"make it with a retention of {retention.days} days and the search attributes "
            + ", ".join(f"{attribute} ({kind})" for attribute, kind in search_attributes.items())
        ) from refused
    await require_namespace(service, name, retention, search_attributes)
    return kept + added


async def require_namespace(
    service: ServiceClient, name: str, retention: timedelta, search_attributes: Mapping[str, str]
) -> None:
    """`NamespaceRefused` unless the namespace is as `ensure_namespace` makes it. Changes nothing."""
    try:
        stored = await _retention(service, name)
        if stored is None:
            raise NamespaceRefused(f"there is no namespace {name} on the Temporal server. Run: uide migrate")
        if stored < retention:
            raise NamespaceRefused(
                f"the namespace {name} keeps ended histories for {stored / timedelta(days=1):g} days, not for "
                f"{retention.days}. Run: uide migrate"
            )
        missing = _missing(name, await _search_attributes(service, name), search_attributes)
    except RPCError as refused:
        raise NamespaceRefused(
            f"the Temporal server does not tell what the namespace {name} is like ({refused.message}). Have its "
            "operator allow it, then try again"
        ) from refused
    if missing:
        raise NamespaceRefused(
            f"the namespace {name} has not the search attributes {', '.join(missing)}. Run: uide migrate"
        )


# retention


async def _ensure_retention(service: ServiceClient, name: str, retention: timedelta) -> tuple[str, ...]:
    stored = await _retention(service, name)
    if stored is None:
        await _register(service, name, retention)
        return ("namespace",)
    if stored < retention:
        await _keep_for(service, name, retention)
        return ("retention",)
    return ()


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


def _duration(span: timedelta) -> Duration:
    duration = Duration()
    duration.FromTimedelta(span)
    return duration


# search attributes

_Types = Mapping[str, IndexedValueType.ValueType]


async def _add_search_attributes(
    service: ServiceClient, name: str, wanted: Mapping[str, str]
) -> tuple[str, ...]:
    missing = _missing(name, await _search_attributes(service, name), wanted)
    if missing:
        request = AddSearchAttributesRequest(namespace=name, search_attributes=missing)
        await service.operator_service.add_search_attributes(request)
    return tuple(missing)


def _missing(name: str, known: _Types, wanted: Mapping[str, str]) -> _Types:
    types = {attribute: _type(kind) for attribute, kind in wanted.items()}
    for attribute, kind in types.items():
        if known.get(attribute, kind) != kind:
            raise NamespaceRefused(
                f"the search attribute {attribute} of the namespace {name} has another type than "
                f"{wanted[attribute]}. Remove it with temporal operator search-attribute remove, then run: uide migrate"
            )
    return {attribute: kind for attribute, kind in types.items() if attribute not in known}


async def _search_attributes(service: ServiceClient, name: str) -> _Types:
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
    raise NamespaceRefused(
        f"the namespace {name} did not appear within {SETTLING_SECONDS} seconds. Try again"
    )


def _type(kind: str) -> IndexedValueType.ValueType:
    words = {"KeywordList": "KEYWORD_LIST"}
    return IndexedValueType.Value(f"INDEXED_VALUE_TYPE_{words.get(kind, kind.upper())}")
