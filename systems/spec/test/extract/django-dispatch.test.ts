import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function refusalsOf(views: string, patterns: string) {
  const { set } = await extractFiles({
    'requirements.txt': 'django==5.2\ndjangorestframework==3.16\n',
    'pier/settings.py': 'ROOT_URLCONF = "pier.urls"\n',
    'pier/urls.py': `from django.urls import path
from pier import views
urlpatterns = [${patterns}]
`,
    'pier/views.py': `from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View
from rest_framework import exceptions
from rest_framework.authentication import TokenAuthentication
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
from pier.models import Boat

${views}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what a view of Django refuses in a dispatch of its own comes before its methods [SPEC-EXTRACT-10]', async () => {
  expect(
    await refusalsOf(
      `class OfPier(View):
    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return JsonResponse({"error": "Sign in."}, status=401)
        if kwargs["code"] == "closed":
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

class Boats(OfPier):
    def get(self, request, code):
        if code == "lost":
            return JsonResponse({}, status=404)
        return JsonResponse({"code": code})`,
      'path("boats/<slug:code>", views.Boats.as_view())',
    ),
  ).toEqual([
    'IF, for GET /boats/{code}, `code` is "closed" and `request.user.is_authenticated` holds, THEN the service SHALL answer 403.',
    'IF, for GET /boats/{code}, `code` is "lost", THEN the service SHALL answer 404 with an object.',
    'IF, for GET /boats/{code}, `request.user.is_authenticated` does not hold, THEN the service SHALL answer 401 with error (string, required, exactly "Sign in.").',
  ])
})

test('checks that a view of REST framework has of its own run before its methods, and stand in the place of its permissions [SPEC-EXTRACT-10]', async () => {
  expect(
    await refusalsOf(
      `class Masts(APIView):
    permission_classes = [IsAuthenticated]
    def check_permissions(self, request):
        if not request.user.is_staff:
            raise exceptions.PermissionDenied("Staff only.")
    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if kwargs["height"] == 0:
            raise exceptions.ValidationError("No mast is that low.")
    def get(self, request, height):
        return Response({"height": height})`,
      'path("masts/<int:height>", views.Masts.as_view())',
    ),
  ).toEqual([
    'IF, for GET /masts/{height}, `request.user.is_staff` does not hold, THEN the service SHALL answer 403 and say "Staff only.".',
    'IF, for GET /masts/{height}, the path parameter height is 0 and no earlier check refuses the request, THEN the service SHALL answer 400 and say "No mast is that low.".',
  ])
})

test('permissions are asked about a thing where a view asks them about it [SPEC-EXTRACT-10]', async () => {
  expect(
    await refusalsOf(
      `class Owner(BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.owner == request.user.username

class OfBoat(APIView):
    authentication_classes = [TokenAuthentication]
    permission_classes = [IsAuthenticated, Owner]

class One(OfBoat):
    def get(self, request, code):
        boat = Boat.objects.filter(code=code).first()
        self.check_object_permissions(request, boat)
        return Response({"name": boat.name})

class Codes(OfBoat):
    def get(self, request):
        return Response([])`,
      'path("boats/<slug:code>", views.One.as_view()), path("codes/", views.Codes.as_view())',
    ),
  ).toEqual([
    'IF, for GET /boats/{code}, the caller is not signed in, THEN the service SHALL answer 401.',
    'IF, for GET /boats/{code}, the caller is signed in and `obj.owner == request.user.username` does not hold (in `Owner.has_object_permission`), THEN the service SHALL answer 403.',
    'IF, for GET /codes/, the caller is not signed in, THEN the service SHALL answer 401.',
  ])
})
