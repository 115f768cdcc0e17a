"""Who was killed and who is accused."""

import pytest

from reconcile.extract.reader import read
from reconcile.model import Article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police arrested Ada Moss, 30, on Friday.", {("ada moss", "accused")}),
        ("Ada Moss was arrested in the killing of Abel Venn.", {("ada moss", "accused"), ("abel venn", "killed")}),
        ("Abel Trewin, 29, is in jail.", {("abel trewin", "accused")}),
        ("The suspect, Dag Trewin, fled.", {("dag trewin", "accused")}),
        ("Ann Brill died at the scene.", {("ann brill", "killed")}),
        ("The driver shot and killed Ann Brill.", {("ann brill", "killed")}),
        ("Ann Brill was not arrested.", set()),
        ("Ann Brill saw the fire.", set()),
        ("Spokesman Abel Venn said the boy was treated but died.", set()),
    ],
)
def test_standing_is_of_whom_it_is_done_to(text: str, expected: set[tuple[str, str]]) -> None:
    """The one arrested is accused, the one who died was killed; who kills is not."""
    entities = read(Article("a", "Herald", "", text, "0" * 64)).entities
    told = {
        (entity.key.removeprefix("person:"), said.value)
        for entity in entities
        for said in entity.attributes
        if said.kind == "status" and said.value in {"accused", "killed"}
    }
    assert told == expected
