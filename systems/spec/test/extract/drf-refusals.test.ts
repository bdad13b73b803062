import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const told = ({ facts }: FactSet, path: string): string[] => {
  const [one] = factsOf(facts, 'operation').filter((found) => operationTitle(found) === path)
  return facts.flatMap((fact) =>
    (fact.kind === 'guard' || fact.kind === 'error') && fact.operation === one?.id && fact.grade !== 'open'
      ? [
          sayFact(fact, path)
            .replace(/^.*?(?=refuse|answer|ask )/, '')
            .trim(),
        ]
      : [],
  )
}

const whens = ({ facts }: FactSet, path: string): string[] => {
  const [one] = factsOf(facts, 'operation').filter((found) => operationTitle(found) === path)
  return facts.flatMap((fact) =>
    (fact.kind === 'guard' || fact.kind === 'error') && fact.operation === one?.id && fact.grade !== 'open'
      ? [sayFact(fact, path)]
      : [],
  )
}

const site = (views: string, settings = '') => ({
  'requirements.txt': 'djangorestframework\ndjango-filter\n',
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "port.settings")\n',
  'port/__init__.py': '',
  'port/settings.py': `ROOT_URLCONF = "port.urls"\n${settings}`,
  'port/models.py': `
from django.db import models
class Boat(models.Model):
    name = models.CharField(max_length=10)
    length = models.IntegerField()
`,
  'port/urls.py': `
from django.urls import path, include
from rest_framework.routers import DefaultRouter
from .views import BoatViews
router = DefaultRouter()
router.register("boats", BoatViews)
urlpatterns = [path("", include(router.urls))]
`,
  'port/views.py': `
from rest_framework import viewsets, permissions, throttling
from rest_framework.decorators import action
from rest_framework.response import Response
from django_filters import rest_framework as filters
from .models import Boat
${views}`,
})

test('who is not signed in is refused where a permission needs a right of callers, and only where it asks for one [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles(
    site(`
class AllBoats(permissions.BasePermission):
    def has_permission(self, request, view):
        return view.detail or "all" not in request.query_params or request.user.has_perm("port.all")
class Afloat(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return not obj.sunk
class Master(permissions.BasePermission):
    right = ""
    def has_permission(self, request, view):
        return request.user.has_perm(self.right)
Master.right = "port.master"
class BoatViews(viewsets.ModelViewSet):
    queryset = Boat.objects.all()
    permission_classes = [AllBoats, Afloat]
    @action(detail=True, methods=["post"], permission_classes=[Master])
    def sink(self, request, pk=None):
        return Response({})
`),
  )
  expect(whens(set, 'GET /boats/')).toEqual([
    'WHEN a client sends GET /boats/ and the query parameter all is there, the service SHALL refuse a caller who is not signed in.',
    'IF, for GET /boats/, the query parameter all is there and `request.user.has_perm("port.all")` does not hold, THEN the service SHALL answer 403.',
  ])
  // A boat by its key is no list of all, and whether it is sunk is no matter of who calls.
  expect(whens(set, 'GET /boats/{id}/').filter((one) => one.includes('signed in'))).toEqual([])
  expect(whens(set, 'POST /boats/{id}/sink/')[0]).toBe(
    'WHEN a client sends POST /boats/{id}/sink/, the service SHALL refuse a caller who is not signed in.',
  )
  expect(told(set, 'POST /boats/{id}/sink/').join()).not.toContain('has_perm("")')
})

test('what `get_permissions` of the class above gives is asked besides what a view adds [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles(
    site(`
class Base(viewsets.ModelViewSet):
    is_open = False
    def get_permissions(self):
        return super().get_permissions() + ([] if self.is_open else [permissions.IsAuthenticated()])
class Staff(permissions.BasePermission):
    def has_permission(self, request, view):
        return request.user.is_staff
class Moored(permissions.BasePermission):
    def has_permission(self, request, view):
        return not harbour_is_closed()
class Mooring:
    def get_permissions(self):
        return super().get_permissions() + [Moored()]
class BoatViews(Mooring, Base):
    queryset = Boat.objects.all()
    permission_classes = [Staff]
    @action(detail=False, permission_classes=[permissions.AllowAny], is_open=True)
    def names(self, request):
        return Response({})
    @action(detail=False, permission_classes=[permissions.AllowAny])
    def crews(self, request):
        return Response({})
`),
  )
  expect(told(set, 'GET /boats/names/')).toEqual(['answer 403.'])
  expect(whens(set, 'GET /boats/crews/')).toEqual([
    'WHEN a client sends GET /boats/crews/, the service SHALL answer 403 to a caller who is not signed in.',
    'IF, for GET /boats/crews/, the caller is not signed in, or `harbour_is_closed()` is there, THEN the service SHALL answer 403.',
  ])
  expect(whens(set, 'GET /boats/').join()).toContain('`request.user.is_staff` does not hold')
})

test('throttles refuse where they have a rate, and filters what they do not take [SPEC-FACTS-01]', async () => {
  const views = `
class BoatFilter(filters.FilterSet):
    longer = filters.NumberFilter(field_name="length", lookup_expr="gte")
    kind = filters.ChoiceFilter(choices=[("sail", "Sail"), ("motor", "Motor")])
    class Meta:
        model = Boat
        fields = ["longer", "kind"]
class BoatViews(viewsets.ReadOnlyModelViewSet):
    queryset = Boat.objects.all()
    permission_classes = []
    filterset_class = BoatFilter
    filter_backends = [filters.DjangoFilterBackend]
`
  const limited = (rates: string) => `
REST_FRAMEWORK = {
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": ${rates},
}
`
  const { set } = await extractFiles(site(views, limited('{"user": "10/day"}')))
  expect(whens(set, 'GET /boats/')).toEqual([
    'IF, for GET /boats/, the caller asks more often than the limit allows, THEN the service SHALL answer 429.',
    'IF, for GET /boats/, the query parameter kind is none of "sail", "motor" and the query parameter kind is there, or the query parameter longer is not a number and the query parameter longer is there, THEN the service SHALL answer 400.',
  ])
  const { set: unlimited } = await extractFiles(site(views, limited('{"anon": "10/day"}')))
  expect(whens(unlimited, 'GET /boats/').join()).not.toContain('429')
})
