import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const shapes = async (files: Record<string, string>) => {
  const { set } = await extractFiles(files)
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  return factsOf(set.facts, 'parameter')
    .map(
      ({ operation, in: place, name, shape, isRequired }) =>
        `${paths.get(operation) ?? ''} ${place} ${name} ${shape.type}${isRequired ? '' : '?'}`,
    )
    .toSorted()
}

test('Files of a form that Flask and Django read are told, and required where none is refused [SPEC-EXTRACT-05]', async () => {
  expect(
    await shapes({
      'requirements.txt': 'flask==3\n',
      'app.py': `from flask import Flask, request
app = Flask(__name__)
@app.post("/scans")
def scan():
    if "scan" not in request.files:
        return "no scan", 400
    request.files.get("cover")
    return request.files["scan"].filename
`,
    }),
  ).toEqual(['/scans form cover file?', '/scans form scan file'])
  expect(
    await shapes({
      'requirements.txt': 'django==5\ndjangorestframework==3.15\n',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
      'site/settings.py': 'ROOT_URLCONF = "site.urls"\nINSTALLED_APPS = ["rest_framework"]\n',
      'site/urls.py': `from django.urls import path
from .views import scan
urlpatterns = [path("scans/", scan)]
`,
      'site/views.py': `from rest_framework.decorators import api_view
from rest_framework.response import Response
@api_view(["POST"])
def scan(request):
    if not request.FILES.get("scan"):
        return Response({"error": "none"}, status=400)
    return Response({})
`,
    }),
  ).toEqual(['/scans/ form scan file'])
})

test('What FastAPI takes as one of several models is the body, and one that may be left out has to fit [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115\n',
    'main.py': `from typing import Literal
from fastapi import FastAPI, File
from pydantic import BaseModel
app = FastAPI()
class Oak(BaseModel):
    kind: Literal["oak"]
    rings: int
class Elm(BaseModel):
    kind: Literal["elm"]
@app.post("/trees")
def tree(tree: Oak | Elm): return {}
@app.put("/oak")
def oak(tree: Oak | None = None): return {}
@app.get("/part", response_model=Oak, response_model_exclude={"rings"})
def part(): return {}
@app.post("/scan")
def scan(scan: bytes = File()): return {}
`,
  })
  const bodies = factsOf(set.facts, 'body').map(
    ({ shape, isRequired }) => `${shape.type} ${String(isRequired)}`,
  )
  expect(bodies.toSorted()).toEqual(['model false', 'union true'])
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'error')
      .map(({ operation, status }) => `${paths.get(operation) ?? ''} ${String(status)}`)
      .toSorted(),
  ).toEqual(['/oak 422', '/scan 422', '/trees 422'])
  expect(factsOf(set.facts, 'parameter').map(({ name, shape }) => `${name} ${shape.type}`)).toEqual([
    'scan file',
  ])
  const part = factsOf(set.facts, 'response').find(({ operation }) => paths.get(operation) === '/part')
  expect(part?.shape).toEqual({ type: 'unknown' })
  const oak = factsOf(set.facts, 'model').find(({ name }) => name === 'Oak')
  expect(oak?.fields[0]?.constraints).toEqual([{ keyword: 'enum', value: ['oak'] }])
})

test('A blueprint that is taken in several times is there below each, and patterns with suffixes are told [SPEC-EXTRACT-04]', async () => {
  const { operations } = summarize(
    await extractFiles({
      'requirements.txt': 'flask==3\n',
      'app.py': `from flask import Flask, Blueprint
app = Flask(__name__)
trees = Blueprint("trees", __name__, url_prefix="/trees")
@trees.get("/all")
def all(): return "a"
app.register_blueprint(trees)
app.register_blueprint(trees, url_prefix="/old", name="old")
`,
    }),
  )
  expect(operations).toEqual(['GET /old/all', 'GET /trees/all'])
  const django = summarize(
    await extractFiles({
      'requirements.txt': 'django==5\ndjangorestframework==3.15\n',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
      'site/settings.py': 'ROOT_URLCONF = "site.urls"\nINSTALLED_APPS = ["rest_framework"]\n',
      'site/urls.py': `from django.urls import path
from rest_framework.urlpatterns import format_suffix_patterns
from .views import tree
urlpatterns = [path("a/", tree)]
urlpatterns += format_suffix_patterns([path("b/", tree)])
`,
      'site/views.py': `from rest_framework.decorators import api_view
from rest_framework.response import Response
@api_view(["GET"])
def tree(request, format=None): return Response({})
`,
    }),
  )
  expect(django.operations).toEqual(['GET /a/', 'GET /b/'])
})

test('A plain viewset gives its list without pages [SPEC-EXTRACT-05]', async () => {
  const { parameters } = summarize(
    await extractFiles({
      'requirements.txt': 'django==5\ndjangorestframework==3.15\n',
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n',
      'site/settings.py': `ROOT_URLCONF = "site.urls"
INSTALLED_APPS = ["rest_framework"]
REST_FRAMEWORK = {"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination", "PAGE_SIZE": 9}
`,
      'site/urls.py': `from django.urls import include, path
from rest_framework.routers import DefaultRouter
from .views import Trees
router = DefaultRouter()
router.register("trees", Trees, basename="trees")
urlpatterns = [path("", include(router.urls))]
`,
      'site/views.py': `from rest_framework import viewsets
from rest_framework.response import Response
class Trees(viewsets.ViewSet):
    def list(self, request): return Response([])
`,
    }),
  )
  expect(parameters).toEqual({})
})

test('Flask answers with a status that is written as a text, and with headers beside a body [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3\n',
    'app.py': `from flask import Flask
app = Flask(__name__)
@app.get("/full")
def full(): return "full", "409 CONFLICT"
@app.get("/one")
def one(): return {"a": 1}, {"X-Kind": "oak"}
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status, message }) => `${String(status)} ${message}`)).toEqual([
    '409 full',
  ])
  expect(factsOf(set.facts, 'response').map(({ status, shape }) => [status, shape.type])).toEqual([
    [200, 'object'],
  ])
})
