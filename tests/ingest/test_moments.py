"""Dates of feeds and pages, and the outlet's own clock."""

import pytest

from reconcile.ingest.moments import in_zone, parse_moment


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("Tue, 04 Mar 2031 09:30:15 GMT", "2031-03-04T09:30+00:00"),
        ("Tue, 4 Mar 31 9:30 EST", "2031-03-04T09:30-05:00"),
        ("04 Mar 2031 09:30:00 +0530", "2031-03-04T09:30+05:30"),
        ("Tuesday, 4 March 2031 09:30 CEST", "2031-03-04T09:30+02:00"),
        ("Tue, 04 Mar 2031 09:30:00", "2031-03-04T09:30"),
        ("Tue, 04 Mar 2031 09:30:00 XYZ", "2031-03-04T09:30"),
        ("Tue, 04 Mar 2031 09:30:00 +0000 (UTC)", "2031-03-04T09:30+00:00"),
        ("4 March 2031", "2031-03-04"),
        ("2031-03-04", "2031-03-04"),
        ("2031-03-04T09:30:15.123456789Z", "2031-03-04T09:30Z"),
        ("2031-03-04 09:30 +05", "2031-03-04T09:30+05:00"),
        ("2031-03-04T09:30", "2031-03-04T09:30"),
    ],
)
def test_dates_that_are_stated(words: str, iso: str) -> None:
    """RFC 822 and ISO 8601, with the zone as it is stated or none."""
    found = parse_moment(words, "said there")
    assert found is not None
    assert (found.iso.replace("+00:00", "Z"), found.reason) == (iso.replace("+00:00", "Z"), "said there")


@pytest.mark.parametrize(
    "words",
    [
        *("", "12:00", "Tuesday", "4 March", "Tue, 31 Feb 2031 09:30 GMT", "04 Xyz 2031", "2031-13-01", "yesterday"),
        *("1e9", "Tue, 04 Mar 2031 25:00 GMT", "4 Mar 1031", "2031-03-04T09:30+99:00"),
    ],
)
def test_what_is_no_date(words: str) -> None:
    """Nothing that is missing is filled in, least of all from today."""
    assert parse_moment(words, "") is None


@pytest.mark.parametrize(
    ("words", "zone", "iso"),
    [
        ("2031-03-05T02:30:00Z", "America/New_York", "2031-03-04T21:30-05:00"),
        ("2031-07-05T02:30:00Z", "America/New_York", "2031-07-04T22:30-04:00"),
        ("2031-03-04T09:30", "Europe/Oslo", "2031-03-04T09:30+01:00"),
        ("2031-03-04", "Europe/Oslo", "2031-03-04"),
        ("2031-03-04T09:30+02:00", "", "2031-03-04T09:30+02:00"),
        ("1883-01-01T12:00", "America/New_York", "1883-01-01T12:00-04:56"),
    ],
)
def test_the_outlets_own_clock(words: str, zone: str, iso: str) -> None:
    """A moment is told as the outlet's clock showed it, summer time and all; a day stays a day."""
    found = in_zone(parse_moment(words, ""), zone)
    assert found is not None
    assert found.iso == iso
