"""All the claims of one article: each maker reads the layers and yields claims of its kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reconcile.extract.claim_actions import action_claims
from reconcile.extract.claim_charges import charge_claims
from reconcile.extract.claim_counts import implied_count_claims, sum_claims
from reconcile.extract.claim_details import detail_claims
from reconcile.extract.claim_parties import party_claims
from reconcile.extract.claim_people import leader_claims, name_claims, participant_claims
from reconcile.extract.claim_places import common_place_claims, place_claims, seat_claims, stage_claims
from reconcile.extract.claim_roles import role_claims, unnamed_role_claims, verb_role_claims
from reconcile.extract.claim_speech import quotation_claims, statement_claims
from reconcile.extract.claim_statuses import status_claims
from reconcile.extract.claim_values import quantity_claims, time_claims
from reconcile.extract.layers import Layers
from reconcile.model import Claim

MAKERS: tuple[Callable[[Layers], Iterator[Claim]], ...] = (
    time_claims,
    quantity_claims,
    implied_count_claims,
    sum_claims,
    name_claims,
    role_claims,
    unnamed_role_claims,
    verb_role_claims,
    participant_claims,
    party_claims,
    leader_claims,
    place_claims,
    common_place_claims,
    seat_claims,
    stage_claims,
    quotation_claims,
    statement_claims,
    action_claims,
    detail_claims,
    charge_claims,
    status_claims,
)


def make_claims(layers: Layers) -> tuple[Claim, ...]:
    """The claims of an article, in the order of their spans; no two with the same id."""
    made = {claim.id: claim for maker in MAKERS for claim in maker(layers)}
    return tuple(sorted(made.values(), key=lambda claim: (claim.span, claim.kind, claim.id)))
