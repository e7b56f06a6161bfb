"""Gut, liver, kidney and hormones."""

from __future__ import annotations

ENTRIES = """
ascites||water in the belly|MED
celiac disease|coeliac disease|harm to the gut by gluten|MED
cholestasis|cholestatic|bile does not flow as it should|MED
cirrhosis|cirrhotic|a liver full of scars|MED
Crohn's disease|Crohn|a lasting inflammation of the gut|MED
diabetes mellitus|diabetes;diabetic|too much sugar in the blood|MED
dialysis|hemodialysis;haemodialysis|cleaning the blood by a machine|MED
dysphagia||trouble swallowing|MED
encephalopathy||a brain that does not work well because of an illness elsewhere|MED
endocrine|endocrinology|of hormones|MED
end-stage renal disease|ESRD|kidneys that no longer work|MED
fibrosis|fibrotic|scars in an organ|MED
gastroesophageal reflux|GERD;reflux|stomach acid that comes up|MED
gastrointestinal|GI|of the stomach and the gut|MED
hepatic||of the liver|MED
hepatocellular carcinoma|HCC|the most common cancer that begins in the liver|NCI
hyperglycemia|hyperglycaemia|too much sugar in the blood|MED
hyperthyroidism||a thyroid that makes too much hormone|MED
hypoglycemia|hypoglycaemia|too little sugar in the blood|MED
hypothyroidism||a thyroid that makes too little hormone|MED
inflammatory bowel disease|IBD|a lasting inflammation of the gut|MED
insulin|insulins|the hormone that lowers blood sugar|MED
jaundice||yellow skin and eyes|MED
metabolic|metabolism|of how the body uses food and medicine|MED
nephropathy|nephrotic|an illness of the kidneys|MED
NASH|nonalcoholic steatohepatitis;NAFLD;MASH|a fatty and inflamed liver|MED
pancreatitis||an inflamed pancreas|MED
renal||of the kidneys|MED
steatosis||fat in the liver|MED
ulcerative colitis|UC|a lasting inflammation of the large bowel|MED
"""
