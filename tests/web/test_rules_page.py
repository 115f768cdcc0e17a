"""The page of the rules: what each takes, whether it is on, and who answers for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from reconcile.app.accounts import Role


def _cells(page: str, rule: str) -> list[str]:
    """The state and the owner that a row shows."""
    row = next(part for part in page.split("<tr ") if f'<code class="muted">{rule}</code>' in part)
    return re.findall(r"<td>(.*?)</td>", row)[:2]


def test_each_rule_shows_its_state_and_owner(open_desk: Any, tmp_path: Path) -> None:
    """A shipped rule is on and has its pack's owner; what a desk switched off, narrowed or took over shows as that."""
    mine = tmp_path / "rules"
    mine.mkdir()
    (mine / "switches.yaml").write_text(
        "format: 1\nswitches:\n  - {rule: ages, enabled: false}\n  - {rule: dates, except_for: {sources: [Herald]}}\n"
    )
    desk = open_desk(str(tmp_path / "desk.db"), rules=(mine,))
    page = desk.client(Role.READER).get("/rules").text
    assert _cells(page, "counts") == ["on", "reconcile"]
    assert _cells(page, "ages") == ["off", "reconcile"]
    assert _cells(page, "dates") == ["limited", "reconcile"]
    assert "takes two claims of one question: count" in page
    assert "not asked for outlets" in page


def test_a_rule_that_is_gone_is_not_in_force(desk: Any) -> None:
    """A rule that spoke in a stored run and stands in no folder now shows as that, and has no owner."""
    assert _cells(desk.client(Role.READER).get("/rules").text, "count.injured") == ["not in force", "–"]
