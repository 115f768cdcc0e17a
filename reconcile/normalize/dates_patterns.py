"""The table of patterns of time expressions: clock times, days told relative to others, lengths of time, sets."""

from __future__ import annotations

import re
from functools import cache

from reconcile.normalize.dates_calendar_patterns import calendar_patterns
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
    fragments,
)


def _unit_patterns(f: Fragments) -> list[Pattern]:
    mod = (
        rf"(?:(?P<mod>(?i:earlier{S}in|later{S}in|earlier|later|early{S}in|late{S}in|early|"
        rf"late|sometime|sometime{S}in|around|mid|the{S}end{S}of|the{S}beginning{S}of|"
        rf"the{S}start{S}of|the{S}middle{S}of|end{S}of))(?:{S}|{HYPHEN}))?"
    )
    unit = (
        rf"(?P<unit>(?i:fiscal{S}year|school{S}year|calendar{S}year|year|month|week|weekend|"
        rf"decade|century|day|{f.day_part}))"
    )
    rel = (
        rf"(?P<rel>(?i:this{S}past|this{S}coming|the{S}past|the{S}last|the{S}(?:{REL}"
        rf")|{REL}|the{S}very{S}(?:same|next)))"
    )
    bare = r"(?P<unit>(?i:year|month|week|weekend|fiscal\syear|morning|afternoon|evening|night(?=\sof\b)))"
    return [
        ("unit", "unit part", rf"\b{mod}{rel}{S}{unit}\b(?!{HYPHEN})"),
        (
            "unit",
            "unit",
            rf"\b(?P<rel>(?i:the)){S}(?P<unit>(?i:year|month|week)){S}(?P<before>(?i:before{S}last\b|before(?=[.,;:)])))",
        ),
        (
            "unit",
            "unit part",
            rf"\b{mod}(?P<rel>(?i:the))(?:{S}(?i:full)(?={S}year))?{S}{bare}\b(?!{HYPHEN})(?=(?P<ended>{S}(?:just{S}"
            rf")?(?:end(?:ed|ing)|through)\b)?)",
        ),
        (
            "yearend",
            "unit",
            rf"\b(?:(?i:the{S})?(?:(?P<rel>(?i:this|last|next)){S})?)(?i:year(?:['’]s)?(?:{S}|(?P<hyphen>{HYPHEN})"
            rf")end)\b(?:{S}(?P<year>{YEAR}){YEAR_END})?",
        ),
        (
            "season",
            "season",
            rf"\b{mod}(?:(?P<rel>(?i:this{S}past|this{S}coming|the{S}(?:{REL})|{REL}|"
            rf"the|in|each|every)){S})?(?:(?P<mod2>(?i:early|late|mid))(?:{S}|{HYPHEN})"
            rf")?(?P<season>(?i:{f.season}))(?:{S}(?:of{S})?(?:(?P<year>{YEAR}){YEAR_END}"
            rf"|(?P<relyear>(?i:{REL_YEAR}))|(?P<spelled>(?:nineteen|two{S}thousand)(?:[ -]{f.number_word}"
            rf"){{1,3}})))?\b",
        ),
        (
            "holiday",
            "holiday",
            rf"\b(?:(?P<rel>(?i:last|next|this|this{S}past)){S})?(?P<holiday>{f.holiday}"
            rf")(?:{S}(?P<unit>weekend|[Ww]eek|[Nn]ight|[Mm]orning|[Ee]vening|[Aa]fternoon)"
            rf")?(?:,?{S}(?P<year>{YEAR}){YEAR_END}|,?{S}(?P<relyear>(?i:{REL_YEAR})))?(?!\w)",
        ),
    ]


def _duration_patterns(f: Fragments) -> list[Pattern]:
    bound = rf"(?:(?P<bound>(?i:{f.bound})){S})?"
    more = (
        rf"(?:{S}(?:more|additional|extra|straight|consecutive|full|whole|long|other|trading|business|working|"
        rf"or{S}so|or{S}more|{HYPHEN}plus))?"
    )
    frame = (
        rf"(?:(?P<each>(?i:each{S}of{S}))?(?P<frame>(?i:(?:the{S}|these{S}|those{S}|his{S}"
        rf"|her{S}|its{S}|their{S})?(?:past|last|next|first|coming|previous|final|following|"
        rf"preceding|latest|initial|recent|opening)(?:{S}full)?|the)){S})?"
    )
    lower = rf"(?:(?P<count0>{f.count})(?:{S}(?:to|or){S}|-(?=\d)))?"
    tail = rf"(?:{S}(?P<half>and{S}a{S}half)|(?:{S}or{S}(?:so|more|two|longer)))?"
    return [
        (
            "offset",
            "unit",
            rf"{NOT_INSIDE}{bound}(?P<count>{f.count}){S}(?P<unit>(?i:{f.unit}))(?:{S}or{S}"
            rf"so|{S}(?P<half>and{S}a{S}half))?,?{S}(?P<shift>(?i:ago|earlier|later|hence|from{S}"
            rf"now|previously))\b(?:{S}(?P<day>(?i:today|yesterday|tomorrow)|{f.weekday}"
            rf"))?",
        ),
        (
            "duration",
            "unit",
            rf"{NOT_INSIDE}{bound}{frame}{lower}(?P<count>{f.count}){more}(?P<join>{S}|{HYPHEN}"
            rf")(?P<unit>(?i:{f.unit}))\b(?!{HYPHEN}(?:ago|earlier)\b){tail}(?:{HYPHEN}(?P<old>old|olds|long)|{S}(?P<age>(?:of{S}"
            rf"age|old|older|younger))\b)?",
        ),
        (
            "duration",
            "unit",
            rf"\b(?P<frame>(?i:the{S}(?:past|first|next|coming))|(?i:past|next)){S}(?P<unit>(?i:{f.unit}))\b",
        ),
        (
            "duration",
            "unit",
            rf"\b(?P<frame>(?i:the{S}(?:past|last|next|coming|first|previous|early|final)"
            rf")|(?i:past|last)){S}(?P<unit>(?i:seconds|minutes|hours|days|weeks|months|"
            rf"years|decades|centuries|quarters))\b",
        ),
        (
            "bare",
            "unit",
            rf"\b(?P<lead>(?i:for|in|within|after|over|during|through|the|of|take|takes|"
            rf"took|lasted|spent)){S}(?P<bare>(?P<unit>(?i:minutes|hours|days|weeks|months|"
            rf"years|decades|centuries)(?:{S}(?:or|and){S}(?:days|weeks|months|years))?)"
            rf")\b",
        ),
        ("bare", "unit", rf"\b(?i:the){S}(?P<unit>(?i:days|weeks|months|years|decades)){S}(?:ahead|to{S}come)\b"),
        ("bare", "unit", rf"\b(?P<unit>(?i:minutes|hours|days|weeks|months|years|decades|centuries)){S}ago\b"),
        ("bare", "unit", rf"\b(?i:recent){S}(?P<unit>(?i:days|weeks|months))\b(?!{S}and{S}(?:months|years))"),
        (
            "bare",
            "unit",
            rf"(?P<bare>\b(?P<unit>(?i:minutes|hours|days|weeks|months|years|decades|centuries)"
            rf"))(?={S}(?i:later|earlier|after|before|of{S}[a-z]))",
        ),
        ("duration", "unit", rf"\b(?P<unit>(?i:days?|weeks?|months?|years?|hours?|decades?)){HYPHEN}(?P<old>long)\b"),
    ]


def _day_patterns(f: Fragments) -> list[Pattern]:
    mod = rf"(?:(?P<mod>(?i:early|late|mid))(?:{S}|{HYPHEN}))?"
    part = rf"(?:{S}(?P<part>(?i:{f.day_part}))\b(?:{S}and{S}(?:{f.day_part})\b)?)?"
    rel = (
        rf"(?:(?P<rel>(?i:this{S}past|this{S}coming|the{S}(?:{REL})|(?:{REL})|each|every{S}other|every|alternate)){S})?"
    )
    return [
        (
            "weekday",
            "weekday",
            rf"\b{mod}{rel}(?:(?P<mod2>(?i:early|late)){S})?(?P<weekday>{f.weekday})(?P<plural>s\b)"
            rf"?(?!-)(?:(?={S}(?:and|or){S}{f.weekday}{S}(?P<parts>{f.day_part}s)\b)|(?:{S}(?P<midpart>mid){HYPHEN}?)?"
            rf"{part})(?:{S}(?P<relweek>(?i:last|this|next){S}week)\b)?",
        ),
        (
            "day",
            "day",
            rf"\b(?:(?P<mod>(?i:earlier|later|early|late)){S})?(?P<day>(?i:the{S}day{S}"
            rf"(?:before{S}yesterday|after{S}tomorrow)|today|yesterday|tomorrow|tonight|"
            rf"overnight))\b{part}(?!{S}overnight)",
        ),
        (
            "part",
            "part",
            rf"\b(?:(?P<mod>(?i:early|late|mid))(?:{S}|{HYPHEN}))(?P<part>(?i:{f.day_part}|day))\b(?!{HYPHEN})"
            rf"(?:{S}(?P<day>(?i:yesterday|today|tomorrow))\b)?",
        ),
        (
            "part",
            "part",
            rf"\b(?P<rel>(?i:the{S}early|that|later{S}that|earlier{S}that|the{S}same)){S}"
            rf"(?P<part>(?i:{f.day_part}))\b(?!{HYPHEN})",
        ),
        (
            "daymod",
            "unit part",
            rf"\b(?P<mod>(?i:later|earlier)){S}(?:in{S}the{S}|that{S}same{S}|the{S}same{S}"
            rf"|that{S})(?P<unit>(?i:day|{f.day_part}|week|month|year))\b",
        ),
        (
            "set",
            "unit part season",
            rf"\b(?P<each>(?i:each|every(?:{S}(?:other|single))?|once{S}an?|twice{S}an?)"
            rf"){S}(?P<unit>(?i:{f.unit}|{f.day_part}|{f.season}|weekend|weekday))\b",
        ),
        ("set", "unit part season", rf"\b(?P<each>(?i:every)){S}(?P<count>{f.count}){S}(?P<unit>(?i:{f.unit}))\b"),
        ("frequency", "frequency", rf"\b(?P<frequency>(?i:{f.frequency}))\b"),
        ("reference", "reference", rf"\b(?P<reference>(?i:{f.reference}))\b(?!-)"),
    ]


def _clock_patterns(f: Fragments) -> list[Pattern]:
    bound = rf"(?:(?P<bound>(?i:{f.moment_bound})){S})?"
    dayish = (
        rf"(?P<date>{f.weekday}(?:{S}(?i:{f.day_part})\b|(?!{S}(?:{f.month})))"
        rf"|(?:{f.weekday},?{S})?(?:{f.month}){S}{DAY}{DAY_END}(?:,{S}{YEAR}\b)?"
        rf"|(?i:today|yesterday|tomorrow|tonight|last{S}night|this{S}(?:morning|afternoon|evening)))\b(?!-)"
    )
    zone = rf"(?:{S}\(?(?P<zone>{f.zone})\b\)?)?"
    meridiem = r"\s?(?P<ap>[aApP](?:\.\s?[mM]\.?|[mM]\b\.?))(?!\w)"
    tail = rf"{zone}(?:,?{S}{dayish})?"
    return [
        (
            "clock",
            "clock",
            rf"(?<![\w.,:$/-]){bound}(?:(?P<hour0>\d{{1,2}})(?::(?P<minute0>\d\d))?(?P<ap0>\s?[ap]\.?m\b\.?)"
            rf"?{S}?(?:{HYPHEN}|to|until|till|and){S}?)?(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d)"
            rf")?{meridiem}{tail}",
        ),
        (
            "clock",
            "clock",
            rf"(?<![\w.,:$/-])(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:%])"
            rf"(?:{S}?(?P<bare>h(?:ours|rs)?|GMT|UTC))?{tail}",
        ),
        (
            "clock",
            "clock",
            rf"(?<![\w.,:$/-])(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?:{S}(?:hours{S}?)"
            rf"?|{S})(?P<zone>GMT|UTC|hours|hrs)\b(?:,?{S}{dayish})?",
        ),
        ("clock", "clock", rf"\b{bound}(?P<named>(?i:noon|midday|mid-day|midnight))\b{tail}"),
        (
            "clock",
            "clock",
            rf"(?<![\w.,:$/-])(?P<hour>\d{{1,2}}|(?i:{f.number_word}))(?P<clock>{S}o['’]clock)"
            rf"(?:{S}in{S}the{S}(?P<part>(?i:morning|afternoon|evening)))?{tail}",
        ),
        (
            "clock",
            "part",
            rf"(?<![\w.,:$/-])(?P<hour>1[0-2]|[1-9]|(?i:{f.number_word}))(?P<clock>{S}in{S}the{S}"
            rf"(?P<part>(?i:morning|afternoon|evening)))\b{tail}",
        ),
    ]


@cache
def patterns() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """Every pattern with its kind and the word classes that call for it, compiled once."""
    f = fragments()
    families = (_clock_patterns(f), calendar_patterns(f), _day_patterns(f), _unit_patterns(f), _duration_patterns(f))
    return tuple(
        (kind, tuple(heads.split()), re.compile(source)) for family in families for kind, heads, source in family
    )
