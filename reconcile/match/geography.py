"""Where a story plays: the region that most of its places lie in, presumed of sites and towns that tell of none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reconcile.model import Claim, Entity, Kind, PlaceValue, Reading
from reconcile.normalize.places import containers_of, is_far, region_of, town_of_site

_SHARE = 0.6
"""The least share of a story's located places that must lie in one region for it to be the story's."""
_LEAST = 2
_MENTIONS_COUNTED = 4
"""An article counts with at most so many mentions of one place: one long article does not outweigh the others."""
_PRESUMING = frozenset({"address", "site", "district", "city", "county"})

Region = tuple[str, ...]
"""A region with its country, or a country alone."""


class Geography:
    """The regions and countries that the articles of a story name, and the one that it plays in."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """``readings`` are those of one story's articles."""
        self._named: Counter[Region] = Counter()
        self._settled: dict[PlaceValue, PlaceValue] = {}
        for reading in readings:
            self._named.update(dict(_locate(reading)))
        self.home = self._find_home()

    def _find_home(self) -> Region:
        """The region that the story plays in, else the country; () where neither is clear."""
        for length in (2, 1):
            counts = Counter({chain[-length:]: 0 for chain in self._named if len(chain) >= length})
            for chain, count in self._named.items():
                if len(chain) >= length:
                    counts[chain[-length:]] += count
            if counts:
                best, count = counts.most_common(1)[0]
                if count >= _LEAST and count >= _SHARE * counts.total():
                    return best
        return ()

    def settle(self, claim: Claim) -> Claim:
        """The claim, its place presumed to lie where the story plays where nothing in its article tells otherwise."""
        value = claim.value
        if not self.home or not isinstance(value, PlaceValue) or value.level not in _PRESUMING or region_of(value):
            return claim
        home = self.home[0] if value.presumed in ("", self.home[0]) else ""
        if home == value.presumed:
            return claim
        return replace(claim, value=self._settled.setdefault(value, replace(value, presumed=home)))

    def is_stray(self, claim: Claim) -> bool:
        """Whether a claim sets something far from where the story plays, where nothing else in it is set."""
        value = claim.value
        if claim.kind is not Kind.LOCATION or not isinstance(value, PlaceValue):
            return False
        return is_far(value, self.home) and self._named[region_of(value)] <= 1


def _locate(reading: Reading) -> Iterator[tuple[Region, int]]:
    """The regions and countries that an article names, each with how often."""
    counts: Counter[Region] = Counter()
    for entity in reading.entities:
        region = _region(entity)
        if region:
            counts[region] += min(_MENTIONS_COUNTED, len(entity.mentions))
    return iter(counts.items())


def _region(entity: Entity) -> Region:
    """The region or country of a place; that of a site only as the town in its name tells it."""
    place = entity.name
    if not isinstance(place, PlaceValue):
        return ()
    if place.level == "site" and not region_of(place):
        return containers_of(town_of_site(place.name))
    return region_of(place)
