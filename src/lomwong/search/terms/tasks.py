"""What was indexed before a word was known is written anew."""

from django_tasks import task

from lomwong.search import index
from lomwong.search.terms import queries

AT_ONCE = 2000


@task()
def reindex_touched(forms: list[str]) -> int:
    """Harmless to run twice. Until it has run, such entries are found by the parts of the word."""
    numbers = queries.to_reindex(forms)
    return sum(index.rewrite(numbers[start : start + AT_ONCE]) for start in range(0, len(numbers), AT_ONCE))
