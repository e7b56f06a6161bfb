"""What a trial is: recruitment statuses and phases."""

from __future__ import annotations

STATUS = {
    # Recruitment status: labels as the registry shows them, meanings in our own words.
    "status.none": "Not stated",
    "status.NOT_YET_RECRUITING": "Not yet recruiting",
    "status.NOT_YET_RECRUITING.means": "The trial is planned but does not take anybody in yet.",
    "status.RECRUITING": "Recruiting",
    "status.RECRUITING.means": "The trial is open and looks for people to take part.",
    "status.ENROLLING_BY_INVITATION": "Enrolling by invitation",
    "status.ENROLLING_BY_INVITATION.means": "Only people who are invited can take part.",
    "status.ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "status.ACTIVE_NOT_RECRUITING.means": "The trial goes on, but takes in nobody new.",
    "status.COMPLETED": "Completed",
    "status.COMPLETED.means": "The trial has ended as planned; nobody takes part any more.",
    "status.SUSPENDED": "Suspended",
    "status.SUSPENDED.means": "The trial has stopped for now and may start again.",
    "status.TERMINATED": "Terminated",
    "status.TERMINATED.means": "The trial stopped early and will not start again.",
    "status.WITHDRAWN": "Withdrawn",
    "status.WITHDRAWN.means": "The trial stopped before the first person took part.",
    "status.UNKNOWN": "Unknown",
    "status.UNKNOWN.means": (
        "It is not known how the trial stands. The registry says so by itself where nobody has "
        "confirmed a record for two years."
    ),
    "status.AVAILABLE": "Available",
    "status.AVAILABLE.means": "The treatment can be asked for outside a trial.",
    "status.NO_LONGER_AVAILABLE": "No longer available",
    "status.NO_LONGER_AVAILABLE.means": (
        "The treatment cannot be asked for outside a trial any more."
    ),
    "status.TEMPORARILY_NOT_AVAILABLE": "Temporarily not available",
    "status.TEMPORARILY_NOT_AVAILABLE.means": (
        "The treatment cannot be asked for now, and may be again."
    ),
    "status.APPROVED_FOR_MARKETING": "Approved for marketing",
    "status.APPROVED_FOR_MARKETING.means": "The treatment was approved and can be prescribed.",
    "status.WITHHELD": "Withheld",
    # Phases.
    "phase.EARLY_PHASE1": "Early phase 1",
    "phase.PHASE1": "Phase 1",
    "phase.PHASE2": "Phase 2",
    "phase.PHASE3": "Phase 3",
    "phase.PHASE4": "Phase 4",
    "phase.NA": "No phase (not a trial of a drug)",
}
