"""The verbs of people."""

from lomwong.people.actions.accounts import claim_person, keep_address, make_admin
from lomwong.people.actions.identities import Identifier, Named, identify
from lomwong.people.actions.profile import describe_from_import, describe_person
from lomwong.people.actions.suspensions import lift_suspension, suspend
from lomwong.people.actions.units import place_unit, unit_at

__all__ = [
    "Identifier",
    "Named",
    "claim_person",
    "describe_from_import",
    "describe_person",
    "identify",
    "keep_address",
    "lift_suspension",
    "make_admin",
    "place_unit",
    "suspend",
    "unit_at",
]
