"""The words that people use for what the registry files trials by."""

from __future__ import annotations

_STATUSES = """
    ACTIVE_NOT_RECRUITING COMPLETED ENROLLING_BY_INVITATION NOT_YET_RECRUITING RECRUITING SUSPENDED
    TERMINATED WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE TEMPORARILY_NOT_AVAILABLE
    APPROVED_FOR_MARKETING WITHHELD UNKNOWN
"""
STATUSES = frozenset(_STATUSES.split())
"""The registry's statuses, as a search of it takes them."""

OPEN = {"open": "RECRUITING", "enrolling": "RECRUITING"}
"""What people say for a status and the registry does not; the words mean other things elsewhere."""

PHASES = {
    "0": "EARLY_PHASE1", "early1": "EARLY_PHASE1", "early": "EARLY_PHASE1", "na": "NA",
    "1": "PHASE1", "i": "PHASE1", "2": "PHASE2", "ii": "PHASE2",
    "3": "PHASE3", "iii": "PHASE3", "4": "PHASE4", "iv": "PHASE4",
}  # fmt: skip
"""A phase as it is typed, without letters behind it (2a)."""

TYPES = {
    "drug": "DRUG", "drugs": "DRUG",
    "device": "DEVICE", "devices": "DEVICE",
    "biological": "BIOLOGICAL", "biologicals": "BIOLOGICAL", "biologic": "BIOLOGICAL",
    "biologics": "BIOLOGICAL",
    "procedure": "PROCEDURE", "procedures": "PROCEDURE",
    "radiation": "RADIATION",
    "behavioral": "BEHAVIORAL", "behavioural": "BEHAVIORAL",
    "genetic": "GENETIC",
    "dietary supplement": "DIETARY_SUPPLEMENT", "dietary supplements": "DIETARY_SUPPLEMENT",
    "combination product": "COMBINATION_PRODUCT", "combination products": "COMBINATION_PRODUCT",
    "diagnostic test": "DIAGNOSTIC_TEST", "diagnostic tests": "DIAGNOSTIC_TEST",
    "other treatment": "OTHER", "other treatments": "OTHER",
}  # fmt: skip

SPONSORS = {
    "industry": "INDUSTRY",
    "nih": "NIH",
    "federal": "FED",
    "other government": "OTHER_GOV",
    "academic": "OTHER",
    "network": "NETWORK",
    "individual": "INDIV",
}
"""The class of the lead sponsor. Universities and hospitals stand in the registry as ``OTHER``."""

SEXES = {
    "female": "FEMALE", "females": "FEMALE", "women": "FEMALE", "woman": "FEMALE",
    "girls": "FEMALE", "girl": "FEMALE",
    "male": "MALE", "males": "MALE", "men": "MALE", "man": "MALE", "boys": "MALE", "boy": "MALE",
}  # fmt: skip

ENDED = {
    "completed": "COMPLETED",
    "suspended": "SUSPENDED",
    "terminated": "TERMINATED",
    "withdrawn": "WITHDRAWN",
}
"""Statuses that are words of other meanings too, so that only their place tells."""

_CONNECTING = "and or for with that are is which by only please in among of the from at"
CONNECTING = frozenset(_CONNECTING.split())
"""Words that hold a sentence together, and say nothing where a part of it was taken out."""

HOLDING = frozenset({"of", "and", "or", "to", "from", "by", "between", "on", "with", "not"})
"""Words that hold on to the next one: a "history of radiation" is no treatment."""

NOISE = frozenset({"trial", "trials", "study", "studies"})
"""What is looked for in any case."""
