"""The card in plain words: short sentences, each from a field of the record."""

from __future__ import annotations

PLAIN_CARD = {
    # What it is about, by type and purpose.
    "short.TREATMENT": "This study tests a treatment for {conditions}.",
    "short.PREVENTION": "This study tests a way to prevent {conditions}.",
    "short.DIAGNOSTIC": "This study tests a way to find {conditions}.",
    "short.SUPPORTIVE_CARE": "This study tests a way to help people live with {conditions}.",
    "short.SCREENING": "This study tests a way to find {conditions} early.",
    "short.HEALTH_SERVICES_RESEARCH": "This study tests a way to give care for {conditions}.",
    "short.BASIC_SCIENCE": "This study looks at how the body works. It is about {conditions}.",
    "short.DEVICE_FEASIBILITY": "This study tests if a device can be used for {conditions}.",
    "short.ECT": "This study tests a way to teach or train people. It is about {conditions}.",
    "short.OTHER": "This study is about {conditions}.",
    "short.OBSERVATIONAL": (
        "This study watches people and tests no treatment. It is about {conditions}."
    ),
    "short.EXPANDED_ACCESS": (
        "This is not a study. It is a way to get a treatment outside a study. "
        "It is for {conditions}."
    ),
    "short.no_conditions": "a condition that the record does not name",
    "short.one_more": "{names} and one more",
    "short.more": "{names} and {count} more",
    "short.two": "{first} and {second}",
    "short.tested": "It tests {names}.",
    "short.given": "It gives {names}.",
    # The phase: what it looks at first.
    "short.EARLY_PHASE1": "It is a first small test in people. The doses are very small.",
    "short.PHASE1": "It is in phase 1: it looks first at side effects and the dose.",
    "short.PHASE1_PHASE2": (
        "It is in phase 1 and 2: it looks for the dose first, and then for signs that it works."
    ),
    "short.PHASE2": "It is in phase 2: it looks for signs that it works, and at side effects.",
    "short.PHASE2_PHASE3": (
        "It is in phase 2 and 3: it looks for signs that it works. "
        "Then it may test how well it works next to usual care."
    ),
    "short.PHASE3": (
        "It is in phase 3: it tests in many people how well it works next to something else."
    ),
    "short.PHASE4": "It is in phase 4: the treatment is in use, and is looked at for longer.",
    # How many, and how they are put together.
    "short.size.planned": "The plan is to take in {count} people.",
    "short.size.planned.one": "The plan is to take in one person.",
    "short.size.counted": "{count} people take part or took part.",
    "short.size.counted.one": "One person takes part or took part.",
    "short.size.ended": "{count} people took part.",
    "short.size.ended.one": "One person took part.",
    "short.size.none": "Nobody took part.",
    "short.RANDOMIZED": "People are put in groups by chance.",
    "short.NON_RANDOMIZED": "People are put in groups, but not by chance.",
    "short.SINGLE_GROUP": "All of them are in one group.",
    "short.CROSSOVER": "Each person gets more than one thing, one after the other.",
    "short.masking.NONE": "All who take part know what they get.",
    "short.masked.PARTICIPANT": "The people who take part do not know what they get.",
    "short.masked.CARE_PROVIDER": "Those who care for them do not know who gets what.",
    "short.masked.INVESTIGATOR": "The study doctors do not know who gets what.",
    "short.masked.OUTCOMES_ASSESSOR": "Those who judge the results do not know who got what.",
}
