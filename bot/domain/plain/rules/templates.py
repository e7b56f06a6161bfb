"""Lines that stand in many records word for word, and get a whole line in their place."""

from __future__ import annotations

from bot.domain.plain.rules.rule import family

TEMPLATES = family(
    r"""
whole-pregnant ¦ pregnancy (or|and|and/or) lactation(?=[.;,]?$) ¦ pregnant {1} breastfeeding
    ¦ Pregnancy or lactation. ¦ Pregnant or breastfeeding. ¦ WHOLE
whole-cannot-consent ¦ (?:inability|unable) to (?:provide|give) informed consent(?=[.;,]?$)
    ¦ cannot consent after the study is explained
    ¦ Inability to give informed consent ¦ Cannot consent after the study is explained ¦ WHOLE
whole-contraindication ¦ (any |known )?contraindications? (?:to|for) (mri|surgery|anesthesia)
    + (?=[.;,]?$) ¦ {1}medical reason not to have {2}
    ¦ Any contraindication to MRI. ¦ Any medical reason not to have MRI. ¦ WHOLE not+1
whole-contraindicated ¦ mri (?:is )?contraindicated(?=[.;,]?$) ¦ medical reason not to have MRI
    ¦ MRI contraindicated ¦ Medical reason not to have MRI ¦ WHOLE not+1
whole-unable-comply ¦ (unable|unwilling|inability) to comply with (?:the )?(study|trial)
    +  (?:protocol|procedures)(?=[.;,]?$) ¦ {1} to follow the {2} plan
    ¦ Unable to comply with study procedures ¦ Unable to follow the study plan ¦ WHOLE
whole-measurable ¦ measurable disease(?=[.;,]?$) ¦ disease that can be measured
    ¦ Measurable disease ¦ Disease that can be measured ¦ WHOLE
"""
)
