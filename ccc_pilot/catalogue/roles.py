"""Who owns an item or receives a report: posts and bodies, never persons."""

from collections.abc import Mapping
from types import MappingProxyType

from ccc_pilot.i18n import Text

ROLES: Mapping[str, Text] = MappingProxyType(
    {
        # in the network
        "head_lead": Text("Huvudprojektledare", "Head project leader"),
        "regional_lead": Text("Regional projektledare", "Regional project leader"),
        "medical_expert": Text("Medicinsk expert", "Medical expert"),
        "economist": Text("Ekonom", "Finance officer"),
        "rsl": Text("Regionsjukvårdsledningen (RSL)", "Regional health care management (RSL)"),
        "region_director": Text("Direktör i regionen", "Director of the region"),
        "lccc": Text("Linköping Comprehensive Cancer Center (LCCC)", "Linköping Comprehensive Cancer Center (LCCC)"),
        "applicant": Text("Sökande och projektägare", "Applicant and project owner"),
        "rcc": Text("RCC Sydöst", "Regional Cancer Centre South East (RCC)"),
        "rcc_reviewer": Text("Granskare vid RCC", "Reviewer at the Regional Cancer Centre"),
        "assessment_group": Text("Bedömningsgrupp", "Assessment group"),
        # outside it
        "socialstyrelsen": Text("Socialstyrelsen", "National Board of Health and Welfare"),
        "government_offices": Text("Regeringskansliet", "Government Offices"),
        "kammarkollegiet": Text("Kammarkollegiet", "Legal, Financial and Administrative Services Agency"),
        "coordinator": Text("Koordinator för EUnetCCC", "Coordinator of EUnetCCC"),
        "dac": Text("EUnetCCC:s utpekandekommitté (DAC)", "Designation and Admission Committee (DAC)"),
        "hadea": Text("EU:s genomförandeorgan HaDEA", "European Health and Digital Executive Agency (HaDEA)"),
        "info": Text("För kännedom", "For information"),
    }
)
