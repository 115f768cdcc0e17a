"""The API's promises: pages, versions, keys, errors, and what may be done with which token."""

from __future__ import annotations

from typing import Any

import pytest

from reconcile.app import accounts
from reconcile.app.accounts import Role, Scope

API = "/api/v1"
DISMISS = {"decision": "dismissed", "reason": "one counts the crew"}


@pytest.fixture
def api(desk: Any) -> Any:
    """A client with a reviewer's token."""
    return desk.client(token=desk.token("reviewer", Scope.REVIEW))


def test_queue_lists_what_was_flagged(api: Any) -> None:
    """The queue holds both findings with counts by view."""
    page = api.get(f"{API}/findings").json()
    assert (len(page["items"]), page["counts"]["open"], page["next"]) == (2, 2, None)


def test_pages_follow_the_cursor_and_miss_nothing(api: Any) -> None:
    """Pages of one give each finding once."""
    first = api.get(f"{API}/findings", params={"limit": 1}).json()
    second = api.get(f"{API}/findings", params={"limit": 1, "cursor": first["next"]}).json()
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {
        item["id"] for item in api.get(f"{API}/findings").json()["items"]
    }
    assert second["next"] is None


def test_foreign_cursor_is_a_fault_of_the_request(api: Any) -> None:
    """A cursor that is none of ours answers 422 and names the field."""
    answer = api.get(f"{API}/findings", params={"cursor": "AAAA"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


def test_known_etag_answers_not_modified(api: Any, desk: Any) -> None:
    """A finding asked for with its ETag is not sent again."""
    first = api.get(f"{API}/findings/{desk.case()}")
    again = api.get(f"{API}/findings/{desk.case()}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_decision_needs_the_version_it_is_about(api: Any, desk: Any) -> None:
    """Without If-Match nothing is decided."""
    answer = api.post(f"{API}/findings/{desk.case()}/decisions", json=DISMISS)
    assert answer.status_code == 428
    assert answer.headers["content-type"] == "application/problem+json"


def test_decision_is_recorded_and_takes_the_finding_off_the_queue(api: Any, desk: Any) -> None:
    """A dismissal with its ETag is made, and the queue has one less."""
    url = f"{API}/findings/{desk.case()}"
    answer = api.post(f"{url}/decisions", json=DISMISS, headers={"If-Match": api.get(url).headers["etag"]})
    assert (answer.status_code, answer.json()["user"]) == (201, "reviewer")
    counts = api.get(f"{API}/findings").json()["counts"]
    assert (counts["open"], counts["decided"], counts["all"]) == (1, 1, 2)


def test_decision_on_an_old_version_is_refused(api: Any, desk: Any) -> None:
    """Who decides on what somebody else has changed gets 412 and changes nothing."""
    url = f"{API}/findings/{desk.case()}"
    tag = {"If-Match": api.get(url).headers["etag"]}
    assert api.post(f"{url}/decisions", json=DISMISS, headers=tag).status_code == 201
    answer = api.post(f"{url}/decisions", json={"decision": "confirmed"}, headers=tag)
    assert (answer.status_code, answer.json()["version"]) == (412, 1)
    assert len(api.get(url).json()["judgements"]) == 1


def test_same_key_decides_once(api: Any, desk: Any) -> None:
    """A request sent again with its Idempotency-Key is answered as the first time."""
    url = f"{API}/findings/{desk.case()}"
    headers = {"If-Match": '"v0"', "Idempotency-Key": "k1"}
    first = api.post(f"{url}/decisions", json=DISMISS, headers=headers)
    again = api.post(f"{url}/decisions", json=DISMISS, headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    other = api.post(f"{url}/decisions", json={"decision": "confirmed"}, headers=headers)
    assert other.status_code == 409


def test_dismissal_without_reason_is_refused(api: Any, desk: Any) -> None:
    """Not a discrepancy: why?"""
    answer = api.post(
        f"{API}/findings/{desk.case()}/decisions", json={"decision": "dismissed"}, headers={"If-Match": '"v0"'}
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reason")


def test_undo_brings_the_finding_back(api: Any, desk: Any) -> None:
    """A decision taken back leaves both on record and the finding open."""
    url = f"{API}/findings/{desk.case()}"
    made = api.post(f"{url}/decisions", json=DISMISS, headers={"If-Match": '"v0"'}).json()
    assert api.post(f"{API}/judgements/{made['id']}/undo").status_code == 201
    found = api.get(url).json()
    assert (found["case"]["state"], len(found["judgements"]), found["undone"]) == ("open", 2, [made["id"]])


def test_another_reviewers_judgement_is_not_theirs_to_undo(api: Any, desk: Any) -> None:
    """A reviewer may not take back an editor's decision; an editor may take back a reviewer's."""
    editor = desk.client(token=desk.token("editor", Scope.REVIEW))
    url = f"{API}/findings/{desk.case()}"
    made = editor.post(f"{url}/decisions", json=DISMISS, headers={"If-Match": '"v0"'}).json()
    assert api.post(f"{API}/judgements/{made['id']}/undo").status_code == 403
    mine = api.post(f"{url}/comments", json={"text": "hm"}).json()
    assert editor.post(f"{API}/judgements/{mine['id']}/undo").status_code == 201


def test_many_are_decided_at_once_and_taken_back_at_once(api: Any) -> None:
    """What changed meanwhile is named, the rest decided; the batch is undone in one go."""
    items = api.get(f"{API}/findings").json()["items"]
    cases = [{"case": items[0]["id"], "version": 0}, {"case": items[1]["id"], "version": 7}]
    answer = api.post(f"{API}/decisions", json={"cases": cases, **DISMISS}).json()
    assert ([one["case"] for one in answer["done"]], answer["conflicts"]) == ([items[0]["id"]], [items[1]["id"]])
    assert len(api.post(f"{API}/batches/{answer['batch']}/undo").json()) == 1
    assert api.get(f"{API}/findings").json()["counts"]["open"] == 2


def test_assignment_makes_it_mine_and_overdue(api: Any, desk: Any) -> None:
    """A case given to me with a date in the past is in both views."""
    url = f"{API}/findings/{desk.case()}/assignment"
    assert api.post(url, json={"assignee": "reviewer", "due": "2024-03-01"}).status_code == 200
    counts = api.get(f"{API}/findings").json()["counts"]
    assert (counts["mine"], counts["overdue"]) == (1, 1)


def test_case_is_not_given_to_a_reader(api: Any, desk: Any) -> None:
    """Only who may review can be assigned."""
    answer = api.post(f"{API}/findings/{desk.case()}/assignment", json={"assignee": "reader"})
    assert answer.status_code == 422


def test_blind_callers_see_no_scores_and_no_votes(api: Any, desk: Any) -> None:
    """Another's decision and the confidence are hidden until one has decided oneself."""
    url = f"{API}/findings/{desk.case()}"
    editor = desk.client(token=desk.token("editor", Scope.REVIEW))
    editor.post(f"{url}/decisions", json=DISMISS, headers={"If-Match": '"v0"'})
    hidden = api.get(url, params={"blind": True}).json()
    assert (hidden["case"]["confidence"], hidden["case"]["decision"], hidden["judgements"]) == (None, None, [])
    assert hidden["links"] == []
    shown = api.get(url).json()
    assert (shown["case"]["decision"], len(shown["judgements"])) == ("dismissed", 1)


def test_story_shows_what_each_outlet_says(api: Any, desk: Any) -> None:
    """The matrix has both outlets' counts of the injured."""
    (row,) = api.get(f"{API}/stories").json()["items"]
    story = api.get(f"{API}/stories/{row['id']}").json()
    (fact,) = story["facts"]
    assert {source: cells[0]["text"] for source, cells in fact["cells"].items()} == {
        "The north Gazette": "12",
        "The south Gazette": "15",
    }


def test_sources_have_intervals(api: Any) -> None:
    """Each outlet's shares carry their interval."""
    one, _ = api.get(f"{API}/sources").json()
    assert (one["contradicted"]["whole"], one["contradicted"]["low"] < one["contradicted"]["share"]) == (2, True)


def test_rules_tell_how_often_reviewers_agreed(api: Any, desk: Any) -> None:
    """One finding of two was judged, and its rule disagreed with."""
    api.post(f"{API}/findings/{desk.case()}/decisions", json=DISMISS, headers={"If-Match": '"v0"'})
    (rule,) = api.get(f"{API}/rules").json()
    assert (rule["fired"], rule["judged"], rule["agreed"]["share"]) == ({"contradiction": 2}, 1, 0.0)


def test_run_tells_what_it_changed(api: Any) -> None:
    """The first run found two new ones."""
    (run,) = api.get(f"{API}/runs").json()
    assert (run["new"], run["gone"], api.get(f"{API}/runs/{run['id']}").json()["new"]) == (2, 0, 2)


def test_unknown_finding_is_a_problem_document(api: Any) -> None:
    """404 with words."""
    answer = api.get(f"{API}/findings/none")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "none" in answer.json()["detail"]


def test_token_of_less_scope_than_its_account_does_less(desk: Any) -> None:
    """An admin's token to read cannot decide."""
    client = desk.client(token=desk.token("admin", Scope.READ))
    assert client.get(f"{API}/findings").status_code == 200
    answer = client.post(f"{API}/findings/{desk.case()}/comments", json={"text": "hm"})
    assert answer.status_code == 403


def test_revoked_disabled_and_expired_tokens_are_refused(desk: Any) -> None:
    """A token stops with its revocation, with its account, and at its end."""
    secret, token = accounts.make_token(desk.store, "reader", "", (Scope.READ,), desk.now, days=1)
    client = desk.client(token=secret)
    assert client.get(f"{API}/me").json()["name"] == "reader"
    desk.pass_time(days=2)
    assert client.get(f"{API}/me").status_code == 401
    desk.pass_time(days=-2)
    accounts.set_disabled(desk.store, "reader", True)
    assert client.get(f"{API}/me").status_code == 401
    accounts.set_disabled(desk.store, "reader", False)
    accounts.revoke_token(desk.store, token.id)
    assert client.get(f"{API}/me").status_code == 401


def test_session_needs_its_csrf_token_for_the_api_too(desk: Any) -> None:
    """A browser that is signed in changes nothing without the token of its session."""
    client = desk.client(Role.REVIEWER)
    url = f"{API}/findings/{desk.case()}/comments"
    assert client.post(url, json={"text": "hm"}).status_code == 403
    csrf = desk.csrf(client)
    assert client.post(url, json={"text": "hm"}, headers={"X-CSRF-Token": csrf}).status_code == 201


def test_two_people_sign_off_where_the_desk_asks_for_it(open_desk: Any, tmp_path: Any) -> None:
    """A grave finding waits for a second reviewer, is disputed by another opinion, and settled by agreement."""
    desk = open_desk(str(tmp_path / "two.db"), review={"sign_off_severities": ["high"]})
    url = f"{API}/findings/{desk.case()}"

    def say(name: str, decision: str) -> str:
        client = desk.client(token=desk.token(name, Scope.REVIEW))
        tag = client.get(url).headers["etag"]
        body = {"decision": decision, "reason": "because"}
        assert client.post(f"{url}/decisions", json=body, headers={"If-Match": tag}).status_code == 201
        return str(client.get(url).json()["case"]["state"])

    assert [say("reviewer", "confirmed"), say("reviewer", "confirmed")] == ["waiting", "waiting"]
    assert say("editor", "dismissed") == "disputed"
    assert say("admin", "dismissed") == "decided"
