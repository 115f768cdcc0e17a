"""Who says what, in sentences written for the purpose."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from reconcile.extract.attributions import find_all_attributions
from reconcile.extract.document import parse
from reconcile.model import Attribute, Attribution, Entity, NameValue, Span


def find_attributions(doc: Doc, entities: tuple[Entity, ...] = ()) -> tuple[Attribution, ...]:
    """The outermost attributions of a parsed text."""
    return find_all_attributions(doc, entities)[0]


def read(text: str) -> list[tuple[str, str]]:
    """Source and content of each attribution, parts joined with " … "."""
    return [_words(text, a) for a in find_attributions(parse(text))]


def _words(text: str, found: Attribution) -> tuple[str, str]:
    return " … ".join(s.of(text) for s in found.source), " … ".join(s.of(text) for s in found.content)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor said that the dam will hold.", "The mayor", "that the dam will hold"),
        ("The dam will hold, the mayor said.", "the mayor", "The dam will hold"),
        (
            "“The dam will hold until spring,” said Mayor Ines Roth.",
            "Mayor Ines Roth",
            "“The dam will hold until spring,”",
        ),
        ("According to the ministry, the dam cost 40 million euros.", "the ministry", "the dam cost 40 million euros"),
        ("The dam cost 40 million euros, according to the ministry.", "the ministry", "The dam cost 40 million euros"),
        ("Two officials told reporters that the valve had failed.", "Two officials", "that the valve had failed"),
        ("The report says the valve was never tested.", "The report", "the valve was never tested"),
        ("Roth believes that the valve was never tested.", "Roth", "that the valve was never tested"),
        ("Roth promised to repair the valve.", "Roth", "to repair the valve"),
        ("Roth criticized the ministry for its delay.", "Roth", "the ministry for its delay"),
        ("Farmers called for a new inspection of the valve.", "Farmers", "a new inspection of the valve"),
        ("Roth urged the ministry to open its files.", "Roth", "the ministry to open its files"),
        ("Roth was worried about the northern wall.", "Roth", "the northern wall"),
        ("The plan was endorsed by the farmers' union.", "the farmers' union", "The plan"),
    ],
)
def test_frames(text: str, source: str, content: str) -> None:
    """Each way of reporting gives its source and what is reported."""
    assert (source, content) in read(text)


def test_content_around_its_source_is_split() -> None:
    """A reporting clause put into a quotation splits the content in two."""
    text = "“If the wall breaks,” Roth said, “the valley will flood within an hour.”"
    assert read(text) == [("Roth", "“If the wall breaks,” … “the valley will flood within an hour.”")]


def test_quotation_of_several_sentences_is_whole() -> None:
    """A quotation of several sentences belongs to one speaker, with the quotation that follows the cue."""
    text = "“The wall is old. It leaks in winter,” Roth said. “We knew that for ten years.”"
    assert read(text) == [("Roth", "“The wall is old. It leaks in winter,” … “We knew that for ten years.”")]


def test_quotation_over_paragraphs() -> None:
    """A quotation left open at a paragraph's end goes on in the next."""
    text = "Roth said, “The wall is old and it leaks.\n“We knew that for ten years.”\nThe river rose."
    ((_, content),) = read(text)
    assert content.endswith("“We knew that for ten years.”")


def test_transcript_labels() -> None:
    """A speaker's label in capitals gives the speech after it."""
    assert read("ROTH: The wall is old and it leaks.") == [("ROTH", "The wall is old and it leaks")]


def test_scare_quotes_are_nobodys() -> None:
    """A short term in quotation marks is no speech."""
    assert read("The so-called “river wall” stands near the mill.") == []


def test_styles() -> None:
    """A quotation is direct, a report indirect, a report with quoted words mixed."""
    texts = (
        "“The wall will hold until spring,” Roth said.",
        "Roth said the wall will hold until spring.",
        "Roth said the wall “will hold” until the spring floods are over.",
    )
    assert [find_attributions(parse(t))[0].style for t in texts] == ["direct", "indirect", "mixed"]


def test_hedge_beside_the_cue() -> None:
    """An adverb of distance at the cue is the attribution's hedge."""
    assert find_attributions(parse("Roth reportedly said that the wall will hold."))[0].hedge == "reportedly"


def test_nested_report() -> None:
    """The outer report is one attribution; what it reports of another speaker is nested."""
    text = "Roth said the police told her that the valve had failed."
    doc = parse(text)
    assert [_words(text, a)[0] for a in find_attributions(doc)] == ["Roth"]
    assert [_words(text, a) for a in find_all_attributions(doc)[1]] == [("the police", "that the valve had failed")]


def _person(text: str, name: str, *mentions: str) -> Entity:
    spans = tuple(Span(text.rindex(m), text.rindex(m) + len(m)) for m in mentions)
    return Entity("person:" + name.lower(), "person", NameValue(name), spans)


def test_speaker_is_the_entity() -> None:
    """A source that is a mention of an entity gives its full name and key."""
    text = "Ines Roth arrived early. “The wall will hold until spring,” Roth said."
    entity = _person(text, "Ines Roth", "Ines Roth", "Roth")
    found = find_attributions(parse(text), (entity,))[0]
    assert found.speaker == "Ines Roth"


def test_pronoun_speaker_is_the_person_before() -> None:
    """A pronoun speaker is the last person who was a subject."""
    text = "Ines Roth visited the wall on Monday. She said that it will hold."
    found = find_attributions(parse(text), (_person(text, "Ines Roth", "Ines Roth"),))[-1]
    assert (found.speaker, found.speaker_key) == ("Ines Roth", "person:ines roth")


def test_unnamed_speaker_keeps_its_words() -> None:
    """A source that is no entity keeps the article's own words and has no key."""
    found = find_attributions(parse("Two senior officials said that the valve had failed."))[0]
    assert (found.speaker, found.speaker_key) == ("Two senior officials", None)


PIECES = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "Roth",
            " said ",
            "that ",
            "the dam ",
            ", ",
            ". ",
            "\n",
            "according to ",
            "who ",
            "''",
            "MAYOR: ",
            "é",
            "👩🏽 ",
        ]
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(PIECES.map("".join), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120)))
def test_spans_lie_in_the_text(text: str) -> None:
    """Whatever the text, every span lies inside it and content parts come in order without overlaps."""
    for found in find_attributions(parse(text)):
        end = 0
        for span in found.content:
            assert end <= span.start < span.end <= len(text)
            end = span.end
        assert all(0 <= s.start < s.end <= len(text) for s in (*found.source, found.cue or Span(0, 1)))


def test_pronoun_speaker_agrees_in_gender() -> None:
    """ "She" is not the man who was the last subject."""
    text = "Maria Lopez owns the mill. John Becker rents it. She said the wall is old."
    people = (_person(text, "Maria Lopez", "Maria Lopez"), _person(text, "John Becker", "John Becker"))
    named = tuple(replace(p, name=NameValue(p.name.full, given=p.name.full.split()[0])) for p in people)
    assert find_attributions(parse(text), named)[-1].speaker == "Maria Lopez"


def test_role_speaker_is_its_holder() -> None:
    """A definite role is the person who was said to hold it, also where the title was short."""
    text = "Gov. Maria Lopez visited the mill. The wall is old, the governor said."
    role = Attribute("role", "Gov.", Span(0, 4))
    entity = replace(_person(text, "Maria Lopez", "Maria Lopez"), attributes=(role,))
    assert find_attributions(parse(text), (entity,))[-1].speaker == "Maria Lopez"


def test_wishes_are_no_assertions() -> None:
    """What a source wants or judges is told apart from what it says is so."""
    acts = [find_attributions(parse(t))[0].act for t in ("Roth said the wall is old.", "Roth criticized the ministry.")]
    assert acts == ["assertion", "attitude"]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The wall is old, but the valve is new, Roth said on Monday.",
            "Roth",
            "The wall is old, but the valve is new",
        ),
        ("Police identified the driver as Jonas Petersen.", "Police", "the driver as Jonas Petersen"),
        ("Roth said the wall is old, adding that the valve is new.", "Roth", "that the valve is new"),
    ],
)
def test_whole_reports(text: str, source: str, content: str) -> None:
    """A closing clause speaks for its sentence; a second cue for its own part."""
    assert (source, content) in read(text)


def test_update_label_is_no_speaker() -> None:
    """A label that heads a paragraph of news is nobody's name."""
    assert read("UPDATE: The wall is old.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Roth said the wall is old.\n“It was built before the war and never repaired.”\nThe river rose.",
        "Roth was blunt: “It was built before the war and never repaired.”",
        "“It was built before the war and never repaired,” Roth (D-Mill) and others said at the gate on Monday.",
    ],
)
def test_quotations_find_their_speaker(text: str) -> None:
    """A quotation in its own paragraph, after a colon or before a long name has a speaker."""
    assert any("Roth" in source and "never repaired" in content for source, content in read(text))


def test_dateline_before_a_colon_is_no_speaker() -> None:
    """The place that opens a report is where it was filed, not who says it."""
    doc = parse("GENEVA: Two delegations will meet on Friday for a third round of talks.")
    assert not any("GENEVA" in a.speaker for a in find_attributions(doc))
