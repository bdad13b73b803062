import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'
import { saidErrors } from './said-errors.ts'

test('who is sent elsewhere for good is sent with 301 [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'tornado\n',
    'app.py': `
import tornado.web
class Old(tornado.web.RequestHandler):
    def get(self):
        self.redirect("/new", permanent=True)
    def post(self):
        self.redirect("/new", permanent=False)
    def put(self):
        self.redirect("/new", status=307)
app = tornado.web.Application([(r"/old", Old)])
app.listen(80)
`,
  })
  expect(
    set.facts.flatMap((one) => (one.kind === 'response' ? [one.status ?? 0] : [])).toSorted((a, b) => a - b),
  ).toEqual([301, 302, 307])
})

test('a view of Django says its status by an option, an error or a cookie [SPEC-EXTRACT-05]', async () => {
  const files = {
    'requirements.txt': 'django\n',
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "proj.settings")\n',
    'proj/settings.py': 'ROOT_URLCONF = "proj.urls"\n',
    'proj/urls.py':
      'from django.urls import path\nfrom proj import views\nurlpatterns = [path("old", views.old)]\n',
    'proj/views.py': `
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
@require_GET
def old(request):
    if request.COOKIES.get("seen") is None:
        raise BadRequest("no cookie")
    return redirect("/new", permanent=True)
`,
  }
  expect(await saidErrors(files)).toMatchInlineSnapshot(`
    [
      "IF, for GET /old, the cookie seen is missing, THEN the service SHALL answer 400 and say "no cookie".",
    ]
  `)
  const { set } = await extractFiles(files)
  expect(set.facts.flatMap((one) => (one.kind === 'response' ? [one.status] : []))).toEqual([301])
})
