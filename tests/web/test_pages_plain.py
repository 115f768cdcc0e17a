"""The pages without a browser: filters in addresses, forms that must be ours, and what a wrong address answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.app import accounts, queue
from reconcile.app.accounts import Role
from reconcile.model import Decision, Kind, Severity, Verdict
from reconcile.review.views import SORTS, VIEWS, Query
from reconcile.web.pages.queries import parse_address, write_query

PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip).filter(bool)
QUERIES = st.builds(
    Query,
    view=st.sampled_from(VIEWS),
    verdicts=st.lists(st.sampled_from(Verdict), unique=True).map(tuple),
    kinds=st.lists(st.sampled_from(Kind), unique=True).map(tuple),
    severities=st.lists(st.sampled_from(Severity), unique=True).map(tuple),
    rules=st.lists(PLAIN, max_size=3, unique=True).map(tuple),
    stories=st.lists(PLAIN, max_size=3, unique=True).map(tuple),
    sources=st.lists(PLAIN, max_size=3, unique=True).map(tuple),
    decisions=st.lists(st.sampled_from(Decision), unique=True).map(tuple),
    confidence_min=st.sampled_from([0.0, 0.25, 0.5]),
    confidence_max=st.sampled_from([0.75, 1.0]),
    text=PLAIN,
    sort=st.sampled_from(SORTS),
)


@given(QUERIES)
def test_filters_survive_an_address(query: Query) -> None:
    """What is written into an address is read from it again."""
    assert parse_address(write_query(query)) == query


@given(st.text(max_size=200))
def test_any_address_gives_filters(text: str) -> None:
    """Whatever stands behind the question mark, there is a queue to show."""
    assert parse_address(text).view in VIEWS


@pytest.mark.parametrize("path", ["/queue", "/stories", "/sources", "/rules", "/runs", "/help", "/findings/x"])
def test_nobody_sees_a_page(desk: Any, path: str) -> None:
    """Without a session every page leads to the sign-in form, which leads back."""
    answer = desk.client().get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path.replace('/', '%2F')}")


@pytest.mark.parametrize("path", ["/queue?cursor=AAAA", "/findings/nothing", "/stories/nothing", "/runs/nothing"])
def test_wrong_address_is_a_page(desk: Any, path: str) -> None:
    """An address of nothing answers with a page that says so, not with a fault."""
    answer = desk.client(Role.READER).get(path)
    assert answer.status_code in (404, 422)
    assert "To the queue" in answer.text


@pytest.mark.parametrize("act", ["decide", "assign", "due", "comment", "second", "undo"])
def test_reader_changes_nothing(desk: Any, act: str) -> None:
    """Every act of a reader is refused, with the form's own token too."""
    client = desk.client(Role.READER)
    token = client.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    answer = client.post(
        f"/findings/{desk.case()}/{act}", data={"csrf": token, "version": "0", "decision": "confirmed"}
    )
    assert answer.status_code == 403
    assert desk.store.review.row(desk.case()).version == 0


@pytest.mark.parametrize("act", ["decide", "assign", "due", "comment", "second", "undo"])
def test_foreign_form_changes_nothing(desk: Any, act: str) -> None:
    """A form without this session's token is refused."""
    client = desk.client(Role.EDITOR)
    answer = client.post(f"/findings/{desk.case()}/{act}", data={"version": "0", "decision": "confirmed"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"version": "0"}, "No decision was chosen"),
        ({"version": "0", "decision": "dismissed"}, "Not saved"),
        ({"decision": "confirmed"}, "The form has no version"),
        ({"version": "0", "decision": "wrong_extraction"}, "Which value was misread is not said"),
    ],
)
def test_faulty_form_is_told_on_the_page(desk: Any, form: dict[str, str], told: str) -> None:
    """What a form lacks is said above the finding, and what was typed is kept."""
    client = desk.client(Role.REVIEWER)
    token = client.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    answer = client.post(f"/findings/{desk.case()}/decide", data={"csrf": token, "comment": "typed words", **form})
    assert answer.status_code == 422
    assert told in answer.text
    assert "typed words" in answer.text


@pytest.mark.parametrize("file", ["report.html", "report.json", "report.csv", "report.xlsx", "claimreview.jsonld"])
def test_report_of_a_run_is_a_download(desk: Any, file: str) -> None:
    """A run's report in any format comes as a file, never as a page of this server."""
    run = desk.store.list_runs(1)[0].id
    answer = desk.client(Role.READER).get(f"/runs/{run}/{file}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert desk.client(Role.READER).get(f"/runs/{run}/report.exe").status_code == 404


def test_claims_of_other_facts_are_offered_on_demand(desk: Any) -> None:
    """The finding offers to pair it with other claims of its story, and lists them when asked."""
    client = desk.client(Role.REVIEWER)
    page = client.get(f"/findings/{desk.case()}")
    assert "pair=1" in page.text
    assert 'name="claim"' not in page.text
    assert 'name="claim"' in client.get(f"/findings/{desk.case()}?pair=1").text


def test_decision_is_told_on_the_next_page_and_in_the_report(desk: Any) -> None:
    """A dismissal leads to the next finding, which names it and offers to take it back; the report carries it."""
    client = desk.client(Role.REVIEWER)
    page = client.get(f"/findings/{desk.case()}?view=open").text
    form = dict(re.findall(r'name="(csrf|here|version|key)" value="([^"]*)"', page.split('id="decide"')[1]))
    form |= {"version": "0", "decision": "dismissed", "reason": "one counts the crew"}
    answer = client.post(f"/findings/{desk.case()}/decide", data=form)
    assert answer.status_code == 303
    following = client.get(answer.headers["location"]).text
    assert "Not a discrepancy" in following.split('id="undo"')[0]
    run = desk.store.list_runs(1)[0].id
    report = client.get(f"/runs/{run}/report.json").json()
    (told,) = [finding["decision"] for finding in report["findings"] if "decision" in finding]
    assert (told["decision"], told["by"], told["reason"]) == ("dismissed", "reviewer", "one counts the crew")


def test_same_form_sent_twice_decides_once(desk: Any) -> None:
    """A form that is sent again, by a double click, is the same judgement."""
    client = desk.client(Role.REVIEWER)
    token = client.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "version": "0", "key": "abc", "decision": "confirmed", "here": "view=open"}
    first, second = (client.post(f"/findings/{desk.case()}/decide", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert len(desk.store.review.on_case(desk.case())) == 1


@pytest.mark.parametrize("sort", SORTS)
def test_previous_leads_back_from_next(open_desk: Any, location: str, sort: Any) -> None:
    """In every order and on both databases the finding before the next one is the one we came from."""
    desk = open_desk(location)
    user, query = accounts.User("reviewer", Role.REVIEWER), Query(view="all", sort=sort)
    first, second = (row.id for row in queue.list_queue(desk.store, query, user, desk.now).rows)
    assert queue.next_case(desk.store, query, first, user, desk.now) == second
    assert queue.previous_case(desk.store, query, second, user, desk.now) == first
    assert queue.previous_case(desk.store, query, first, user, desk.now) is None
