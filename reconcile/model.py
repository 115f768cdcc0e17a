"""The values that travel through the line, all frozen: Article, Reading, Claim, Story, Fact, Finding, their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What a claim's value is a value of."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    LOCATION = "location"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    AGE = "age"
    PERSON_NAME = "person_name"
    ROLE = "role"
    PARTICIPANT = "participant"
    LEADER = "leader"
    VOTE = "vote"
    ORDINAL = "ordinal"
    QUOTATION = "quotation"
    STATEMENT = "statement"
    ACTION = "action"
    CHARGE = "charge"
    STATUS = "status"
    OTHER = "other"


class Verdict(StrEnum):
    """What a rule says about a fact; only ``contradiction`` alarms."""

    AGREEMENT = "agreement"
    PRECISION = "precision"
    UPDATE = "update"
    ATTRIBUTION = "attribution"
    CONTRADICTION = "contradiction"
    SINGLE = "single"
    UNDECIDED = "undecided"


class Severity(StrEnum):
    """How much a finding matters, lowest first."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Relation(StrEnum):
    """How two values compare."""

    EQUAL = "equal"
    FINER = "finer"
    OVERLAPS = "overlaps"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Character offsets ``[start, end)`` in an article's text, as Python string indices."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared: an ISO date or datetime, how precise it is, and where it came from."""

    iso: str
    precision: Literal["minute", "day", "month", "year"] = "day"
    origin: Literal["stated", "inferred"] = "stated"
    reason: str = ""
    confidence: float = 1.0

    def moment(self) -> datetime:
        """The earliest moment this date allows, without a time zone."""
        padded = {"year": "-01-01", "month": "-01"}.get(self.precision, "")
        return datetime.fromisoformat(self.iso + padded).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who an article names as its writer, and where that is stated."""

    text: str
    origin: Literal["stated", "feed", "page"] = "stated"


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of one outlet's article; ``sha256`` is that of the text."""

    id: str
    source: str
    title: str
    text: str
    sha256: str
    url: str | None = None
    published: Published | None = None
    language: str = "en"
    origin: str = ""
    """The file or address it was read from, for messages."""
    family: str = ""
    """The owner or group that its source is configured to belong to."""
    byline: Byline | None = None
    credits: tuple[str, ...] = ()
    """Outlets and agencies that its feed or page, beside the text, names as where it comes from."""


# --- values -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeAlternative:
    """Another reading of an ambiguous time, with its weight between 0 and 1."""

    timex: str
    start: datetime | None
    end: datetime | None
    weight: float


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A date, time, duration or set: TIMEX3 type and value, and the interval ``[start, end)`` it covers.

    ``start`` and ``end`` are naive moments in the article's own local time; both are None for durations, sets and
    vague times. A duration has ``amount`` in ``unit`` (second, minute, hour, day, week, month, year, …).
    ``modifier`` is TIMEX3's ``mod`` (START, MID, END, APPROX, BEFORE, AFTER, LESS_THAN, MORE_THAN,
    EQUAL_OR_LESS, EQUAL_OR_MORE); ``anchor`` tells what fixed the value.
    """

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    timex: str
    granularity: str
    start: datetime | None = None
    end: datetime | None = None
    modifier: str | None = None
    anchor: Literal["explicit", "published", "narrative", "none"] = "explicit"
    confidence: float = 1.0
    alternatives: tuple[TimeAlternative, ...] = ()
    amount: float | None = None
    unit: str | None = None
    tag: Literal["time"] = "time"


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number as said: ``low`` and ``high`` are equal for a point and differ for a range.

    ``bound`` is how it was hedged; ``unit`` is "" for a plain count, else "percentage", "dollar", "kilometre", …;
    ``noun`` is the lemma of what is counted.
    """

    low: float
    high: float
    bound: Literal["=", "~", "<", ">", "<=", ">="] = "="
    unit: str = ""
    noun: str = ""
    category: Literal["count", "amount", "percent", "age", "ordinal", "vote", "measure"] = "count"
    tag: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class NameValue:
    """A person's or an organisation's name in parts; parts that were not given are empty."""

    full: str
    given: str = ""
    middle: str = ""
    surname: str = ""
    suffix: str = ""
    tag: Literal["name"] = "name"


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place, with the places that contain it, smallest first ("Chubbuck" in ("Idaho", "United States")).

    ``presumed`` is the region or country that a place without one probably lies in, by what is told around it; "" for
    none. It tells far places apart, and is no part of what the place is called.
    """

    name: str
    containers: tuple[str, ...] = ()
    level: Literal["address", "site", "district", "city", "county", "region", "country", "area", "unknown"] = "unknown"
    tag: Literal["place"] = "place"
    presumed: str = ""


@dataclass(frozen=True, slots=True)
class TextValue:
    """Words that stand for themselves: a role, a charge, a quotation; ``words`` are their content lemmas."""

    text: str
    words: tuple[str, ...] = ()
    tag: Literal["text"] = "text"


Value = TimeValue | NumberValue | NameValue | PlaceValue | TextValue


# --- the layers of a reading ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression where it stands."""

    span: Span
    value: TimeValue


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity where it stands; ``noun_span`` is the head noun that it counts, where there is one."""

    span: Span
    value: NumberValue
    noun_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing an article says of an entity (a role, an age, a home), with its evidence."""

    kind: Literal["role", "age", "affiliation", "status", "home"]
    value: str
    span: Span
    qualifier: Literal["", "former", "acting", "future", "deputy"] = ""
    holder: Span | None = None
    """The mention of the entity that this evidence stands beside."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place of one article, with every mention of it and what is said of it."""

    key: str
    type: Literal["person", "organisation", "place", "group"]
    name: NameValue | PlaceValue
    mentions: tuple[Span, ...]
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: spans of the source, of the cue, and of the content; ``speaker`` is the source resolved.

    ``act`` parts what the source states or holds to be so from what it only wants, judges or is about to do.
    """

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    style: Literal["direct", "indirect", "mixed"]
    speaker: str
    speaker_key: str | None = None
    hedge: str | None = None
    act: Literal["assertion", "attitude"] = "assertion"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch of text that is not the article's body, and why it was left unread."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an article is about, small: all that grouping and independence need of it.

    ``words`` are content lemmas with their counts; ``shingles`` are sampled hashes of word runs of the body;
    ``days`` are the ISO days it speaks of; ``credits`` are agencies it credits, ``cites`` outlets it quotes;
    ``paragraphs`` are hashes of its first and last paragraphs, where a publisher repeats itself; ``segments`` are the
    runs of paragraphs about different things, of an article that is not all of one piece.
    """

    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    shingles: tuple[int, ...] = ()
    credits: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of an article's paragraphs, and what it is about."""

    span: Span
    sketch: Sketch


# --- claims and what is made of them ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class About:
    """What a claim's value is a value of: the context that matching compares, never the value itself.

    ``subject`` is the key of the entity the value belongs to; ``entities`` are those named in the clause;
    ``head`` is the counted or described noun; ``actor`` the lemma of the clause's grammatical subject;
    ``predicate`` the governing verb; ``event`` its class from the lexicon ("kill", "meet");
    ``day`` the ISO day of the clause's time frame; ``words`` the clause's content lemmas.
    """

    subject: str | None = None
    entities: tuple[str, ...] = ()
    head: str = ""
    actor: str = ""
    predicate: str = ""
    event: str = ""
    events: tuple[str, ...] = ()
    """Every class of event told in the clause, ``event`` first."""
    day: str = ""
    place: str = ""
    slot: str = ""
    """The question in few words, such as "count of killed person" or "age of person"."""
    words: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    """The content lemmas of the rest of the sentence."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that one article gives for one slot; ``span.of(article.text) == text`` always."""

    id: str
    article: str
    kind: Kind
    about: About
    value: Value
    span: Span
    text: str
    clause: Span
    quote: str
    speaker: str | None = None
    hedge: str | None = None
    polarity: Literal["positive", "negative"] = "positive"
    modality: Literal["done", "planned", "possible", "denied"] = "done"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Expected trouble as a value: what, where, and the cure, in one line each.

    ``loss`` tells whether something was left out because of it; a mere note ("date inferred") loses nothing.
    """

    stage: str
    where: str
    message: str
    cure: str = ""
    loss: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article; a pure function of the article and the extractor's version."""

    article: str
    extractor: str
    published: Published | None
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    sketch: Sketch = field(default_factory=Sketch)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Dependence:
    """Why two articles, by id, count as one source; ``reason`` is a clause in words, without full stop."""

    left: str
    right: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A stretch of an article, by id, that tells of another story than the article's own: it belongs to ``story``."""

    article: str
    span: Span
    story: str


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one event; ``independent`` groups them into sources that did not copy each other.

    ``dependences`` tell why articles are in one group: enough of them to hold each group together, not all.
    ``parts`` are what its articles tell of other stories, kept out of it, and what others' articles tell of it.
    """

    id: str
    articles: tuple[str, ...]
    title: str = ""
    independent: tuple[tuple[str, ...], ...] = ()
    dependences: tuple[Dependence, ...] = ()
    parts: tuple[Part, ...] = ()

    def guests(self) -> tuple[str, ...]:
        """The ids of the other stories' articles that tell of this one in part."""
        return tuple(sorted({part.article for part in self.parts if part.story == self.id}))


@dataclass(frozen=True, slots=True)
class Feature:
    """One named piece of evidence that two claims share a slot: a score in [-1, 1] and one sentence."""

    name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two values compare, and the reason in words."""

    relation: Relation
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """Why two claims are held to be about one slot."""

    left: str
    right: str
    score: float
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """The claims of one story about one slot, with the links that hold them together."""

    id: str
    story: str
    kind: Kind
    label: str
    claims: tuple[Claim, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's verdict on one fact, or on several that must fit together."""

    id: str
    fingerprint: str
    rule: str
    verdict: Verdict
    kind: Kind
    severity: Severity
    story: str
    fact: str
    summary: str
    explanation: tuple[str, ...]
    confidence: float
    independent_sources: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of the line: when, with which versions, what it made, and what went wrong."""

    id: str
    started: datetime
    finished: datetime
    versions: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...] = ()


# --- review -----------------------------------------------------------------------------------


class Decision(StrEnum):
    """What a reviewer holds a finding to be."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    SAME_FACT = "same_fact"
    NOT_SAME_FACT = "not_same_fact"
    WRONG_EXTRACTION = "wrong_extraction"
    UPDATE = "update"
    FOLLOW_UP = "follow_up"


class Act(StrEnum):
    """What a judgement does: only ``decide`` says anything of the finding itself."""

    DECIDE = "decide"
    COMMENT = "comment"
    ASSIGN = "assign"
    DUE = "due"
    SECOND = "second"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One claim as a judgement remembers it: outlet, value and words, never the ids of one extraction."""

    source: str
    kind: Kind
    value: str
    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right in place of a claim that was read wrongly; without ``text`` and ``value`` there is no such claim.

    ``text`` are the right words, which stand in the quote; ``value`` is what they mean.
    """

    evidence: Evidence
    text: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer did about one finding, once and for all; undoing it is another judgement.

    ``case`` names the finding across runs. ``groups`` hold the evidence that answers one question each.
    ``second`` tells that a second person must agree. ``of`` is the judgement that is undone, ``batch`` what was decided
    in one go. ``hash`` covers all the other fields and ``previous``, the hash of the judgement before.
    """

    sequence: int
    id: str
    case: str
    act: Act
    user: str
    at: datetime
    decision: Decision | None = None
    reason: str = ""
    fingerprint: str = ""
    story: str = ""
    rule: str = ""
    verdict: Verdict | None = None
    kind: Kind | None = None
    severity: Severity | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    groups: tuple[tuple[Evidence, ...], ...] = ()
    corrections: tuple[Correction, ...] = ()
    second: bool = False
    assignee: str = ""
    due: date | None = None
    of: str = ""
    batch: str = ""
    previous: str = ""
    hash: str = ""
