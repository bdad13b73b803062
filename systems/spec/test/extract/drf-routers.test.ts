import { expect, test } from 'vitest'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test("a router that extends Django REST framework's and adds urls of its own is read with both [SPEC-PACKS-01]", async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\ndjangorestframework\n',
      'depot/__init__.py': '',
      'depot/urls.py': `
from django.urls import include, path
from rest_framework import routers
from depot import views

class Routes(routers.DefaultRouter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.more = []

    def add(self, route, *args, **kwargs):
        self.more = self.more or []
        self.more.append(path(route, *args, **kwargs))

    @property
    def urls(self):
        return super().urls + [one for one in self.more]

router = Routes()
router.register(r"crates", views.Crates)
router.add("profile", views.Profile.as_view())

urlpatterns = [path("api/", include(router.urls))]
`,
      'depot/views.py': `
from rest_framework import viewsets, views
from rest_framework.response import Response

class Crates(viewsets.ReadOnlyModelViewSet):
    pass

class Profile(views.APIView):
    def get(self, request):
        return Response({})
`,
    }),
  )
  expect(found.operations).toEqual(['GET /api/crates/', 'GET /api/crates/{id}/', 'GET /api/profile'])
})

test('patterns of another language with more added to them are read with both [SPEC-PACKS-01]', async () => {
  const files = (urls: string) => ({
    'requirements.txt': 'django\n',
    'depot/urls.py': `
from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from depot import views

${urls}
`,
    'depot/views.py': `
from django.http import HttpResponse
from django.views.decorators.http import require_GET

@require_GET
def crates(request):
    return HttpResponse('')
`,
  })
  const both =
    'urlpatterns = i18n_patterns(path("crates", views.crates))\nurlpatterns += [path("boxes", views.crates)]'
  expect(summarize(await extractFiles(files(both))).operations).toEqual(['GET /boxes', 'GET /crates'])
  const none = await extractFiles(files('urlpatterns = views.made_elsewhere()'))
  expect(none.set.questions).toContainEqual(
    expect.objectContaining({ text: 'Where does depot/urls.py or what uses it declare its routes?' }),
  )
})

test('what stands below a prefix that is made when the program runs is told below it, and the prefix is asked [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'shop/settings.py': "ROOT_URLCONF = 'shop.urls'\n",
    'shop/urls.py': `
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from shop.roots import find_root
from shop.views import Status, Items

router = DefaultRouter()
router.register('items', Items)
urlpatterns = [
    path('health/', Status.as_view()),
    path(find_root('v3'), include([path('status/', Status.as_view())])),
    path(find_root('v4'), include(router.urls)),
]
`,
    'shop/views.py': `
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet
from rest_framework.response import Response

class Status(APIView):
    def get(self, request):
        return Response({'ok': True})

class Items(ReadOnlyModelViewSet):
    pass
`,
  })
  const grades = Object.fromEntries(
    set.facts.flatMap((fact) => (fact.kind === 'operation' ? [[operationTitle(fact), fact.grade]] : [])),
  )
  expect(grades).toEqual({
    'GET /health/': 'proved',
    'GET …/status/': 'declared',
    'GET …/items/': 'declared',
    'GET …/items/{id}/': 'declared',
  })
  expect(set.questions.map(({ text }) => text)).toContain('What comes before /status/ and 2 more?')
})

test('routers below other routers, and other methods of an action, have the paths that they get there [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'djangorestframework\ndrf-nested-routers\n',
      'site/settings.py': 'ROOT_URLCONF = "urls"\n',
      'urls.py': `
from django.urls import include, path
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework_nested import routers

class Shelves(viewsets.ReadOnlyModelViewSet):
    http_method_names = ["get", "post", "delete"]
    @action(detail=True, methods=["post"])
    def lock(self, request, pk=None):
        return None
    @lock.mapping.delete
    def unlock(self, request, pk=None):
        return None

class Books(viewsets.ReadOnlyModelViewSet):
    lookup_field = "isbn"

class Pages(viewsets.GenericViewSet):
    def list(self, request, shelf_pk=None, book_isbn=None):
        return None

router = routers.DefaultRouter()
router.register("shelves", Shelves)
books = routers.NestedSimpleRouter(router, "shelves", lookup="shelf")
books.register("books", Books)
pages = routers.NestedSimpleRouter(books, "books", lookup="book")
pages.register("pages", Pages)
urlpatterns = [path("", include(router.urls)), path("", include(books.urls)), path("", include(pages.urls))]
`,
    }),
  )
  expect(found.operations).toEqual([
    'DELETE /shelves/{id}/lock/',
    'GET /shelves/',
    'GET /shelves/{id}/',
    'GET /shelves/{shelf_pk}/books/',
    'GET /shelves/{shelf_pk}/books/{book_isbn}/pages/',
    'GET /shelves/{shelf_pk}/books/{isbn}/',
    'POST /shelves/{id}/lock/',
  ])
})

test('what is registered with a registration is below one of its things [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'djangorestframework\ndrf-extensions\n',
      'site/settings.py': 'ROOT_URLCONF = "urls"\n',
      'urls.py': `
from django.urls import include, path
from rest_framework import viewsets
from rest_framework_extensions.routers import ExtendedDefaultRouter

class Forms(viewsets.ReadOnlyModelViewSet):
    lookup_field = "uid"

class Answers(viewsets.ReadOnlyModelViewSet):
    pass

router = ExtendedDefaultRouter()
forms = router.register("forms", Forms, basename="form")
forms.register("answers", Answers, basename="answer", parents_query_lookups=["form"])
urlpatterns = [path("api/", include(router.urls))]
`,
    }),
  )
  expect(found.operations).toEqual([
    'GET /api/forms/',
    'GET /api/forms/{parent_lookup_form}/answers/',
    'GET /api/forms/{parent_lookup_form}/answers/{id}/',
    'GET /api/forms/{uid}/',
  ])
})

test('registrations of one chain are below one another, each once [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'djangorestframework\ndrf-extensions\n',
      'site/settings.py': 'ROOT_URLCONF = "urls"\n',
      'urls.py': `
from django.urls import include, path
from rest_framework import viewsets
from rest_framework_extensions.routers import ExtendedSimpleRouter

class Ships(viewsets.ReadOnlyModelViewSet):
    pass

class Holds(viewsets.ReadOnlyModelViewSet):
    pass

class Crates(viewsets.ReadOnlyModelViewSet):
    pass

router = ExtendedSimpleRouter()
(
    router.register("ships", Ships, basename="ship")
    .register("holds", Holds, basename="hold", parents_query_lookups=["ship"])
    .register("crates", Crates, basename="crate", parents_query_lookups=["hold__ship", "hold"])
)
urlpatterns = [path("", include(router.urls))]
`,
    }),
  )
  expect(found.operations).toEqual([
    'GET /ships/',
    'GET /ships/{id}/',
    'GET /ships/{parent_lookup_hold__ship}/holds/{parent_lookup_hold}/crates/',
    'GET /ships/{parent_lookup_hold__ship}/holds/{parent_lookup_hold}/crates/{id}/',
    'GET /ships/{parent_lookup_ship}/holds/',
    'GET /ships/{parent_lookup_ship}/holds/{id}/',
  ])
})

test('lookups of a chain that are made from those of view sets are named as the settings say [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'djangorestframework\ndrf-extensions\n',
      'site/settings.py':
        'ROOT_URLCONF = "urls"\nREST_FRAMEWORK_EXTENSIONS = {"DEFAULT_PARENT_LOOKUP_KWARG_NAME_PREFIX": "of_"}\n',
      'urls.py': `
from django.urls import include, path
from rest_framework import viewsets
from rest_framework_extensions.routers import ExtendedSimpleRouter

class Ships(viewsets.ReadOnlyModelViewSet):
    pass

class Holds(viewsets.ReadOnlyModelViewSet):
    lookup_field = "deck"

class Crates(viewsets.ReadOnlyModelViewSet):
    pass

router = ExtendedSimpleRouter()
(
    router.register("ships", Ships, basename="ship")
    .register("holds", Holds, basename="hold", parents_query_lookups=[f"ship__{Ships.lookup_field}"])
    .register(
        "crates",
        Crates,
        basename="crate",
        parents_query_lookups=[f"hold__ship__{Ships.lookup_field}", f"hold__{Holds.lookup_field}"],
    )
)
urlpatterns = [path("api/", include(router.urls))]
`,
    }),
  )
  expect(found.operations).toEqual([
    'GET /api/ships/',
    'GET /api/ships/{id}/',
    'GET /api/ships/{of_hold__ship__pk}/holds/{of_hold__deck}/crates/',
    'GET /api/ships/{of_hold__ship__pk}/holds/{of_hold__deck}/crates/{id}/',
    'GET /api/ships/{of_ship__pk}/holds/',
    'GET /api/ships/{of_ship__pk}/holds/{deck}/',
  ])
})

test('routers that one function makes have each what was registered with it [SPEC-PACKS-01]', async () => {
  const files = {
    'requirements.txt': 'djangorestframework\n',
    'depot/settings.py': "ROOT_URLCONF = 'depot.urls'\n",
    'depot/making.py': `
from rest_framework.routers import DefaultRouter

made = []

def new_router():
    router = DefaultRouter()
    made.append(router)
    return router
`,
    'depot/views.py': `
from rest_framework import viewsets

class Crates(viewsets.ReadOnlyModelViewSet):
    queryset = None

class Boxes(viewsets.ReadOnlyModelViewSet):
    queryset = None
`,
    'depot/crates/urls.py': `
from django.urls import include, path
from depot.making import new_router
from depot.views import Crates

router = new_router()
router.register("crates", Crates, basename="crate")
urlpatterns = [path("", include(router.urls))]
`,
    'depot/boxes/urls.py': `
from django.urls import include, path
from depot.making import new_router
from depot.views import Boxes

router = new_router()
router.register("boxes", Boxes, basename="box")
urlpatterns = []
urlpatterns += router.urls
`,
    'depot/urls.py': `
from django.urls import include, path

urlpatterns = [path("a/", include("depot.crates.urls")), path("b/", include("depot.boxes.urls"))]
`,
  }
  expect(summarize(await extractFiles(files)).operations).toEqual([
    'GET /a/crates/',
    'GET /a/crates/{id}/',
    'GET /b/boxes/',
    'GET /b/boxes/{id}/',
  ])
  // Which of them a router is that comes from elsewhere is asked.
  const { set } = await extractFiles({
    ...files,
    'depot/boxes/urls.py': files['depot/boxes/urls.py'].replace('+= router.urls', '+= new_router().urls'),
  })
  expect(set.questions.map(({ text }) => text)).toContainEqual(expect.stringContaining('1 viewsets (Boxes)'))
})

test('who is not signed in is asked to where the settings put a class that says how into a mapping of another package [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'djangorestframework\n',
    'depot/settings.py': `
from common_settings import *

ROOT_URLCONF = 'depot.urls'
REST_FRAMEWORK['DEFAULT_AUTHENTICATION_CLASSES'] = ['depot.signing.SpokenToken', 'depot.signing.Other']
`,
    'depot/signing.py': `
from rest_framework.authentication import SessionAuthentication, TokenAuthentication

class Speaks:
    def authenticate(self, request):
        found = super().authenticate(request)
        return found

class SpokenToken(Speaks, TokenAuthentication):
    pass

class Other(SessionAuthentication):
    pass
`,
    'depot/urls.py': `
from django.urls import path
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

class Crates(APIView):
    permission_classes = [IsAuthenticated]
    def get(self, request):
        return Response({})

urlpatterns = [path("crates", Crates.as_view())]
`,
  })
  const errors = set.facts.flatMap((fact) => (fact.kind === 'error' ? [fact] : []))
  expect(errors.map(({ status }) => status)).toEqual([401])
  expect(errors[0]?.evidence.map(({ path, line }) => [path, line])).toContainEqual(['depot/settings.py', 5])
})

test('permissions are asked together as their view puts them, for the action and the method that is called [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'djangorestframework\n',
    'site/settings.py': 'ROOT_URLCONF = "urls"\n',
    'urls.py': `
from django.urls import include, path
from rest_framework import exceptions, status, viewsets
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAdminUser, IsAuthenticated
from rest_framework.routers import SimpleRouter

class Closed(exceptions.APIException):
    status_code = status.HTTP_423_LOCKED

class IsKeeper(BasePermission):
    def has_permission(self, request, view):
        if not request.user:
            return False
        if request.method in SAFE_METHODS:
            return True
        return request.user.profile.keeps(view.kwargs["shelf_id"])

class Books(viewsets.GenericViewSet):
    permission_classes = [IsAuthenticated & (IsKeeper | IsAdminUser)]
    def list(self, request, shelf_id):
        return None
    def create(self, request, shelf_id):
        raise Closed

class Signs(viewsets.GenericViewSet):
    def get_permissions(self):
        if self.action == "list":
            return [AllowAny()]
        return [IsAuthenticated()]
    def list(self, request):
        return None
    def create(self, request):
        return None

router = SimpleRouter()
router.register("signs", Signs)
router.register(r"shelves/(?P<shelf_id>\\d+)/books", Books)
urlpatterns = [path("", include(router.urls))]
`,
  })
  const refusals = (method: string, path: string) => {
    const operation = set.facts.find(
      (fact) => fact.kind === 'operation' && fact.method === method && fact.path === path,
    )
    return set.facts.flatMap((fact) =>
      fact.kind === 'error' && fact.operation === operation?.id
        ? [
            [
              fact.status,
              ...(fact.condition ?? []).map((row) => row.map(({ subject, op }) => `${subject} ${op}`)),
            ],
          ]
        : [],
    )
  }
  expect(refusals('GET', '/signs/')).toEqual([])
  expect(refusals('POST', '/signs/')).toEqual([[403, ['@caller false']]])
  expect(refusals('GET', '/shelves/{shelf_id}/books/')).toEqual([[403, ['@caller false']]])
  expect(refusals('POST', '/shelves/{shelf_id}/books/').map(([status]) => status)).toContain(423)
})

test('what a function that is not here gives back of a router has what was registered with that before [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\ndjangorestframework\n',
      'shop/urls.py': `
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from shop.views import Items, Lids
from outside.routes import add_more

def add_lids(router):
    router.register('lids', Lids, basename='lid')
    return router

router = DefaultRouter()
router.register('items', Items, basename='item')
router = add_more(router)
router = add_lids(router)
urlpatterns = [path('api/', include(router.urls))]
`,
      'shop/views.py': `
from rest_framework.viewsets import ReadOnlyModelViewSet

class Items(ReadOnlyModelViewSet):
    pass

class Lids(ReadOnlyModelViewSet):
    pass
`,
    }),
  )
  expect(found.operations).toEqual([
    'GET /api/items/',
    'GET /api/items/{id}/',
    'GET /api/lids/',
    'GET /api/lids/{id}/',
  ])
})
