"""What can happen to a record of the demonstration, each as the registry would write it.

An edit takes the record and the day on which it is posted, and changes the record in place.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.domain.dates import PartialDate
from trialbell.demo.records import Registered, month_from, results

Edit = Callable[[Registered, date], None]


def posted(*edits: Edit) -> Edit:
    """A sponsor's update: these edits, and the dates that an update moves."""

    def edit(record: Registered, day: date) -> None:
        for each in edits:
            each(record, day)
        status = record["protocolSection"]["statusModule"]
        status["statusVerifiedDate"] = month_from(day, 0)
        status["lastUpdateSubmitDate"] = day.isoformat()
        status["lastUpdatePostDateStruct"] = {"date": day.isoformat(), "type": "ACTUAL"}

    return edit


def overall_status(status: str) -> Edit:
    """The trial as a whole has a new status."""

    def edit(record: Registered, _day: date) -> None:
        record["protocolSection"]["statusModule"]["overallStatus"] = status

    return edit


def closed_everywhere() -> Edit:
    """Recruitment has ended: the record no longer gives any site's status."""

    def edit(record: Registered, day: date) -> None:
        overall_status("ACTIVE_NOT_RECRUITING")(record, day)
        for location in record["protocolSection"]["contactsLocationsModule"]["locations"]:
            location.pop("status", None)

    return edit


def stopped(status: str, why: str) -> Edit:
    """The trial stopped early, for this reason, and every site with it."""

    def edit(record: Registered, day: date) -> None:
        module = record["protocolSection"]["statusModule"]
        module |= {"overallStatus": status, "whyStopped": why}
        if status == "TERMINATED":
            module["completionDateStruct"] = {"date": day.isoformat(), "type": "ACTUAL"}
            module["primaryCompletionDateStruct"] = {"date": day.isoformat(), "type": "ACTUAL"}
        for location in record["protocolSection"]["contactsLocationsModule"]["locations"]:
            location["status"] = status

    return edit


def never_confirmed() -> Edit:
    """Two years after the last confirmation the registry itself says UNKNOWN.

    Not an update of the sponsor: no date of the record moves.
    """

    def edit(record: Registered, _day: date) -> None:
        module = record["protocolSection"]["statusModule"]
        module["lastKnownStatus"] = module["overallStatus"]
        module["overallStatus"] = "UNKNOWN"

    return edit


def site(city: str, status: str) -> Edit:
    """The site in this city has a new status."""

    def edit(record: Registered, _day: date) -> None:
        for location in record["protocolSection"]["contactsLocationsModule"]["locations"]:
            if location["city"] == city:
                location["status"] = status

    return edit


def site_added(city: str, country: str, latitude: float, longitude: float) -> Edit:
    """A site opens that was not there before."""

    def edit(record: Registered, _day: date) -> None:
        record["protocolSection"]["contactsLocationsModule"]["locations"].append(
            {
                "facility": f"Demonstration Hospital {city}",
                "status": "RECRUITING",
                "city": city,
                "country": country,
                "geoPoint": {"lat": latitude, "lon": longitude},
            }
        )

    return edit


def enrollment(count: int) -> Edit:
    """So many people are to take part now."""

    def edit(record: Registered, _day: date) -> None:
        record["protocolSection"]["designModule"]["enrollmentInfo"]["count"] = count

    return edit


def enrolled_more(by: int) -> Edit:
    """So many more people are to take part, or fewer."""

    def edit(record: Registered, _day: date) -> None:
        info = record["protocolSection"]["designModule"]["enrollmentInfo"]
        info["count"] = info["count"] + by

    return edit


def criterion(old: str, new: str) -> Edit:
    """A line of the criteria is replaced; with ``new`` of several lines, some are added."""

    def edit(record: Registered, _day: date) -> None:
        module = record["protocolSection"]["eligibilityModule"]
        before = module["eligibilityCriteria"]
        module["eligibilityCriteria"] = before.replace(f"* {old}\n", f"* {new}\n", 1)

    return edit


def minimum_age(age: str) -> Edit:
    """People can take part from this age on, as the registry writes it (``10 Years``)."""

    def edit(record: Registered, _day: date) -> None:
        record["protocolSection"]["eligibilityModule"]["minimumAge"] = age

    return edit


def completion_moved(months: int) -> Edit:
    """The dates of completion are expected later by so many months, or earlier."""

    def edit(record: Registered, _day: date) -> None:
        module = record["protocolSection"]["statusModule"]
        for name in ("primaryCompletionDateStruct", "completionDateStruct"):
            expected = PartialDate.parse(module[name]["date"]).earliest()
            module[name] = {"date": month_from(expected, months), "type": "ESTIMATED"}

    return edit


def started() -> Edit:
    """The trial has begun: it recruits, at its first site."""

    def edit(record: Registered, day: date) -> None:
        module = record["protocolSection"]["statusModule"]
        module["overallStatus"] = "RECRUITING"
        module["startDateStruct"] = {"date": day.isoformat(), "type": "ACTUAL"}
        locations = record["protocolSection"]["contactsLocationsModule"]["locations"]
        locations[0]["status"] = "RECRUITING"

    return edit


def completed() -> Edit:
    """The trial has ended as planned."""

    def edit(record: Registered, day: date) -> None:
        module = record["protocolSection"]["statusModule"]
        module["overallStatus"] = "COMPLETED"
        for name in ("primaryCompletionDateStruct", "completionDateStruct"):
            module[name] = {"date": day.isoformat(), "type": "ACTUAL"}

    return edit


def results_posted(number: str) -> Edit:
    """The trial's results are public."""

    def edit(record: Registered, day: date) -> None:
        module = record["protocolSection"]["statusModule"]
        module["resultsFirstSubmitDate"] = day.isoformat()
        module["resultsFirstPostDateStruct"] = {"date": day.isoformat(), "type": "ACTUAL"}
        record["resultsSection"] = results(number)
        record["hasResults"] = True

    return edit
