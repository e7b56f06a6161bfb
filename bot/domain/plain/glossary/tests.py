"""Scores, blood and tests."""

from __future__ import annotations

ENTRIES = """
upper limit of normal|ULN|the top of the normal range of a test|MED
lower limit of normal|LLN|the bottom of the normal range of a test|MED
ECOG|ECOG performance status;performance status|a score of how well somebody manages daily life|NCI
Karnofsky|KPS|a score from 0 to 100 of how well somebody manages daily life|NCI
NYHA|New York Heart Association|a grade for how much a weak heart limits somebody|MED
RECIST|RECIST 1.1|rules for measuring tumors on scans|NCI
CTCAE|common terminology criteria|a scale for how bad side effects are|NCI
Child-Pugh|Child Pugh|a grade for how badly the liver is hurt|MED
body mass index|BMI|weight set against height|MED
visual analogue scale|VAS;visual analog scale|a line on which somebody marks how strong something is|MED
Gleason|Gleason score;grade group|a grade for prostate cancer cells|NCI
Apgar|Apgar score|a score for how a baby is just after birth|MED
MMSE|mini-mental state|a short test of memory and thinking|MED
IIEF|International Index of Erectile Function|questions about erections and sex life|MED
absolute neutrophil count|ANC;neutrophil count|how many of the white cells that fight germs are in the blood|NCI
albumin||a protein in the blood that the liver makes|MED
alanine aminotransferase|ALT;SGPT;alanine transaminase|a liver blood test|MED
alkaline phosphatase|ALP|a blood test of liver and bones|MED
aspartate aminotransferase|AST;SGOT;aspartate transaminase|a blood test of liver and muscles|MED
activated partial thromboplastin time|aPTT;PTT|a test of how fast blood clots|MED
bilirubin|total bilirubin;direct bilirubin|a yellow stuff in the blood that the liver clears|MED
biopsy|biopsies;biopsied|taking a small piece of tissue to look at|NCI
blood glucose|plasma glucose;fasting glucose|sugar in the blood|MED
bone marrow|bone-marrow|the soft inside of bones where blood is made|NCI
C-reactive protein|CRP|a blood test that shows inflammation|MED
CD4|CD4 count|white cells that HIV attacks|MED
coagulation|coagulopathy;clotting|how blood turns firm to stop bleeding|MED
colonoscopy|colonoscopies|looking into the bowel with a thin camera|MED
computed tomography|CT;CT scan|X-rays from all sides that give a picture of the inside|MED
creatinine|serum creatinine|a blood test of the kidneys|MED
creatinine clearance|CrCl|how fast the kidneys clear the blood|MED
cytology|cytologic;cytologically|looking at single cells|NCI
echocardiogram|echocardiography;echo|a picture of the heart by sound waves|MED
ejection fraction|LVEF;left ventricular ejection fraction|how much of its blood the heart pumps with each beat|MED
electrocardiogram|ECG;EKG|a tracing of the heart's signals|MED
endoscopy|endoscopic;endoscope|looking inside the body with a thin camera|MED
eosinophil|eosinophils;eosinophilia|white blood cells that take part in allergy|MED
FEV1|forced expiratory volume|how much air somebody blows out in one second|MED
glomerular filtration rate|GFR;eGFR|how well the kidneys clean the blood|MED
glycated hemoglobin|HbA1c;hemoglobin A1c;A1c|the average blood sugar of about three months|MED
hematocrit|haematocrit|the share of red cells in the blood|MED
hemoglobin|haemoglobin;Hb;Hgb|what carries oxygen in the blood|MED
histology|histologic;histological;histologically|looking at tissue under a microscope|NCI
human chorionic gonadotropin|hCG;beta-hCG|the hormone that a pregnancy test looks for|MED
immunohistochemistry|IHC|a lab test that colors certain proteins in tissue|NCI
INR|international normalized ratio;international normalised ratio|a test of how fast blood clots|MED
lipid|lipids;lipid panel|fats in the blood|MED
lumbar puncture|spinal tap|taking some fluid from around the spine with a needle|MED
lymph node|lymph nodes;lymphadenopathy|small lumps that filter germs and cells|NCI
lymphocyte|lymphocytes|white blood cells of the immune system|NCI
magnetic resonance imaging|MRI|pictures of the inside made with magnets|MED
mammography|mammogram|an X-ray of the breast|MED
mutation|mutations;mutated|a change in a gene|NCI
neutropenia|neutropenic|too few of the white cells that fight germs|NCI
oxygen saturation|SpO2|how much oxygen the blood carries|MED
PET|positron emission tomography;PET-CT|a scan that shows how active tissue is|NCI
platelet|platelets;platelet count;thrombocytes|cells that help blood to clot|MED
prostate-specific antigen|PSA|a blood test of the prostate|NCI
proteinuria||protein in the urine|MED
prothrombin time|PT|a test of how fast blood clots|MED
QT interval|QTc;QTcF;QT|a time measured on a heart tracing|MED
serology|serologic;serological;seropositive|blood tests for signs of infection|MED
spirometry|spirometer|a breathing test|MED
sputum||what is coughed up from the lungs|MED
thrombocytopenia||too few of the cells that help blood to clot|MED
troponin||a blood test for harm to the heart|MED
tumor marker|tumor markers;CA-125;CEA|something in the blood that some cancers make|NCI
ultrasound|sonography;ultrasonography|pictures made with sound waves|MED
urinalysis||a test of the urine|MED
viral load|HIV RNA;HCV RNA|how much virus is in the blood|MED
white blood cell|WBC;leukocyte;leukocytes|cells that fight germs|MED
"""
