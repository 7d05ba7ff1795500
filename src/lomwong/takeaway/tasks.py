"""Packing, as a job."""

from datetime import datetime

from django_tasks import task

from lomwong.takeaway import actions


@task()
def pack_parcel(person_pk: int, asked_at: str) -> None:
    actions.pack(person_pk, datetime.fromisoformat(asked_at))


def sweep_parcels() -> None:
    actions.sweep()
