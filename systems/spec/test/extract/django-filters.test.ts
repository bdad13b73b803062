import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('parameters of sets of filters are read, and those of a path below a pattern with a version [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'django\ndjangorestframework\ndjango-filter\n',
      'project/settings.py': `
ROOT_URLCONF = 'project.urls'
REST_FRAMEWORK = {'DEFAULT_FILTER_BACKENDS': ['django_filters.rest_framework.DjangoFilterBackend']}
`,
      'project/urls.py': `
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter
from rest_framework import viewsets
from project.filters import BookFilters, DetailFilters
class Books(viewsets.ReadOnlyModelViewSet):
    lookup_field = 'uuid'
    filterset_class = BookFilters
class Loans(viewsets.ReadOnlyModelViewSet):
    @property
    def filterset_class(self):
        if self.detail:
            return DetailFilters
        return BookFilters
router = DefaultRouter()
router.register('books', Books)
router.register('loans', Loans)
urlpatterns = [re_path(r'^v(?P<version>\\d{1})/', include(router.urls))]
`,
      'project/filters.py': `
from django_filters import rest_framework as filters
from django_filters.rest_framework import FilterSet
class NameFilter(filters.CharFilter):
    pass
class Base(FilterSet):
    expand = NameFilter(field_name='expand')
    class Meta:
        fields = ['title']
class BookFilters(Base):
    due = filters.DateFromToRangeFilter()
    copies = filters.NumberFilter(field_name='count')
    help = 'no filter'
    class Meta:
        fields = {'author': ['exact', 'icontains']}
class DetailFilters(FilterSet):
    depth = filters.NumberFilter()
`,
    }),
  )
  const filters = ['author', 'author__icontains', 'copies', 'due_after', 'due_before', 'expand', 'title']
  expect(found.parameters['GET /v{version}/books/']).toEqual([
    'path version',
    ...filters.map((name) => `query ${name}`),
  ])
  expect(found.parameters['GET /v{version}/books/{uuid}/']).toEqual(['path uuid', 'path version'])
  expect(found.parameters['GET /v{version}/loans/']).toContain('query depth')
})
