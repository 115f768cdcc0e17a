"""What a reviewer does to one finding: decide, assign, set a date, comment, ask for a second person, take back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from reconcile.app import queue, review
from reconcile.app.accounts import Role, User
from reconcile.app.choices import Choice, Fix
from reconcile.errors import ConflictError, InvalidError
from reconcile.model import Claim, Decision
from reconcile.web.frame import clock, csrf_form, get_policy, get_store, is_blind, require
from reconcile.web.pages.findings import finding_page, to_finding
from reconcile.web.pages.queries import parse_address, write_query

router = APIRouter()
Reviewer = Annotated[User, Depends(require(Role.REVIEWER))]
Form = Annotated[FormData, Depends(csrf_form)]


@router.post("/findings/{case}/decide")
def decide(request: Request, case: str, user: Reviewer, form: Form) -> Response:
    """Judge the finding and go on to the next; where somebody was faster, show that and keep what was typed."""
    query = parse_address(_text(form, "here"))
    store, now, here = get_store(request), clock(request), write_query(query)
    try:
        following = queue.next_case(store, query, case, user, now)
        made = review.decide(
            store,
            _choice(request, case, user, form),
            user,
            now,
            expected_version=_version(form),
            policy=get_policy(request),
            key=_text(form, "key"),
        )
    except (ConflictError, InvalidError) as error:
        return _again(request, case, user, form, error)
    return to_finding(following, here, undo=made.id, of=case, said=str(made.decision))


@router.post("/findings/{case}/assign")
def assign(request: Request, case: str, user: Reviewer, form: Form) -> Response:
    """Give the finding to somebody, or to nobody."""
    store, now = get_store(request), clock(request)
    who = _text(form, "assignee")
    return _stay(
        request, case, user, form,
        lambda: review.assign(store, case, who, user, now, expected_version=_version(form), key=_text(form, "key")),
    )  # fmt: skip


@router.post("/findings/{case}/due")
def set_due(request: Request, case: str, user: Reviewer, form: Form) -> Response:
    """Say until when it is to be decided, or that there is no date."""
    store, now = get_store(request), clock(request)
    return _stay(
        request, case, user, form,
        lambda: review.set_due(
            store, case, _day(form), user, now, expected_version=_version(form), key=_text(form, "key")
        ),
    )  # fmt: skip


@router.post("/findings/{case}/comment")
def comment(request: Request, case: str, user: Reviewer, form: Form) -> Response:
    """Say something about the finding without deciding it."""
    store, now = get_store(request), clock(request)
    said = _text(form, "comment")
    return _stay(
        request, case, user, form, lambda: review.comment(store, case, said, user, now, key=_text(form, "key"))
    )  # fmt: skip


@router.post("/findings/{case}/second")
def ask_second(request: Request, case: str, user: Reviewer, form: Form) -> Response:
    """Ask that another person decides it too."""
    store, now = get_store(request), clock(request)
    why = _text(form, "reason")
    return _stay(
        request, case, user, form,
        lambda: review.ask_second(
            store, case, why, user, now, expected_version=_version(form), key=_text(form, "key")
        ),
    )  # fmt: skip


@router.post("/findings/{case}/undo")
def undo(request: Request, case: str, user: Reviewer, form: Form) -> Response:
    """Take back an entry; it stays in the history."""
    store, now = get_store(request), clock(request)
    return _stay(
        request, case, user, form,
        lambda: review.undo(store, _text(form, "judgement"), user, now, key=_text(form, "key")),
    )  # fmt: skip


# --- forms ------------------------------------------------------------------------------------


def _stay(request: Request, case: str, user: User, form: FormData, act: Callable[[], object]) -> Response:
    """Do it and show the finding again; a conflict or a fault is told there."""
    try:
        act()
    except (ConflictError, InvalidError) as error:
        return _again(request, case, user, form, error)
    return to_finding(case, write_query(parse_address(_text(form, "here"))))


def _again(request: Request, case: str, user: User, form: FormData, error: ConflictError | InvalidError) -> Response:
    """The finding as it is now, with what was typed and what stood in its way."""
    typed = {name: _text(form, name) for name in ("reason", "comment", "words")}
    status = 409 if isinstance(error, ConflictError) else 422
    here = write_query(parse_address(_text(form, "here")))
    return finding_page(request, case, user, here=here, status=status, conflict=str(error), **typed)


def _choice(request: Request, case: str, user: User, form: FormData) -> Choice:
    """The decision with what goes with it: claims that belong together or apart, or what was misread."""
    try:
        decision = Decision(_text(form, "decision"))
    except ValueError:
        raise InvalidError("no decision was chosen", "choose one", field="decision") from None
    claims = tuple(str(claim) for claim in form.getlist("claim"))
    groups = (claims,) if decision is Decision.SAME_FACT and len(claims) > 1 else ()
    fixes = (_fix(request, case, user, form),) if decision is Decision.WRONG_EXTRACTION else ()
    return Choice(case, decision, _text(form, "reason"), groups=groups, corrections=fixes)


def _fix(request: Request, case: str, user: User, form: FormData) -> Fix:
    """What is right instead: words that stand in the article, else a value, else nothing at all."""
    wrong, words, value = _text(form, "wrong"), _text(form, "words"), _text(form, "value")
    if not wrong:
        raise InvalidError("which value was misread is not said", "choose it", field="wrong")
    if not words:
        return Fix(wrong, None, None, value)
    view = queue.show_finding(get_store(request), case, user, blind=is_blind(request), policy=get_policy(request))
    claim = next((one for one in (*view.finding.claims, *view.others) if one.id == wrong), None)
    text = next((one.text for one in view.articles if claim and one.id == claim.article), "")
    if claim is None or words not in text:
        raise InvalidError(f"the article does not hold the words {words!r}", "copy them from its text", field="words")
    start = _nearest(text, words, claim)
    return Fix(wrong, start, start + len(words), value)


def _nearest(text: str, words: str, claim: Claim) -> int:
    """Where the words stand, as near to the claim as they do."""
    after = text.find(words, max(0, claim.clause.start))
    before = text.rfind(words, 0, claim.span.end)
    places = [place for place in (after, before) if place >= 0] or [text.find(words)]
    return min(places, key=lambda place: abs(place - claim.span.start))


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _version(form: FormData) -> int:
    try:
        return int(_text(form, "version"))
    except ValueError:
        raise InvalidError("the form has no version", "open the finding again", field="version") from None


def _day(form: FormData) -> date | None:
    given = _text(form, "due")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise InvalidError(f"{given!r} is no date", "write it as 2031-05-12", field="due") from None
