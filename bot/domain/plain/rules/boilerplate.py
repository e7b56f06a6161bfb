"""Phrases that stand in most records: consent, judgement, joining, pregnancy, the study itself."""

from __future__ import annotations

from bot.domain.plain.rules.rule import family

BOILERPLATE = family(
    r"""
consent-form-written ¦ (signed|written) informed consent (form|document)( \(icf\))?
    ¦ {1} consent {2}{3} ¦ a signed informed consent form (ICF) ¦ a signed consent form (ICF)
consent-form ¦ informed consent (form|document)(s?)( \(icfs?\))? ¦ consent {1}{2}{3}
    ¦ signs the informed consent form ¦ signs the consent form
consent-given ¦ (signed|written|sign|signing|provide|provides|provided|providing|give|given|giving)
    +  ((?:voluntary |their |his |her |a |an |the )?)informed consent
    ¦ {1} {2}consent after the study is explained
    ¦ written informed consent ¦ written consent after the study is explained
consent-able ¦ (willing|able) to provide informed consent
    ¦ {1} to consent after the study is explained
    ¦ able to provide informed consent ¦ able to consent after the study is explained
consent-obtained ¦ informed consent (?:was|has been|is) obtained
    ¦ consent is given after the study is explained
    ¦ informed consent is obtained ¦ consent is given after the study is explained
consent-line ¦ (?:voluntary )?informed consent(?=[.;,]?$) ¦ consent after the study is explained
    ¦ Informed consent. ¦ Consent after the study is explained. ¦ WHOLE
representative ¦ legal(?:ly)? (?:authori[sz]ed|acceptable|appointed) representative( \(lar\))?
    ¦ person who may decide by law{1}
    ¦ a legally authorized representative (LAR) ¦ a person who may decide by law (LAR)
view-of-one ¦ (?:the )?(?:opinion|judge?ment|view) of (?:the )?(?:study )?investigators?
    ¦ the study doctor's view ¦ in the opinion of the investigator ¦ in the study doctor's view
view-of-principal ¦ (?:the )?(?:opinion|judge?ment|view) of (?:the )?principal investigator
    ¦ the lead study doctor's view ¦ in the judgment of the principal investigator
    ¦ in the lead study doctor's view ¦ principal=lead
discretion-of-one ¦ (?:the )?discretion of (?:the )?(?:study )?investigator
    ¦ the choice of the study doctor ¦ at the discretion of the investigator
    ¦ at the choice of the study doctor
investigator-view ¦ (?:the )?investigator(?:['’]s|s['’]) (?:opinion|judge?ment|view)
    ¦ the study doctor's view ¦ in the investigator's opinion ¦ in the study doctor's view
investigator-choice ¦ (?:the )?investigator(?:['’]s|s['’]) discretion ¦ the study doctor's choice
    ¦ at the investigator's discretion ¦ at the study doctor's choice
principal-investigator ¦ principal investigator( \(pi\))? ¦ lead study doctor{1}
    ¦ known to the principal investigator (PI) ¦ known to the lead study doctor (PI)
    ¦ principal=lead
investigators ¦ (?:study )?investigators ¦ study doctors
    ¦ judged by the investigators ¦ judged by the study doctors
investigator ¦ (?:study )?investigator ¦ study doctor
    ¦ as judged by the investigator ¦ as judged by the study doctor
childbearing ¦ (wom[ae]n|females?) of (?:child[- ]?bearing|reproductive) (?:potential|age)
    + ( \((?:wocbp|fcbp|wcbp|wocp)\))? ¦ {1} who could become pregnant{2}
    ¦ Women of childbearing potential (WOCBP) must have a test
    ¦ Women who could become pregnant (WOCBP) must have a test
childbearing-persons ¦ (participants|patients|subjects) of (?:child[- ]?bearing|reproductive)
    +  potential ¦ {1} who could become pregnant
    ¦ Patients of childbearing potential ¦ Patients who could become pregnant
childbearing-rest ¦ of child[- ]?bearing (?:potential|age) ¦ able to become pregnant
    ¦ if of childbearing potential ¦ if able to become pregnant
not-childbearing ¦ of non[- ]child[- ]?bearing potential ¦ not able to become pregnant
    ¦ women of non-childbearing potential ¦ women not able to become pregnant ¦ not+1
postmenopausal ¦ post[- ]?menopausal ¦ past menopause
    ¦ be postmenopausal ¦ be past menopause
breastfeeding-women ¦ (?:lactating|nursing) (women|woman|females?|mothers?) ¦ breastfeeding {1}
    ¦ all lactating women ¦ all breastfeeding women
pregnant-lactating ¦ pregnant(,? or|,? and|/) ?(?:lactating|nursing) ¦ pregnant{1} breastfeeding
    ¦ are pregnant or lactating ¦ are pregnant or breastfeeding
lactating ¦ lactating ¦ breastfeeding ¦ who are lactating ¦ who are breastfeeding
lactation ¦ lactation ¦ breastfeeding ¦ pregnancy and lactation in women
    ¦ pregnancy and breastfeeding in women
serum-pregnancy-test ¦ serum pregnancy test ¦ blood pregnancy test
    ¦ a negative serum pregnancy test ¦ a negative blood pregnancy test ¦ serum=blood
contraceptive-methods ¦ contraceptive (methods?|measures?) ¦ birth control {1}
    ¦ use contraceptive methods ¦ use birth control methods
contraception-methods ¦ (methods?|forms?) of contraception ¦ birth control {1}
    ¦ a method of contraception ¦ a birth control method
contraception ¦ contraception ¦ birth control ¦ who use contraception ¦ who use birth control
contraceptives ¦ contraceptives ¦ birth control ¦ takes contraceptives ¦ takes birth control
intrauterine ¦ intrauterine device(s?)( \(iuds?\))? ¦ device{1} in the womb{2}
    ¦ an intrauterine device (IUD) ¦ a device in the womb (IUD)
tubal ¦ tubal ligation ¦ having the tubes tied ¦ after tubal ligation
    ¦ after having the tubes tied
taken-part ¦ (has|have|had|having) (previously |also )?participated in ¦ {1} {2}taken part in
    ¦ have participated in a trial ¦ have taken part in a trial
took-part ¦ participated in ¦ took part in ¦ who participated in a trial ¦ who took part in a trial
takes-part ¦ participates in ¦ takes part in ¦ who participates in a trial
    ¦ who takes part in a trial
take-part ¦ participate in ¦ take part in ¦ to participate in the study ¦ to take part in the study
participation-in ¦ (?<!.)participation in|(?<=[.,;:(] )participation in ¦ taking part in
    ¦ Participation in another trial ¦ Taking part in another trial
participation-of ¦ (for|of|from|during|before|after|and|or|the|about|to) participation in
    ¦ {1} taking part in ¦ before participation in the trial ¦ before taking part in the trial
participating-in ¦ participating in ¦ taking part in
    ¦ who are participating in a trial ¦ who are taking part in a trial
study-participation ¦ (study|trial) participation ¦ taking part in the {1}
    ¦ during study participation ¦ during taking part in the study
participation ¦ (for|of|from|during|before|after) participation(?! in(?!\w)) ¦ {1} taking part
    ¦ not fit for participation ¦ not fit for taking part
participating ¦ participating(?! in(?!\w)) ¦ taking part ¦ while participating ¦ while taking part
join-into ¦ enroll?ment (?:in|into) (the|this|that|another|any) ¦ joining {1}
    ¦ before enrollment in this study ¦ before joining this study
join-study ¦ (study|trial) enroll?ment ¦ joining the {1}
    ¦ before study enrollment ¦ before joining the study
join-time ¦ (before|after|at|of|to|from|following|since) enroll?ment(?! in(?:to)?(?!\w))
    ¦ {1} joining ¦ 4 weeks before enrollment ¦ 4 weeks before joining
comply ¦ (to|will|must|can|and|cannot|not|or) comply with ¦ {1} follow
    ¦ willing to comply with the rules ¦ willing to follow the rules
compliance ¦ compliance with ¦ following ¦ compliance with the study visits
    ¦ following the study visits
study-protocol ¦ (study|trial) protocol ¦ {1} plan ¦ the study protocol ¦ the study plan
protocol ¦ (the|this|per) protocol ¦ {1} study plan
    ¦ rules of the protocol ¦ rules of the study plan
study-procedures ¦ (study|trial) procedures ¦ {1} steps ¦ all study procedures ¦ all study steps
not-limited ¦ includ(?:ing|es?),? but (?:is |are )?not (?:limited|restricted) to,? ¦ such as
    ¦ including but not limited to pain ¦ such as pain ¦ not-1
with-exception ¦ with the exception of ¦ except ¦ with the exception of a rash ¦ except a rash
in-order-to ¦ in order to ¦ to ¦ in order to breathe ¦ to breathe
in-accordance ¦ in accordance with ¦ following ¦ in accordance with local rules
    ¦ following local rules
time-of ¦ at the time of ¦ at ¦ at the time of the visit ¦ at the visit
prior-to-time-of ¦ prior to the time of ¦ before ¦ prior to the time of birth ¦ before birth
duration-of-study ¦ (?:the )?duration of the (study|trial|treatment) ¦ the length of the {1}
    ¦ for the duration of the study ¦ for the length of the study
swallow ¦ (inability|unable|able|ability) to swallow (?:oral medications?|oral tablets)
    ¦ {1} to swallow medicine by mouth ¦ unable to swallow oral medication
    ¦ unable to swallow medicine by mouth ¦ oral=mouth
have-undergone ¦ (has|have|had|having) undergone ¦ {1} had
    ¦ have undergone surgery ¦ have had surgery
who-underwent ¦ underwent ¦ had ¦ who underwent surgery ¦ who had surgery
requires-use ¦ (requires?|requiring|required) the use of ¦ {1}
    ¦ requiring the use of oxygen ¦ requiring oxygen
absence-of ¦ absence of ¦ lack of ¦ absence of pain ¦ lack of pain
evidence-prior ¦ prior history of ¦ history of ¦ a prior history of falls ¦ a history of falls
    ¦ prior=history
unsuitable ¦ unsuitable(?= for| to) ¦ not fit ¦ unsuitable for the study ¦ not fit for the study
    ¦ not+1
inclusive ¦ \(inclusive\) ¦ (both ends count)
    ¦ 18 to 65 years (inclusive)
    ¦ 18 to 65 years (both ends count)
whichever-longer ¦ whichever is (longer|shorter|later|earlier) ¦ the {1} of these
    ¦ 5 days or 2 weeks, whichever is longer ¦ 5 days or 2 weeks, the longer of these
"""
)
