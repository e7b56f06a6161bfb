"""Hard words of trials, each with one line in plain words.

A file for each field; a line holds the word, other spellings, the explanation, and where it is
explained at length: CTG the glossary of ClinicalTrials.gov, NCI the National Cancer Institute's
dictionary of cancer terms, MED MedlinePlus, FDA the Food and Drug Administration.
"""
