"""Women, men and children."""

from __future__ import annotations

ENTRIES = """
amenorrhea|amenorrhoea|no monthly bleeding|MED
androgen deprivation therapy|ADT|treatment that keeps male hormones low|NCI
childbearing potential|women of childbearing potential;WOCBP|able to become pregnant|CTG
contraception|contraceptive;contraceptives|birth control|MED
endometriosis||tissue like that of the womb grows outside it|MED
erectile dysfunction|ED;impotence|trouble getting or keeping an erection|MED
gestation|gestational;gestational age|how long a pregnancy has gone on|MED
hysterectomy||surgery that takes out the womb|MED
infertility|infertile|not getting pregnant after trying for a year|MED
intrauterine device|IUD|birth control that is put in the womb|MED
lactation|lactating;lactate|making milk for a baby|MED
menopause|menopausal;postmenopausal|the time when monthly bleeding ends|MED
neonate|neonates;neonatal|a baby in its first four weeks|MED
pediatric|paediatric;pediatrics|of children|MED
polycystic ovary syndrome|PCOS|hormones out of balance, with changes of the ovaries|MED
preeclampsia|pre-eclampsia|high blood pressure in pregnancy that can be dangerous|MED
preterm|premature|born too early|MED
prostatectomy|radical prostatectomy|surgery that takes out the prostate|NCI
vasectomy|vasectomized|surgery that keeps sperm out of semen|MED
"""
