"""Heart, blood and lungs."""

from __future__ import annotations

ENTRIES = """
acute coronary syndrome|ACS|the heart suddenly gets too little blood|MED
anaphylaxis|anaphylactic|a sudden allergic reaction that can kill|MED
anemia|anaemia;anemic|too few red blood cells|MED
aneurysm|aneurysms|a weak spot in a blood vessel that bulges|MED
angina|angina pectoris|chest pain because the heart gets too little blood|MED
anticoagulant|anticoagulants;anticoagulation|medicine that keeps blood from clotting|MED
arrhythmia|arrhythmias;dysrhythmia|a heartbeat that is not regular|MED
aspergillosis|ABPA|an illness by a mold that is breathed in|MED
asthma|asthmatic|an illness that makes the airways narrow|MED
atherosclerosis|atherosclerotic|fat and chalk in the walls of blood vessels|MED
atrial fibrillation|AF;AFib|a heartbeat that is not regular and often fast|MED
bradycardia||a slow heartbeat|MED
bronchiectasis||airways that are widened and hurt|MED
bronchodilator|bronchodilators|medicine that opens the airways|MED
cardiac||of the heart|MED
cardiomyopathy||an illness of the heart muscle|MED
cardiovascular||of the heart and blood vessels|MED
cerebrovascular|cerebrovascular accident;CVA|of the blood vessels of the brain|MED
COPD|chronic obstructive pulmonary disease|an illness of the lungs that makes breathing hard for good|MED
congestive heart failure|CHF;heart failure|the heart does not pump well enough|MED
coronary artery disease|CAD|narrow blood vessels of the heart|MED
cystic fibrosis|CF|an illness from birth with thick mucus in lungs and gut|MED
deep vein thrombosis|DVT|a blood clot in a deep vein, often of the leg|MED
dyspnea|dyspnoea|being short of breath|MED
edema|oedema|swelling by water in the tissue|MED
embolism|embolic;pulmonary embolism|a clot or other stuff that blocks a blood vessel|MED
exacerbation|exacerbations|a time when an illness gets worse|MED
hemophilia|haemophilia|an illness from birth in which blood does not clot well|MED
hemorrhage|haemorrhage;hemorrhagic|strong bleeding|MED
hyperlipidemia|hyperlipidaemia;dyslipidemia|too much fat in the blood|MED
hypertension|hypertensive|high blood pressure|MED
hypotension|hypotensive|low blood pressure|MED
hypoxia|hypoxemia|too little oxygen|MED
inhaled corticosteroid|ICS;inhaled corticosteroids|a steroid that is breathed in|MED
interstitial lung disease|ILD|scars in the lungs|MED
ischemia|ischaemia;ischemic|too little blood gets to a part of the body|MED
myocardial infarction|MI;heart attack|part of the heart dies because it gets no blood|MED
myocarditis||an inflamed heart muscle|MED
pericarditis||an inflamed bag around the heart|MED
pneumonia||an infection of the lungs|MED
pulmonary||of the lungs|MED
pulmonary fibrosis|IPF|scars in the lungs that make breathing hard|MED
pulmonary hypertension|PAH|high blood pressure in the vessels of the lungs|MED
respiratory||of breathing|MED
sickle cell|sickle cell disease|an illness from birth that gives red cells a bent shape|MED
stroke|strokes|part of the brain gets no blood or bleeds|MED
tachycardia||a fast heartbeat|MED
thrombosis|thromboses;thrombotic;thromboembolism|a blood clot in a vessel|MED
transfusion|transfusions|getting blood from somebody else|MED
transient ischemic attack|TIA|a stroke that passes within a day|MED
vascular||of blood vessels|MED
"""
