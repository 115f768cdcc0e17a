"""A W3C Reconciliation Service (0.2) for the people and organisations of the store, such as OpenRefine uses."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi import Query as Parameter
from markupsafe import escape
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from starlette.responses import HTMLResponse, JSONResponse, Response

from reconcile.app import accounts, names
from reconcile.app.accounts import User
from reconcile.app.names import NameMatch
from reconcile.errors import InvalidError, NotFoundError, ReconcileError
from reconcile.visible import visible
from reconcile.web.api.cases import errors
from reconcile.web.frame import SignInNeededError, address_of, clock, current_user, get_store

router = APIRouter(tags=["reconciliation"], prefix="/reconcile")
_TYPES = [{"id": "person", "name": "Person"}, {"id": "organisation", "name": "Organisation"}]
_MOST = 50
_OPEN = {"Access-Control-Allow-Origin": "*"}
"""A token, and no cookie, lets programs of other sites in."""
_FRAMED = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
TokenParameter = Annotated[
    str, Parameter(max_length=200, description="A token, for programs that can send no Authorization header.")
]


class QueryShape(BaseModel):
    """One name to look for; what the protocol has beside it is taken and not used."""

    model_config = ConfigDict(extra="ignore")

    query: Annotated[str, StringConstraints(max_length=300)]
    type: str | list[str] | None = None
    limit: int = Field(default=5, ge=1, le=_MOST)


_QUERIES: TypeAdapter[dict[str, QueryShape]] = TypeAdapter(dict[str, QueryShape])


@router.get("", responses=errors())
def manifest(
    request: Request,
    queries: Annotated[str, Parameter(max_length=100_000, description="A batch of queries as JSON.")] = "",
    token: TokenParameter = "",
) -> Response:
    """What this service is; with `queries`, the answers to them."""
    return _answers(request, queries, token) if queries else JSONResponse(_manifest(request, token), headers=_OPEN)


@router.post("", responses=errors())
def reconcile_batch(
    request: Request,
    queries: Annotated[str, Form(max_length=100_000, description="A batch of queries as JSON.")],
    token: TokenParameter = "",
) -> Response:
    """Candidates for each name of a batch, likeliest first."""
    return _answers(request, queries, token)


@router.get("/suggest/entity", responses=errors())
def suggest(
    request: Request, prefix: Annotated[str, Parameter(max_length=300)] = "", token: TokenParameter = ""
) -> Response:
    """People and organisations one of whose names' words begins so."""
    _reader(request, token)
    found = names.suggest_names(get_store(request), prefix) if prefix.strip() else ()
    rows = [{"id": one.id, "name": visible(one.name), "description": _told(one.type, one.articles)} for one in found]
    return JSONResponse({"result": rows}, headers=_OPEN)


@router.get("/preview", responses=errors(404), response_class=HTMLResponse)
def preview(
    request: Request, id: Annotated[str, Parameter(max_length=100)] = "", token: TokenParameter = ""
) -> Response:
    """A small page on one entity, to be shown in a frame."""
    _reader(request, token)
    found = names.show_entity(get_store(request), id)
    if found is None:
        raise NotFoundError(f"there is nobody with the id {id!r}", "take an id from a candidate")
    words = f"<p><b>{escape(visible(found.name))}</b><br>{_told(found.type, found.articles)}</p>"
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(visible(found.name))}</title>{words}'
    return HTMLResponse(page, headers=_FRAMED)


def _reader(request: Request, token: str) -> User:
    """Whoever asks, by token in the header or the address, or by session; raises SignInNeededError."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    given = secret.strip() if kind.lower() == "bearer" else token
    if not given:
        return current_user(request)
    try:
        return accounts.token_user(get_store(request), given, address_of(request), clock(request))
    except accounts.LimitedError:
        raise
    except ReconcileError:
        raise SignInNeededError from None


def _answers(request: Request, queries: str, token: str) -> Response:
    _reader(request, token)
    try:
        asked = _QUERIES.validate_json(queries)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise InvalidError(
            f"queries: {place} {fault['msg']}", "send a batch as the protocol has it", "queries"
        ) from None
    if len(asked) > _MOST:
        raise InvalidError(f"{len(asked)} queries are too many", f"send at most {_MOST} in a batch", "queries")
    found = {key: {"result": [_candidate(one) for one in _matches(request, query)]} for key, query in asked.items()}
    return JSONResponse(json.loads(json.dumps(found)), headers=_OPEN)


def _matches(request: Request, query: QueryShape) -> tuple[NameMatch, ...]:
    wanted = [query.type] if isinstance(query.type, str) else query.type or []
    kinds = [kind for kind in wanted if kind in names.TYPES]
    if wanted and not kinds:
        return ()
    return names.match_name(get_store(request), query.query, kinds[0] if len(kinds) == 1 else None, query.limit)


def _candidate(found: NameMatch) -> dict[str, Any]:
    entity = found.entity
    return {
        "id": entity.id,
        "name": visible(entity.name),
        "description": _told(entity.type, entity.articles),
        "type": [kind for kind in _TYPES if kind["id"] == entity.type],
        "score": round(found.score * 100, 2),
        "match": found.match,
        "features": [{"id": "name", "value": found.score}],
    }


def _told(type_: str, articles: int) -> str:
    return f"{type_}, named in {articles} article{'' if articles == 1 else 's'}"


def _manifest(request: Request, token: str) -> dict[str, Any]:
    """What clients learn first; the token they came with is kept in the addresses they are given."""
    here = str(request.url_for("manifest"))
    ending = f"&token={token}" if token and token.replace("_", "").replace("-", "").isalnum() else ""
    shown = f"{here}/preview?id={{{{id}}}}{ending}"
    service: dict[str, Any] = {
        "service_url": here,
        "service_path": "/suggest/entity" + (f"?{ending[1:]}" if ending else ""),
    }
    return {
        "versions": ["0.2"],
        "name": "reconcile: people and organisations in our articles",
        "identifierSpace": f"{here}#entity",
        "schemaSpace": f"{here}#type",
        "defaultTypes": _TYPES,
        "view": {"url": shown},
        "preview": {"url": shown, "width": 320, "height": 90},
        "suggest": {"entity": service},
        "batchSize": _MOST,
    }
