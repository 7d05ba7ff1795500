"""What lies in the zip: entries, replies, flowers, drafts, files, and all of it once more as Lomwong's own archive."""

from lomwong.takeaway.contents.everything import members_of
from lomwong.takeaway.contents.packing import Member, packed

__all__ = ["Member", "members_of", "packed"]
