import { expect, test } from 'vitest'
import { sayCondition } from '../../src/requirements/say-condition.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const shop = (middleware: string) => ({
  'requirements.txt': 'Django==5.0\ndjangorestframework==3.15\n',
  'shop/settings.py': `MIDDLEWARE = [
    'django.middleware.common.CommonMiddleware',
    ${middleware}
]
ROOT_URLCONF = 'shop.urls'
`,
  'shop/hooks.py': `from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

@csrf_exempt
@require_POST
def told(request):
    return HttpResponse('', status=202)
`,
  'shop/urls.py': `from django.urls import path
from rest_framework.views import APIView
from rest_framework.response import Response
from . import hooks, views

class Tills(APIView):
    def post(self, request):
        return Response({}, status=201)

urlpatterns = [
    path('looms/', views.Looms.as_view()),
    path('close/', views.close),
    path('any/', views.any_way),
    path('always/', views.always),
    path('told/', hooks.told),
    path('tills/', Tills.as_view()),
]
`,
  'shop/views.py': `from functools import wraps
from django.conf import settings
from django.http import HttpResponse
from django.views import View
from django.views.decorators.http import require_POST

class Looms(View):
    def get(self, request):
        return HttpResponse('')

    def post(self, request):
        return HttpResponse('', status=201)

@require_POST
def close(request):
    return HttpResponse('', status=204)

def open_only(view):
    @wraps(view)
    def inner(request):
        if not settings.OPEN:
            return HttpResponse('', status=404)
        return view(request)
    return inner

@open_only
def any_way(request):
    if request.method == 'POST':
        return HttpResponse('', status=201)
    return HttpResponse('')

def always(request):
    return HttpResponse('')
`,
})

const refused = async (middleware: string) => {
  const { set } = await extractFiles(shop(middleware))
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .filter(({ status }) => status === 403)
    .map(({ operation, condition }) => `${titles.get(operation)}: ${sayCondition(condition)}`)
    .toSorted()
}

test('what changes something is refused without a token where the settings check it, but for views that are exempt [SPEC-PACKS-01]', async () => {
  expect(await refused("'django.middleware.csrf.CsrfViewMiddleware',")).toEqual([
    'Any method /any/: the form field csrfmiddlewaretoken is missing and the header X-CSRFToken is missing and `request.method` is "POST"',
    'POST /any/: the form field csrfmiddlewaretoken is missing and the header X-CSRFToken is missing and `request.method` is "POST"',
    'POST /close/: the form field csrfmiddlewaretoken is missing and the header X-CSRFToken is missing',
    'POST /looms/: the form field csrfmiddlewaretoken is missing and the header X-CSRFToken is missing',
  ])
  expect(await refused('')).toEqual([])
})
