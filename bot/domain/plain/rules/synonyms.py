"""Words of papers by words of people: the same meaning and the same part of speech."""

from __future__ import annotations

from bot.domain.plain.rules.rule import family

SYNONYMS = family(
    r"""
prior-to ¦ prior to ¦ before ¦ prior to surgery ¦ before surgery
prior-noun ¦ prior(?= [a-z])(?! (?:the|to|an?|and|or)(?!\w)) ¦ earlier ¦ no prior treatment
    ¦ no earlier treatment
prior-end ¦ prior(?= ?[.,;)]| ?$) ¦ before ¦ 4 weeks prior. ¦ 4 weeks before.
subsequent-to ¦ subsequent to ¦ after ¦ subsequent to surgery ¦ after surgery
subsequent ¦ subsequent(?! to) ¦ later ¦ at a subsequent visit ¦ at a later visit
subsequently ¦ subsequently ¦ later ¦ who subsequently stop ¦ who later stop
preceding ¦ (?:immediately )?preceding ¦ before ¦ 4 weeks preceding the visit
    ¦ 4 weeks before the visit
chronic ¦ chronic(?! (?:obstructive|myel|lymph|phase)) ¦ long-term
    ¦ a chronic disease ¦ a long-term disease ¦ chronic=long
asymptomatic ¦ asymptomatic(?=[.,;)]| ?$| or | and ) ¦ without symptoms
    ¦ who are asymptomatic. ¦ who are without symptoms. ¦ not+1
clinically-significant ¦ clinically (?:significant|relevant|important|meaningful)
    ¦ medically important ¦ a clinically significant illness ¦ a medically important illness
adequate ¦ adequate ¦ good enough ¦ with adequate sleep ¦ with good enough sleep
adequately ¦ adequately ¦ well enough ¦ adequately treated ¦ well enough treated
sufficient ¦ sufficient ¦ enough ¦ with sufficient sleep ¦ with enough sleep
insufficient ¦ insufficient ¦ not enough ¦ with insufficient sleep ¦ with not enough sleep ¦ not+1
inadequate ¦ inadequate ¦ not good enough ¦ with inadequate sleep ¦ with not good enough sleep
    ¦ not+1
approximately ¦ approximately ¦ about ¦ approximately 2 weeks ¦ about 2 weeks
currently ¦ currently ¦ now ¦ currently pregnant ¦ now pregnant
presently ¦ presently ¦ now ¦ presently pregnant ¦ now pregnant
additional ¦ additional ¦ extra ¦ needs additional tests ¦ needs extra tests
additionally ¦ additionally ¦ also ¦ additionally treated ¦ also treated
individuals ¦ individuals ¦ people ¦ individuals with pain ¦ people with pain
individual ¦ (an|the|any|each) individual(?= (?:who|is|has|with|must|can|will)(?!\w)) ¦ {1} person
    ¦ if the individual is ill ¦ if the person is ill
subjects ¦ subjects ¦ people ¦ subjects with pain ¦ people with pain
subject-one ¦ (the|any|each|if|study) subject(?! to| of| matter) ¦ {1} person
    ¦ if the subject is ill ¦ if the person is ill
subject-first ¦ subject (is|has|must|will|with|can|cannot|who|agrees|should|does) ¦ person {1}
    ¦ Subject is able to walk ¦ Person is able to walk
utilize ¦ utili[sz]e ¦ use ¦ to utilize a device ¦ to use a device
utilization ¦ utili[sz]ation of ¦ use of ¦ utilization of a device ¦ use of a device
initiation-of ¦ initiation of ¦ start of ¦ before initiation of treatment
    ¦ before start of treatment
initiation ¦ initiation ¦ start ¦ before treatment initiation ¦ before treatment start
initiate ¦ initiate ¦ start ¦ to initiate treatment ¦ to start treatment
initiated ¦ initiated ¦ started ¦ has initiated treatment ¦ has started treatment
initiating ¦ initiating ¦ starting ¦ before initiating treatment ¦ before starting treatment
commencement ¦ commencement of ¦ start of ¦ before commencement of treatment
    ¦ before start of treatment
commencing ¦ commencing ¦ starting ¦ before commencing treatment ¦ before starting treatment
discontinue ¦ discontinue ¦ stop ¦ to discontinue treatment ¦ to stop treatment
discontinued ¦ discontinued ¦ stopped ¦ has discontinued treatment ¦ has stopped treatment
discontinuing ¦ discontinuing ¦ stopping ¦ after discontinuing treatment
    ¦ after stopping treatment
discontinuation ¦ discontinuation of ¦ stopping of ¦ after discontinuation of treatment
    ¦ after stopping of treatment
cessation ¦ cessation of ¦ stopping of ¦ after cessation of treatment ¦ after stopping of treatment
termination ¦ termination of ¦ end of ¦ after termination of treatment ¦ after end of treatment
completion ¦ completion of ¦ end of ¦ after completion of treatment ¦ after end of treatment
obtain ¦ obtain ¦ get ¦ able to obtain blood ¦ able to get blood
receive ¦ receive ¦ get ¦ will receive treatment ¦ will get treatment
receiving ¦ receiving ¦ getting ¦ now receiving treatment ¦ now getting treatment
requiring ¦ requiring ¦ needing ¦ infection requiring treatment ¦ infection needing treatment
require ¦ require(?! that) ¦ need ¦ who require treatment ¦ who need treatment
requires ¦ requires(?! that) ¦ needs ¦ who requires treatment ¦ who needs treatment
demonstrate ¦ demonstrate ¦ show ¦ must demonstrate pain ¦ must show pain
demonstrated ¦ demonstrated ¦ shown ¦ as demonstrated by a scan ¦ as shown by a scan
exhibit ¦ exhibit ¦ show ¦ who exhibit symptoms ¦ who show symptoms
possess ¦ possess ¦ have ¦ who possess a phone ¦ who have a phone
permitted ¦ permitted ¦ allowed ¦ steroids are permitted ¦ steroids are allowed
prohibited ¦ prohibited ¦ not allowed ¦ steroids are prohibited ¦ steroids are not allowed ¦ not+1
prohibit ¦ prohibit ¦ forbid ¦ rules that prohibit surgery ¦ rules that forbid surgery
preclude ¦ preclude ¦ prevent ¦ which preclude surgery ¦ which prevent surgery
precludes ¦ precludes ¦ prevents ¦ which precludes surgery ¦ which prevents surgery
precluding ¦ precluding ¦ preventing ¦ illness precluding surgery ¦ illness preventing surgery
interfere ¦ interfere with ¦ get in the way of
    ¦ which may interfere with the study ¦ which may get in the way of the study
interferes ¦ interferes with ¦ gets in the way of
    ¦ which interferes with the study ¦ which gets in the way of the study
compromise ¦ compromise(?= (?:the|a|an|any|his|her|their|safety)(?!\w)) ¦ harm
    ¦ could compromise the study ¦ could harm the study
jeopardize ¦ jeopardi[sz]e ¦ put at risk ¦ could jeopardize health ¦ could put at risk health
evaluate ¦ evaluate ¦ check ¦ to evaluate pain ¦ to check pain
evaluated ¦ evaluated ¦ checked ¦ pain evaluated by a doctor ¦ pain checked by a doctor
evaluation ¦ evaluation ¦ check ¦ a medical evaluation ¦ a medical check
evaluations ¦ evaluations ¦ checks ¦ all medical evaluations ¦ all medical checks
assessment ¦ assessment ¦ check ¦ a medical assessment ¦ a medical check
assessments ¦ assessments ¦ checks ¦ all medical assessments ¦ all medical checks
assessed ¦ assessed ¦ checked ¦ pain assessed by a doctor ¦ pain checked by a doctor
assess ¦ assess ¦ check ¦ to assess pain ¦ to check pain
determined ¦ determined by(?= (?:the|an?) (?:study |treating )?(?:investigator|physician|doctor))
    ¦ judged by ¦ as determined by a doctor ¦ as judged by a doctor
deemed ¦ deemed ¦ judged ¦ deemed by the doctor ¦ judged by the doctor
documented ¦ documented ¦ recorded ¦ a documented infection ¦ a recorded infection
documentation ¦ documentation ¦ record ¦ with documentation of pain ¦ with record of pain
examination ¦ examination ¦ exam ¦ a physical examination ¦ a physical exam
examinations ¦ examinations ¦ exams ¦ all physical examinations ¦ all physical exams
duration ¦ duration ¦ length ¦ the duration of pain ¦ the length of pain
frequent ¦ frequently ¦ often ¦ who frequently smoke ¦ who often smoke
absolute-exclusion ¦ excessive ¦ too much ¦ with excessive pain ¦ with too much pain
majority ¦ (?:the )?majority of ¦ most of ¦ the majority of days ¦ most of days
numerous ¦ numerous ¦ many ¦ with numerous scars ¦ with many scars
multiple ¦ multiple(?! (?:sclerosis|myeloma|endocrine|organ|system)) ¦ several
    ¦ with multiple scars ¦ with several scars
initial ¦ initial ¦ first ¦ at the initial visit ¦ at the first visit ¦ initial=first
following-criteria ¦ of the following criteria ¦ of these rules
    ¦ all of the following criteria: ¦ all of these rules:
of-following ¦ of the following ¦ of these ¦ any of the following: ¦ any of these:
the-following ¦ (?:the )?following (conditions|reasons|drugs|medications|requirements)
    ¦ these {1} ¦ with the following conditions: ¦ with these conditions:
such-that ¦ in combination with ¦ together with ¦ in combination with surgery
    ¦ together with surgery
regarding ¦ (?:with regard to|regarding|concerning) ¦ about ¦ rules regarding surgery
    ¦ rules about surgery
due-to ¦ (?:secondary to|as a result of|owing to) ¦ due to
    ¦ pain as a result of surgery ¦ pain due to surgery ¦ secondary=due
in-event ¦ in the event of ¦ in case of ¦ in the event of pain ¦ in case of pain
despite ¦ in spite of ¦ despite ¦ in spite of treatment ¦ despite treatment
via ¦ via ¦ by ¦ via the mouth ¦ by the mouth
per-protocol ¦ per(?= the| study| local) ¦ by ¦ per local rules ¦ by local rules
etiology ¦ a?etiology ¦ cause ¦ an unknown etiology ¦ an unknown cause
onset ¦ onset ¦ start ¦ the onset of pain ¦ the start of pain
anticipated ¦ anticipated ¦ expected ¦ an anticipated surgery ¦ an expected surgery
residing ¦ (?:residing|resident) in ¦ living in ¦ residing in the city ¦ living in the city
reside ¦ reside ¦ live ¦ who reside in the city ¦ who live in the city
ambulatory ¦ ambulatory ¦ able to walk ¦ who are ambulatory ¦ who are able to walk
legal-guardian ¦ legal guardians? ¦ person legally in charge
    ¦ the legal guardian ¦ the person legally in charge
comprehend ¦ comprehend ¦ understand ¦ able to comprehend ¦ able to understand
willingness ¦ (?<!.)willingness to ¦ willing to ¦ willingness to travel ¦ willing to travel
capable ¦ capable of giving ¦ able to give ¦ capable of giving blood ¦ able to give blood
gender ¦ gender ¦ sex ¦ of any gender ¦ of any sex
laboratory ¦ laboratory ¦ lab ¦ all laboratory tests ¦ all lab tests
neonates ¦ neonates ¦ newborn babies ¦ all neonates ¦ all newborn babies
pediatric ¦ pa?ediatric(?! (?:subjects?|participants?|patients?|population)) ¦ child
    ¦ a pediatric hospital ¦ a child hospital
"""
)
