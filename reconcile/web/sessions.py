"""Getting in and out: the sign-in form, the one-time link, signing out, and the blind switch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from reconcile.app import accounts
from reconcile.app.accounts import Entered, LimitedError
from reconcile.errors import RefusedError
from reconcile.web.frame import (
    address_of,
    clock,
    cookie_name,
    csrf_form,
    find_session,
    get_frame,
    get_settings,
    get_store,
    render,
    safe_next,
)
from reconcile.web.security import same_origin

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    """The sign-in form; somebody who is signed in goes on."""
    if find_session(request) is not None:
        return RedirectResponse(safe_next(next), 303)
    return _form(request, next)


@router.post("/login")
async def login(request: Request) -> Response:
    """Sign in by name and password."""
    form = await request.form(max_files=0, max_fields=20)
    name, password, next_ = (_text(form, field) for field in ("name", "password", "next"))
    if not same_origin(request.headers):
        return _form(request, next_, "This form was sent from another site.", 403)
    frame = get_frame(request)
    try:
        entered = await run_in_threadpool(
            accounts.sign_in, frame.store, name, password, address_of(request), frame.now(), frame.lives
        )
    except LimitedError as error:
        answer = _form(request, next_, f"{_sentence(error)}", 429)
        answer.headers["Retry-After"] = str(error.wait)
        return answer
    except RefusedError as error:
        return _form(request, next_, _sentence(error), 403)
    return let_in(request, entered, next_)


@router.get("/enter/{secret}")
def enter_page(request: Request, secret: str) -> Response:
    """Sign in by the link that `reconcile serve` printed; it works once."""
    frame = get_frame(request)
    if find_session(request) is not None:
        return RedirectResponse("/", 303)
    return let_in(request, accounts.use_entry(frame.store, secret, address_of(request), frame.now(), frame.lives), "/")


@router.post("/logout")
def logout(request: Request, form: Annotated[FormData, Depends(csrf_form)]) -> Response:
    """Sign out."""
    secret = request.cookies.get(cookie_name(request), "")
    accounts.sign_out(get_store(request), secret, address_of(request), clock(request))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(request), path="/", secure=get_settings(request).serve.https, httponly=True)
    return answer


@router.post("/blind")
def blind(request: Request, form: Annotated[FormData, Depends(csrf_form)]) -> Response:
    """Hide scores and others' votes in this session, or show them again."""
    accounts.set_blind(get_store(request), request.cookies[cookie_name(request)], _text(form, "on") == "1")
    return RedirectResponse(safe_next(_text(form, "next")), 303)


def let_in(request: Request, entered: Entered, next_: str) -> Response:
    """The answer that signs a browser in and leads it on."""
    frame = get_frame(request)
    answer = RedirectResponse(safe_next(next_), 303)
    answer.set_cookie(
        cookie_name(request),
        entered.secret,
        max_age=int(frame.lives.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=frame.settings.serve.https,
    )
    return answer


def _form(request: Request, next_: str, error: str = "", status: int = 200) -> Response:
    oidc = bool(get_settings(request).oidc.issuer)
    return render(request, "login.html", status, next=safe_next(next_), error=error, oidc=oidc)


def _text(form: FormData, field: str) -> str:
    value = form.get(field)
    return value if isinstance(value, str) else ""


def _sentence(error: RefusedError) -> str:
    return f"{error.message[:1].upper()}{error.message[1:]}: {error.cure}."
