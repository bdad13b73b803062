import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = (urls: string) => ({
  'requirements.txt': 'django\ndjangorestframework\n',
  'depot/urls.py': `
from django.urls import include, path, re_path
from rest_framework import routers
from depot import views

${urls}
`,
  'depot/views.py': `
from django.http import HttpResponse
from rest_framework import viewsets

class Crates(viewsets.ReadOnlyModelViewSet):
    pass

def one(request, **kwargs):
    return HttpResponse('ok')
`,
})

async function pathsOf(urls: string) {
  const { set } = await extractFiles(files(urls))
  const paths = set.facts.flatMap((fact) => (fact.kind === 'operation' ? [fact.path] : []))
  const constraints = set.facts.flatMap((fact) =>
    fact.kind === 'parameter' && fact.in === 'path' && fact.constraints.length > 0
      ? [[fact.name, ...fact.constraints]]
      : [],
  )
  return {
    paths: [...new Set(paths)].toSorted(),
    constraints: new Set(constraints.map((one) => JSON.stringify(one))),
  }
}

test('a group of a path that may be left out is two paths, and plain alternatives are what a variable may be [SPEC-PACKS-01]', async () => {
  const { paths, constraints } = await pathsOf(`
inner = [path('crates/<int:pk>/', views.one), re_path(r'^lots/(?P<lot>[a-z]{2})/$', views.one)]
urlpatterns = [re_path(r'^api/(?:(?P<version>(1.0|1.1))/)?', include(inner))]
`)
  expect(paths).toEqual([
    '/api/crates/{pk}/',
    '/api/lots/{lot}/',
    '/api/{version}/crates/{pk}/',
    '/api/{version}/lots/{lot}/',
  ])
  expect(constraints).toEqual(
    new Set([
      '["version",{"keyword":"enum","value":["1.0","1.1"]}]',
      '["lot",{"keyword":"pattern","value":"[a-z]{2}"}]',
    ]),
  )
})

test('alternatives of a group without a name are paths of their own [SPEC-PACKS-01]', async () => {
  const { paths } = await pathsOf(`
router = routers.SimpleRouter()
router.register('crates', views.Crates)
urlpatterns = [
    re_path(r'^(?:in|out)/(?P<day>\\d+)(/(?P<hour>\\d+))?/$', views.one),
    re_path(r'^(v1/)?', include(router.urls)),
]
`)
  expect(paths).toEqual([
    '/crates/',
    '/crates/{id}/',
    '/in/{day}/',
    '/in/{day}/{hour}/',
    '/out/{day}/',
    '/out/{day}/{hour}/',
    '/v1/crates/',
    '/v1/crates/{id}/',
  ])
})

test('patterns that a helper takes in and gives back changed, or a package decorates, stand below its prefix [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\n',
    'app/settings.py': 'ROOT_URLCONF = "app.urls"\n',
    'app/urls.py': `from decorator_include import decorator_include
from django.urls import include, path
from app.wrapping import watched
from app.views import clock

urlpatterns = [
    path("v2/", watched(print, [path("clock", clock), path("more/", include("app.more"))])),
    path("v3/", decorator_include(print, [path("clock", clock)])),
]
`,
    'app/more.py':
      'from django.urls import path\nfrom app.views import clock\nurlpatterns = [path("tower", clock)]\n',
    'app/views.py': `from django.http import JsonResponse
from django.views.decorators.http import require_GET

@require_GET
def clock(request):
    return JsonResponse({})
`,
    'app/wrapping.py': `from django.urls import include

class Watched:
    def __init__(self, patterns, decorators):
        self.patterns = patterns
        self.decorators = decorators

def watched(decorators, arg, namespace=None):
    if isinstance(arg, tuple) and len(arg) == 3:
        patterns, name, namespace = arg
    else:
        patterns, name, namespace = include(arg, namespace=namespace)
    return (Watched(patterns, decorators), name, namespace)
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  ).toEqual(['GET /v2/clock', 'GET /v2/more/tower', 'GET /v3/clock'])
})

test('paths that a setting puts among others are found, by either branch [SPEC-PACKS-01]', async () => {
  const { paths } = await pathsOf(`
from django.conf import settings
OWN = [path('crates/', views.one)] if not settings.IS_CLOSED else []
urlpatterns = (*OWN, path('lids/', views.one))
`)
  expect(paths).toEqual(['/crates/', '/lids/'])
})

test('where the first part of a path is not known, the rest is told below it [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles(
    files(`
from depot.stored import Stored

def stored(name):
    return getattr(Stored.objects.get(), name)

router = routers.DefaultRouter()
router.register('crates', views.Crates, basename='crate')
lots = [re_path(r'^lots/(?P<lot>[a-z]{2})/$', views.one)]
urlpatterns = [
    re_path(r'^{}api/v2/'.format(stored('prefix')), include(router.urls)),
    re_path(f"^{stored('prefix')}status/$", views.one),
    re_path(r'^{}'.format(stored('prefix')), include(lots)),
    path('health/', views.one),
]`),
  )
  expect(
    factsOf(set.facts, 'operation')
      .map((one) => `${one.grade} ${operationTitle(one)}`)
      .toSorted(),
  ).toEqual([
    'declared Any method …/lots/{lot}/',
    'declared Any method …/status/',
    'declared GET …/api/v2/crates/',
    'declared GET …/api/v2/crates/{id}/',
    'proved Any method /health/',
  ])
})
