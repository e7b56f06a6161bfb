"""Words of studies."""

from __future__ import annotations

ENTRIES = """
adverse event|adverse events;AE;AEs|something bad for health that happens during a study, whatever caused it|CTG
allocation|allocated|how people are put in groups|CTG
arm|arms;study arm|a group of people in a study who get the same|CTG
assent|assents|a child's own yes to taking part|CTG
baseline|baseline visit|how things are at the start, before treatment|CTG
biomarker|biomarkers;marker|something in the body that can be measured and tells about health|NCI
biosimilar|biosimilars|a medicine that is nearly the same as one made from living things|FDA
blinded|blinding;masked;masking|some people in the study do not know who gets what|CTG
case-control|case control|comparing people who have an illness with people who do not|CTG
clinical trial|clinical trials|a study in people that follows a written plan|CTG
clinically significant|clinical significance|large enough to matter for health|NCI
cohort|cohorts|a group of people who are followed over time|CTG
comparator|active comparator|what the new treatment is held against|CTG
compassionate use|expanded access|getting a treatment that is not approved yet, outside a study|FDA
concomitant|concomitantly|at the same time as something else|NCI
contraindication|contraindicated;contraindications|a reason not to use a treatment|MED
control group|controls;control arm|the people that the others are compared with|CTG
crossover|cross-over|each person gets more than one treatment, one after the other|CTG
data monitoring committee|DMC;DSMB;data safety monitoring board|people from outside who look at the results while a study runs|CTG
dose escalation|dose-escalation|giving higher doses step by step to find the right one|NCI
dose-limiting toxicity|DLT;DLTs|side effects that keep a dose from being raised|NCI
double-blind|double blind|two sides, often the people and their doctors, do not know who gets what|CTG
efficacy|efficacious|how well a treatment works in a study|FDA
eligibility|eligible|meeting the rules for taking part|CTG
endpoint|endpoints;end point|what a study measures to see if a treatment works|CTG
enrollment|enrolment;enrolled;enroll|joining a study, or how many have joined|CTG
exclusion criteria|excluded|rules that keep people from taking part|CTG
first-in-human|first in human|the first time that people get a treatment|FDA
first-line|first line|the treatment that is usually tried first|NCI
follow-up|follow up|visits or calls after the treatment|NCI
good clinical practice|GCP|rules for doing studies well and with respect for people|FDA
inclusion criteria|included|what people must have to take part|CTG
informed consent|ICF;consent form|saying yes after the study was explained|CTG
institutional review board|IRB;ethics committee;IEC|people who check that a study is fair to those who take part|CTG
intent-to-treat|intention to treat;ITT|counting all people in the group that they were put in|NCI
intervention|interventions|what is given or done in a study|CTG
investigational|investigational product;IMP;study drug|being tested and not approved for this use|FDA
investigator|principal investigator;PI|the doctor or researcher who leads the study at a place|CTG
life expectancy||how long somebody is expected to live|NCI
maintenance|maintenance therapy|treatment that keeps an illness from coming back|NCI
median|medians|the middle value when all are put in order|NCI
monotherapy||treatment with one medicine alone|NCI
observational|observational study|the study watches and gives no treatment|CTG
off-label|off label|using a medicine for something that it is not approved for|FDA
open-label|open label|all know who gets what|CTG
outcome|outcomes;outcome measure|what is measured to see what a treatment does|CTG
overall survival|OS|how long people live after treatment begins|NCI
pharmacodynamics|pharmacodynamic;PD|what a medicine does to the body|NCI
pharmacokinetics|pharmacokinetic;PK|what the body does to a medicine|NCI
pilot study|pilot;feasibility study|a small study that tries whether a larger one can work|CTG
placebo|placebos|something that looks like the treatment and has no active substance|CTG
progression-free survival|PFS|how long people live without the illness getting worse|NCI
protocol|study protocol|the written plan of a study|CTG
quality of life|QOL;QoL;HRQoL|how well people feel and live from day to day|NCI
quadruple|quadruple-blind|four sides do not know who gets what|CTG
randomized|randomised;randomization;randomisation;randomly|put in a group by chance|CTG
refractory|resistant|not getting better with treatment|NCI
patient registry|patient registries;disease registry;cancer registry;registry study|a list of people with an illness, kept to learn from|CTG
relapse|relapsed;recurrence;recurrent|the illness coming back|NCI
remission|complete remission|signs of the illness are gone or fewer|NCI
retrospective|retrospectively|looking back at what was written down before|CTG
prospective|prospectively|looking at what happens from now on|CTG
run-in|run-in period|a time before the treatment begins, to get ready|CTG
screening|screening visit|checks to see whether somebody can take part|CTG
second-line|second line|what is tried when the first treatment did not help|NCI
serious adverse event|SAE;SAEs|a harm that puts life at risk, needs hospital, or lasts|FDA
sham|sham procedure|something that is done like the treatment but has no effect of its own|CTG
single-blind|single blind|one side does not know who gets what|CTG
sponsor|sponsors|who is responsible for a study|CTG
standard of care|standard care;usual care;SOC|the treatment that most doctors give today|NCI
stratified|stratification;stratify|put in groups so that each has the same mix of people|NCI
surrogate|legally authorized representative;LAR|somebody who may decide for another person|FDA
tolerability|tolerable;tolerated|how well people can bear a treatment|NCI
toxicity|toxicities;toxic|harm done by a treatment|NCI
washout|wash-out;washout period|a time without medicine, so that the last one leaves the body|CTG
withdrawal|withdraw;withdrawn|leaving a study, or stopping it|CTG
"""
