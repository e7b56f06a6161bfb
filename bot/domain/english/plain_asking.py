"""Places, what happened, what to ask the doctor, questions and answers, and where it comes from."""

from __future__ import annotations

PLAIN_ASKING = {
    # Where.
    "where.heading": "Where ({count})",
    "where.heading.page": "Where ({first} to {last} of {count})",
    "where.heading.none": "Where",
    "where.near": "Where ({count}), the nearest to {place} first",
    "where.near.page": "Where ({first} to {last} of {count}), the nearest to {place} first",
    "where.countries": "By country",
    "where.country": "{country}: {count}",
    "where.line": "{place}",
    "where.line.status": "{place}: {status}",
    "where.line.distance": "{place}, {distance} km away",
    "where.line.status.distance": "{place}, {distance} km away: {status}",
    "where.contact": "To ask there: {contact}",
    "where.none": "The record names no places.",
    "where.central": "To ask about the whole study",
    # What happened.
    "happened.heading": "What happened, and what is planned",
    "happened.first_posted": "First in the registry: {date}.",
    "happened.start": "Start: {date}.",
    "happened.was_expected": "{date} (was expected)",
    "happened.primary": "End of the main measurements: {date}.",
    "happened.completion": "End of the study: {date}.",
    "happened.updated": "Last update of the record: {date}.",
    "happened.verified": "Last confirmed by the sponsor: {date}.",
    "happened.results": "Results were posted on {date}.",
    "happened.results.yes": "Results were posted.",
    "happened.results.none": "No results are posted in the registry.",
    "happened.results.late": "The study has ended. The registry has no results of it.",
    "happened.documents": "Documents in the record",
    "happened.events": "Health problems that were counted",
    "happened.events.serious": "{group}: {count} of {total} people had a serious problem.",
    "happened.events.other": "{group}: {count} of {total} people had another problem.",
    "happened.events.more": "And {count} more groups, in the record.",
    "happened.events.out": "The counts cannot be shown just now. They are in the record.",
    "happened.events.note": (
        "These are counts from the record. They do not say what caused an event. Look at both "
        "numbers: the groups may differ in size."
    ),
    "card.out_of_date": (
        "The sponsor last confirmed this record in {date}. It may be out of date."
    ),
    # Ask your doctor: what the record calls for.
    "ask.heading": "Ask your doctor or the study team",
    "ask.found": "What came out of it, and where can I read it?",
    "ask.others": "Are there other studies like it that take people in now?",
    "ask.access": "Who asks for it for me, and how long does that take?",
    "ask.studies": "Is there a study of it that takes people in now?",
    "ask.why_stopped": "Why did this study stop, and what does that mean for me?",
    "ask.site_open": "Is the place near me open now? Who do I call there?",
    "ask.placebo": "Could I get a placebo, a sham or nothing new? How likely is that?",
    "ask.random": "Who decides which group I am put in? Can I choose?",
    "ask.masked": "Will I know what I get? When will I be told?",
    "ask.phase1": "How many people had this before me, and what happened to them?",
    "ask.dose": "Which dose would I get? Do later groups get more?",
    "ask.used": "How was this treatment used before, and for whom?",
    "ask.healthy": "If I am healthy: what is the risk for me, and am I paid?",
    "ask.pregnancy": "What if I am pregnant, could become so, or want a child?",
    "ask.child": "Is my child asked too, and may my child say no?",
    "ask.after": "Can I go on with the treatment when the study is over?",
    "ask.samples": "What happens to my blood, tissue or genes? Who may use them?",
    # ... and what always holds.
    "ask.purpose": "What does this study want to find out?",
    "ask.choices": "What are my other choices? What if I do nothing?",
    "ask.visits": "Which tests and visits are there? How often, and how long?",
    "ask.effects": "Which side effects are known? Who treats me if I have one?",
    "ask.stop": "Can I stop at any time? What happens then?",
    "ask.medicines": "Do I have to stop other medicines?",
    "ask.costs": "What does it cost me? Who pays for travel and extra care?",
    "ask.care": "How does it go along with the care I have now?",
    "ask.data": "Who sees what is known about me?",
    "ask.results": "Will I be told what came out of it?",
    "ask.night": "Whom do I call at night or at weekends?",
    # Words explained.
    "words.heading": "Words explained",
    "words.line": "{word}: {line}.",
    "words.none": "No hard words of our list stand in this record.",
    "words.sources": "Where they are explained at length",
    # Questions and answers.
    "answers.heading": "Questions and answers",
    "answers.what": "What is a clinical trial?",
    "answers.what.text": (
        "A study with people. Some test a treatment, others only watch. All follow a written plan."
    ),
    "answers.join": "Can I join this one?",
    "answers.join.text": (
        "Only the study team can say. The rules on this card may be worth asking them about."
    ),
    "answers.leave": "Can people leave?",
    "answers.leave.text": "Yes. Taking part is a free choice, and so is leaving at any time.",
    "answers.who": "Who watches over it?",
    "answers.who.text": (
        "In most countries an ethics board must agree first. The record may name more who watch."
    ),
    "answers.status": "Who writes this record?",
    "answers.status.text": (
        "The sponsor does. The registry checks its form, not whether all of it is right."
    ),
    "emergency.title": "If this is an emergency",
    "answers.emergency": "What if I need help right now?",
    "answers.emergency.text": (
        "Call your local emergency number now: 911 in the US, 112 in the EU. In the US you can "
        "call or text 988 in a mental health crisis. This bot cannot help."
    ),
    # Sources, and how this was made.
    "sources.heading": "Sources",
    "sources.record": "The record itself: {link}",
    "sources.registry": "About the registry: https://clinicaltrials.gov/about-site/about-ctg",
    "sources.basics": "About trials: https://www.nih.gov/health-information/nih-clinical-research-trials-you",
    "sources.medline": "Illnesses and medicines in plain words: https://medlineplus.gov",
    "sources.cancer": "Cancer trials: https://www.cancer.gov/research/participate/clinical-trials",
    "sources.ictrp": (
        "Registries of other countries: https://www.who.int/clinical-trials-registry-platform"
    ),
    "made.heading": "How this was made",
    "made.fields": "The sentences were made from the record's fields by fixed rules, not by AI.",
    "made.prose": "What stands in quotes is as the sponsor wrote it.",
    "made.middle": ("How large studies are comes from 2,539 records: the middle of each kind."),
    "made.gaps": "Words were changed and parts left out. Where the two differ, the record counts.",
    "made.no_advice": (
        "This is no medical advice. The registry and the NLM did not check or endorse it."
    ),
    "made.day": "The data are of {day}.",
    "print.title": "{number} on paper",
    "print.lede": "One to three pages with the questions to ask and room to write.",
    "button.print": "Print",
    "sheet.more": "{count} more rules stand in the record, at the link above.",
    # The way through a card.
    "part.short": "In short",
    "part.tested": "What is tested",
    "part.leads": "What it could lead to",
    "part.join": "Who can join",
    "part.where": "Where",
    "part.happened": "What happened",
    "part.ask": "Ask your doctor",
    "part.words": "Words explained",
    "part.answers": "Questions",
    "part.sources": "Sources",
    "part.original": "As written",
    "part.page": "{part}: page {page} of {pages}.",
    "part.back": "Back to the card",
    # The plain title.
    "title.TREATMENT": "A treatment for {conditions}",
    "title.PREVENTION": "A way to prevent {conditions}",
    "title.DIAGNOSTIC": "A way to find {conditions}",
    "title.SUPPORTIVE_CARE": "A way to help people with {conditions}",
    "title.SCREENING": "A way to find {conditions} early",
    "title.HEALTH_SERVICES_RESEARCH": "A way to give care for {conditions}",
    "title.BASIC_SCIENCE": "How the body works: {conditions}",
    "title.DEVICE_FEASIBILITY": "A device for {conditions}",
    "title.ECT": "Teaching or training for {conditions}",
    "title.OTHER": "A study about {conditions}",
    "title.OBSERVATIONAL": "A study that watches people: {conditions}",
    "title.EXPANDED_ACCESS": "A way to get a treatment for {conditions}",
    "title.with": "{title}: {names}",
    "title.phase": "{title} ({phase})",
    "fact.registered": "Registered as",
    "fact.where": "Where",
    "fact.where.near": "{place}, {distance} km away, and {count} more places",
    "fact.where.near.one": "{place}, {distance} km away",
    "fact.where.count": "{count} places in {countries}",
    "fact.where.one": "{place}",
}
