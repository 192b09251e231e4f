"""Human coding: what is asked, sheets for coders, their codes read back, and how far they agree."""

from framing.coding.codes import Codes, codes_from_table, read_codes
from framing.coding.reliability import agreement, alpha, code_shares
from framing.coding.sheets import CodingSheet, coding_sheet
from framing.coding.units import unit_id
from framing.coding.variables import VARIABLES, Variable

__all__ = [
    "VARIABLES",
    "Codes",
    "CodingSheet",
    "Variable",
    "agreement",
    "alpha",
    "code_shares",
    "codes_from_table",
    "coding_sheet",
    "read_codes",
    "unit_id",
]
