"""ClinicalTrials.gov: reading it, and a local stand-in for it."""
