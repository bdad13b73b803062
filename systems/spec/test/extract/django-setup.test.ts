import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a view of Django sets up before its methods may refuse each of them [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'django\n',
    'manage.py': '',
    'urls.py': `
from django.urls import path
from views import Notes

urlpatterns = [path("books/<slug:code>/notes", Notes.as_view())]
`,
    'views.py': `
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views import View
from models import Book

class OfBook(View):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.book = get_object_or_404(Book, code=kwargs["code"])

class Notes(OfBook):
    def get(self, request, code):
        return JsonResponse({"notes": list(self.book.notes.values())})

    def delete(self, request, code):
        self.book.notes.all().delete()
        return JsonResponse({})
`,
  })
  const methods = new Map(factsOf(set.facts, 'operation').map(({ id, method }) => [id, method]))
  const missing = factsOf(set.facts, 'error').filter(({ status }) => status === 404)
  expect(
    missing
      .map(({ operation, condition }) => `${methods.get(operation)} ${condition[0]?.[0]?.subject}`)
      .toSorted(),
  ).toEqual([
    'DELETE get_object_or_404(Book, code=code) failed',
    'GET get_object_or_404(Book, code=code) failed',
  ])
})
