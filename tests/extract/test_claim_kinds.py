"""Claims of single kinds: actions, statuses in several words, places told by common nouns, and roles without a name."""

import hashlib

import pytest

from reconcile.extract.reader import read
from reconcile.model import Article, Claim, Kind, PlaceValue, Published, TextValue


def claims_of(text: str, kind: Kind) -> list[Claim]:
    """The claims of one kind in a text published on Wednesday, 9 April 2031."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article("a", "Herald", "A title", text, digest, published=Published("2031-04-09"))
    return [claim for claim in read(article).claims if claim.kind is kind]


def test_action_has_actor_predicate_and_object() -> None:
    """An action is the clause's own words from its verb on, with who did it and to what."""
    (action,) = claims_of("Governor Ida Holm vetoed the fishing bill on Monday.", Kind.ACTION)
    assert action.text == "vetoed the fishing bill"
    about = action.about
    assert (about.subject, about.predicate, about.head, about.event) == ("person:ida holm", "veto", "bill", "vote")


def test_action_keeps_what_it_was_refused_to_do() -> None:
    """A refusal holds what was refused; the infinitive is no action of its own."""
    (action,) = claims_of("Senator Ida Holm refused to leave the committee.", Kind.ACTION)
    assert action.text == "refused to leave the committee"


def test_states_and_reports_are_no_actions() -> None:
    """Being, having, thinking and saying are no actions."""
    assert claims_of("Ida Holm is a farmer. She said she knows the valley and has a boat.", Kind.ACTION) == []


def test_actions_of_one_article_are_bounded() -> None:
    """However many deeds an article tells, only the weightiest are claimed."""
    text = "\n".join(f"Ida Holm attacked plan number {n} of the council." for n in range(80))
    assert 0 < len(claims_of(text, Kind.ACTION)) <= 24


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The driver is expected to survive, doctors said.", "expected to survive"),
        ("Her injuries were not life-threatening.", "not life-threatening"),
        ("She suffered non-life-threatening injuries.", "not life-threatening"),
        ("He was left with life-threatening injuries.", "critical"),
        ("Two men pleaded not guilty on Friday.", "pleaded not guilty"),
        ("The gunman remains at large.", "at large"),
        ("The crash is still under investigation.", "under investigation"),
    ],
)
def test_status_in_several_words(text: str, status: str) -> None:
    """A status may be told by several words in a row, hyphens or not."""
    assert [claim.value.text for claim in claims_of(text, Kind.STATUS) if isinstance(claim.value, TextValue)] == [
        status
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The child was taken to a nearby hospital.", "nearby hospital"),
        ("The minister spoke to reporters at a briefing.", "briefing"),
        ("A fence will run along the southern border.", "southern border"),
        ("He answered questions at the White House.", "White House"),
    ],
)
def test_place_without_a_proper_name_of_its_own(text: str, words: str) -> None:
    """Common nouns, gatherings and government buildings are places where something happens there."""
    assert any(words in claim.text for claim in claims_of(text, Kind.LOCATION))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The wounded were taken to Alder and Birch County hospitals.", "Birch County Hospital"),
        ("He was stabbed outside a bar called The Lantern.", "Lantern"),
        ("The van struck Linden Avenue at noon.", "Linden Avenue"),
        ("He was hit on Linden Ave. by Orchard Pl. at noon.", "Linden Ave. by Orchard Pl."),
        ("She stood in front of a house.", "house"),
        ("She was visiting the couple's home.", "home"),
    ],
)
def test_place_is_read_however_it_is_told(text: str, name: str) -> None:
    """Sites under one plural word, named after "called", streets that are hit, what is stood before or visited."""
    values = [claim.value for claim in claims_of(text, Kind.LOCATION)]
    assert name in [value.name for value in values if isinstance(value, PlaceValue)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He died in a Lyon hospital.", PlaceValue("hospital", ("Lyon", "France"))),
        ("A fire broke out in West Texas.", PlaceValue("West Texas", ("Texas", "United States"), "area")),
    ],
)
def test_place_keeps_what_its_own_words_put_it_in(text: str, value: PlaceValue) -> None:
    """A hospital told with its town lies in that town, a part of a state in that state."""
    values = [claim.value for claim in claims_of(text, Kind.LOCATION)]
    assert (value.name, value.containers) in [(v.name, v.containers) for v in values if isinstance(v, PlaceValue)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A security guard stopped the man at the gate.", "security guard"),
        ("The former judge denied it.", "former judge"),
        ("Her granddaughter was rescued from the roof.", "Her granddaughter"),
    ],
)
def test_role_without_a_name(text: str, role: str) -> None:
    """Who is described but not named has a role too."""
    assert [claim.text for claim in claims_of(text, Kind.ROLE)] == [role]


def test_description_is_of_the_one_said_to_be_it() -> None:
    """ "The lawyer" is the person named before who is said to be one."""
    roles = claims_of("Erik Dahl, a tax lawyer, came first.\nThe young lawyer then sat down.", Kind.ROLE)
    assert [role.about.subject for role in roles] == ["person:erik dahl", "person:erik dahl"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Maria Costa, who leads the harbour authority, flew home.", "leads the harbour authority"),
        ("Maria Costa was appointed finance minister on Monday.", "finance minister"),
        ("Maria Costa was named as chief inspector.", "chief inspector"),
        ("Police spokesman Sgt. Erik Dahl said so.", "Police spokesman"),
    ],
)
def test_role_told_by_a_verb_or_before_a_title(text: str, role: str) -> None:
    """Verbs of leading and appointing tell roles, and a title may stand behind another role."""
    assert role in [claim.text for claim in claims_of(text, Kind.ROLE)]


@pytest.mark.parametrize(
    "text", ["A Chicago man died.", "Ada Brunn, 44, of Oslo, died.", "The storm killed a woman from Oslo."]
)
def test_home_is_told_from_the_scene(text: str) -> None:
    """Where somebody is from is claimed as a home, with less confidence than a scene."""
    (home,) = claims_of(text, Kind.LOCATION)
    assert (home.about.slot, home.confidence) == ("home", 0.5)
    assert home.text in ("Chicago", "Oslo")


def test_home_is_part_of_a_profile() -> None:
    """The home of a named person stands in the profile, once."""
    text = "Erik Dahl, 23, of Oslo, was charged on Friday."
    reading = read(Article("a", "Herald", "A title", text, "", published=Published("2031-04-09")))
    (person,) = (entity for entity in reading.entities if entity.type == "person")
    assert [(a.kind, a.value) for a in person.attributes if a.kind == "home"] == [("home", "Oslo")]


@pytest.mark.parametrize(
    ("text", "slot", "words"),
    [
        ("He was shot in the left leg.", "where on the body", "left leg"),
        ("The man carried a 9mm pistol.", "weapon", "9mm pistol"),
        ("The gunmen fled in a silver van.", "vehicle", "silver van"),
        ("The shots were fired during a wake.", "occasion", "wake"),
        ("The fire stemmed from a short circuit.", "cause", "short circuit"),
        ("He died of natural causes.", "cause", "natural causes"),
        ("Acme Corp., a maker of small engines, closed.", "what acme corp. is", "maker of small engines"),
    ],
)
def test_other_details(text: str, slot: str, words: str) -> None:
    """Weapons, vehicles, occasions, wounds, causes and what a firm is are claims of the kind other."""
    assert (slot, words) in [(claim.about.slot, claim.text) for claim in claims_of(text, Kind.OTHER)]


@pytest.mark.parametrize(
    ("text", "offence"),
    [("She faces a fraud trial.", "fraud"), ("The discrimination lawsuit failed.", "discrimination")],
)
def test_offence_before_the_word_for_a_case(text: str, offence: str) -> None:
    """A word before trial, lawsuit or charge names what it is about."""
    assert [claim.text for claim in claims_of(text, Kind.CHARGE)] == [offence]


@pytest.mark.parametrize(
    "text", ["The Holm administration agreed.", "The U.S.-led mission ended.", "He drove a Ford Ranger."]
)
def test_no_place_by_the_words_around(text: str) -> None:
    """A person's administration, a compound and a car are no places."""
    assert claims_of(text, Kind.LOCATION) == []
