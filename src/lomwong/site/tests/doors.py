"""An address behind the operators' door, for the tests: no page has one yet."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from lomwong.kit.access import operator
from lomwong.site.urls import urlpatterns as house


@operator
def workshop(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


urlpatterns = [path("operator/", workshop), path("", include(house))]
