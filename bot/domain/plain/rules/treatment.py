"""Medicines, surgery and how they are given, by their everyday names.

A substance is not a drug, and a drug is not a treatment: each rule keeps the kind of the thing.
"""

from __future__ import annotations

from bot.domain.plain.rules.rule import family

TREATMENT = family(
    r"""
concomitant-medicines ¦ (?:concomitant|concurrent) medications? ¦ medicine taken at the same time
    ¦ stable concomitant medication ¦ stable medicine taken at the same time
concurrent-illness ¦ (?:concomitant|concurrent) (treatments?|therapy|illness|disease)
    ¦ {1} at the same time ¦ any concurrent illness ¦ any illness at the same time
investigational ¦ investigational(?! (?:site|center|centre|plan)) ¦ experimental
    ¦ an investigational drug ¦ an experimental drug
concomitantly ¦ (?:concomitantly|concurrently|simultaneously) ¦ at the same time
    ¦ given concomitantly with milk ¦ given at the same time with milk
medications ¦ medications ¦ medicines ¦ other medications ¦ other medicines
medication ¦ medication ¦ medicine ¦ study medication ¦ study medicine
corticosteroids ¦ corticosteroids ¦ steroids (corticosteroids)
    ¦ oral corticosteroids ¦ oral steroids (corticosteroids)
corticosteroid ¦ corticosteroid ¦ steroid (corticosteroid)
    ¦ a corticosteroid cream ¦ a steroid (corticosteroid) cream
immunosuppressants ¦ immunosuppressants ¦ medicines that weaken the immune system
    ¦ use of immunosuppressants ¦ use of medicines that weaken the immune system
immunosuppressive ¦ immunosuppressive (drugs?|agents?|medications?|therapy|treatment)
    ¦ immune-weakening {1} ¦ immunosuppressive drugs ¦ immune-weakening drugs
immunocompromised ¦ immuno-?compromised ¦ with a weak immune system
    ¦ who are immunocompromised ¦ who are with a weak immune system
anticoagulants ¦ (oral )?anti-?coagulants(?! agents) ¦ {1}blood thinners
    ¦ use of oral anticoagulants ¦ use of oral blood thinners
anticoagulant ¦ anti-?coagulant(?= (?:therapy|treatment|drugs?|medications?)) ¦ blood-thinning
    ¦ anticoagulant therapy ¦ blood-thinning therapy
anticoagulation ¦ anti-?coagulation ¦ blood thinning
    ¦ needs anticoagulation ¦ needs blood thinning
anticonvulsants ¦ anti-?convulsants ¦ medicines against seizures
    ¦ use of anticonvulsants ¦ use of medicines against seizures
antihypertensive
    ¦ anti-?hypertensive(?= (?:drugs?|medications?|agents?|medicines?|treatment|therapy))
    ¦ blood-pressure-lowering ¦ antihypertensive drugs ¦ blood-pressure-lowering drugs
analgesics ¦ analgesics ¦ pain medicines ¦ use of analgesics ¦ use of pain medicines
antipyretics ¦ antipyretics ¦ fever medicines ¦ use of antipyretics ¦ use of fever medicines
diuretics ¦ diuretics ¦ water pills (diuretics) ¦ use of diuretics ¦ use of water pills (diuretics)
antibacterial ¦ (?:antibacterial|antimicrobial) (?:agents?|drugs?|therapy) ¦ germ-fighting medicine
    ¦ uses an antibacterial agent ¦ uses a germ-fighting medicine
radiotherapy ¦ (?:radiotherapy|radiation therapy)( \(rt\))? ¦ radiation treatment{1}
    ¦ recent radiotherapy ¦ recent radiation treatment
hemodialysis ¦ ha?emodialysis ¦ dialysis by a machine
    ¦ needs hemodialysis ¦ needs dialysis by a machine
cabg ¦ coronary artery bypass (?:graft(?:ing)?|surgery)(?: surgery)?( \(cabg\))?
    ¦ heart bypass surgery{1}
    ¦ a coronary artery bypass graft (CABG) ¦ a heart bypass surgery (CABG) ¦ artery=heart
pci ¦ percutaneous coronary intervention( \(pci\))? ¦ opening of heart arteries through the skin{1}
    ¦ a percutaneous coronary intervention
    ¦ an opening of heart arteries through the skin
transplantation ¦ (organ|stem cell|kidney|liver|bone marrow|heart|lung) transplantation
    ¦ {1} transplant ¦ an organ transplantation ¦ an organ transplant
intravenous ¦ (?:given |administered )?intravenously ¦ into a vein
    ¦ antibiotics intravenously ¦ antibiotics into a vein
subcutaneous ¦ (?:given |administered )?subcutaneously ¦ under the skin
    ¦ insulin subcutaneously ¦ insulin under the skin
intramuscular ¦ (?:given |administered )?intramuscularly ¦ into a muscle
    ¦ vaccine intramuscularly ¦ vaccine into a muscle
administered ¦ administered ¦ given ¦ drugs administered by mouth ¦ drugs given by mouth
administration-of ¦ administration of ¦ giving of
    ¦ before administration of the drug ¦ before giving of the drug
administer ¦ administer ¦ give ¦ able to administer the drug ¦ able to give the drug
immunization ¦ immuni[sz]ation ¦ vaccination ¦ a recent immunization ¦ a recent vaccination
adverse-reactions ¦ adverse (?:effects|reactions) ¦ side effects
    ¦ serious adverse reactions ¦ serious side effects
adverse-events ¦ adverse events ¦ side effects or health problems
    ¦ serious adverse events ¦ serious side effects or health problems ¦ or+1
toxicities ¦ toxicities ¦ harmful side effects ¦ severe toxicities ¦ severe harmful side effects
toxicity ¦ (?<!a )(?<!this )(?<!each )(?<!severe )toxicity ¦ harmful side effects
    ¦ grade 2 toxicity ¦ grade 2 harmful side effects
toxic-effects ¦ toxic effects ¦ harmful effects ¦ severe toxic effects ¦ severe harmful effects
prophylactic ¦ prophylactic ¦ preventive ¦ a prophylactic drug ¦ a preventive drug
prophylaxis ¦ prophylaxis ¦ prevention ¦ needs prophylaxis ¦ needs prevention
surgical-procedure ¦ surgical procedure ¦ operation ¦ a major surgical procedure
    ¦ a major operation
surgical-procedures ¦ surgical procedures ¦ operations
    ¦ major surgical procedures ¦ major operations
surgical-intervention ¦ surgical intervention ¦ surgery
    ¦ needs surgical intervention ¦ needs surgery
hospitalization ¦ hospitali[sz]ation ¦ hospital stay ¦ a recent hospitalization
    ¦ a recent hospital stay
hospitalized ¦ hospitali[sz]ed ¦ in hospital ¦ who are hospitalized ¦ who are in hospital
therapies ¦ therapies ¦ treatments ¦ other therapies ¦ other treatments
physician ¦ physician ¦ doctor ¦ a treating physician ¦ a treating doctor
physicians ¦ physicians ¦ doctors ¦ by two physicians ¦ by two doctors
substance-use ¦ illicit drugs? ¦ illegal drugs ¦ use of illicit drugs ¦ use of illegal drugs
"""
)
