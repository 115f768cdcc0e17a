"""What a run did not read and did not compare, and why: said as plainly as what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reconcile.model import Fact, Problem, Reading, Story
from reconcile.report.view import ArticleView, Coverage, Gap


def build_coverage(
    views: Mapping[str, ArticleView],
    readings: Sequence[Reading],
    stories: Sequence[Story],
    facts: Sequence[Fact],
    problems: Sequence[Problem],
) -> Coverage:
    """The gaps of a run, each problem once."""
    once = tuple(dict.fromkeys(problems))
    return Coverage(
        unread=tuple(_unread(views, readings)),
        uncompared=tuple(_uncompared(views, stories)),
        problems=tuple(problem for problem in once if problem.loss),
        notes=tuple(problem for problem in once if not problem.loss),
        one_source_facts=sum(len({claim.article for claim in fact.claims}) < 2 for fact in facts),
    )


def _unread(views: Mapping[str, ArticleView], readings: Sequence[Reading]) -> list[Gap]:
    """The articles never read; then the characters of each other article left out, by reason, the most first."""
    reading_of = {reading.article: reading for reading in readings if reading.extractor}
    whole, parts = [], []
    for view in views.values():
        reading = reading_of.get(view.id)
        if reading is None:
            whole.append(Gap(view.id, view.label, "could not be read", 0))
        elif _foreign(view):
            whole.append(Gap(view.id, view.label, f"is in language “{view.language}”, which is not read", 0))
        else:
            amounts: Counter[str] = Counter()
            for excluded in reading.excluded:
                amounts[excluded.reason] += excluded.span.end - excluded.span.start
            parts += [Gap(view.id, view.label, reason, amount) for reason, amount in amounts.most_common()]
    return whole + parts


def _foreign(view: ArticleView) -> bool:
    """Whether the article was left unread for its language."""
    return view.language != "en" and not view.claims


def _uncompared(views: Mapping[str, ArticleView], stories: Sequence[Story]) -> list[Gap]:
    """The articles that nothing was compared with."""
    size = {story.id: len(story.articles) for story in stories}
    gaps = []
    for view in views.values():
        if _foreign(view):
            reason = "it was not read"
        elif view.story is None:
            reason = "belongs to no story"
        elif size[view.story] < 2:
            reason = "no other article is about the same event"
        else:
            continue
        gaps.append(Gap(view.id, view.label, reason, 1))
    return gaps
