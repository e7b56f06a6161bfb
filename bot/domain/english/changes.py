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
    # What of the filter it did not fit before, and what it no longer fits.
    "event.entered.near": (
        "This trial matches “{words}” and now has a place that is not closed within {kilometres} "
        "km of {place}."
    ),
    "event.left.near": (
        "This trial matches “{words}”, but it no longer has a place that is not closed within "
        "{kilometres} km of {place}."
    ),
    "event.entered.country": (
        "This trial matches “{words}” and now has a place that is not closed in {countries}."
    ),
    "event.left.country": (
        "This trial matches “{words}”, but it no longer has a place that is not closed in "
        "{countries}."
    ),
    "event.entered.age": "This trial matches “{words}” and now takes people aged {age}.",
    "event.left.age": "This trial matches “{words}”, but it no longer takes people aged {age}.",
    "event.entered.sex": "This trial matches “{words}” and now takes {people}.",
    "event.left.sex": "This trial matches “{words}”, but it no longer takes {people}.",
    "event.people.FEMALE": "girls and women",
    "event.people.MALE": "boys and men",
    "event.entered.status": "This trial matches “{words}”, and its status is now “{status}”.",
    "event.left.status": (
        "This trial no longer has a status that you asked for with “{words}”: it is now “{status}”."
    ),
    "event.entered.phase": "This trial matches “{words}” and is now in {phases}.",
    "event.left.phase": "This trial matches “{words}”, but it is no longer in {phases}.",
    "event.entered.intervention_type": (
        "This trial matches “{words}” and now tests a treatment of this type: {types}."
    ),
    "event.left.intervention_type": (
        "This trial matches “{words}”, but it no longer tests a treatment of this type: {types}."
    ),
    "event.entered.sponsor_class": (
        "This trial matches “{words}” and now has a lead sponsor of this class: {sponsors}."
    ),
    "event.left.sponsor_class": (
        "This trial matches “{words}”, but its lead sponsor is no longer of this class: {sponsors}."
    ),
    "event.entered.healthy_volunteers.yes": (
        "This trial matches “{words}” and now takes healthy volunteers."
    ),
    "event.left.healthy_volunteers.yes": (
        "This trial matches “{words}”, but it no longer takes healthy volunteers."
    ),
    "event.entered.healthy_volunteers.no": (
        "This trial matches “{words}” and no longer takes healthy volunteers."
    ),
    "event.left.healthy_volunteers.no": (
        "This trial matches “{words}”, but it now takes healthy volunteers."
    ),
    "list.or": "{some} or {last}",
    "why.trial": "You hear of this because you follow this trial.",
    "why.interest": "You hear of this because you follow “{words}”.",
}
