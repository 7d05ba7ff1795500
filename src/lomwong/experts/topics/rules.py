"""What somebody knows is theirs to say, and nobody else's."""

from lomwong.experts.models import Expertise
from lomwong.people.models import Viewer


def can_decide_topic(viewer: Viewer, topic: Expertise) -> bool:
    return viewer.pk is not None and viewer.pk == topic.person_id
