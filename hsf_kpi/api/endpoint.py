"""One resource of the API over HTTP: who asks, what, may they, and the answer or why there is none."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hsf_kpi.api.answers import figure_answer, list_answer
from hsf_kpi.api.asking import Question, form_of, read_query
from hsf_kpi.api.caller import Caller, Denials, caller_of
from hsf_kpi.api.definitions import Kind, Param, Resource
from hsf_kpi.api.edition import is_known, tag_of
from hsf_kpi.api.figure import ask_for, demand_page
from hsf_kpi.api.pace import Pace
from hsf_kpi.api.problems import Refusal, problem_response, refused
from hsf_kpi.composing.choices import EXTRAS, EXTRAS_OF
from hsf_kpi.model.problems import DefinitionError, HsfError, NotFound, NotPermitted, Problem, StoreError
from hsf_kpi.settings import SettingsError
from hsf_kpi.workspace import Workspace

WORKERS = 2
"""So many answers are made at the same time: the pages have the other threads."""
WAITING = 32
"""So many requests may wait for them."""
VARY = "Authorization, Accept"
_log = logging.getLogger(__name__)


@dataclass
class Service:
    """What all resources share. `opened`: the workspace; `way`: how people sign in. Both raise what stands in the way."""

    opened: Callable[[], Workspace]
    way: Callable[[], str]
    pace: Pace = field(default_factory=Pace)
    denials: Denials = field(default_factory=Denials)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WORKERS, "api"))
    waiting: int = 0


class Endpoint:
    """An ASGI app for one address. `resource` None: an address that there is none for."""

    def __init__(self, service: Service, resource: Resource | None) -> None:
        self.service = service
        self.resource = resource

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        service = self.service
        if request.method not in ("GET", "HEAD"):
            response = refused(
                Refusal.of(405, "API:et lämnar bara ut uppgifter.", "", "Använd GET.", allow="GET, HEAD")
            )
        elif service.waiting >= WAITING:
            response = refused(
                Refusal.of(503, "Många frågar samtidigt.", "", "Försök igen om en stund.", retry_after="5")
            )
        else:
            service.waiting += 1
            try:
                response = await asyncio.get_running_loop().run_in_executor(
                    service.pool, self._answered, request
                )
            finally:
                service.waiting -= 1
        response.headers["vary"] = VARY
        await response(scope, receive, send)

    def _answered(self, request: Request) -> Response:
        """In a thread: the answer, or what stands in the way, in words."""
        workspace: Workspace | None = None
        caller: Caller | None = None
        try:
            workspace = self.service.opened()
            caller = self._caller(workspace, request)
            caller.demand_anything()
            if self.resource is None:
                raise Refusal.of(404, "Adressen finns inte.", "", "Se /api/v1/openapi.json.")
            return self._found(self.resource, workspace, caller, request)
        except Refusal as refusal:
            error: Exception = refusal
            response = refused(refusal)
        except (StoreError, SettingsError, DefinitionError) as fault:
            # Where the database is, and what is set, is for those who run it.
            _log.error("%s", fault)
            return refused(
                Refusal.of(
                    503,
                    "Uppgifterna går inte att nå just nu.",
                    "",
                    "Försök igen om en stund.",
                    retry_after="30",
                )
            )
        except NotFound as missing:
            error, response = missing, problem_response(404, missing.problems)
        except HsfError as wrong:
            error, response = wrong, problem_response(400, wrong.problems)
        except Exception:
            _log.exception("the API failed")
            told = Problem("Felet är noterat i serverns logg.", "", "Säg till den som sköter HSF nyckeltal.")
            return problem_response(500, (told,))
        if workspace is not None and caller is not None:
            return self._denied(workspace, caller, error, response)
        return response

    def _denied(self, workspace: Workspace, caller: Caller, error: Exception, response: Response) -> Response:
        """Logs what was refused to somebody known; a log that can't be written does not change the refusal."""
        what = _refused_what(error)
        if what:
            try:
                self.service.denials.log(workspace, caller, what)
            except StoreError as fault:
                _log.error("%s", fault)
        return response

    def _caller(self, workspace: Workspace, request: Request) -> Caller:
        address = request.client.host if request.client else ""
        headers, now = request.headers.getlist("authorization"), dt.datetime.now(dt.UTC)
        caller = caller_of(workspace, self.service.way(), headers, address, now)
        self.service.pace.take(caller.key)
        return caller

    def _found(self, resource: Resource, workspace: Workspace, caller: Caller, request: Request) -> Response:
        path = {name: str(value) for name, value in request.path_params.items() if name != "base"}
        if "page" in path:
            demand_page(path["page"])
        pairs = parse_qsl(
            request.scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace"
        )
        given = read_query(params_of(resource, path.get("page", "")), pairs)
        form = form_of(given, pairs, request.headers.get("accept", ""))
        question = Question(workspace, caller, given, path)
        ask = ask_for(question) if resource.choices else None
        tag = tag_of(workspace, caller.scope, request.url.path, given, form, ask)
        if is_known(tag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers={"etag": tag})
        if resource.figure is not None:
            response = figure_answer(question, resource.figure(question), form)
        else:
            assert resource.lists is not None
            response = list_answer(
                resource, question, resource.lists(question), form, request.url.path, pairs
            )
        response.headers["etag"] = tag
        return response


def params_of(resource: Resource, page: str) -> tuple[Param, ...]:
    """Those of the resource, and the choices of the page that it is asked about."""
    if not resource.choices:
        return resource.params
    own = [EXTRAS[name] for name in EXTRAS_OF.get(page, ())]
    return (
        *resource.params,
        *(Param(one.name, Kind.TEXT, one.what, tuple(one.codes) if one.codes else ()) for one in own),
    )


def _refused_what(error: Exception) -> str:
    """What the log has of a refusal: the first words of what was asked for and not given; "" for what is no refusal."""
    if isinstance(error, Refusal) and error.status == 403:
        return error.problems[0].what
    return error.problems[0].what if isinstance(error, NotPermitted) else ""
