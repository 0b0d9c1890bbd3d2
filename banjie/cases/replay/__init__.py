"""测算 of drafts that judge how cases were handled in time: which clocks, read how, judged over arrays (ADR 0062)."""

from banjie.cases.replay.limits import LIMITS_JUDGED, replay_limits

__all__ = ["LIMITS_JUDGED", "replay_limits"]
