"""The reconciliation service answers as OpenRefine asks."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from reconcile.app.accounts import Scope
from reconcile.model import Entity, NameValue, Reading, Span

SERVICE = "/api/v1/reconcile"


@pytest.fixture
def service(desk: Any, make: Any) -> Any:
    """A client without cookies, and a store that names two people and a company."""
    article = make.article("east", "Anna Berg met Karl Østby of Nordlys Shipping Ltd.")
    people = [("person", "Anna Berg"), ("person", "Karl Østby"), ("organisation", "Nordlys Shipping Ltd")]
    entities = tuple(
        Entity(f"e{n}", kind, NameValue(name), (Span(0, 1),))  # type: ignore[arg-type]
        for n, (kind, name) in enumerate(people)
    )
    desk.store.save_articles([article], now=desk.now)
    reading: Reading = replace(make.reading(article), entities=entities)
    desk.store.save_readings([reading], [article])
    client = desk.client()
    client.params = {"token": desk.token("reader", Scope.READ)}
    return client


def ask(service: Any, **queries: Any) -> Any:
    """The answers to some queries, by their keys."""
    answer = service.post(SERVICE, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_manifest_says_what_the_service_is(service: Any) -> None:
    """Version, types, and where candidates are suggested and shown."""
    told = service.get(SERVICE).json()
    assert (told["versions"], [kind["id"] for kind in told["defaultTypes"]]) == (["0.2"], ["person", "organisation"])
    assert {"name", "identifierSpace", "schemaSpace", "view", "preview", "suggest"} <= told.keys()


def test_names_are_matched_as_the_line_matches_them(service: Any) -> None:
    """Other spellings and orders match; another person with the same surname does not."""
    found = ask(
        service,
        a={"query": "Ostby, Karl", "type": "person"},
        b={"query": "Nordlys Shipping", "type": "organisation"},
        c={"query": "Erik Berg"},
        d={"query": "Nobody Atall"},
    )
    (best, *_), (firm, *_) = found["a"]["result"], found["b"]["result"]
    assert (best["name"], best["match"], best["type"][0]["id"]) == ("Karl Østby", True, "person")
    assert firm["name"] == "Nordlys Shipping Ltd"
    assert not any(one["match"] for one in found["c"]["result"])
    assert found["d"]["result"] == []


def test_limit_and_type_narrow_the_candidates(service: Any) -> None:
    """A query for another type finds none."""
    assert ask(service, a={"query": "Anna Berg", "type": "organisation"})["a"]["result"] == []
    assert ask(service, a={"query": "Anna Berg", "type": "ship"})["a"]["result"] == []


def test_batch_may_come_in_the_address(service: Any) -> None:
    """The older way of asking works too."""
    answer = service.get(SERVICE, params={"queries": json.dumps({"q0": {"query": "Anna Berg"}})})
    assert answer.json()["q0"]["result"][0]["match"]


def test_suggestions_complete_a_word(service: Any) -> None:
    """What is being typed finds names whose words begin so."""
    (found,) = service.get(f"{SERVICE}/suggest/entity", params={"prefix": "øst"}).json()["result"]
    assert (found["name"], found["description"]) == ("Karl Østby", "person, named in 1 article")


def test_preview_is_a_page_that_may_be_framed(service: Any) -> None:
    """A candidate is shown in a frame of another program, without scripts."""
    (found,) = service.get(f"{SERVICE}/suggest/entity", params={"prefix": "berg"}).json()["result"]
    page = service.get(f"{SERVICE}/preview", params={"id": found["id"]})
    assert "<b>Anna Berg</b>" in page.text
    assert page.headers["content-security-policy"] == "default-src 'none'; frame-ancestors *"


def test_nobody_asks_without_a_token(service: Any, desk: Any) -> None:
    """Names are data: without a token or with a wrong one there is no answer."""
    for client in (desk.client(), desk.client(token="wrong")):
        assert client.post(SERVICE, data={"queries": "{}"}).status_code == 401
        assert client.get(f"{SERVICE}/suggest/entity").status_code == 401


@pytest.mark.parametrize("queries", ["", "{", "[]", '{"a": 1}', '{"a": {"query": "x", "limit": -1}}', '"x"'])
def test_broken_batches_are_refused(service: Any, queries: str) -> None:
    """Whatever is no batch answers 422."""
    assert service.post(SERVICE, data={"queries": queries}).status_code == 422
