"""Illnesses and parts of the body by their everyday names, the same part of speech each.

Words that would break a sentence when swapped (metastatic, refractory, anemia of a kind), or whose
everyday name says less, are not here: they are explained beside the line instead.
"""

from __future__ import annotations

from bot.domain.plain.rules.rule import family

ILLNESS = family(
    r"""
myocardial-infarctions ¦ myocardial infarctions ¦ heart attacks
    ¦ two myocardial infarctions ¦ two heart attacks
myocardial-infarction ¦ (acute )?myocardial infarction( \(a?mi\))? ¦ {1}heart attack{2}
    ¦ an acute myocardial infarction ¦ an acute heart attack
cva ¦ cerebrovascular accident( \(cva\))?(?! ?/) ¦ stroke{1}
    ¦ a cerebrovascular accident (CVA) ¦ a stroke (CVA)
cvas ¦ cerebrovascular accidents ¦ strokes ¦ two cerebrovascular accidents ¦ two strokes
cerebrovascular ¦ cerebrovascular ¦ brain blood-vessel
    ¦ a cerebrovascular disease ¦ a brain blood-vessel disease
tia ¦ transient isch(?:a)?emic attack( \(tia\))? ¦ mini-stroke{1}
    ¦ a transient ischemic attack (TIA) ¦ a mini-stroke (TIA)
tias ¦ transient isch(?:a)?emic attacks ¦ mini-strokes
    ¦ transient ischaemic attacks ¦ mini-strokes
dvt ¦ deep ve(?:in|nous) thrombosis( \(dvt\))? ¦ blood clot in a deep vein{1}
    ¦ a deep vein thrombosis (DVT) ¦ a blood clot in a deep vein (DVT)
pulmonary-embolism ¦ pulmonary (?:embolism|embolus)( \(pe\))? ¦ blood clot in the lung{1}
    ¦ a pulmonary embolism (PE) ¦ a blood clot in the lung (PE)
pulmonary-hypertension ¦ pulmonary (arterial )?hypertension( \(p?ah\))?
    ¦ high blood pressure in the lung {1}vessels{2}
    ¦ severe pulmonary hypertension ¦ severe high blood pressure in the lung vessels
portal-hypertension ¦ portal hypertension ¦ high blood pressure in the liver vein
    ¦ severe portal hypertension ¦ severe high blood pressure in the liver vein
hypertension ¦ (?<!pulmonary )(?<!portal )(?<!intracranial )(?<!ocular )(?<!intraocular )
    + (?:(?<!pulmonary )arterial )?hypertension ¦ high blood pressure
    ¦ uncontrolled hypertension ¦ uncontrolled high blood pressure ¦ arterial=blood
orthostatic ¦ (?:orthostatic|postural) hypotension ¦ low blood pressure on standing up
    ¦ severe orthostatic hypotension ¦ severe low blood pressure on standing up
hypotension ¦ hypotension ¦ low blood pressure ¦ severe hypotension ¦ severe low blood pressure
hypertensive ¦ hypertensive (crisis|patients|emergency) ¦ high blood pressure {1}
    ¦ a hypertensive crisis ¦ a high blood pressure crisis
arrhythmia ¦ (?:cardiac )?arrhythmia ¦ irregular heartbeat
    ¦ a cardiac arrhythmia ¦ an irregular heartbeat
arrhythmias ¦ (?:cardiac )?arrhythmias ¦ irregular heartbeats
    ¦ severe cardiac arrhythmias ¦ severe irregular heartbeats
bradycardia ¦ bradycardia ¦ slow heartbeat ¦ severe bradycardia ¦ severe slow heartbeat
tachycardia ¦ (?<!ventricular )(?<!sinus )tachycardia ¦ fast heartbeat
    ¦ severe tachycardia ¦ severe fast heartbeat
angina ¦ angina pectoris ¦ chest pain from the heart (angina)
    ¦ unstable angina pectoris ¦ unstable chest pain from the heart (angina)
coronary-disease ¦ coronary (?:artery|heart) disease( \(c[ah]d\))? ¦ heart artery disease{1}
    ¦ coronary artery disease (CAD) ¦ heart artery disease (CAD)
cardiovascular ¦ cardiovascular ¦ heart and blood-vessel
    ¦ severe cardiovascular disease ¦ severe heart and blood-vessel disease ¦ and+1
cardiopulmonary ¦ cardiopulmonary ¦ heart and lung
    ¦ severe cardiopulmonary disease ¦ severe heart and lung disease ¦ and+1
cardiac ¦ cardiac ¦ heart ¦ severe cardiac disease ¦ severe heart disease
vascular-disease ¦ (?<!peripheral )vascular (disease|disorder)s? ¦ blood-vessel {1}
    ¦ a vascular disease ¦ a blood-vessel disease
thromboembolism ¦ (venous |arterial )?thromboembolism ¦ {1}blood clot that moves
    ¦ a venous thromboembolism ¦ a venous blood clot that moves
copd ¦ chronic obstructive pulmonary disease( \(copd\)) ¦ long-term lung disease{1}
    ¦ chronic obstructive pulmonary disease (COPD) ¦ long-term lung disease (COPD)
    ¦ chronic=long NAME
copd-name ¦ chronic obstructive pulmonary disease(?! \() ¦ long-term lung disease (COPD)
    ¦ a chronic obstructive pulmonary disease ¦ a long-term lung disease (COPD)
    ¦ chronic=long NAME
dyspnea ¦ dyspno?ea ¦ shortness of breath ¦ severe dyspnea ¦ severe shortness of breath
pulmonary ¦ pulmonary ¦ lung ¦ a pulmonary infection ¦ a lung infection
hepatobiliary ¦ hepatobiliary ¦ liver and bile ¦ hepatobiliary disease ¦ liver and bile disease
    ¦ and+1
hepatic ¦ hepatic ¦ liver ¦ severe hepatic disease ¦ severe liver disease
renal ¦ renal(?! cell) ¦ kidney ¦ severe renal disease ¦ severe kidney disease
hematologic ¦ ha?ematolog(?:ic|ical) ¦ blood
    ¦ a haematological disease ¦ a blood disease
gastrointestinal ¦ gastrointestinal( \(gi\))? ¦ stomach and bowel{1}
    ¦ a gastrointestinal disease ¦ a stomach and bowel disease ¦ and+1
gastric ¦ gastric(?! (?:bypass|banding|sleeve)) ¦ stomach ¦ a gastric ulcer ¦ a stomach ulcer
esophageal ¦ o?esophageal ¦ food-pipe ¦ an esophageal ulcer ¦ a food-pipe ulcer
dysphagia ¦ dysphagia ¦ trouble swallowing ¦ severe dysphagia ¦ severe trouble swallowing
emesis ¦ emesis ¦ vomiting ¦ severe emesis ¦ severe vomiting
cutaneous ¦ cutaneous ¦ skin ¦ a cutaneous infection ¦ a skin infection
dermatologic ¦ dermatolog(?:ic|ical) ¦ skin ¦ a dermatological disease ¦ a skin disease
pruritus ¦ pruritus ¦ itching ¦ severe pruritus ¦ severe itching
alopecia ¦ alopecia ¦ hair loss ¦ except alopecia ¦ except hair loss
edema ¦ o?edema ¦ swelling (edema) ¦ severe oedema ¦ severe swelling (edema)
neurologic ¦ neurolog(?:ic|ical) ¦ brain or nerve
    ¦ a neurological disease ¦ a brain or nerve disease ¦ or+1
psychiatric ¦ psychiatric ¦ mental health ¦ a psychiatric disorder ¦ a mental health disorder
cognitive ¦ cognitive (?:impairment|dysfunction|decline) ¦ trouble with thinking
    ¦ a cognitive impairment ¦ a trouble with thinking
cns-metastases ¦ (?:cns|central nervous system|brain) metastas[ie]s
    ¦ cancer that has spread to the brain ¦ known brain metastases
    ¦ known cancer that has spread to the brain
cns ¦ central nervous system( \(cns\))? ¦ brain and spinal cord{1}
    ¦ the central nervous system (CNS) ¦ the brain and spinal cord (CNS) ¦ and+1 NAME
lung-nsclc ¦ non[- ]small[- ]cell lung carcinoma( \(nsclc\))? ¦ non-small cell lung cancer{1}
    ¦ non-small cell lung carcinoma ¦ non-small cell lung cancer
malignancy ¦ malignancy ¦ cancer ¦ another malignancy ¦ another cancer
malignancies ¦ malignancies ¦ cancers ¦ other malignancies ¦ other cancers
malignant-disease ¦ malignant (?:disease|disorder|neoplasm) ¦ cancer
    ¦ a malignant disease ¦ a cancer ¦ neoplasm=cancer
malignant-diseases ¦ malignant (?:diseases|disorders|neoplasms|tumou?rs) ¦ cancers
    ¦ other malignant tumors ¦ other cancers
neoplasm ¦ neoplasm ¦ tumor ¦ a neoplasm ¦ a tumor
neoplasms ¦ neoplasms ¦ tumors ¦ other neoplasms ¦ other tumors
metastasis-of ¦ (bone|liver|lung|hepatic) metastas[ie]s ¦ cancer that has spread to the {1}
    ¦ known bone metastases ¦ known cancer that has spread to the bone
unresectable ¦ (?:unresectable|non[- ]?resectable|inoperable)(?=[.,;)]|$| or| and|,)
    ¦ not possible to remove by surgery ¦ the tumor is unresectable
    ¦ the tumor is not possible to remove by surgery ¦ not+1
histologically ¦ (?:histolog(?:ic|ical)ly|pathologically)[- ](confirmed|proven|documented|verified)
    ¦ tissue-test {1} ¦ a histologically confirmed cancer ¦ a tissue-test confirmed cancer
cytologically ¦ cytologically[- ](confirmed|proven|documented|verified) ¦ cell-test {1}
    ¦ a cytologically confirmed cancer ¦ a cell-test confirmed cancer
histologically-or ¦ histologically (or|and|and/or) cytologically (confirmed|proven|documented)
    ¦ tissue-test {1} cell-test {2} ¦ a histologically or cytologically confirmed cancer
    ¦ a tissue-test or cell-test confirmed cancer
diabetes ¦ diabetes mellitus( \([dt]\d?dm\)| \(dm\))? ¦ diabetes{1}
    ¦ type 2 diabetes mellitus ¦ type 2 diabetes
hypoglycemia ¦ hypoglyca?emia ¦ low blood sugar ¦ severe hypoglycemia ¦ severe low blood sugar
hyperglycemia ¦ hyperglyca?emia ¦ high blood sugar ¦ severe hyperglycemia ¦ severe high blood sugar
hypoglycemic ¦ hypoglyca?emic (events?|episodes?) ¦ low blood sugar {1}
    ¦ a hypoglycemic event ¦ a low blood sugar event
hyperlipidemia ¦ hyperlipida?emia ¦ high blood fats ¦ severe hyperlipidemia
    ¦ severe high blood fats
hypercalcemia ¦ hypercalca?emia ¦ high blood calcium ¦ severe hypercalcemia
    ¦ severe high blood calcium
hyperkalemia ¦ hyperkala?emia ¦ high blood potassium ¦ severe hyperkalemia
    ¦ severe high blood potassium
hypokalemia ¦ hypokala?emia ¦ low blood potassium ¦ severe hypokalemia
    ¦ severe low blood potassium
hyperthyroidism ¦ hyperthyroidism ¦ overactive thyroid
    ¦ severe hyperthyroidism ¦ severe overactive thyroid
hypothyroidism ¦ hypothyroidism ¦ underactive thyroid
    ¦ severe hypothyroidism ¦ severe underactive thyroid
coagulopathy ¦ coagulopathy ¦ blood-clotting problem
    ¦ a severe coagulopathy ¦ a severe blood-clotting problem
coagulation ¦ coagulation (disorders?) ¦ blood-clotting {1}
    ¦ a coagulation disorder ¦ a blood-clotting disorder
hiv-name ¦ human immuno-?deficiency virus(?: \(hiv\))?(?: \(hiv\))? ¦ HIV
    ¦ human immunodeficiency virus (HIV) infection ¦ HIV infection ¦ NAME
urinary-infection ¦ urinary tract infection( \(uti\))? ¦ urine infection{1}
    ¦ a urinary tract infection ¦ a urine infection
anaphylaxis ¦ anaphylaxis ¦ life-threatening allergic reaction (anaphylaxis)
    ¦ known anaphylaxis ¦ known life-threatening allergic reaction (anaphylaxis)
hypersensitivity-to ¦ hypersensitivity to ¦ allergy to ¦ known hypersensitivity to milk
    ¦ known allergy to milk
hypersensitivity ¦ hypersensitivity reaction(s?) ¦ allergic reaction{1}
    ¦ a hypersensitivity reaction ¦ an allergic reaction
incontinence ¦ urinary incontinence ¦ leaking of urine
    ¦ severe urinary incontinence ¦ severe leaking of urine
erectile ¦ erectile dysfunction( \(ed\))? ¦ erection problems{1}
    ¦ known erectile dysfunction (ED) ¦ known erection problems (ED)
"""
)
