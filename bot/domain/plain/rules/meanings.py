"""Tests, scores and scans: the name stays, and a few words say what it is.

No word here says what a good value is: that is for the line. A total, a fasting or a corrected
value is another test than the plain one, so those words stand beside the rule's match or in it.
"""

from __future__ import annotations

from bot.domain.plain.rules.rule import family

MEANINGS = family(
    r"""
alt-and-ast ¦ (ALT|AST)( and | or | and/or | & | / |/)(ALT|AST) ¦ liver blood tests ({1}{2}{3})
    ¦ AST and ALT at most 100 ¦ Liver blood tests (AST and ALT) at most 100 ¦ CAPS
alt-with-short ¦ alanine (?:amino ?)?trans(?:ferase|aminase)( \((?:alt|sgpt|alat)\))
    ¦ liver blood test{1} ¦ alanine aminotransferase (ALT) ¦ liver blood test (ALT) ¦ NAME
alt-name ¦ alanine (?:amino ?)?trans(?:ferase|aminase) ¦ liver blood test (ALT)
    ¦ high alanine transaminase ¦ high liver blood test (ALT) ¦ NAME
ast-with-short ¦ aspartate (?:amino ?)?trans(?:ferase|aminase)( \((?:ast|sgot|asat)\))
    ¦ liver blood test{1} ¦ aspartate aminotransferase (AST) ¦ liver blood test (AST) ¦ NAME
ast-name ¦ aspartate (?:amino ?)?trans(?:ferase|aminase) ¦ liver blood test (AST)
    ¦ high aspartate transaminase ¦ high liver blood test (AST) ¦ NAME
alt ¦ ALT(?! ?[/&]) ¦ liver blood test (ALT) ¦ high ALT in blood
    ¦ high liver blood test (ALT) in blood ¦ CAPS
ast ¦ AST(?! ?[/&]) ¦ liver blood test (AST) ¦ high AST in blood
    ¦ high liver blood test (AST) in blood ¦ CAPS
alkaline ¦ alkaline phosphatase( \(alp\))? ¦ liver and bone blood test (alkaline phosphatase){1}
    ¦ high alkaline phosphatase ¦ high liver and bone blood test (alkaline phosphatase) ¦ and+1
transaminases ¦ (?:serum |liver )?transaminases ¦ liver blood tests (transaminases)
    ¦ raised serum transaminases ¦ raised liver blood tests (transaminases) ¦ serum=blood
bilirubin-total ¦ (?:serum )?total bilirubin ¦ total bilirubin (liver blood test)
    ¦ a high total bilirubin ¦ a high total bilirubin (liver blood test) ¦ serum=blood
bilirubin ¦ (?<!total )(?<!direct )(?<!conjugated )(?:serum )?bilirubin
    ¦ bilirubin (liver blood test) ¦ a high serum bilirubin ¦ a high bilirubin (liver blood test)
    ¦ serum=blood
clearance ¦ (?:serum )?creatinine clearance(?: rate)?( \((?:crcl|clcr|ccr)\))?
    ¦ kidney filtering rate (creatinine clearance){1}
    ¦ a low creatinine clearance ¦ a low kidney filtering rate (creatinine clearance)
    ¦ serum=creatinine
creatinine ¦ (?:serum )creatinine(?! clearance) ¦ creatinine (kidney blood test)
    ¦ a high serum creatinine ¦ a high creatinine (kidney blood test) ¦ serum=blood
egfr-name ¦ estimated glomerular filtration rate( \(e?gfr\))? ¦ estimated kidney filtering rate{1}
    ¦ estimated glomerular filtration rate (eGFR) ¦ estimated kidney filtering rate (eGFR) ¦ NAME
gfr-name ¦ glomerular filtration rate( \(e?gfr\))? ¦ kidney filtering rate{1}
    ¦ a glomerular filtration rate (GFR) ¦ a kidney filtering rate (GFR) ¦ NAME
hba1c-name ¦ (?:glycated|glycosylated) ha?emoglobin ?(\((?:hb)?a1c\)) ¦ average blood sugar {1}
    ¦ a glycated hemoglobin (HbA1c) ¦ an average blood sugar (HbA1c)
hba1c ¦ (HbA1[cC]) ¦ average blood sugar ({1}) ¦ a high HbA1c ¦ a high average blood sugar (HbA1c)
    ¦ CAPS
glycated ¦ (glycated|glycosylated) (ha?emoglobin)(?! ?\() ¦ average blood sugar ({1} {2})
    ¦ a glycated hemoglobin test ¦ an average blood sugar (glycated hemoglobin) test
hemoglobin ¦ (?<!glycated )(?<!glycosylated )(?<!fetal )ha?emoglobin(?! ?(?:a1c|a|s|sc|c)(?!\w))
    ¦ hemoglobin (carries oxygen in blood)
    ¦ a low hemoglobin ¦ a low hemoglobin (carries oxygen in blood)
neutrophils ¦ absolute neutrophil count( \(anc\))? ¦ count of white cells that fight germs{1}
    ¦ a low absolute neutrophil count (ANC) ¦ a low count of white cells that fight germs (ANC)
    ¦ NAME absolute=count
wbc ¦ (?:leukocyte|leucocyte) count ¦ white blood cell count
    ¦ a low leukocyte count ¦ a low white blood cell count
platelets ¦ platelet count ¦ count of platelets (help blood clot)
    ¦ a low platelet count ¦ a low count of platelets (help blood clot)
inr ¦ international normali[sz]ed ratio( \(inr\))? ¦ blood-clotting test{1}
    ¦ an international normalized ratio (INR) ¦ a blood-clotting test (INR) ¦ NAME
ptt ¦ (activated )?partial thromboplastin time( \(a?ptt\))? ¦ {1}blood-clotting time{2}
    ¦ a partial thromboplastin time (PTT) ¦ a blood-clotting time (PTT) ¦ NAME
prothrombin ¦ prothrombin time( \(pt\))? ¦ blood-clotting time (prothrombin){1}
    ¦ a long prothrombin time ¦ a long blood-clotting time (prothrombin) ¦ NAME
lvef ¦ left ventricular ejection fraction( \(lvef\))?
    ¦ share of blood that the left heart chamber pumps out{1}
    ¦ a left ventricular ejection fraction (LVEF)
    ¦ a share of blood that the left heart chamber pumps out (LVEF) ¦ NAME
fev-one ¦ forced expiratory volume in (1|one) second( \(fev1\))?
    ¦ breath forced out in {1} second{2}
    ¦ a forced expiratory volume in 1 second (FEV1) ¦ a breath forced out in 1 second (FEV1) ¦ NAME
ecg-name ¦ electrocardiogra(?:m|phy)( \((?:ecg|ekg)\))? ¦ heart tracing{1}
    ¦ an electrocardiogram (ECG) ¦ a heart tracing (ECG) ¦ NAME
ecgs-name ¦ electrocardiograms( \(ecgs?\))? ¦ heart tracings{1}
    ¦ two electrocardiograms ¦ two heart tracings ¦ NAME
ecg ¦ (ECG|EKG) ¦ heart tracing ({1}) ¦ a 12-lead ECG ¦ a 12-lead heart tracing (ECG) ¦ CAPS
echo ¦ echocardiogra(?:m|phy)( \(echo\))? ¦ heart ultrasound{1}
    ¦ an echocardiogram ¦ a heart ultrasound ¦ NAME
eeg-name ¦ electroencephalogra(?:m|phy)( \(eeg\))? ¦ brain-wave tracing{1}
    ¦ an electroencephalogram (EEG) ¦ a brain-wave tracing (EEG) ¦ NAME
systolic ¦ systolic blood pressure( \(sbp\))? ¦ top blood pressure number (systolic){1}
    ¦ a systolic blood pressure ¦ a top blood pressure number (systolic) ¦ NAME
diastolic ¦ diastolic blood pressure( \(dbp\))? ¦ bottom blood pressure number (diastolic){1}
    ¦ a diastolic blood pressure ¦ a bottom blood pressure number (diastolic) ¦ NAME
bmi-name ¦ body mass index( \(bmi\))? ¦ weight for height (body mass index){1}
    ¦ a body mass index above 30 ¦ a weight for height (body mass index) above 30 ¦ NAME
bmi ¦ BMI ¦ weight for height (BMI) ¦ a BMI above 30 ¦ a weight for height (BMI) above 30 ¦ CAPS
ecog ¦ (?:eastern cooperative oncology group|ecog)(?: \(ecog\))? performance (?:status|score)
    + ( \((?:ecog )?ps\))? ¦ daily-activity score (ECOG){1}
    ¦ ECOG performance status of 0 ¦ Daily-activity score (ECOG) of 0 ¦ NAME
karnofsky ¦ karnofsky performance (?:status|scale|score)( \(kps\))?
    ¦ daily-activity score (Karnofsky){1}
    ¦ a Karnofsky performance status ¦ a daily-activity score (Karnofsky) ¦ NAME
hbsag ¦ hepatitis b surface antigen( \(hbsag\))? ¦ hepatitis B virus marker{1}
    ¦ hepatitis B surface antigen (HBsAg) ¦ hepatitis B virus marker (HBsAg) ¦ NAME
psa-name ¦ prostate[- ]specific antigen( \(psa\))? ¦ prostate blood marker{1}
    ¦ a prostate-specific antigen (PSA) ¦ a prostate blood marker (PSA) ¦ NAME
mri-name ¦ magnetic resonance imaging( \(mri\))? ¦ MRI scan{1}
    ¦ a magnetic resonance imaging (MRI) ¦ an MRI scan (MRI) ¦ NAME
ct-name ¦ comput(?:ed|erized) tomography( \(ct\))?(?: scans?)? ¦ CT scan{1}
    ¦ a computed tomography scan ¦ a CT scan ¦ NAME
ctcae ¦ common terminology criteria for adverse events( \((?:nci[- ])?ctcae\))?
    ¦ standard side-effect scale{1} ¦ by the Common Terminology Criteria for Adverse Events (CTCAE)
    ¦ by the standard side-effect scale (CTCAE) ¦ NAME
fasting-glucose ¦ fasting (plasma|blood|serum) glucose( \(fpg\))? ¦ fasting {1} sugar{2}
    ¦ a fasting plasma glucose (FPG) ¦ a fasting plasma sugar (FPG)
blood-glucose ¦ (?<!fasting )(?<!random )blood glucose ¦ blood sugar
    ¦ a high blood glucose ¦ a high blood sugar
urinalysis ¦ urinalysis ¦ urine test ¦ a normal urinalysis ¦ a normal urine test
spirometry ¦ spirometry ¦ breathing test (spirometry)
    ¦ a normal spirometry ¦ a normal breathing test (spirometry)
"""
)
