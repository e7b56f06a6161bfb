"""Tests of reading ClinicalTrials.gov."""
