"""Signs of comparison, ages, ranges and times in words.

``Older`` and ``younger`` are given only where the pattern itself sees that an age is meant;
everywhere else it is ``at least`` and ``at most``, which take no negation.
"""

from __future__ import annotations

from types import MappingProxyType

from bot.domain.plain.rules.rule import family

PARTS = MappingProxyType(
    {
        "<GE>": r"(?:≥|≧|⩾|> ?/? ?=|at least)",
        "<GEW>": r"(?:(?:greater|more|older) than or equal to"
        r"|equal to or (?:greater|more|older) than)",
        "<LE>": r"(?:≤|≦|⩽|=?< ?/? ?=|=<|at most)",
        "<GT>": r"(?:>(?! ?/? ?=)|greater than(?! or)|more than(?! or)|older than(?! or))",
        "<LT>": r"(?:<(?! ?/? ?=)|less than(?! or)|younger than(?! or))",
        "<N>": r"(\d++(?:[.,]\d++)*+)",
        "<NW>": r"(\d+|one|two|three|four|five|six|twelve)",
        "<AGE>": r"(?<![\w\-])(?<!gestational )(ages?|aged)(?: of)?(?: is)?[:,]? ?",
        "<OF AGE>": r"(?:of )?(?<![\w\-])(?<!gestational )(?:ages?|aged)(?: of)?(?: is)?[:,]? ?",
        "<OLD>": r"(?:[ -]old(?!\w)| of age(?!\w))",
        "<YEARS>": r" ?(?:years?|yrs?\.?)(?!\w)",
        "<SPAN>": r"(days?|weeks?|months?|years?|hours?)",
        "<LIFE>": r"(?<!\w)(?<!a )(?<!an )(?<!the )(?<!ed )life expectancy (?:of |is )?",
        "<LIMIT>": r"(?:the )?(?:upper limits? of (?:the )?normal(?: range)?( \(uln\))?|uln(?!\w))",
        "<SITE>": r"(?:the )?(?:institutional|laboratory) ",
    }
)

OPERATORS = family(
    r"""
age-years-or-older ¦ <AGE><GE> ?<N><YEARS><OLD>? ¦ {1} {2} years or older
    ¦ Age ≥ 18 years ¦ Age 18 years or older ¦ FREE or+1
age-years-words-or-older ¦ <AGE><GEW> ?<N><YEARS><OLD>? ¦ {1} {2} years or older
    ¦ aged greater than or equal to 18 years ¦ aged 18 years or older ¦ FREE
years-words-or-older ¦ <GEW> ?<N><YEARS><OLD>(?! or) ¦ {1} years or older
    ¦ greater than or equal to 18 years old ¦ 18 years or older ¦ FREE
age-or-older ¦ <AGE><GE> ?<N>(?! ?[-–a-z%.]) ¦ {1} {2} or older
    ¦ aged >= 18, any sex ¦ aged 18 or older, any sex ¦ FREE or+1
age-years-or-younger ¦ <AGE><LE> ?<N><YEARS><OLD>? ¦ {1} {2} years or younger
    ¦ Age ≤ 75 years old ¦ Age 75 years or younger ¦ FREE or+1
age-or-younger ¦ <AGE><LE> ?<N>(?! ?[-–a-z%.]) ¦ {1} {2} or younger
    ¦ Age ≤ 75, any sex ¦ Age 75 or younger, any sex ¦ FREE or+1
age-older-than ¦ <OF AGE><GT> ?<N><YEARS><OLD>? ¦ older than {1} years
    ¦ patients aged > 18 years ¦ patients older than 18 years ¦ FREE
age-younger-than ¦ <OF AGE><LT> ?<N><YEARS><OLD>? ¦ younger than {1} years
    ¦ Age < 18 years ¦ Younger than 18 years ¦ FREE
years-or-older ¦ <GE> ?<N><YEARS><OLD>(?! or) ¦ {1} years or older
    ¦ ≥ 18 years of age at screening ¦ 18 years or older at screening ¦ FREE or+1
years-or-younger ¦ <LE> ?<N><YEARS><OLD>(?! or) ¦ {1} years or younger
    ¦ ≤ 75 years old ¦ 75 years or younger ¦ FREE or+1
older-than-years ¦ <GT> ?<N><YEARS><OLD> ¦ older than {1} years
    ¦ > 18 years of age ¦ Older than 18 years ¦ FREE
younger-than-years ¦ <LT> ?<N><YEARS><OLD> ¦ younger than {1} years
    ¦ patients < 18 years of age ¦ patients younger than 18 years ¦ FREE
line-of-years-or-older ¦ <GE> ?<N><YEARS>(?=[.;,]?$) ¦ {1} years or older
    ¦ ≥ 18 years; ¦ 18 years or older; ¦ FREE WHOLE or+1
line-of-years-or-younger ¦ <LE> ?<N><YEARS>(?=[.;,]?$) ¦ {1} years or younger
    ¦ ≤ 75 years ¦ 75 years or younger ¦ FREE WHOLE or+1
years-and-older ¦ <N><YEARS><OLD> (or|and) (?:older|above|over)(?!\w) ¦ {1} years {2} older
    ¦ Men 18 years of age and above ¦ Men 18 years and older ¦ FREE
years-or-over ¦ <N> years (or|and) (?:above|over)(?!\w) ¦ {1} years {2} older
    ¦ Men 18 years or above ¦ Men 18 years or older ¦ FREE
range ¦ (?<![\w.,/\-–^])<N> ?[-–—] ?<N>(?= ?(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?
    + |mg|kg|ml|cm|mm|%)(?!\w)) ¦ {1} to {2} ¦ aged 18 - 75 years ¦ aged 18 to 75 years ¦ FREE
life-at-least
    ¦ <LIFE>(?:≥|>=|at least
    + |greater than or equal to) ?(?=\d) ¦ expected to live at least
    ¦ Life expectancy of at least 12 weeks ¦ Expected to live at least 12 weeks ¦ FREE
life-more-than
    ¦ <LIFE>(?:>(?! ?=)|more than
    + |greater than(?! or)) ?(?=\d) ¦ expected to live more than ¦ Life expectancy > 3 months
    ¦ Expected to live more than 3 months ¦ FREE
life-less-than
    ¦ <LIFE>(?:<(?! ?=)
    + |less than(?! or)) ?(?=\d) ¦ expected to live less than ¦ Life expectancy of < 6 months
    ¦ Expected to live less than 6 months ¦ FREE
in-time-before ¦ within (?:the )?<NW> <SPAN> (?:prior to|before|preceding)
    ¦ in the {1} {2} before ¦ surgery within 4 weeks prior to the visit
    ¦ surgery in the 4 weeks before the visit
in-last-time-before ¦ within the (?:last|past|previous) <NW> <SPAN> (?:prior to|before)
    ¦ in the {1} {2} before ¦ surgery within the past 6 months prior to joining
    ¦ surgery in the 6 months before joining
in-last ¦ within the (last|past|previous) ¦ in the {1}
    ¦ surgery within the past 6 months ¦ surgery in the past 6 months
in-last-short ¦ within (last|past|previous)(?= \d| one| two| three| four| five| six) ¦ in the {1}
    ¦ surgery within last 6 months ¦ surgery in the last 6 months
times-local-limit ¦ (?:(?<=\d)|(?<=\d )) ?(?:(?:x|\xd7|\*|times) ?)?<SITE>(?:upper limits? of(?:
    +  the)? normal( \(uln\))?|uln(?!\w)) ¦ times the top of the local normal range{1}
    ¦ at most 2 x institutional ULN ¦ at most 2 times the top of the local normal range
    ¦ FREE institutional=local upper=top
times-limit ¦ (?:(?<=\d)|(?<=\d )) ?(?:(?:x|\xd7|\*|times) ?)?<LIMIT>
    ¦ times the top of the normal range{1} ¦ at most 2.5 x ULN
    ¦ at most 2.5 times the top of the normal range ¦ FREE upper=top
local-limit ¦ <SITE>(?:upper limits? of (?:the )?normal( \(uln\))?|uln)
    ¦ the top of the local normal range{1} ¦ over the institutional upper limit of normal
    ¦ over the top of the local normal range ¦ institutional=local upper=top
limit ¦ <LIMIT> ¦ the top of the normal range{1} ¦ above the upper limit of normal (ULN)
    ¦ above the top of the normal range (ULN) ¦ upper=top
low-limit ¦ (?:the )?(?:lower limit of (?:the )?normal( \(lln\))?|lln)
    ¦ the bottom of the normal range{1} ¦ below the lower limit of normal
    ¦ below the bottom of the normal range ¦ lower=bottom
at-least-sign ¦ (?:≥|≧|⩾|> ?/? ?=) ?(?=\d|grade|class|stage|one|two) ¦ at least
    ¦ score ≥ 5 ¦ score at least 5 ¦ FREE
at-most-sign ¦ (?:≤|≦|⩽|=<|< ?/? ?=) ?(?=\d|grade|class|stage|one|two) ¦ at most
    ¦ score <=5 ¦ score at most 5 ¦ FREE
more-than-sign ¦ (?<![-=<])>(?! ?/? ?=) ?(?=\d|grade|class|stage|one|two|uln|the upper)
    ¦ more than ¦ score > 5 ¦ score more than 5 ¦ FREE
less-than-sign
    ¦ (?<![=-])<(?! ?/? ?=) ?(?=\d|grade|class|stage|one|two|uln|lln|the upper|the lower)
    ¦ less than ¦ score < 5 ¦ score less than 5 ¦ FREE
at-least-words ¦ (?:equal to or (?:greater|more|higher) than|(?:greater|more|higher) than or
    +  equal to)(?: \(≥\))? ¦ at least ¦ score greater than or equal to 5 ¦ score at least 5 ¦ or-1
at-most-words ¦ (?:equal to or (?:less|lower|fewer) than|(?:less|lower|fewer) than or equal to)
    ¦ at most ¦ score less than or equal to 5 ¦ score at most 5 ¦ or-1 lower=most
not-exceeding ¦ not exceeding(?= \d) ¦ at most
    ¦ doses not exceeding 10 mg ¦ doses at most 10 mg ¦ not-1
not-less-than ¦ (?:not|no) (?:less|fewer) than ¦ at least
    ¦ for not less than 5 days ¦ for at least 5 days ¦ not-1
not-more-than ¦ (?:not|no) (?:more|greater) than ¦ at most
    ¦ with no more than 2 falls ¦ with at most 2 falls ¦ not-1
minimum-of ¦ (?:a )?minimum of ¦ at least ¦ for a minimum of 4 weeks ¦ for at least 4 weeks
    ¦ minimum=least
maximum-of ¦ (?:a )?maximum of ¦ at most ¦ for a maximum of 4 weeks ¦ for at most 4 weeks
    ¦ maximum=most
greater-than ¦ (?:greater than|in excess of) ¦ more than ¦ a weight greater than 50 kg
    ¦ a weight more than 50 kg
exceeding ¦ exceeding(?= \d) ¦ more than ¦ doses exceeding 10 mg ¦ doses more than 10 mg
""",
    PARTS,
)
