"""How good the measures are, on hand-coded texts of the user's own."""

from framing.evaluate.attribution import score_attributions
from framing.evaluate.floors import validate_gold
from framing.evaluate.gold import ROLES, Coded, read_gold
from framing.evaluate.tone import score_loaded, score_target_tones

__all__ = ["ROLES", "Coded", "read_gold", "score_attributions", "score_loaded", "score_target_tones", "validate_gold"]
