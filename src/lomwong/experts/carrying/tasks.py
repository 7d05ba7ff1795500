"""What the worker does for questions on their way."""

from django_tasks import task

from lomwong.experts.carrying import taking_in


def carry_new() -> None:
    """Every two seconds: what was asked, called, answered, opened again."""
    taking_in.take_in()


def widen_due() -> None:
    """Every ten minutes."""
    taking_in.widen_due()


@task()
def carry_further(number: int) -> int:
    """Harmless to run twice: never to more people than the question may have."""
    return len(taking_in.carry_further(number))
