"""The rule types that cases obey, each with what code reads of it; their texts lie among the regulations. Pure."""

from banjie.base.declarations import REGISTRY
from banjie.cases.rules import escalation
from banjie.cases.rules.acceptance import ACCEPTANCE
from banjie.cases.rules.cadence import CADENCE
from banjie.cases.rules.closing import CLOSING
from banjie.cases.rules.commitments import COMMITMENTS
from banjie.cases.rules.correction import CORRECTION
from banjie.cases.rules.first_asker import FIRST_ASKER
from banjie.cases.rules.masking import MASKING
from banjie.cases.rules.parking import PARKING
from banjie.cases.rules.posts import POSTS
from banjie.cases.rules.retention import RETENTION
from banjie.cases.rules.routing import ROUTING
from banjie.cases.rules.urging import URGING

__all__ = ["escalation"]

for _rule_type in (
    FIRST_ASKER,
    POSTS,
    COMMITMENTS,
    ACCEPTANCE,
    ROUTING,
    CADENCE,
    PARKING,
    URGING,
    CLOSING,
    CORRECTION,
    MASKING,
    RETENTION,
):
    REGISTRY.add(_rule_type)
