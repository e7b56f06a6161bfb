"""Arms, interventions, outcomes, contacts and collaborators, member by member."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.change import Kind, Op
from bot.domain.diff.studies import diff
from bot.domain.study import Contact, Outcome, Sponsor, Study
from tests.bot.domain.trials import trial

BASE = trial()


def told(new: Study) -> set[tuple[Kind, str, Op, str | None, str | None, str | None]]:
    """The changes from the base, by the last part of their paths."""
    return {
        (one.kind, one.path.rpartition(".")[2], one.op, one.item, one.old, one.new)
        for one in diff(BASE, new)
    }


def test_an_arm_gets_a_description() -> None:
    """A part that changed names its member, with both values."""
    bell, silence = BASE.arm_groups
    after = replace(BASE, arm_groups=(replace(bell, description="Loud"), silence))
    assert told(after) == {(Kind.TREATMENTS, "description", Op.CHANGED, "Bell", None, "Loud")}


def test_an_arm_is_added() -> None:
    """A new member is one change, whatever parts it has."""
    third = replace(BASE.arm_groups[0], label="Gong")
    after = replace(BASE, arm_groups=(*BASE.arm_groups, third))
    assert told(after) == {(Kind.TREATMENTS, "armGroups", Op.ADDED, "Gong", None, "Gong")}


def test_an_intervention_is_renamed() -> None:
    """A name that only gained something is the same intervention, with both names told."""
    (bell,) = BASE.interventions
    after = replace(BASE, interventions=(replace(bell, name="Bells"),))
    assert told(after) == {(Kind.TREATMENTS, "name", Op.CHANGED, "Bells", "Bell", "Bells")}


def test_an_intervention_is_replaced() -> None:
    """Another name is another intervention: one went and one came."""
    (bell,) = BASE.interventions
    after = replace(BASE, interventions=(replace(bell, name="Drum"),))
    assert told(after) == {
        (Kind.TREATMENTS, "interventions", Op.REMOVED, "Bell", "Bell", None),
        (Kind.TREATMENTS, "interventions", Op.ADDED, "Drum", None, "Drum"),
    }


def test_an_outcome_changes_its_rank() -> None:
    """A measure that became primary left the secondary ones and joined the primary ones."""
    after = replace(
        BASE,
        outcomes=tuple(
            replace(one, rank="primary") if one.measure == "Pain" else one for one in BASE.outcomes
        ),
    )
    assert told(after) == {
        (Kind.OUTCOMES, "primaryOutcomes", Op.ADDED, "Pain", None, "Pain"),
        (Kind.OUTCOMES, "secondaryOutcomes", Op.REMOVED, "Pain", "Pain", None),
    }


def test_one_measure_at_two_times() -> None:
    """A measure that is listed twice is matched by its parts: only the new one is new."""
    again = Outcome(rank="primary", measure="Overall survival", time_frame="5 years")
    after = replace(BASE, outcomes=(again, *BASE.outcomes))
    name = "Overall survival"
    assert told(after) == {(Kind.OUTCOMES, "primaryOutcomes", Op.ADDED, name, None, name)}


def test_a_contact_gets_another_number() -> None:
    """The same person with another number is a changed number."""
    ada = replace(BASE.central_contacts[0], phone="555-0199")
    assert told(replace(BASE, central_contacts=(ada,))) == {
        (Kind.CONTACTS, "phone", Op.CHANGED, "Ada Bell", "555-0101", "555-0199")
    }


def test_a_contact_without_a_name() -> None:
    """Somebody who is not named has no item, and is told by what is stated."""
    after = replace(
        BASE, central_contacts=(*BASE.central_contacts, Contact(phone="1", phone_ext="2"))
    )
    assert told(after) == {
        (Kind.CONTACTS, "centralContacts", Op.ADDED, None, None, "1 ext. 2"),
    }


def test_a_collaborator_joins() -> None:
    """Collaborators, and what class of body they are, belong to the sponsor's kind."""
    chime, nci = BASE.collaborators
    after = replace(BASE, collaborators=(replace(chime, agency_class="OTHER"), nci, Sponsor("X")))
    assert told(after) == {
        (Kind.SPONSOR, "collaborators", Op.ADDED, "X", None, "X"),
        (Kind.SPONSOR, "class", Op.CHANGED, "Chime Inc", "INDUSTRY", "OTHER"),
    }
