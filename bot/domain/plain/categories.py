"""What a criterion is about, so that people find what concerns them; never a judgement.

The first that fits counts: what is more particular stands first.
"""

from __future__ import annotations

import enum
import re


class Category(enum.StrEnum):
    """The groups, in the order in which they are shown."""

    AGE = "age"
    CONDITION = "condition"
    CANCER = "cancer"
    EARLIER_TREATMENT = "earlier_treatment"
    MEDICINES = "medicines"
    BLOOD_AND_ORGANS = "blood_and_organs"
    HEART = "heart"
    LUNGS = "lungs"
    INFECTIONS = "infections"
    PREGNANCY = "pregnancy"
    ALLERGIES = "allergies"
    MIND_AND_HABITS = "mind_and_habits"
    OTHER_STUDIES = "other_studies"
    AGREEING = "agreeing"
    OTHER = "other"


_PATTERNS = (
    (
        Category.PREGNANCY,
        (
            r"pregnan|child-?\s?bearing|contracept|breast-?\s?feed|lactat|nursing"
            r"|menopaus|hcg\b|birth control|sterili[sz]"
        ),
    ),
    (
        Category.AGREEING,
        (
            r"consent|assent\b|willing|able to (?:understand|comply|read|speak|follow)"
            r"|comply|complian|informed|agree[sd]? to|language|literate|insur(?:ed|ance)"
            r"|social security"
        ),
    ),
    (
        Category.OTHER_STUDIES,
        (
            r"(?:another|other|any|concurrent|previous)\b.{0,40}\b(?:clinical|drug"
            r"|interventional|investigational)?\s*(?:trial|study|studies)\b|investigational"
        ),
    ),
    (
        Category.AGE,
        (
            r"\baged?\b|\byears? (?:old|of age)|years or (?:older|over)|\bolder than\b"
            r"|\bbetween \d+ (?:and|to) \d+ years|^\W*[≥>]=?\s*\d+\s*years|adults?$"
        ),
    ),
    (Category.ALLERGIES, r"allerg(?:y|ies|ic) to|hypersensitiv|anaphyla|intoleran(?:ce|t)"),
    (Category.INFECTIONS, r"infect|hiv\b|hepatitis|tubercul|covid|sars|virus|sepsis|antibiotic"),
    (
        Category.MIND_AND_HABITS,
        (
            r"psychiatr|psycho|depress|suicid|alcohol|drug abuse|substance"
            r"|smok|dementia|cognitive|schizo|addict|mental"
        ),
    ),
    (
        Category.HEART,
        (
            r"cardi|heart|myocard|hypertensi|blood pressure|stroke|angina|qt|arrhythm"
            r"|ejection fraction|nyha|coronary"
        ),
    ),
    (
        Category.BLOOD_AND_ORGANS,
        (
            r"creatinin|bilirubin|\bal[ta]t?\b|\bast\b|platelet|neutrophil"
            r"|h[a]?emoglobin|renal|kidney|hepatic|liver|\bgfr|egfr|coagul|\binr\b|anc\b"
            r"|organ function"
            r"|bleeding|leu[ck]ocyt|lymphocyt|albumin|hba1c|glucose"
        ),
    ),
    (Category.LUNGS, r"lung|pulmon|fev|asthma|copd|respirat|oxygen|spiromet"),
    (
        Category.EARLIER_TREATMENT,
        (
            r"prior|previous(?:ly)?|received|history of.{0,30}(?:therap|surg"
            r"|treat|transplant)|surgery|transplant|radiother|radiation|chemother|washout"
        ),
    ),
    (
        Category.MEDICINES,
        (
            r"medicat|medicine|concomitant|steroid|inhibitor|inducer|drug|therapy"
            r"|taking|use of|treated with|dose"
        ),
    ),
    (
        Category.CANCER,
        (
            r"cancer|carcinom|tumou?r|malignan|metasta|lymphom|leuk[a]?emi|sarcoma|ecog"
            r"|karnofsky|histolog|recist|oncolog|life expectancy"
        ),
    ),
    (Category.CONDITION, r"diagnos|disease|disorder|syndrom|symptom|condition|illness|history of"),
)
_COMPILED = tuple((category, re.compile(words, re.IGNORECASE)) for category, words in _PATTERNS)


def category_of(text: str) -> Category:
    """What a line is about by its words; OTHER where none of them tells."""
    for category, words in _COMPILED:
        if words.search(text):
            return category
    return Category.OTHER
