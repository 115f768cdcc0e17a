"""The API against its own description: what Schemathesis makes up is answered as the document says."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from reconcile.app.accounts import Scope

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_api_keeps_to_its_description(desk: Any) -> None:
    """Right and wrong requests alike are answered with a status, a type and a body that the document promises."""
    headers = {"Authorization": f"Bearer {desk.token('admin', *Scope)}", "Host": "localhost"}
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", desk.app, headers={"Host": "localhost"})
    tried = 0
    for found in described.get_all_operations():
        operation = found.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):

            @settings(
                max_examples=6,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(operation.as_strategy(generation_mode=mode))
            def call(case: Any) -> None:
                case.call_and_validate(headers=headers, checks=CHECKS)

            with suppress(Unsatisfiable):
                call()
                tried += 1
    assert tried > 20


def test_description_has_examples_and_one_kind_of_error(desk: Any) -> None:
    """Requests have examples, and every error is a problem document."""
    document = desk.app.openapi()
    shapes = document["components"]["schemas"]
    assert shapes["DecisionShape"]["examples"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            for status, answer in told["responses"].items():
                if status.startswith("4") and "reconcile" not in path:
                    assert "application/problem+json" in answer["content"], (method, path, status)


def test_description_is_served(desk: Any, tmp_path: Path) -> None:
    """Anyone may read what the API can do."""
    assert desk.client().get("/api/v1/openapi.json").json()["info"]["title"] == "reconcile"
