import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

test('views that come with Django and django-filter answer the methods that they document [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\ndjango-filter\n',
    'manage.py': `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'harbour.settings')\n`,
    'harbour/settings.py': `ROOT_URLCONF = 'harbour.urls'\nINSTALLED_APPS = []\n`,
    'harbour/models.py': `
from django.db import models
class Berth(models.Model):
    pier = models.IntegerField()
`,
    'harbour/views.py': `
from django_filters.views import FilterView
from .models import Berth
class Berths(FilterView):
    model = Berth
`,
    'harbour/urls.py': `
from django.contrib.auth import views as auth
from django.urls import path
from .views import Berths
urlpatterns = [
    path('berths/', Berths.as_view()),
    path('in/', auth.LoginView.as_view()),
    path('out/', auth.LogoutView.as_view()),
]
`,
  })
  expect(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [`${one.method} ${one.path}`] : [])).toSorted(),
  ).toEqual(['GET /berths/', 'GET /in/', 'POST /in/', 'POST /out/'])
})
