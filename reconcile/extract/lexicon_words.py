"""Word sets that several layers look up: nouns that name roles, and last words of organisations' and sites' names."""

from __future__ import annotations

from functools import cache

from reconcile.lexicon import load_lexicon
from reconcile.normalize.name_parts import fold


@cache
def organisation_heads() -> frozenset[str]:
    """Folded words that end an organisation's or a site's name and no person's."""
    places = load_lexicon("places")
    words = set(load_lexicon("organisations")["heads"])
    words.update(word.split()[-1] for kind in places["sites"].values() for word in kind)
    words.update(places["streets"])
    return frozenset(fold(word) for word in words)


@cache
def role_nouns() -> frozenset[str]:
    """Every single-word noun that names a role, in the singular and the plural."""
    nouns: set[str] = set()
    for kind in ("offices", "politics", "public", "work", "faith", "life", "crime"):
        for role in load_lexicon("roles")[kind]:
            words = fold(role).split()
            last = words[0] if "of" in words else words[-1]
            nouns.update((last, last + "s", last[:-3] + "men" if last.endswith("man") else last + "s"))
    titles = load_lexicon("titles")
    nouns.update(word for kind in ("offices", "ranks") for word in titles[kind] if " " not in word)
    return frozenset(nouns)


@cache
def office_tails() -> frozenset[str]:
    """Words that end an office's title after "of": the "staff" of "chief of staff"."""
    roles = load_lexicon("roles")
    titles = [role for role in (*roles["offices"], *roles["public"]) if " of " in role]
    words = {fold(title).split()[-1] for title in titles}
    return frozenset(words | {new for new, old in roles["spellings"].items() if old in words})
