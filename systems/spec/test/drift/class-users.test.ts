import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { isNote } from '../../src/drift/compare-facts.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit, Files } from './marked.ts'

async function told(files: Files, edit: Edit) {
  const [was, is] = [await extractFiles(files), await extractFiles(edited(files, edit))]
  const changes = await changesBetween(was, is)
  return compareSets(was.set, is.set, changes).drifts.flatMap((one) =>
    isNote(one) ? [] : [[one.requirement, one.before, one.after]],
  )
}
const places = (all: (string | null)[][]) => [...new Set(all.map(([requirement]) => requirement))]

const orchard: Files = {
  'requirements.txt': 'django\ndjangorestframework\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'orchard.settings')\n",
  'orchard/__init__.py': '',
  'orchard/settings.py': "ROOT_URLCONF = 'orchard.urls'\nINSTALLED_APPS = ['orchard', 'rest_framework']\n",
  'orchard/urls.py': `from django.urls import include, path
from rest_framework import routers
from orchard import news
from orchard.views import TreeViewSet, GraftViewSet, Weather
router = routers.SimpleRouter()
router.register('trees', TreeViewSet, basename='tree')
router.register('grafts', GraftViewSet, basename='graft')
urlpatterns = [
    path('api/', include(router.urls)),
    path('weather', Weather.as_view()),
    path('news/<str:key>/all', news.AllNews()),
    path('news/<str:key>/ripe', news.RipeNews()),
]
`,
  'orchard/models.py': `from django.db import models
class Tree(models.Model):
    name = models.CharField(max_length=40)
class Graft(models.Model):
    name = models.CharField(max_length=40)
`,
  'orchard/rows.py': `from rest_framework import serializers
from orchard.models import Tree, Graft
class TreeRow(serializers.ModelSerializer):
    class Meta:
        model = Tree
        fields = ['id', 'name']
        extra_kwargs = {'name': {'format': 'short'}}
class GraftRow(serializers.ModelSerializer):
    class Meta:
        model = Graft
        fields = ['id', 'name']
        extra_kwargs = {'name': {'format': 'long'}}
`,
  'orchard/views.py': `from rest_framework import viewsets, mixins
from rest_framework.response import Response
from rest_framework.views import APIView
from orchard.models import Tree, Graft
from orchard.rows import TreeRow, GraftRow
class TreeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Tree.objects.all()
    serializer_class = TreeRow
class GraftViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Graft.objects.all()
    serializer_class = GraftRow
class Weather(APIView):
    def get(self, request):
        days = {'mon': 1}
        return Response({'days': list(days.items()), 'limit': 3})
`,
  'orchard/news.py': `from django.contrib.syndication.views import Feed
class News(Feed):
    def items(self, key):
        return self.listed(key)[:100]
class AllNews(News):
    def listed(self, key):
        return list(range(9))
class RipeNews(News):
    def listed(self, key):
        return list(range(5))
`,
}

test('what a class says to a library is of the operations that are put on what names it [SPEC-DRIFT-08]', async () => {
  const drifts = await told(orchard, { 'orchard/rows.py': [["'long'", "'short'"]] })
  expect(places(drifts)).toEqual(['GET /api/grafts/'])
})

test('what a library calls of a class is of the operations that are put on it or on what extends it [SPEC-DRIFT-08]', async () => {
  const both = await told(orchard, { 'orchard/news.py': [[':100', ':50']] })
  expect(places(both)).toEqual(['Any method /news/{key}/all', 'Any method /news/{key}/ripe'])
  const one = await told(orchard, { 'orchard/news.py': [['range(5)', 'range(6)']] })
  expect(places(one)).toEqual(['Any method /news/{key}/ripe'])
})

test('what a class of a form is checked by is of the operations that take such forms [SPEC-DRIFT-08]', async () => {
  const nursery: Files = {
    'requirements.txt': 'fastapi\n',
    'labels.py': `class Label(str):
    @classmethod
    def __get_validators__(cls):
        yield cls.validate
    @classmethod
    def validate(cls, text):
        if len(text) > 40:
            raise ValueError('too long')
        return text
`,
    'app.py': `from fastapi import FastAPI
from pydantic import BaseModel
from labels import Label
import sheds
app = FastAPI()
class PlantForm(BaseModel):
    label: Label
class ShedForm(BaseModel):
    size: int
@app.post('/plants')
def plant(form: PlantForm):
    return {'ok': True}
@app.post('/sheds')
def shed(form: ShedForm):
    return sheds.validate(form.size)
`,
  }
  const drifts = await told(nursery, { 'labels.py': [['> 40', '> 20']] })
  expect(places(drifts)).toEqual(['POST /plants'])
})
