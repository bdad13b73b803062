import { expect, test } from 'vitest'
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
