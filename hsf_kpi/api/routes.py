"""The addresses of the API, for the ASGI app. Every address below /api/ is answered here, never with a page."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hsf_kpi.api.description import description
from hsf_kpi.api.endpoint import Endpoint, Service
from hsf_kpi.api.resources import RESOURCES, VERSION
from hsf_kpi.workspace import Workspace

OPENAPI = f"{VERSION}/openapi.json"


class Anything(Convertor[str]):
    """The rest of an address, whatever is in it: Starlette's own «path» ends at a line break."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", Anything())


def api_routes(opened: Callable[[], Workspace], way: Callable[[], str]) -> list[BaseRoute]:
    """opened: the process's workspace. way: how people sign in, «demo», «local» or «oidc»."""
    service = Service(opened, way)
    found: list[BaseRoute] = []
    # Also below the address that the app is served under (server.baseUrlPath).
    for base in ("/api", "/{base:path}/api"):
        found.append(Route(f"{base}/{OPENAPI}", openapi))
        found += [
            Route(f"{base}/{VERSION}/{resource.path}", Endpoint(service, resource)) for resource in RESOURCES
        ]
        found.append(Route(f"{base}/{{rest:anything}}", Endpoint(service, None)))
    return found


async def openapi(_request: Request) -> Response:
    """Open: it holds no figures and names no unit."""
    content = json.dumps(description(), ensure_ascii=False).encode("utf-8")
    return Response(content, media_type="application/json")
