"""What changed in a trial, and what a follower of a condition hears."""

from __future__ import annotations

CHANGES = {
    # Kinds of change, as headings.
    "kind.status": "Status",
    "kind.why_stopped": "Why it stopped",
    "kind.record": "The record",
    "kind.new": "New trial",
    "kind.left": "No longer matches",
    "kind.results": "Results",
    "kind.expanded_access": "Access outside the trial",
    "kind.eligibility": "Who can join",
    "kind.sites": "Places",
    "kind.sites_near": "Places near you",
    "kind.treatments": "Treatments",
    "kind.design": "Design",
    "kind.outcomes": "What is measured",
    "kind.dates": "Dates",
    "kind.enrollment": "Number of participants",
    "kind.description": "Title and description",
    "kind.contacts": "Contacts",
    "kind.sponsor": "Sponsor",
    "kind.documents": "Documents",
    "kind.other": "Other details",
    # Events for followers of a condition.
    "event.new": "A new trial was registered that matches “{words}”.",
    "event.entered": "This trial now matches “{words}”; before, it did not.",
    "event.left": "This trial no longer matches “{words}”.",
    "why.trial": "You hear of this because you follow this trial.",
    "why.interest": "You hear of this because you follow “{words}”.",
}
