"""Values of the registry's enumerations that do not read well when only written in small letters.

All others are: ``NON_RANDOMIZED`` becomes "non randomized".
"""

from __future__ import annotations

VALUES = {
    "value.AHRQ": "AHRQ",
    "value.AMBIG": "not clear",
    "value.CDC": "CDC",
    "value.CSR": "clinical study report",
    "value.CTIS": "CTIS",
    "value.ECT": "education, counselling or training",
    "value.EUDRACT_NUMBER": "EudraCT number",
    "value.FDA": "FDA",
    "value.FED": "US federal government",
    "value.ICF": "informed consent form",
    "value.INDIV": "a person",
    "value.NA": "not applicable",
    "value.NIH": "NIH",
    "value.NONE": "none",
    "value.NON_PROBABILITY_SAMPLE": "not drawn by chance",
    "value.NON_RANDOMIZED": "not by chance (not randomized)",
    "value.RANDOMIZED": "by chance (randomized)",
    "value.PARALLEL": "parallel groups",
    "value.OTHER_GOV": "another government body",
    "value.PROBABILITY_SAMPLE": "drawn by chance",
    "value.RELEASE": "results sent in",
    "value.RESET": "results returned",
    "value.SAMHSA": "SAMHSA",
    "value.SAMPLES_WITHOUT_DNA": "samples without DNA",
    "value.SAMPLES_WITH_DNA": "samples with DNA",
    "value.SAP": "statistical analysis plan",
    "value.SUB_INVESTIGATOR": "sub-investigator",
    "value.UNRELEASE": "results taken back",
    "value.VA": "VA",
}
