"""A new rule to begin with: commented YAML that checks out and whose examples pass, for each family and kind."""

from __future__ import annotations

from reconcile.check.read_rule import RULE_ID, Family
from reconcile.errors import ReconcileError
from reconcile.model import Kind

SCHEMA_FILE = "rules.schema.json"
_VALUES: dict[Kind, tuple[str, str]] = {
    Kind.DATE: ("2031-04-08", "2031-04-11"),
    Kind.TIME: ('"2031-04-08T09:00"', '"2031-04-08T13:00"'),
    Kind.DURATION: ("P3Y", "P5Y"),
    Kind.LOCATION: ('"Lyon, France"', '"Nantes, France"'),
    Kind.COUNT: ("40", "60"),
    Kind.AMOUNT: ("3000000", "4000000"),
    Kind.PERCENT: ("52", "47"),
    Kind.AGE: ("39", "36"),
    Kind.VOTE: ("218", "212"),
    Kind.ORDINAL: ("2", "3"),
    Kind.PERSON_NAME: ("Adam Marlowe", "Bridget Oyelaran"),
    Kind.LEADER: ("Adam Marlowe", "Bridget Oyelaran"),
    Kind.PARTICIPANT: ("Adam Marlowe", "Bridget Oyelaran"),
    Kind.ROLE: ("finance minister", "foreign minister"),
    Kind.QUOTATION: ("we will rebuild every house", "we will not rebuild every house"),
    Kind.STATEMENT: ("the fire was accidental", "the fire was deliberate"),
    Kind.ACTION: ("the council approved the budget", "the council rejected the budget"),
    Kind.CHARGE: ("pleaded guilty to burglary", "pleaded not guilty to burglary"),
    Kind.STATUS: ("in custody", "at large"),
    Kind.OTHER: ("the council approved the budget", "the council rejected the budget"),
}
"""Two values of each kind that differ."""

_HEAD = """\
# yaml-language-server: $schema={schema}
# (The line above lets many editors check this file while you type; make the schema file with
#  reconcile rules schema > {schema})
# Guide: docs/rules.md. Check it:          reconcile rules check --rules FOLDER
#                       Try its examples:  reconcile rules test --rules FOLDER
format: 1
pack:
  name: {id}
  owner: our desk            # who answers for these rules
rules:
  - id: {id}
    family: {family}
    title: {title}
    # Why an editor cares, in a sentence or two.
    about: Outlets that differ here cannot both be right, and readers will notice.
"""
_SAME_SLOT = """\
    takes:
      kinds: [{kind}]
      # heads: [delegate]    # only where this noun is counted or described
      # events: [meet]       # only where the sentence tells of such an event
    # What a pair must meet before any verdict is tried; `a` is the earlier claim, `b` the later:
    # where: a.head == b.head
    severity: medium         # info, low, medium or high
    verdicts:                # in order; the first whose condition holds counts
      - verdict: agreement
        when: relation == "equal"
        severity: info
        message: "{{sources}} agree on {{label}}: {{a_text}}."
      - verdict: precision   # they fit together, one of them more exactly
        when: relation == "finer" || relation == "overlaps"
        severity: low
        message: "{{sources}} fit together on {{label}}: {{values}}."
      - verdict: contradiction
        when: score >= 0.6 && a.modality == b.modality && a.polarity == b.polarity
        message: "{{a_source}} and {{b_source}} differ on {{label}}: {{values}}."
      - verdict: undecided   # the rest
        when: "true"
        severity: low
        message: "These may be two different things: {{values}}."
    examples:
      - title: They differ
        expect: contradiction
        claims:
          - {{source: Herald, kind: {kind}, value: {first}}}
          - {{source: Courier, kind: {kind}, value: {second}}}
      - title: They agree
        expect: agreement
        claims:
          - {{source: Herald, kind: {kind}, value: {first}}}
          - {{source: Courier, kind: {kind}, value: {first}}}
      - title: A trap, what is planned is not what was done
        expect: undecided
        claims:
          - {{source: Herald, kind: {kind}, value: {first}, modality: planned}}
          - {{source: Courier, kind: {kind}, value: {second}}}
"""
_CONSISTENCY = """\
    scope: article           # article: all claims from one article; sources: each from another outlet
    select:                  # one to four groups of claims, each with a name of yours
      first:
        kinds: [{kind}]
        where: claim.modality == "done" && claim.confidence >= 0.6
      second:
        kinds: [{kind}]
        where: claim.modality == "done" && claim.confidence >= 0.6
    same: [subject]          # what the claims must have in common
    when: first.relation_to.second == "differs"
    verdict: undecided       # contradiction raises an alarm: first see what this finds
    severity: medium         # info, low, medium or high
    message: "{{first_source}} says two things of {{first_subject}}: {{first_text}} and {{second_text}}."
    examples:
      - title: Two values in one article
        expect: undecided
        claims:
          - {{source: Herald, kind: {kind}, value: {first}, subject: "person:jane roe"}}
          - {{source: Herald, kind: {kind}, value: {second}, subject: "person:jane roe"}}
      - title: A trap, two people
        expect: none
        claims:
          - {{source: Herald, kind: {kind}, value: {first}, subject: "person:jane roe"}}
          - {{source: Herald, kind: {kind}, value: {second}, subject: "person:john poe"}}
      - title: A trap, two outlets
        expect: none
        claims:
          - {{source: Herald, kind: {kind}, value: {first}, subject: "person:jane roe"}}
          - {{source: Courier, kind: {kind}, value: {second}, subject: "person:jane roe"}}
"""


def rule_skeleton(id_: str, family: str, kind: str) -> str:
    """A file with one rule of this id; raises ReconcileError for what cannot be an id, a family or a kind."""
    if not RULE_ID.fullmatch(id_) or len(id_) > 80:
        raise ReconcileError(f"{id_!r} cannot be the id of a rule", "use small letters, digits and single hyphens")
    if family not in list(Family):
        raise ReconcileError(f"there is no family {family!r}", f"use one of: {', '.join(Family)}")
    if kind not in list(Kind):
        raise ReconcileError(f"there is no kind {kind!r}", f"use one of: {', '.join(Kind)}")
    first, second = _VALUES[Kind(kind)]
    body = _SAME_SLOT if family == Family.SAME_SLOT else _CONSISTENCY
    title = id_.replace("-", " ").capitalize()
    head = _HEAD.format(id=id_, family=family, title=title, schema=SCHEMA_FILE)
    return head + body.format(kind=kind, first=first, second=second)
