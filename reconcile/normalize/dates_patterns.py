"""The table of patterns of time expressions, family by family."""

from __future__ import annotations

import re
from functools import cache

from reconcile.normalize.dates_fragments import HYPHEN, NOT_INSIDE, Fragments, S, fragments

_YEAR = r"(?:1[4-9]|20)\d\d"
_YEAR_END = rf"(?![\d%]|[.,/:]\d|['’]s{S}worth)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY_END = r"(?![\d%]|[.,/:]\d|\s?[ap]\.?m\b)"
_REL = r"last|next|this|past|previous|prior|following|coming|current|same|that|upcoming|preceding|latest"
_REL_YEAR = r"(?:this|last|next|that|the\s(?:same|following|previous))\s(?:year|month)"
_SHIFT = r"ago|earlier|later|hence|from\snow|before|after|previously|prior|afterward|afterwards|on"


Pattern = tuple[str, str, str]
"""The kind of expression, the classes of words that may stand in it, and the source of its regular expression."""


def _calendar_patterns(f: Fragments) -> list[Pattern]:
    mod = rf"(?:(?P<mod>(?i:{f.start_mid_end}))(?:{S}|{HYPHEN}))?"
    day = rf"(?P<day>{_DAY}(?:st|nd|rd|th)?|(?i:{f.ordinal}))"
    weekday = rf"(?:(?P<weekday>{f.weekday})(?:,{S}|{S})(?:the{S})?)?"
    year_after = rf"(?:,?{S}(?P<year>{_YEAR}){_YEAR_END}|,?{S}(?P<relyear>(?i:{_REL_YEAR})))?"
    second = rf"(?P<range>{S}?(?:{HYPHEN}|—|to|and|through|or|until|till){S}?)(?P<day2>{_DAY}(?:st|nd|rd|th)?){_DAY_END}(?!{S}(?:of{S})?(?:{f.month}|percent|people|million))"
    nearing = rf"(?:(?i:this{S}coming|this{S}past|this|last|next){S})?"
    lead = rf"(?:(?P<rel>(?i:this\spast|this\scoming|{_REL}|the\s(?:{_REL})|each|every)){S})?"
    month_mod = rf"(?:(?P<mod>(?i:(?:earlier|later){S}(?:in|this)|early{S}in|late{S}in|sometime{S}in|around|{f.start_mid_end}))(?:{S}|{HYPHEN}))?"
    return [
        ("calendar", "month", rf"\b{mod}{nearing}{weekday}(?P<month>{f.month}){S}{day}{_DAY_END}(?:{second})?{year_after}"),
        ("calendar", "month", rf"{NOT_INSIDE}{weekday}(?i:the{S})?(?P<day>{_DAY}(?:st|nd|rd|th)?|(?i:{f.ordinal}))(?:{S}of)?{S}(?P<month>{f.month})(?!{S}\d{{1,2}}\b){year_after}"),
        ("numeric", "numeric", rf"{NOT_INSIDE}(?P<iso>{_YEAR}-\d\d-\d\d)(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d)?Z?)?(?![\w-])"),
        ("numeric", "numeric", rf"{NOT_INSIDE}(?P<first>\d{{1,2}})(?P<sep>[/.])(?P<second>\d{{1,2}})(?P=sep)(?P<year>{_YEAR}|\d\d)(?![\w/]|[.,]\d)"),
        ("month", "month", rf"\b{month_mod}{lead}(?P<month>{f.month})(?:,?{S}(?:of{S})?(?P<year>{_YEAR}|['’]\d\d){_YEAR_END}|,?{S}(?:of{S})?(?P<relyear>(?i:{_REL_YEAR})))?(?!{S}\d{{1,2}}\b(?![\d,]))"),
    ]


def _year_patterns(f: Fragments) -> list[Pattern]:
    mod = rf"(?:(?P<mod>(?i:earlier{S}in|later{S}in|sometime{S}in|a{S}good{S}part{S}of|much{S}of|most{S}of|{f.start_mid_end}))(?:{S}|{HYPHEN}))?"
    teen = "(?:ten|eleven|twelve|[a-z]{3,5}teen|twenty)"
    spelled = rf"(?:(?:nineteen|eighteen|two{S}thousand)(?:[ -](?:and[ -])?{f.number_word}){{1,3}}|twenty[ -]{teen}(?:[ -]{f.number_word})?)"
    return [
        ("year", "year", rf"(?<![\w.,$£€#/:-]){mod}(?:(?P<fiscal>(?i:fiscal(?:{S}year)?|the{S}fiscal{S}year|the{S}year)){S})?(?P<year>{_YEAR}){_YEAR_END}(?:{HYPHEN}(?P<year2>\d\d){_YEAR_END}(?!\d))?(?![-\w])(?!{S}(?:first|second|third|fourth){S}quarter)(?:{S}or{S}(?:later|earlier))?"),
        ("year", "year", rf"(?<=[a-z]\s)(?P<year>['’]\d\d)(?!\w)"),
        ("year", "year", rf"(?<=-)(?P<year>{_YEAR}){_YEAR_END}(?![\w-])(?<=\d{{4}}-\d{{4}})"),
        ("year", "spelled", rf"\b(?:the{S}year{S})?(?P<spelled>(?i:{spelled}))\b(?!{S}(?:percent|people|dollars|years))"),
        ("year", "spelled", rf"\bthe{S}year{S}(?P<spelled>(?i:two{S}thousand))\b"),
        ("decade", "decade", rf"\b(?:the{S})?{mod}(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
        ("decade", "decade", rf"(?:\b(?:the{S})?{mod})(?P<decade>['’]?\d0)['’]?s\b"),
        ("decade", "decade", rf"\b(?:the{S}){mod}(?P<decade>(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b"),
        ("century", "unit", rf"\b(?:the{S})?{mod}(?P<ordinal>{f.ordinal})(?:{S}|{HYPHEN})(?i:centur(?:y|ies))\b"),
    ]


def _quarter_patterns(f: Fragments) -> list[Pattern]:
    of_year = rf"(?:,?{S}(?:(?i:of|in){S})?(?:(?i:fiscal){S})?(?P<year2>{_YEAR}){_YEAR_END}|,?{S}(?i:of){S}(?P<relyear>(?i:this|last|next|the){S}(?i:fiscal{S})?year)|{S}of{S}(?:the{S})?(?P<decade>(?:19|20|['’])\d0)['’]?s)?"
    det = rf"(?:(?P<det>(?i:the|a))(?={S}){S})?"
    rel = rf"(?:(?P<rel>(?i:this{S}year['’]s|last{S}year['’]s|next{S}year['’]s|year-earlier|year-ago|comparable{S}year-ago|{_REL})){S})?"
    adjective = rf"(?:(?i:flat|strong|weak|fiscal|calendar|record|full|disappointing|slow){S})?"
    named = rf"(?P<ordinal>(?i:first|second|third|fourth|1st|2nd|3rd|4th|last|final))(?:{S}|(?P<hyphen>{HYPHEN}))(?P<unit>(?i:quarter|half))\b"
    comparison = r"(?:comparable\s|same\s)?(?:year-ago|year-earlier|year\searlier)"
    return [
        ("quarter", "quarter", rf"\b{det}{rel}(?:(?P<year>{_YEAR}){S})?{adjective}{named}{of_year}"),
        ("quarter", "quarter", rf"\bQ(?P<ordinal>[1-4])(?:{S}(?:of{S})?(?P<year>{_YEAR}))?\b"),
        ("quarter", "quarter", rf"\b(?i:the){S}(?:(?P<rel>(?i:comparable{S}|corresponding{S}|same{S})?(?i:year-ago|year-earlier|{_REL}|just-ended|most{S}recent)){S})?(?:(?P<year>{_YEAR}){S})?(?P<unit>(?i:quarter))\b"),
        ("yearago", "quarter", rf"\b(?i:the{S}(?:comparable{S}|same{S}|corresponding{S})?)?(?P<rel>(?i:year-ago|year-earlier))(?:{S}(?P<unit>(?i:period|quarter)))?\b(?!{S}\$)"),
        ("yearago", "quarter", rf"\b(?i:the){S}(?P<year>{_YEAR}){S}(?P<unit>(?i:period))\b"),
        ("yearago", "quarter", rf"\b(?i:the{S}(?:{comparison}){S})(?P<months>{f.count}){S}(?i:months)\b"),
        ("quarter", "quarter", rf"\b(?P<rel>(?i:this|last|next|that|each|every)){S}(?P<unit>(?i:quarter))\b"),
    ]


def _unit_patterns(f: Fragments) -> list[Pattern]:
    mod = rf"(?:(?P<mod>(?i:earlier{S}in|later{S}in|earlier|later|early{S}in|late{S}in|early|late|sometime|sometime{S}in|around|mid|the{S}end{S}of|the{S}beginning{S}of|the{S}start{S}of|the{S}middle{S}of|end{S}of))(?:{S}|{HYPHEN}))?"
    unit = rf"(?P<unit>(?i:fiscal{S}year|school{S}year|calendar{S}year|year|month|week|weekend|decade|century|day|{f.day_part}))"
    rel = rf"(?P<rel>(?i:this{S}past|this{S}coming|the{S}past|the{S}last|the{S}(?:{_REL})|{_REL}|the{S}very{S}(?:same|next)))"
    bare = r"(?P<unit>(?i:year|month|week|weekend|fiscal\syear|morning|afternoon|evening))"
    return [
        ("unit", "unit part", rf"\b{mod}{rel}{S}{unit}\b(?!{HYPHEN})"),
        ("unit", "unit part", rf"\b{mod}(?P<rel>(?i:the)){S}{bare}\b(?!{HYPHEN})(?=(?P<ended>{S}(?:just{S})?(?:end(?:ed|ing)|through)\b)?)"),
        ("yearend", "unit", rf"\b(?:(?i:the{S})?(?:(?P<rel>(?i:this|last|next)){S})?)(?i:year(?:{S}|{HYPHEN})end)\b(?:{S}(?P<year>{_YEAR}){_YEAR_END})?"),
        ("yearend", "unit", rf"\b(?i:the{S}end{S}of){S}(?i:(?:the|this){S}year)\b"),
        ("season", "season", rf"\b{mod}(?:(?P<rel>(?i:this{S}past|this{S}coming|the{S}(?:{_REL})|{_REL}|the|in|each|every)){S})?(?:(?P<mod2>(?i:early|late|mid))(?:{S}|{HYPHEN}))?(?P<season>(?i:{f.season}))(?:{S}(?:of{S})?(?:(?P<year>{_YEAR}){_YEAR_END}|(?P<relyear>(?i:{_REL_YEAR}))|(?P<spelled>(?:nineteen|two{S}thousand)(?:[ -]{f.number_word}){{1,3}})))?\b"),
        ("holiday", "holiday", rf"\b(?:(?P<rel>(?i:last|next|this|this{S}past)){S})?(?P<holiday>{f.holiday})(?:{S}(?P<unit>weekend|[Ww]eek|[Nn]ight|[Mm]orning|[Ee]vening|[Aa]fternoon))?(?:,?{S}(?P<year>{_YEAR}){_YEAR_END})?(?!\w)"),
    ]


def _duration_patterns(f: Fragments) -> list[Pattern]:
    bound = rf"(?:(?P<bound>(?i:{f.bound})){S})?"
    more = rf"(?:{S}(?:more|additional|extra|straight|consecutive|full|whole|long|other|or{S}so|or{S}more|{HYPHEN}plus))?"
    frame = rf"(?:(?P<each>(?i:each{S}of{S}))?(?P<frame>(?i:(?:the{S}|these{S}|those{S}|his{S}|her{S}|its{S}|their{S})?(?:past|last|next|first|coming|previous|final|following|preceding|latest|initial|recent|opening)(?:{S}full)?|the)){S})?"
    tail = rf"(?:{S}(?P<half>and{S}a{S}half)|(?:{S}or{S}(?:so|more|two|longer)))?"
    return [
        ("offset", "unit", rf"{NOT_INSIDE}{bound}(?P<count>{f.count}){S}(?P<unit>(?i:{f.unit}))(?:{S}or{S}so|{S}and{S}a{S}half)?,?{S}(?P<shift>(?i:ago|earlier|later|hence|from{S}now|previously))\b(?:{S}(?P<day>(?i:today|yesterday|tomorrow)|{f.weekday}))?"),
        ("duration", "unit", rf"{NOT_INSIDE}{bound}{frame}(?P<count>{f.count}){more}(?P<join>{S}|{HYPHEN})(?P<unit>(?i:{f.unit}))\b{tail}(?:{HYPHEN}(?P<old>old|olds|long)|{S}(?P<age>(?:of{S}age|old|older|younger))\b)?"),
        ("duration", "unit", rf"\b(?P<frame>(?i:the{S}(?:past|first|next|coming))|(?i:past|next)){S}(?P<unit>(?i:{f.unit}))\b"),
        ("duration", "unit", rf"\b(?P<frame>(?i:the{S}(?:past|last|next|coming|first|previous|early|final))|(?i:past|last)){S}(?P<unit>(?i:seconds|minutes|hours|days|weeks|months|years|decades|centuries|quarters))\b"),
        ("bare", "unit", rf"\b(?P<lead>(?i:for|in|within|after|over|during|through|the|of|take|takes|took|lasted|spent)){S}(?P<bare>(?P<unit>(?i:minutes|hours|days|weeks|months|years|decades|centuries)(?:{S}(?:or|and){S}(?:days|weeks|months|years))?))\b"),
        ("bare", "unit", rf"\b(?i:the){S}(?P<unit>(?i:days|weeks|months|years|decades)){S}(?:ahead|to{S}come)\b"),
        ("bare", "unit", rf"\b(?P<unit>(?i:minutes|hours|days|weeks|months|years|decades|centuries)){S}ago\b"),
        ("bare", "unit", rf"(?P<bare>\b(?P<unit>(?i:minutes|hours|days|weeks|months|years|decades|centuries)))(?={S}(?i:later|earlier|after|before|of{S}[a-z]))"),
        ("duration", "unit", rf"\b(?P<unit>(?i:day|week|month|year|hour|decade|night)){HYPHEN}(?P<old>long)\b"),
    ]


def _day_patterns(f: Fragments) -> list[Pattern]:
    mod = rf"(?:(?P<mod>(?i:early|late|mid))(?:{S}|{HYPHEN}))?"
    part = rf"(?:{S}(?P<part>(?i:{f.day_part}))\b(?:{S}and{S}(?:{f.day_part})\b)?)?"
    rel = rf"(?:(?P<rel>(?i:this{S}past|this{S}coming|the{S}(?:{_REL})|(?:{_REL})|each|every|alternate)){S})?"
    return [
        ("weekday", "weekday", rf"\b{mod}{rel}(?:(?P<mod2>(?i:early|late)){S})?(?P<weekday>{f.weekday})(?P<plural>s\b)?(?!-)(?:{S}(?P<midpart>mid){HYPHEN}?)?{part}(?:{S}(?P<relweek>(?i:last|this|next){S}week)\b)?"),
        ("day", "day", rf"\b(?:(?P<mod>(?i:earlier|later|early|late)){S})?(?P<day>(?i:the{S}day{S}(?:before{S}yesterday|after{S}tomorrow)|today|yesterday|tomorrow|tonight|overnight))\b{part}(?!{S}overnight)"),
        ("part", "part", rf"\b(?:(?P<mod>(?i:early|late|mid))(?:{S}|{HYPHEN}))(?P<part>(?i:{f.day_part}|day))\b(?!{HYPHEN})"),
        ("part", "part", rf"\b(?P<rel>(?i:the{S}early|that|later{S}that|earlier{S}that|the{S}same)){S}(?P<part>(?i:{f.day_part}))\b(?!{HYPHEN})"),
        ("daymod", "unit part", rf"\b(?P<mod>(?i:later|earlier)){S}(?:in{S}the{S}|that{S}same{S}|the{S}same{S}|that{S})(?P<unit>(?i:day|{f.day_part}|week|month|year))\b"),
        ("set", "unit part season", rf"\b(?P<each>(?i:each|every(?:{S}(?:other|single))?|once{S}an?|twice{S}an?)){S}(?P<unit>(?i:{f.unit}|{f.day_part}|{f.season}|weekend|weekday))\b"),
        ("set", "unit part season", rf"\b(?P<each>(?i:every)){S}(?P<count>{f.count}){S}(?P<unit>(?i:{f.unit}))\b"),
        ("frequency", "frequency", rf"\b(?P<frequency>(?i:{f.frequency}))\b"),
        ("reference", "reference", rf"\b(?P<reference>(?i:{f.reference}))\b(?!-)"),
    ]


def _clock_patterns(f: Fragments) -> list[Pattern]:
    bound = rf"(?:(?P<bound>(?i:{f.moment_bound})){S})?"
    dayish = rf"(?P<date>{f.weekday}(?!{S}(?:{f.month}))|(?:{f.weekday},?{S})?(?:{f.month}){S}{_DAY}{_DAY_END}(?:,{S}{_YEAR}\b)?|(?i:today|yesterday|tomorrow|tonight|last{S}night|this{S}(?:morning|afternoon|evening))|(?:{f.weekday}){S}(?i:{f.day_part})\b)\b(?!-)"
    zone = rf"(?:{S}\(?(?P<zone>{f.zone})\b\)?)?"
    meridiem = r"\s?(?P<ap>[aApP](?:\.\s?[mM]\.?|[mM]\b\.?))(?!\w)"
    tail = rf"{zone}(?:,?{S}{dayish})?"
    lead = rf"(?<=\b(?:at){S[:0]}\s)" if S else ""
    return [
        ("clock", "clock", rf"(?<![\w.,:$/-]){bound}(?:(?P<hour0>\d{{1,2}})(?::(?P<minute0>\d\d))?(?P<ap0>\s?[ap]\.?m\b\.?)?{S}?(?:{HYPHEN}|to|until|till){S}?)?(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?{meridiem}{tail}"),
        ("clock", "clock", rf"(?:{lead}|(?<=\s))(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:%])(?:{S}?(?P<bare>h(?:ours|rs)?|GMT|UTC))?{tail}"),
        ("clock", "clock", rf"(?<![\w.,:$/-])(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?:{S}(?:hours{S}?)?|{S})(?P<zone>GMT|UTC|hours|hrs)\b(?:,?{S}{dayish})?"),
        ("clock", "clock", rf"\b{bound}(?P<named>(?i:noon|midday|mid-day|midnight))\b{tail}"),
        ("clock", "clock", rf"(?<![\w.,:$/-])(?P<hour>\d{{1,2}}|(?i:{f.number_word}))(?P<clock>{S}o['’]clock)(?:{S}in{S}the{S}(?P<part>(?i:morning|afternoon|evening)))?{tail}"),
    ]


@cache
def patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Every pattern with its kind and the word classes that call for it, compiled once."""
    f = fragments()
    families = (
        _clock_patterns(f), _calendar_patterns(f), _quarter_patterns(f), _year_patterns(f),
        _day_patterns(f), _unit_patterns(f), _duration_patterns(f),
    )  # fmt: skip
    return tuple((kind, tuple(heads.split()), re.compile(source)) for family in families for kind, heads, source in family)
