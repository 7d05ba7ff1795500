"""What people know and have made of it themselves, how they want to be asked, which questions came to whom, and what a
circle's own past taught the ranking."""

from lomwong.experts.models.carrying import BY_ITSELF, Carried, CarriedState, Carrying, Why
from lomwong.experts.models.topics import AskingChoice, Expertise, ExpertiseEvidence, Origin, TopicState
from lomwong.experts.models.tuning import Tuning

__all__ = [
    "BY_ITSELF",
    "AskingChoice",
    "Carried",
    "CarriedState",
    "Carrying",
    "Expertise",
    "ExpertiseEvidence",
    "Origin",
    "TopicState",
    "Tuning",
    "Why",
]
