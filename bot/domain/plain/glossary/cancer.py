"""Cancer."""

from __future__ import annotations

ENTRIES = """
adenocarcinoma||cancer that begins in cells that make mucus or other fluid|NCI
adjuvant|adjuvant therapy|treatment after the main one, to keep cancer from coming back|NCI
benign||not cancer|NCI
brachytherapy||radiation from a source inside the body|NCI
CAR T|CAR-T;chimeric antigen receptor|a person's own immune cells, changed to attack cancer|NCI
carcinoma|carcinomas|cancer that begins in skin or in the lining of organs|NCI
carcinoma in situ|in situ|very early cancer that has not spread|NCI
castration-resistant|CRPC;castrate-resistant|prostate cancer that grows though hormones are kept low|NCI
checkpoint inhibitor|PD-1;PD-L1;CTLA-4|medicine that takes the brake off immune cells|NCI
chemotherapy|chemo;chemotherapeutic|medicines that kill cells which divide fast, such as cancer cells|NCI
glioblastoma|GBM|a fast growing brain cancer|NCI
glioma|gliomas|a tumor of the cells that hold the brain together|NCI
HER2|HER2-positive;HER-2|a protein that makes some cancers grow|NCI
hormone receptor|ER-positive;estrogen receptor|a part of cancer cells that hormones act on|NCI
immunotherapy|immuno-oncology|treatment that helps the immune system fight|NCI
leptomeningeal|leptomeningeal disease|cancer in the thin layers around the brain and spine|NCI
leukemia|leukaemia|cancer of blood cells|NCI
lesion|lesions|a spot or lump that is not normal|NCI
locally advanced||cancer that has grown into what is near it|NCI
lymphoma|lymphomas|cancer of the lymph system|NCI
malignancy|malignancies;malignant|cancer|NCI
measurable disease|measurable lesion|tumors that can be measured on a scan|NCI
melanoma|melanomas|a cancer of the cells that give skin its color|NCI
metastasis|metastases;metastatic|cancer that has spread to other parts of the body|NCI
multiple myeloma|myeloma|a cancer of blood cells in the bone marrow|NCI
neoadjuvant||treatment before the main one, to make the tumor smaller|NCI
neoplasm|neoplasms;neoplastic|a growth of cells, often cancer|NCI
non-small cell lung cancer|NSCLC|the most common kind of lung cancer|NCI
oncology|oncologist|the care of people with cancer|NCI
palliative|palliation|care that eases an illness and does not cure it|NCI
radiation therapy|radiotherapy;irradiation|treatment with strong rays|NCI
resectable|resection;resected|can be taken out by surgery|NCI
sarcoma|sarcomas|a cancer of bone, muscle, fat or other soft tissue|NCI
small cell lung cancer|SCLC|a fast growing kind of lung cancer|NCI
solid tumor|solid tumors;solid tumour;solid tumours|a lump of cancer, other than cancers of the blood|NCI
squamous cell|squamous|a kind of flat cell, as in skin|NCI
stage|staging;stage IV|how far a cancer has spread|NCI
stem cell transplant|HSCT;bone marrow transplant|getting new cells that make blood|NCI
targeted therapy|targeted|medicine that acts on one feature of cancer cells|NCI
tumor|tumour;tumors;tumours|a lump of cells that grew too much|NCI
tyrosine kinase inhibitor|TKI;TKIs|medicine that blocks a signal by which cells grow|NCI
unresectable|inoperable;non-resectable|cannot be taken out by surgery|NCI
"""
