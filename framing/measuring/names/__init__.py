"""Who and what an article names: people, organisations, places and groups, their aliases joined."""

from __future__ import annotations

from framing.measuring.names.joined import Joined, join_names, joined_names
from framing.measuring.names.mentions import find_names
from framing.measuring.names.types import KINDS, Kind, Name

__all__ = ["KINDS", "Joined", "Kind", "Name", "find_names", "join_names", "joined_names"]
