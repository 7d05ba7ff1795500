"""งานเดียวกัน คนละคณะ: who does the same job in other faculties, what they ask, what they told."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from lomwong.experts.faculties import faculties
from lomwong.experts.samejob import queries
from lomwong.kit.access import signed_in
from lomwong.people.models import JobFunction


@signed_in
def jobs(request: HttpRequest) -> HttpResponse:
    """The map. `job` says whose questions and circles stand above it, one's own first; `campus` shows only that one."""
    assert request.user.is_authenticated
    functions, house = list(JobFunction.objects.all()), faculties()
    mine = list(request.user.job_functions.values_list("pk", flat=True))
    own = [function for function in functions if function.pk in mine]
    asked = [function for function in functions if function.slug == request.GET.get("job")]
    chosen = next(iter(asked or own), None)
    campus = next((unit for unit in house.campuses if str(unit.pk) == request.GET.get("campus")), None)
    faculty = house.faculty_of(request.user.unit_id)
    context = {
        "map": queries.job_map(request.user, functions, mine, house=house, campus=campus.pk if campus else None),
        "own": own,
        "chosen": chosen,
        "is_own": chosen in own,
        "campuses": house.campuses,
        "campus": campus,
        "faculty": faculty,
    }
    if chosen:
        context["stuck"] = queries.stuck_elsewhere(chosen, request.user, house.below(faculty.pk) if faculty else [])
        context["circles"] = queries.circles_of(chosen, request.user)
    return render(request, "experts/jobs.html", context)


@signed_in
def jobs_cell(request: HttpRequest, job: str, unit: int) -> HttpResponse:
    """One cell: a faculty; a unit of it leads to the same."""
    assert request.user.is_authenticated
    function, house = get_object_or_404(JobFunction, slug=job), faculties()
    found = house.faculty_of(unit)
    if found is None:
        raise Http404
    after = request.GET.get("after", "")
    context = {
        "function": function,
        "unit": found,
        "campus": house.campus_of(found.pk),
        "page": queries.cell_of(function, found, request.user, house, after=after),
        "is_further": bool(after),
        "is_here": house.of.get(request.user.unit_id or 0) == found.pk,
        "is_my_job": request.user.job_functions.filter(pk=function.pk).exists(),
    }
    return render(request, "experts/jobs_cell.html", context)
