"""Words that nearly everybody knows, and the share of a text's words that are not among them.

The list was written for this project: everyday words, and the words of body, illness and care that
people use of themselves. A word counts as known when it is one of these or a plain form of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_EVERYDAY = """
a able about above accept access account across act active activity actual add adult advice afraid
after afternoon again against age ago agree ahead air alive all allow almost alone along already
also although always am among amount an and animal another answer any anybody anyone anything apart
appear apply are area arm around arrive as ask asleep at attend average avoid awake away baby back
bad base bath be beat became because become bed been before began begin begun behind being believe
below beside between beyond big birth bit bite black blue board body boil bone book born both bottle
bottom box boy brain brand bread break breast breath breathe bring broke broken brother brought
build building burn but buy by call came can cannot car care careful carry case catch cause center
centre certain chair change charge check chest chew child children chin choice choose circle city
class clean clear clinic clock close clothes cloud coffee cold collect color come comfort common
community company compare complete computer condition consider contact contain continue control
cook cool copy cost cough could count country couple course cover cross cry culture cup current cut
daily damage danger dark data date daughter day dead deal death decide decision deep degree depend
describe detail develop device did die diet difference different difficult dinner direct direction
disability discuss do doctor does dog done door doubt down dozen draw dream dress drew drink drive
drop drug drunk dry due during each ear early earth easy eat edge effect egg eight either eleven
else emergency employ empty end energy english enjoy enough enter entire equal even evening event
ever every everybody everyone everything exact example except exercise expect experience explain
extra eye face fact fail fall family far fast fat father fear feed feel feet felt female few field
fifteen fifty fight figure fill film final find fine finger finish fire first fish fit five fix flat
floor flow fluid follow food foot for force foreign forget form former forty forward found four free
fresh friend from front fruit full fully further future gain game gas gave general get girl give
given glass go goal gone good got grade gram great green ground group grow grown growth guess guide
had hair half hand happen happy hard has have having he head health healthy hear heard heart heat
heavy height held help her here high hip his history hit hold hole home hope hospital hot hour house
how however human hundred hurt husband ice idea if ill illness important in include increase infant
inform information injure injury insert inside instead interest into involve is issue it item its
itself job join joint just keep kept key kilogram kind knee knew know known lab lack language large
last late later law lay lead learn least leave left leg length less let letter level lie life lift
light like likely limit line lip liquid list listen little live lived liver local long look lose
loss lost lot love low lower lunch lung machine made main major make male man many mark market marry
mass matter may me meal mean measure meat medical medicine meet member men mental met method middle
might mild milk million mind minor minute miss mix modern money month more morning most mother mouth
move much muscle must my nail name narrow natural nature near nearly neck need needle neither nerve
never new news next night nine no nobody noise none nor normal north nose not note nothing notice
now number nurse object occur of off offer office often oil old on once one only onto open or oral
order organ origin other our out outside over own oxygen pack page paid pain painful paint pair
paper parent part partner party pass past patch patient pattern pay peanut people per percent
perform perhaps period person phone physical pick picture piece pill place plan plant plastic play
please plus point poison poor position positive possible pound power practice pregnancy pregnant
prepare present press pressure prevent previous price print private problem procedure process
produce product program protect prove provide public pull pulse pump pure push put quality question
quick quickly quiet quite race radiation rain raise ran range rash rate rather raw reach reaction
read ready real reason receive recent record red reduce regular related relation relative remain
remember remove repeat replace report request require rescue research rest result return rich right
rise risk road room round row rule run safe said salt same sample save saw say scale scan scar
school science score sea seat second see seem seen self sell send sense sent separate serious serve
service set seven several severe sex sexual sexually shape share sharp she shift shock short shot
should shoulder shout show shut sick side sight sign signal silent similar simple since single
sister sit site six size skill skin sleep slight slow small smell smoke smoker so social soft solid
some somebody son soon sore sort sound source south space speak special speech speed spend spent
spine split spoke spot spread stable staff stage stand standard start state stay step stick still
stomach stone stood stop store story straight strange street strength stress strict strong student
study stuff subject such sudden suffer sugar suggest suit summer sun supply support suppose sure
surface surgery swallow sweat sweet swell swim system table tablet take taken talk tall taste
teach team tear tell ten tend term test than that the their them then there these they thick thin
thing think third thirst thirty this those though thought thousand three throat through throughout
throw thumb thus tie tight till time tired tissue to today toe together told tongue tonight too took
tooth top total touch toward towards town track trade train travel treat treatment tree trial
trouble true try tube turn twelve twenty twice two type under understand unit unless until up upon
upper urgent urine us use usual usually value van various vein very view virus visit voice wait wake
walk wall want war warm was wash watch water way we weak wear week weigh weight well went were west
wet what wheel when where whether which while white who whole whom whose why wide wife will willing
win wind window winter wish with within without woman womb women wood word work world worry worse
worst would wound wrist write written wrong yard year yellow yes yesterday yet you young your zero
e-mail ml mg kg cm mm
"""
_OF_HEALTH = """
aids aid allergy allergic arthritis artery asthma attack autism bacteria belly bladder bleed
blood bowel breastfeeding bypass cancer cell chemotherapy clot clotting condom contact dementia
dental depression diabetes diabetic diagnosis diagnosed dialysis disease disorder dizzy donor dose
drowsy fainting fever flu genes genetic germ glucose headache hearing heartbeat hepatitis hernia hiv
hormone immune implant infection inflamed inhaler injection insulin intestine itch itching kidney
lump mastectomy measles medication migraine mri murmur nausea obesity operation overweight pacemaker
pancreas penis period platelets pneumonia pollen prescription prostate protein recover recovery
reflux respond sedative seizure sneeze sperm spinal steroid steroids stroke surgeon surgical
swelling symptom testicle therapy thinning thinner thinners thyroid tracing transplant tumor tumour
ulcer ultrasound vaccine vagina vitamin vomit vomiting wheeze wheezing widespread x-ray menopause
heart-rhythm blood-vessel blood-clotting misuse addiction alcohol tobacco cigarette nicotine
cannabis marijuana cocaine heroin stool clinical disabled nursing relapse remission
agreement caregiver consent experimental harmful medically participate participant placebo
bile calcium chamber chosen cord despite erection exam filter forbid harm illegal irregular judge
judging leak mini newborn overactive pipe potassium prevention preventive
shown threaten underactive
vaccination vaccinate vessel wave weaken
researcher sponsor volunteer website smartphone questionnaire
"""
_BASES = frozenset((_EVERYDAY + _OF_HEALTH).split())

_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""), ("en", ""),
    ("en", "e"), ("ally", ""), ("ness", ""), ("ful", ""), ("less", ""),
)  # fmt: skip
_JOINT = re.compile(r"[-\u2010\u2011'’]")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'’][^\W\d_]+)*\d*|[≥≤<>=\u00d7]")


def _forms(base: str) -> Iterator[str]:
    """The word and its plain forms: worries of worry, stopped of stop."""
    yield base
    for ending, put in _ENDINGS:
        if base.endswith(put):
            yield base[: len(base) - len(put)] + ending
        if not put:
            yield base + base[-1] + ending


FAMILIAR = frozenset(form for base in _BASES for form in _forms(base))
"""The words of the list in all their plain forms."""


def is_familiar(word: str) -> bool:
    """Whether nearly everybody knows the word, in lower case; a compound by all of its parts."""
    if word in FAMILIAR:
        return True
    parts = _JOINT.split(word)
    return len(parts) > 1 and all(part in {"", "s", "t"} or part in FAMILIAR for part in parts)


def rare_words(text: str) -> list[str]:
    """The words of a text that not everybody knows, and its signs of comparison."""
    return [word for word in _WORD.findall(text.lower()) if not is_familiar(word)]


def rare_share(text: str) -> float:
    """The share of the words that not everybody knows, from 0 to 1."""
    found = _WORD.findall(text.lower())
    return sum(not is_familiar(word) for word in found) / len(found) if found else 0.0
