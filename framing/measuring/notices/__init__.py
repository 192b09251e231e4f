"""What is printed with a report but not reported: legal labels, credits, corrections, disclosures, rights, promotion."""

from __future__ import annotations

from framing.measuring.notices.finder import find_notices
from framing.measuring.notices.paragraphs import whole_notice
from framing.measuring.notices.wordings import KINDS, LABELS, PLACEMENTS, Kind, Label, Notice, Placement

__all__ = ["KINDS", "LABELS", "PLACEMENTS", "Kind", "Label", "Notice", "Placement", "find_notices", "whole_notice"]
