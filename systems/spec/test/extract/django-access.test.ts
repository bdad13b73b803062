import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function said(views: string, patterns: string) {
  const { set } = await extractFiles({
    'requirements.txt': 'django==5.2\n',
    'pier/settings.py': 'ROOT_URLCONF = "pier.urls"\n',
    'pier/urls.py': `from django.urls import path
from django.contrib.auth.decorators import login_required
from pier import views
urlpatterns = [${patterns}]
`,
    'pier/views.py': `from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.http import JsonResponse
from django.utils.decorators import method_decorator
from django.views import View

${views}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts
    .flatMap((one) =>
      one.kind === 'guard' || one.kind === 'error' || (one.kind === 'response' && one.status >= 300)
        ? [sayFact(one, titles.get(one.operation) ?? '')]
        : [],
    )
    .toSorted()
}

const method = `
    def get(self, request):
        return JsonResponse({"name": "pier"})
`

test('mixins of views send to the login who is not signed in, and refuse who may not [SPEC-EXTRACT-07]', async () => {
  expect(
    await said(
      `class Boats(LoginRequiredMixin, View):${method}
class Piers(PermissionRequiredMixin, View):
    permission_required = ("pier.see_pier",)
${method}
class Masts(LoginRequiredMixin, View):
    raise_exception = True
${method}`,
      'path("boats/", views.Boats.as_view()), path("piers/", views.Piers.as_view()), path("masts/", views.Masts.as_view())',
    ),
  ).toEqual([
    'IF, for GET /masts/, the caller is not signed in, THEN the service SHALL answer 403.',
    'IF, for GET /piers/, the caller does not have the role "pier.see_pier", THEN the service SHALL answer 403.',
    'WHEN a client sends GET /boats/ and the caller is not signed in, the service SHALL answer 302.',
    'WHEN a client sends GET /boats/, the service SHALL refuse a caller who is not signed in.',
    'WHEN a client sends GET /masts/, the service SHALL answer 403 to a caller who is not signed in.',
    'WHEN a client sends GET /piers/ and the caller is not signed in, the service SHALL answer 302.',
    'WHEN a client sends GET /piers/, the service SHALL refuse a caller without pier.see_pier.',
  ])
})

test('decorators of functions stand before methods of a view: on it, on its class, around it in the patterns [SPEC-EXTRACT-07]', async () => {
  expect(
    await said(
      `@method_decorator(login_required, name="dispatch")
class Boats(View):${method}
class Piers(View):
    @method_decorator(permission_required("pier.see_pier", raise_exception=True))
    def get(self, request):
        return JsonResponse({"name": "pier"})
    def post(self, request):
        return JsonResponse({"name": "pier"})

class Masts(View):${method}`,
      'path("boats/", views.Boats.as_view()), path("piers/", views.Piers.as_view()), path("masts/", login_required(views.Masts.as_view()))',
    ),
  ).toEqual([
    'IF, for GET /piers/, the caller does not have the role "pier.see_pier", THEN the service SHALL answer 403.',
    'WHEN a client sends GET /boats/ and the caller is not signed in, the service SHALL answer 302.',
    'WHEN a client sends GET /boats/, the service SHALL refuse a caller who is not signed in.',
    'WHEN a client sends GET /masts/ and the caller is not signed in, the service SHALL answer 302.',
    'WHEN a client sends GET /masts/, the service SHALL refuse a caller who is not signed in.',
    'WHEN a client sends GET /piers/, the service SHALL refuse a caller without pier.see_pier, and answer 403 to one who is not signed in.',
  ])
})

test('what a copy of the query is changed by is no parameter [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django==5.2\n',
    'pier/settings.py': 'ROOT_URLCONF = "pier.urls"\n',
    'pier/urls.py': `from django.http import JsonResponse
from django.urls import path
def boats(request):
    query = request.GET.copy()
    berth = query.get("berth", "")
    query.pop("page", None)
    return JsonResponse({"berth": berth, "rest": query.urlencode()})
urlpatterns = [path("boats/", boats)]
`,
  })
  expect(factsOf(set.facts, 'parameter').map(({ in: place, name }) => `${place} ${name}`)).toEqual([
    'query berth',
  ])
})
