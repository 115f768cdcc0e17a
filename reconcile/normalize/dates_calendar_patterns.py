"""The patterns of calendar expressions: days with their month, months, years, decades, centuries, quarters, halves."""

from __future__ import annotations

from reconcile.normalize.dates_fragments import (
    DAY,
    DAY_END,
    HYPHEN,
    NOT_INSIDE,
    REL,
    REL_YEAR,
    YEAR,
    YEAR_END,
    Fragments,
    Pattern,
    S,
)


def calendar_patterns(f: Fragments) -> list[Pattern]:
    """The patterns of this module, filled in with the lexicon's words."""
    return [*_day_and_month_patterns(f), *_year_patterns(f), *_quarter_patterns(f)]


def _day_and_month_patterns(f: Fragments) -> list[Pattern]:
    mod = rf"(?:(?P<mod>(?i:{f.start_mid_end}))(?:{S}|{HYPHEN}))?"
    day = rf"(?P<day>{DAY}(?:st|nd|rd|th)?|(?i:{f.ordinal}))"
    weekday = rf"(?:(?P<weekday>{f.weekday})(?:,{S}|{S})(?:the{S})?)?"
    year_after = rf"(?:,?{S}(?P<year>{YEAR}){YEAR_END}|,?{S}(?P<relyear>(?i:{REL_YEAR})))?"
    second = (
        rf"(?P<range>{S}?(?:{HYPHEN}|—|to|and|through|or|until|till){S}?)(?P<day2>{DAY}"
        rf"(?:st|nd|rd|th)?){DAY_END}(?!{S}(?:of{S})?(?:{f.month}|percent|people|million)"
        rf")"
    )
    week = rf"(?:(?P<week>(?i:the{S}week{S}(?:of|beginning))){S})?"
    nearing = rf"(?:(?i:this{S}coming|this{S}past|this|last|next){S})?"
    lead = rf"(?:(?P<rel>(?i:this\spast|this\scoming|{REL}|the\s(?:{REL})|each|every)){S})?"
    month_mod = (
        rf"(?:(?P<mod>(?i:(?:earlier|later){S}(?:in|this)|early{S}in|late{S}in|sometime{S}"
        rf"in|around|{f.start_mid_end}))(?:{S}|{HYPHEN}))?"
    )
    return [
        (
            "calendar",
            "month",
            rf"\b{week}{mod}{nearing}{weekday}(?P<month>{f.month}){S}{day}{DAY_END}(?:{second})?{year_after}",
        ),
        (
            "calendar",
            "month",
            rf"{NOT_INSIDE}{weekday}(?i:the{S})?(?P<day>{DAY}(?:st|nd|rd|th)?|(?i:{f.ordinal}"
            rf"))(?:{S}of)?{S}(?P<month>{f.month})(?!{S}\d{{1,2}}\b){year_after}",
        ),
        (
            "numeric",
            "numeric",
            rf"{NOT_INSIDE}(?P<iso>{YEAR}-\d\d-\d\d)(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?Z?)?(?![\w-])",
        ),
        (
            "numeric",
            "numeric",
            rf"{NOT_INSIDE}(?P<first>\d{{1,2}})(?P<sep>[/.])(?P<second>\d{{1,2}})(?P=sep)"
            rf"(?P<year>{YEAR}|\d\d)(?![\w/]|[.,]\d)",
        ),
        (
            "month",
            "month",
            rf"\b{month_mod}{lead}(?P<month>{f.month})(?:,?{S}(?:of{S})?(?P<year>{YEAR}"
            rf"|['’]\d\d){YEAR_END}|,?{S}(?:of{S})?(?P<relyear>(?i:{REL_YEAR}))|{S}(?P<spelled>{_spelled_year(f)}))?(?!{S}"
            rf"\d{{1,2}}\b(?![\d,]))",
        ),
    ]


def _year_patterns(f: Fragments) -> list[Pattern]:
    mod = (
        rf"(?:(?P<mod>(?i:earlier{S}in|later{S}in|sometime{S}in|a{S}good{S}part{S}of|much{S}"
        rf"of|most{S}of|{f.start_mid_end}))(?:{S}|{HYPHEN}))?"
    )
    spelled = _spelled_year(f)
    return [
        (
            "year",
            "year",
            rf"(?:(?<![\w.,$£€#/:-])|(?<=\b[Pp]ost-)|(?<=\b[Pp]re-)){mod}(?:(?P<fiscal>(?i:fiscal(?:{S}year)?|the{S}fiscal{S}"
            rf"year|the{S}year)){S})?(?P<year>{YEAR}){YEAR_END}(?:{HYPHEN}(?P<year2>\d\d)"
            rf"{YEAR_END}(?!\d))?(?![-\w])(?!{S}(?:first|second|third|fourth){S}quarter)"
            rf"(?:{S}or{S}(?:later|earlier))?",
        ),
        ("year", "year", r"(?<=[a-z]\s)(?P<year>['’]\d\d)(?!\w)"),
        ("year", "year", rf"(?<=-)(?P<year>{YEAR}){YEAR_END}(?![\w-])(?<=\d{{4}}-\d{{4}})"),
        (
            "year",
            "spelled",
            rf"\b(?:the{S}year{S})?(?P<spelled>(?i:{spelled}))\b(?!{S}(?:percent|people|dollars|years))",
        ),
        ("year", "spelled", rf"\bthe{S}year{S}(?P<spelled>(?i:two{S}thousand))\b"),
        ("decade", "decade", rf"\b(?:the{S})?{mod}(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
        ("decade", "decade", rf"(?:\b(?:the{S})?{mod})(?P<decade>['’]?\d0)['’]?s\b"),
        (
            "decade",
            "decade",
            rf"\b(?:the{S}){mod}(?P<decade>(?i:twenties|thirties|forties|fifties|sixties|"
            rf"seventies|eighties|nineties))\b",
        ),
        ("century", "century", rf"\b(?:the{S})?{mod}(?P<ordinal>{f.ordinal})(?:{S}|{HYPHEN})(?i:centur(?:y|ies))\b"),
    ]


def _spelled_year(f: Fragments) -> str:
    """ "nineteen ninety-four", "two thousand (and) one", "twenty twelve"."""
    teen = "(?:ten|eleven|twelve|[a-z]{3,5}teen|twenty)"
    return (
        rf"(?:(?:nineteen|eighteen|two{S}thousand)(?:[ -](?:and[ -])?{f.number_word}){{1,3}}|"
        rf"twenty[ -]{teen}(?:[ -]{f.number_word})?)"
    )


def _quarter_patterns(f: Fragments) -> list[Pattern]:
    of_year = (
        rf"(?:,?{S}(?:(?i:of|in){S})?(?:(?i:fiscal){S})?(?P<year2>{YEAR}){YEAR_END}|"
        rf",?{S}(?i:of){S}(?P<relyear>(?i:this|last|next|the){S}(?i:fiscal{S})?year)|{S}"
        rf"of{S}(?:the{S})?(?P<decade>(?:19|20|['’])\d0)['’]?s)?"
    )
    det = rf"(?:(?P<det>(?i:the|a))(?={S}){S})?"
    rel = (
        rf"(?:(?P<rel>(?i:this{S}year['’]s|last{S}year['’]s|next{S}year['’]s|year-earlier|"
        rf"year-ago|comparable{S}year-ago|{REL})){S})?"
    )
    adjective = rf"(?:(?i:flat|strong|weak|fiscal|calendar|record|full|disappointing|slow){S})?"
    ended = rf"(?=(?:{S}(?i:end(?:ed|ing)){S}(?P<closing>{f.month}))?)"
    named = (
        rf"(?P<ordinal>(?i:first|second|third|fourth|1st|2nd|3rd|4th|last|final))(?:{S}"
        rf"|(?P<hyphen>{HYPHEN}))(?P<unit>(?i:quarter|half))\b"
    )
    like = "(?:comparable|corresponding|same|like|similar)"
    comparison = r"(?:comparable\s|same\s)?(?:year-ago|year-earlier|year\searlier)"
    return [
        ("quarter", "quarter", rf"\b{det}{rel}(?:(?P<year>{YEAR}){S})?{adjective}{named}{of_year}"),
        ("quarter", "quarter", rf"\bQ(?P<ordinal>[1-4])(?:{S}(?:of{S})?(?P<year>{YEAR}))?\b"),
        (
            "quarter",
            "quarter",
            rf"\b(?i:the){S}(?:(?P<rel>(?i:comparable{S}|corresponding{S}|same{S})?(?i:year-ago|"
            rf"year-earlier|{REL}|just-ended|most{S}recent)){S})?(?:(?P<year>{YEAR}){S}"
            rf")?(?P<unit>(?i:quarter))\b(?!{HYPHEN}){ended}",
        ),
        (
            "yearago",
            "quarter",
            rf"\b(?i:the{S}(?:comparable{S}|same{S}|corresponding{S})?)?(?P<rel>(?i:year-ago|"
            rf"year-earlier))(?:{S}(?P<unit>(?i:period|quarter)))?\b(?!{S}\$)",
        ),
        ("yearago", "quarter", rf"\b(?i:the){S}(?P<year>{YEAR}){S}(?P<unit>(?i:period))\b"),
        ("yearago", "unit", rf"\bcompared{S}with{S}(?:[^\s.;]+{S}){{1,8}}?(?P<bare>(?i:last{S}year))\b(?!['’]s)"),
        (
            "yearago",
            "quarter",
            rf"\b(?i:the{S}(?:{like}{S})?(?:quarter|period){S}(?:of{S})?(?P<rel>last{S}year|a{S}year{S}(?:ago|earlier|before)))\b",
        ),
        ("yearago", "quarter", rf"\b(?i:(?P<rel>last{S}year)['’]s{S}(?:{like}{S})?(?:quarter|period))\b"),
        ("quarter", "quarter", rf"\b(?i:the){S}(?P<rel>(?i:latest|just-ended|most{S}recent)){S}(?i:period)\b"),
        ("yearago", "quarter", rf"\b(?i:the{S}(?:{comparison}){S})(?P<months>{f.count}){S}(?i:months)\b"),
        ("quarter", "quarter", rf"\b(?P<rel>(?i:this|last|next|that|each|every)){S}(?P<unit>(?i:quarter))\b"),
    ]
