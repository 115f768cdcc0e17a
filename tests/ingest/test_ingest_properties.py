"""What holds for every input: no crash, and dates and languages that stay within their forms."""

import contextlib
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.ingest import load_articles
from reconcile.ingest.decode import UndecodableError, decode_bytes
from reconcile.ingest.language import detect_language
from reconcile.ingest.published import parse_published
from reconcile.ingest.title import title_of
from reconcile.visible import shown


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".md", ".html", ".jsonl"]))
def test_any_bytes_give_an_article_or_a_problem(data: bytes, suffix: str) -> None:
    """No bytes of any kind raise, and nothing is passed over in silence but blank lines of a .jsonl file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{suffix}").write_bytes(data)
        articles, problems = load_articles([Path(folder)])
    assert articles or problems or (suffix == ".jsonl" and not data.strip())
    for article in articles:
        assert article.text.encode()


@given(data=st.binary(max_size=300))
def test_decoding_raises_only_its_own_error(data: bytes) -> None:
    """Bytes are text or are refused."""
    with contextlib.suppress(UndecodableError):
        assert "\r" not in decode_bytes(data).text


@given(day=st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 31)))
def test_every_iso_day_is_read(day: date) -> None:
    """Each day within the limits is read back as itself."""
    published = parse_published(day.isoformat())
    assert (day.isoformat(), "day") == (published.iso, published.precision)
    assert day == published.moment().date()


@given(text=st.text(max_size=30))
def test_other_words_are_no_date(text: str) -> None:
    """Any other words either parse to a moment or raise ValueError."""
    with contextlib.suppress(ValueError):
        parse_published(text).moment()


@pytest.mark.parametrize(
    "text", ["20250-06-02", "1799-01-01", "2101", "2025-13", "2025-02-29", "2 June 2025", "2025-06-02T25:00"]
)
def test_impossible_dates_are_refused(text: str) -> None:
    """Dates that do not exist, lie outside 1800 to 2100 or are not ISO 8601 are refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_published(text)


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2025", "2025", "year"),
        ("2025-06", "2025-06", "month"),
        ("2025-06-02 14:30", "2025-06-02T14:30", "minute"),
        ("2025-06-02T14:30:59.5Z", "2025-06-02T14:30Z", "minute"),
        ("2025-06-02T14:30+0530", "2025-06-02T14:30+0530", "minute"),
    ],
)
def test_dates_keep_their_precision(text: str, iso: str, precision: str) -> None:
    """A date is kept as precise as it was stated."""
    published = parse_published(text)
    assert (iso, precision) == (published.iso, published.precision)
    assert published.moment().year == 2025


@given(text=st.text())
def test_language_and_title_take_any_text(text: str) -> None:
    """Any text has a language code of two or three letters and a title of one line."""
    assert 2 <= len(detect_language(text)) <= 3
    assert "\n" not in title_of(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Police said two men were arrested on Monday after a fire in the old town of Halden.", "en"),
        ("Two dead in Halden", "en"),
        ("La policía dijo que dos hombres fueron detenidos el lunes después de un incendio en la ciudad.", "es"),
        ("La police a annoncé que deux hommes ont été arrêtés lundi après un incendie dans la vieille ville.", "fr"),
        ("Полиция сообщила, что двое мужчин были задержаны в понедельник после пожара в городе.", "ru"),
        ("Поліція повідомила, що двоє чоловіків були затримані в понеділок після пожежі, як і раніше.", "uk"),
        ("警察は月曜日に火事のあと二人の男を逮捕したと述べた。", "ja"),
        ("警方周一表示,火灾后两名男子被捕。", "zh"),
        ("", "en"),
    ],
)
def test_language_is_told(text: str, code: str) -> None:
    """English is told from other languages by script and little words."""
    assert code == detect_language(text)


@given(name=st.text())
def test_shown_names_are_one_safe_line(name: str) -> None:
    """Whatever a name holds, what is shown has no control or direction characters."""
    line = shown(name)
    assert len(line) <= 12 * 200
    assert not any(ord(sign) < 32 or 0x202A <= ord(sign) <= 0x202E or 0xD800 <= ord(sign) <= 0xDFFF for sign in line)
