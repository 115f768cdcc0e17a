"""Files of pairs to compare: whatever is on a line, the error names file, line and what was meant."""

from pathlib import Path

import pytest

from reconcile.app.reading import compare_pairs
from reconcile.errors import ReconcileError


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe not text",
        b"[" * 100_000,
        b"[]",
        b'{"kind": "person", "left": "Ana Torres"}',
        b'{"kind": "person", "left": 1, "right": null}',
    ],
    ids=["bytes", "deep", "list", "lacking", "numbers"],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes) -> None:
    """A line that is no pair ends the command with its place and the form that is wanted, never with a crash."""
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(b'{"kind": "person", "left": "Ana Torres", "right": "Ana Torres"}\n' + line)
    pairs = compare_pairs(path)
    assert next(pairs)["same"] is True
    with pytest.raises(ReconcileError, match=r"pairs\.jsonl:2: .*each line is an object"):
        next(pairs)
