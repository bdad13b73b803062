import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what would come instead of a part that the path has is not read [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django==5\ndjangorestframework==3.15\n',
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "depot.settings")\n',
    'depot/settings.py': 'ROOT_URLCONF = "depot.urls"\nINSTALLED_APPS = ["rest_framework"]\n',
    'depot/urls.py': `from django.urls import path
from .views import Pallets
urlpatterns = [path("halls/<int:hall>/pallets", Pallets.as_view()), path("pallets", Pallets.as_view())]
`,
    'depot/views.py': `from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView
from keepers import keeps


class KeepsHall(BasePermission):
    def has_permission(self, request, view):
        hall = view.kwargs.get("hall") or request.query_params.get("hall")
        if not hall:
            return True
        return keeps(hall, request.user)


class Pallets(APIView):
    permission_classes = [KeepsHall]

    def get(self, request, *args, **kwargs):
        return Response({"ok": True})
`,
  })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'parameter').map(
      ({ operation, in: place, name }) => `${paths.get(operation) ?? ''} ${place} ${name}`,
    ),
  ).toEqual(['/halls/{hall}/pallets path hall', '/pallets query hall'])
})
