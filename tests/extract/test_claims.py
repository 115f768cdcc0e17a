"""Claims: what is claimed, of whom, in which clause, and that every span holds the words it says it holds."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconcile.extract.document import STRETCH, parse, split_paragraphs
from reconcile.extract.reader import read
from reconcile.model import Article, Claim, Kind, NumberValue, Published, TimeValue


def article(text: str, *, published: str | None = "2031-04-09", language: str = "en") -> Article:
    """An article of one outlet."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    date = Published(published) if published else None
    return Article("a", "Herald", "A title", text, digest, published=date, language=language)


def claims_of(text: str, kind: Kind) -> list[Claim]:
    """The claims of one kind in a text published on Wednesday, 9 April 2031."""
    return [claim for claim in read(article(text)).claims if claim.kind is kind]


SOME_NEWS = st.lists(
    st.sampled_from(
        [
            "Ada Brunn, 44, a surgeon, was arrested on Monday in Port Ellis.",
            "“We will rebuild every house,” Mayor Tom Reyes said.",
            "At least 30 people were killed and 1,200 injured, officials said.",
            "She pleaded guilty to two counts of fraud.",
            "The council voted 12-5.",
            "Shares fell 4.5 percent to $31.20.",
            "\n\n",
            "Él dijo: «no».",
            "\u202eabc\u202c",
            "🙂🙃 zero\u200bwidth",
        ]
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SOME_NEWS | st.text(max_size=200))
def test_every_span_holds_its_words(text: str) -> None:
    """A claim's text stands at its span and its span within its quote, whatever the article says."""
    for claim in read(article(text)).claims:
        assert claim.span.of(text) == claim.text
        assert claim.clause.of(text) == claim.quote
        assert claim.text.strip()
        assert claim.clause.covers(claim.span)


def test_reading_twice_gives_the_same_claims() -> None:
    """Claims are content-addressed: the same text gives the same ids."""
    text = "Ada Brunn, 44, was arrested on Monday. Police said 12 people were hurt."
    assert read(article(text)) == read(article(text))


def test_age_belongs_to_the_person_it_stands_beside() -> None:
    """An age between commas is that of the person named before it."""
    (claim,) = claims_of("Ada Brunn, 44, was arrested on Monday.", Kind.AGE)
    assert (claim.text, claim.about.subject) == ("44", "person:ada brunn")


def test_count_knows_what_it_counts_and_in_which_event() -> None:
    """A number of people is slotted by its noun and by what happened to them."""
    (claim,) = claims_of("A storm killed 30 fishermen off the coast.", Kind.COUNT)
    assert (claim.about.head, claim.about.event) == ("fisherman", "kill")


def test_coordinated_verbs_tell_their_events_together() -> None:
    """ "Shot and killed" tells of both."""
    (claim,) = claims_of("A guard was shot and killed on Monday.", Kind.DATE)
    assert {"shoot", "kill"} <= set(claim.about.events)


def test_particle_makes_another_event() -> None:
    """To step down is to resign, to pass away is to die."""
    resigned, died = claims_of("She stepped down on Monday. He passed away on Tuesday.", Kind.DATE)
    assert (resigned.about.event, died.about.event) == ("resign", "die")


def test_single_victim_is_a_count_of_one() -> None:
    """ "A fisherman was killed" counts one, with little confidence."""
    (claim,) = claims_of("A fisherman was killed.", Kind.COUNT)
    assert isinstance(claim.value, NumberValue)
    assert (claim.value.low, claim.confidence < 0.6) == (1, True)


def test_part_of_a_whole_is_told_with_less_confidence() -> None:
    """ "Two of the victims" does not answer how many victims there were."""
    part, whole = claims_of("Two of the victims were treated. Nine victims died.", Kind.COUNT)
    assert part.confidence < whole.confidence


def test_plans_are_told_from_deeds() -> None:
    """A date of what will happen is planned."""
    (claim,) = claims_of("The ministers will meet on Friday.", Kind.DATE)
    assert claim.modality == "planned"


def test_denials_are_negative() -> None:
    """What did not happen is a negative claim."""
    (claim,) = claims_of("The minister did not resign on Monday.", Kind.DATE)
    assert claim.polarity == "negative"


def test_leader_of_a_delegation() -> None:
    """ "Will be led by" names a leader and what is led."""
    (claim,) = claims_of("The Norvan delegation will be led by Trade Minister Ada Brunn.", Kind.LEADER)
    assert (claim.text, claim.about.head) == ("Ada Brunn", "norvan delegation")


def test_charge_is_the_offence() -> None:
    """What somebody is charged with is a claim of its own."""
    (claim,) = claims_of("Ada Brunn was charged with armed robbery on Monday.", Kind.CHARGE)
    assert claim.text == "armed robbery"


def test_quotation_without_its_marks_and_comma() -> None:
    """A quotation's value is what was said, and who said it is known."""
    (claim,) = claims_of("“We will rebuild every house,” Mayor Tom Reyes said.", Kind.QUOTATION)
    assert (claim.text, claim.speaker) == ("We will rebuild every house", "Tom Reyes")


def test_what_somebody_says_carries_the_speaker() -> None:
    """A claim inside a report knows who is told to have said it."""
    (claim,) = claims_of("Mayor Tom Reyes said that 30 people were hurt.", Kind.COUNT)
    assert claim.speaker == "Tom Reyes"


def test_place_of_an_event() -> None:
    """A place after "in" is where the event is set."""
    (claim,) = claims_of("The court ruled on the case in Geneva.", Kind.LOCATION)
    assert (claim.text, claim.about.event) == ("Geneva", "rule")


def test_place_told_by_a_common_noun() -> None:
    """ "At the scene" is a place too."""
    (claim,) = claims_of("The man was pronounced dead at the scene.", Kind.LOCATION)
    assert claim.text == "the scene"


@pytest.mark.parametrize(
    "text",
    ["They were the first talks in three years.", "The war has lasted for three years."],
)
def test_length_that_reaches_back_is_a_date_too(text: str) -> None:
    """ "The first in three years", said in 2031, speaks of 2028."""
    (claim,) = claims_of(text, Kind.DATE)
    assert isinstance(claim.value, TimeValue)
    assert claim.value.timex == "2028"


def test_length_of_a_stay_reaches_back_to_nothing() -> None:
    """A sentence of three years says nothing of a year."""
    assert claims_of("He was sentenced to three years in prison.", Kind.DATE) == []


def test_unread_language_is_said_not_half_read() -> None:
    """An article in a language that is not read gives a problem and no claim."""
    reading = read(article("Der Minister trat am Montag zurück.", language="de"))
    assert reading.claims == ()
    assert "language 'de'" in reading.problems[0].message


def test_missing_date_is_said() -> None:
    """Without a date, and with none to be proved, the reading says so and loses nothing."""
    reading = read(article("The council met.", published=None))
    assert [(p.loss, "no publication date" in p.message) for p in reading.problems] == [(False, True)]


@given(st.text(max_size=300), st.integers(1, 3))
def test_stretches_make_up_the_text(text: str, times: int) -> None:
    """However long a text is, its stretches joined are the text."""
    whole = text * (STRETCH // max(1, len(text)) * times + 1) if text else ""
    assert "".join(split_paragraphs(whole)) == whole
    assert all(len(stretch) <= STRETCH for stretch in split_paragraphs(whole))


def test_long_text_keeps_its_offsets() -> None:
    """A text parsed in stretches is the same text."""
    text = "Ada Brunn met the mayor on Monday.\n\n" * 800
    doc = parse(text)
    assert doc.text == text
    assert len(text) > STRETCH


def test_sentences_end_at_line_breaks() -> None:
    """A headline without a full stop never runs on into the paragraph below it."""
    doc = parse("Mayor wins again\n\nAda Brunn won on Sunday.")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Mayor wins again", "Ada Brunn won on Sunday."]


@pytest.mark.parametrize("dateline", ["PORT ELLIS, Norva — ", "GENEVA (AP) -- ", "LONDON - "])
def test_dateline_is_no_part_of_the_sentence_after_it(dateline: str) -> None:
    """Where a report was filed does not act in it."""
    (claim,) = claims_of(f"{dateline}A storm killed 30 fishermen on Monday.", Kind.COUNT)
    assert (claim.about.actor, claim.quote) == ("storm", "A storm killed 30 fishermen on Monday.")


def test_profile_holds_roles_ages_and_status_with_their_evidence() -> None:
    """What is told of a person in several sentences stands in one profile, each at its words."""
    text = "Mayor Tom Reyes, 61, was critically injured on Monday. Reyes was arrested on Tuesday."
    (person,) = (entity for entity in read(article(text)).entities if entity.type == "person")
    told = {(a.kind, a.span.of(text)) for a in person.attributes}
    assert {("role", "Mayor"), ("age", "61"), ("status", "arrested")} <= told


def test_what_is_denied_is_no_deed() -> None:
    """ "Police denied that 30 miners were killed" claims no deaths."""
    (claim,) = claims_of("Police denied that 30 miners were killed on the way.", Kind.COUNT)
    assert claim.modality == "denied"


def test_it_in_what_a_company_says_is_the_company() -> None:
    """ "Norvatek said it expected savings of …" tells of Norvatek."""
    (claim,) = claims_of("Norvatek Industries said it expected savings of $115 million.", Kind.AMOUNT)
    assert claim.about.subject == "organisation:norvatek industries"


@pytest.mark.parametrize(
    "text",
    [
        "Police have not released the names of the two drivers.",
        "No other details were released by the county on Monday.",
        "He was hurt, the department said in a news release on Monday.",
        "The gun discharged in his hands on Monday.",
        "She drove a car with a missing wheel.",
    ],
)
def test_what_is_released_must_be_somebody(text: str) -> None:
    """Names, details, guns and wheels have no status."""
    told = [c.text for c in claims_of(text, Kind.STATUS)]
    assert told == [word for word in told if word == "hurt"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The man was released from the hospital on Monday.", "released"),
        ("Police released the suspect on Monday.", "released"),
        ("The family asked for his release on Monday.", "release"),
        ("A missing girl was found on Monday.", "missing"),
    ],
)
def test_somebody_released_has_a_status(text: str, word: str) -> None:
    """A person who is let go, or missing, has a status."""
    assert word in [c.text for c in claims_of(text, Kind.STATUS)]
