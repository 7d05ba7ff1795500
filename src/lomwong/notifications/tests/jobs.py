"""A worker that sends letters in a process of its own: `python -m lomwong.notifications.tests.jobs STEP …`.

Steps: `prepare LETTERS`, `work FOLDER SECONDS`. A letter lies in FOLDER as soon as it is sent; the sender then sleeps,
so that whoever kills it does so after the letter went out and before that is noted.
"""

import os
import sys
import time
from threading import Event

import django

if __name__ == "__main__":
    django.setup()

from django.core.mail.backends.filebased import EmailBackend


class SlowFolder(EmailBackend):
    def send_messages(self, messages) -> int:
        sent = super().send_messages(messages)
        if self.stream:
            self.stream.flush()
        time.sleep(float(os.environ["SLEEP"]))
        return sent


def prepare(count: str) -> None:
    """A house in which so many letters are due, and wait behind one job."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.utils import timezone

    from lomwong.notifications.models import Letter, Mail, NewsKind, Notification
    from lomwong.notifications.tasks import send_letters_if_due
    from lomwong.people.models import Person

    now = timezone.now()
    for number in range(int(count)):
        person = Person.objects.create_user(f"p{number}@u.example", "ฝนตกทุกบ่าย 2569", name=f"คนที่ {number}")
        letter = Letter.objects.create(person=person, key="seated:1", made_at=now, due_at=now)
        Notification.objects.create(
            person=person, kind=NewsKind.SEATED, key="seated:1", created_at=now, mail=Mail.AT_ONCE, letter=letter
        )
    send_letters_if_due()


def work(folder: str, seconds: str) -> None:
    """As the worker of the house does it, with a short lease."""
    from django.conf import settings

    from lomwong.kit.jobs import worker
    from lomwong.kit.jobs.worker import Chore
    from lomwong.notifications.tasks import send_letters_if_due

    os.environ["SLEEP"] = seconds
    settings.EMAIL_FILE_PATH = folder
    settings.EMAIL_BACKEND = "lomwong.notifications.tests.jobs.SlowFolder"
    chore = Chore("send letters that are due", 0.2, send_letters_if_due)
    worker.run([chore], stop=Event(), pause_seconds=0.05, lease_seconds=2)


if __name__ == "__main__":
    {"prepare": prepare, "work": work}[sys.argv[1]](*sys.argv[2:])
