"""Where a case stands, and the chain of judgements, as pure functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reconcile.match.evidence import changes, overlap
from reconcile.model import Act, Decision, Evidence, Judgement, Kind, Verdict
from reconcile.review.agreement import agreement
from reconcile.review.chain import START, Link, seal, verify
from reconcile.review.standing import State, assess, effective, undone
from reconcile.review.views import Rate

NOW = datetime(2024, 3, 7, tzinfo=UTC)
HERALD = Evidence("Herald", Kind.COUNT, "12 person", "12", "The fire killed 12 people.")
TRIBUNE = Evidence("Tribune", Kind.COUNT, "15 person", "15", "At least 15 people died in the fire.")

evidence = st.builds(
    Evidence,
    st.sampled_from(["Herald", "Tribune", "Post"]),
    st.just(Kind.COUNT),
    st.sampled_from(["1", "2", "3"]),
    st.text(max_size=5),
    st.text(max_size=20),
)
acts = st.lists(
    st.tuples(
        st.sampled_from(list(Act)), st.sampled_from(list(Decision)), st.sampled_from(["ann", "bea"]), st.booleans()
    ),
    max_size=12,
)


def judgement(number: int, act: Act = Act.DECIDE, **values: object) -> Judgement:
    """A judgement made number days after the first."""
    made = Judgement(number, f"j{number}", "case", act, "ann", NOW + timedelta(days=number))
    return replace(made, **{"evidence": (HERALD, TRIBUNE)} | values)  # type: ignore[arg-type]


@given(st.lists(evidence, min_size=1))
def test_unchanged_evidence_never_reopens(items: list[Evidence]) -> None:
    """Evidence compared with itself, in any order and with repeats, has not changed where it has words."""
    worded = [replace(item, quote=f"“{item.quote}”") for item in items]
    assert changes(worded, [*reversed(worded), *worded]) == ()


@given(st.lists(evidence), st.lists(evidence))
def test_overlap_is_a_share_and_symmetric_enough_to_rank(one: list[Evidence], other: list[Evidence]) -> None:
    """Overlap lies between 0 and 1, and is 1 of a thing with itself."""
    assert 0 <= overlap(one, other) <= 1
    assert overlap(one, one) == (1.0 if one else 0.0)


def test_sentence_cut_otherwise_is_the_same_passage() -> None:
    """A quote that another extractor cuts shorter is no new evidence; other words are."""
    assert changes([HERALD], [replace(HERALD, quote="killed 12 people")]) == ()
    assert changes([HERALD], [replace(HERALD, quote="12 are dead")]) == ("Herald says “12” in other words than before",)


@given(acts)
def test_any_history_has_a_standing(history: list[tuple[Act, Decision, str, bool]]) -> None:
    """Whatever was done in whatever order, a case stands somewhere, and is decided only where a decision counts."""
    made = [
        judgement(n, act, decision=decision if act is Act.DECIDE else None, user=user, second=two, of=f"j{n - 1}")
        for n, (act, decision, user, two) in enumerate(history)
    ]
    standing = assess(made, (HERALD, TRIBUNE))
    assert (standing.state in (State.DECIDED, State.FOLLOW_UP, State.DISPUTED)) <= (standing.decision is not None)
    assert {item.id for item in effective(made)} & undone(made) == set()


def test_last_decision_counts() -> None:
    """A later decision of the same reviewer takes the place of an earlier one."""
    made = [judgement(1, decision=Decision.DISMISSED), judgement(2, decision=Decision.CONFIRMED)]
    assert assess(made, (HERALD, TRIBUNE)).decision is Decision.CONFIRMED


def test_asking_for_a_second_person_reopens_what_one_decided() -> None:
    """One decision is not enough once somebody asks for another pair of eyes."""
    made = [judgement(1, decision=Decision.DISMISSED), judgement(2, Act.SECOND)]
    assert assess(made, (HERALD, TRIBUNE)).state is State.WAITING
    agreed = [*made, judgement(3, decision=Decision.DISMISSED, user="bea")]
    assert assess(agreed, (HERALD, TRIBUNE)).state is State.DECIDED


def test_empty_chain_is_whole() -> None:
    """No judgements, no faults."""
    assert verify([]).faults == ()


@given(st.integers(1, 6), st.data())
def test_any_change_to_a_sealed_judgement_shows(length: int, data: st.DataObject) -> None:
    """Whichever field of whichever judgement is changed, the chain is not whole any more."""
    links, previous = [], START
    for number in range(1, length + 1):
        fields = {"sequence": number, "previous": previous, "user": "ann", "reason": f"r{number}"}
        previous = seal(fields)
        links.append(Link(number, previous, fields))
    assert verify(links).faults == ()
    at = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(["user", "reason", "previous", "sequence"]))
    links[at] = replace(links[at], fields={**links[at].fields, name: "another"})
    assert verify(links).faults != ()


@given(st.integers(0, 50), st.integers(0, 50))
def test_interval_holds_its_share(part: int, more: int) -> None:
    """Wilson's interval lies within 0 and 1 and around the share."""
    rate = Rate(part, part + more)
    assert 0 <= rate.low <= rate.share + 1e-9
    assert rate.share - 1e-9 <= rate.high <= 1


def test_agreement_counts_each_case_once_by_its_last_decision() -> None:
    """Confirmed after dismissed is agreement with a contradiction; a follow-up says nothing."""
    told = {"rule": "r", "verdict": Verdict.CONTRADICTION, "confidence": 0.85}
    made = [
        judgement(1, decision=Decision.DISMISSED, **told),
        judgement(2, decision=Decision.CONFIRMED, **told),
        judgement(3, decision=Decision.DISMISSED, case="other", **told),
        judgement(4, decision=Decision.FOLLOW_UP, case="third", **told),
    ]
    rate, bins = agreement(made)["r"]
    assert (rate.part, rate.whole, [(one.low, one.agreed.whole) for one in bins]) == (1, 2, [(0.8, 2)])
