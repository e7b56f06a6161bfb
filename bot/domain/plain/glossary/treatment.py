"""How treatment is given, and words of all illnesses."""

from __future__ import annotations

ENTRIES = """
antidepressant|antidepressants;SSRI|medicine against depression|MED
antihypertensive|antihypertensives|medicine against high blood pressure|MED
catheter|catheters|a thin tube put into the body|MED
CYP3A4|CYP3A4 inhibitor;CYP3A inhibitors|a protein of the liver that breaks down many medicines|FDA
gene therapy|gene-therapy|treatment that adds or changes a gene|NCI
general anesthesia|anesthesia;anaesthesia|sleep made by medicine, for surgery|MED
half-life|half-lives|how long it takes until half of a medicine is gone|FDA
implant|implants;implanted|something that is put into the body to stay|MED
infusion|infusions|medicine given slowly into a vein|NCI
intramuscular|intramuscularly;IM|into a muscle|MED
intravenous|intravenously;IV|into a vein|MED
intrathecal|intrathecally|into the fluid around the spine|NCI
laparoscopy|laparoscopic|surgery through small cuts, with a camera|MED
nonsteroidal anti-inflammatory drug|NSAID;NSAIDs|medicine against pain and swelling, such as ibuprofen|MED
opioid|opioids;opiate|strong medicine against pain|MED
oral|orally|by mouth|MED
prophylaxis|prophylactic|treatment that keeps something from happening|MED
radiofrequency ablation|ablation|destroying tissue with heat|MED
rescue medication|rescue therapy|medicine for when things suddenly get worse|MED
stent|stents|a small tube that keeps a vessel open|MED
subcutaneous|subcutaneously;SC|under the skin|MED
topical|topically|put on the skin|MED
transplant|transplantation;transplants|getting an organ or cells from somebody else|MED
ventilation|mechanical ventilation|breathing by a machine|MED
acute||sudden, or short|MED
chronic||lasting for a long time|MED
comorbidity|comorbidities|another illness at the same time|MED
congenital||from birth|MED
etiology|aetiology|what causes an illness|MED
febrile|fever;pyrexia|having a fever|MED
hospitalization|hospitalisation;inpatient|staying in hospital|MED
idiopathic||of unknown cause|MED
intercurrent illness||another illness that comes up in between|NCI
morbidity||being ill|MED
mortality||dying|MED
obesity|obese|having so much weight that it harms health|MED
prognosis|prognostic|how an illness is likely to go on|NCI
severe||bad or strong|MED
symptomatic|asymptomatic|with or without signs that one feels|MED
syndrome|syndromes|signs of illness that come together|MED
systemic|systemically|acting in the whole body|NCI
"""
