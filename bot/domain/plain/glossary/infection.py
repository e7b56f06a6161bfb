"""Infection and immunity."""

from __future__ import annotations

ENTRIES = """
antibody|antibodies|a protein by which the body fights germs|MED
antibiotic|antibiotics|medicine against bacteria|MED
antigen|antigens|something that the immune system reacts to|NCI
antiretroviral|ART;HAART|medicine against HIV|MED
antiviral|antivirals|medicine against viruses|MED
autoimmune|autoimmune disease;autoimmunity|the immune system attacks the body itself|MED
bacteremia|sepsis;septic|germs in the blood, or the body's dangerous answer to them|MED
corticosteroid|corticosteroids;glucocorticoid;glucocorticoids|medicine against inflammation, such as prednisone|MED
graft-versus-host disease|GVHD|cells from a donor attack the body that they were given to|NCI
hepatitis B|HBV;HBsAg|a virus that hurts the liver|MED
hepatitis C|HCV|a virus that hurts the liver|MED
herpes zoster|shingles|a painful rash by the virus of chickenpox|MED
human immunodeficiency virus|HIV|the virus that can cause AIDS|MED
human papillomavirus|HPV|a virus that can cause warts and some cancers|MED
hypersensitivity|hypersensitive|an allergic reaction|MED
immunocompromised|immunodeficiency;immunosuppressed|having a weak immune system|MED
immunoglobulin|immunoglobulins;IgE;IgG|a protein by which the body fights germs|MED
immunosuppressant|immunosuppressants;immunosuppressive|medicine that holds the immune system down|MED
inflammation|inflammatory;inflamed|swelling, heat and pain by which the body reacts|MED
interferon||a protein that the body makes against viruses|NCI
live vaccine|live attenuated vaccine|a vaccine made from weakened living germs|MED
lupus|systemic lupus erythematosus;SLE|the immune system attacks skin, joints and organs|MED
monoclonal antibody|monoclonal antibodies;mAb|a lab-made protein that sticks to one target|NCI
opportunistic infection|opportunistic infections|an infection that weak immune systems get|MED
psoriasis|psoriatic|an illness with scaly skin|MED
rheumatoid arthritis|RA|the immune system attacks the joints|MED
tuberculosis|TB;latent tuberculosis|an infection, often of the lungs|MED
vaccine|vaccines;vaccination|something that trains the body against a germ|MED
"""
