"""Nerves and mind."""

from __future__ import annotations

ENTRIES = """
amyotrophic lateral sclerosis|ALS|an illness in which nerves of the muscles die|MED
analgesic|analgesics;analgesia|medicine against pain|MED
anxiety disorder|anxiety|fear that is strong and lasts|MED
ataxia||trouble with balance and moving|MED
central nervous system|CNS|the brain and the spinal cord|MED
cognitive|cognition;cognitive impairment|of thinking and memory|MED
cognitive behavioral therapy|CBT;cognitive behavioural therapy|talking treatment that works on thoughts and habits|MED
delirium||sudden confusion|MED
dementia|Alzheimer's disease;Alzheimer|memory and thinking get worse for good|MED
epilepsy|seizure;seizures|sudden bursts of signals in the brain|MED
intracranial||inside the skull|MED
major depressive disorder|MDD;depression|being very low for weeks or longer|MED
migraine|migraines|bad headaches that come back|MED
multiple sclerosis|MS|an illness in which the body attacks the cover of its nerves|MED
neurological|neurologic;neurology|of the brain and nerves|MED
neuropathy|neuropathies;peripheral neuropathy|harm to nerves, often with tingling or pain|MED
Parkinson|Parkinson's disease|an illness with shaking, stiffness and slow moving|MED
psychosis|psychotic;psychoses|losing touch with what is real|MED
psychiatric||of mental health|MED
sedation|sedative;sedatives|being made calm or sleepy|MED
suicidal ideation|suicidality;suicidal|thoughts of ending one's own life|MED
"""
