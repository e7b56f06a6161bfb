"""The rules of plainer words, in the order in which families are asked."""

from __future__ import annotations

from bot.domain.plain.rules.boilerplate import BOILERPLATE
from bot.domain.plain.rules.illness import ILLNESS
from bot.domain.plain.rules.meanings import MEANINGS
from bot.domain.plain.rules.operators import OPERATORS
from bot.domain.plain.rules.rule import Rule
from bot.domain.plain.rules.synonyms import SYNONYMS
from bot.domain.plain.rules.templates import TEMPLATES
from bot.domain.plain.rules.treatment import TREATMENT

FAMILIES: tuple[tuple[Rule, ...], ...] = (
    TEMPLATES,
    OPERATORS,
    BOILERPLATE,
    MEANINGS,
    ILLNESS,
    TREATMENT,
    SYNONYMS,
)
"""What an earlier family has matched, a later one leaves alone."""

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family)
