import { expect, test } from 'vitest'
import { sayFact, operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a permission asks of the documented one that it extends is told as that refuses [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'depot/settings.py': `
ROOT_URLCONF = 'depot.urls'
REST_FRAMEWORK = {'DEFAULT_AUTHENTICATION_CLASSES': ['rest_framework.authentication.TokenAuthentication']}
`,
    'depot/urls.py': `
from django.urls import path
from depot import views
urlpatterns = [path('crates/', views.Crates.as_view()), path('lots/', views.Lots.as_view())]
`,
    'depot/views.py': `
from rest_framework import permissions
from rest_framework.response import Response
from rest_framework.views import APIView

class IsTrusted(permissions.IsAuthenticated):
    def has_permission(self, request, view):
        is_known = super().has_permission(request, view)
        return is_known and not request.user.is_banned

class IsClerkOrReads(permissions.IsAuthenticatedOrReadOnly):
    def has_permission(self, request, view):
        if not super().has_permission(request, view):
            return False
        if request.method != 'POST':
            return True
        return request.user.role == 'clerk'

class Crates(APIView):
    permission_classes = [IsTrusted]
    def get(self, request):
        return Response({})

class Lots(APIView):
    permission_classes = [IsClerkOrReads]
    def get(self, request):
        return Response({})
    def post(self, request):
        return Response({})
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(said.toSorted()).toEqual([
    'IF, for GET /crates/, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /crates/, the caller is signed in and `request.user.is_banned` holds, THEN the service SHALL answer 403.',
    'IF, for POST /lots/, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for POST /lots/, the caller is signed in and `request.user.role` is not "clerk", THEN the service SHALL answer 403.',
  ])
})

test('what code asks of who is signed in does not come of nobody, whom a permission refused before [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\n',
    'depot/settings.py': `
ROOT_URLCONF = 'depot.urls'
REST_FRAMEWORK = {'DEFAULT_AUTHENTICATION_CLASSES': ['rest_framework.authentication.TokenAuthentication']}
`,
    'depot/urls.py': `
from django.urls import path
from depot import views
urlpatterns = [path('crates/', views.Crates.as_view()), path('hatches/', views.Hatches.as_view())]
`,
    'depot/views.py': `
from rest_framework import permissions
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response
from rest_framework.views import APIView

def may_open(user):
    if not user.is_authenticated:
        return False
    return user.is_foreman

class Crates(APIView):
    permission_classes = [permissions.IsAuthenticated]
    def post(self, request):
        if not may_open(request.user):
            raise PermissionDenied('ask the foreman')
        return Response({})

class Hatches(APIView):
    permission_classes = [permissions.IsAuthenticated]
    def post(self, request):
        if request.user.is_anonymous:
            raise PermissionDenied('no hatches')
        return Response({})
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(said.toSorted()).toEqual([
    'IF, for POST /crates/, `request.user.is_foreman` does not hold, THEN the service SHALL answer 403 and say "ask the foreman".',
    'IF, for POST /crates/, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for POST /hatches/, the caller is not signed in, THEN the service SHALL answer 401.',
  ])
})
