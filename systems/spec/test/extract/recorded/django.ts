import type { RecordedApp } from './recorded-app.ts'

/**
 * What Django and its REST framework do around views: middleware of the settings comes before them, classes that authenticate refuse what they do not know of whoever asks, a
 * handler of exceptions is given what the framework answers, and patterns of a router may stand among others.
 */
export const djangoApp: RecordedApp = {
  framework: 'Django 5.2.19, Django REST framework 3.18.3',
  files: {
    'requirements.txt': 'django==5.2\ndjangorestframework==3.18\n',
    'manage.py': '',
    'harbour/__init__.py': '',
    'harbour/settings.py': `
SECRET_KEY = "only-for-this-service-and-long-enough"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "harbour.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "piers"]
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "piers.around.storm",
    "piers.around.TideMiddleware",
]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["piers.known.PassAuthentication"],
    "EXCEPTION_HANDLER": "piers.explained.explain",
}
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
`,
    'harbour/urls.py': `
from django.urls import include, path

urlpatterns = [path("api/", include("piers.urls"))]
`,
    'piers/__init__.py': '',
    'piers/around.py': `
from django.http import HttpResponse, JsonResponse
from django.utils.deprecation import MiddlewareMixin


def storm(get_response):
    def middleware(request):
        if request.META.get("HTTP_X_STORM") == "yes":
            return JsonResponse({"detail": "Closed for the storm"}, status=503)
        return get_response(request)

    return middleware


class TideMiddleware(MiddlewareMixin):
    def process_request(self, request):
        if request.headers.get("X-Tide", "high") == "low":
            return HttpResponse("Low tide", status=425)
`,
    'piers/known.py': `
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.permissions import BasePermission


class Skipper:
    is_authenticated = True

    def __init__(self, name):
        self.username = name
        self.is_staff = name == "chief"


class PassAuthentication(BaseAuthentication):
    def authenticate(self, request):
        shown = request.headers.get("X-Pass")
        if not shown:
            return None
        if shown not in ("chief", "mate"):
            raise AuthenticationFailed("No such pass")
        return Skipper(shown), None

    def authenticate_header(self, request):
        return "Pass"


class IsChief(BasePermission):
    def has_permission(self, request, view):
        return bool(request.user and request.user.is_staff)


class Taken(APIException):
    status_code = 409
    default_detail = "Taken by another"
`,
    'piers/explained.py': `
from rest_framework.response import Response
from rest_framework.views import exception_handler


def explain(exc, context):
    answer = exception_handler(exc, context)
    if answer is None:
        return Response({"text": "Something broke"}, status=500)
    return Response({"text": answer.data}, status=answer.status_code)
`,
    'piers/views.py': `
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet
from piers import known


class PierViewSet(ViewSet):
    def list(self, request):
        return Response([])

    def retrieve(self, request, pk=None):
        if pk == "7":
            raise known.Taken()
        return Response({"pier": pk})


class CraneViewSet(ViewSet):
    permission_classes = [known.IsChief]

    def create(self, request):
        return Response({}, status=201)
`,
    'piers/urls.py': `
from django.urls import path
from rest_framework.routers import SimpleRouter
from piers import views

router = SimpleRouter()
router.register("piers", views.PierViewSet, basename="pier")
router.register("cranes", views.CraneViewSet, basename="crane")

urlpatterns = [
    path("first/", views.PierViewSet.as_view({"get": "list"})),
    *router.urls,
]
`,
  },
  answers: {
    'GET /api/first/': [200, 401, 425, 503],
    'GET /api/piers/': [200, 401, 425, 503],
    'GET /api/piers/{id}/': [200, 401, 409, 425, 503],
    'POST /api/cranes/': [201, 401, 403, 425, 503],
  },
}
