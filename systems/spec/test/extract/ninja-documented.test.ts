import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const project = (api: string) => ({
  'requirements.txt': 'django\ndjango-ninja\n',
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "proj.settings")\n',
  'proj/settings.py': 'ROOT_URLCONF = "proj.urls"\n',
  'proj/urls.py':
    'from django.urls import path\nfrom proj.api import api\nurlpatterns = [path("api/", api.urls)]\n',
  'proj/api.py': api,
})

async function said(api: string): Promise<string[]> {
  const { set } = await extractFiles(project(api))
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, `${one.method} ${one.path}`]] : [])),
  )
  return set.facts
    .flatMap((one) =>
      /^(?:error|body|response|parameter)$/.test(one.kind) && 'operation' in one
        ? [sayFact(one, titles.get(one.operation) ?? '')]
        : [],
    )
    .toSorted()
}

test('what does not fit an operation of Django Ninja goes to the handler of its errors, and answers are the models that it names by status [SPEC-EXTRACT-05]', async () => {
  expect(
    await said(`
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
api = NinjaAPI()
class BoatIn(Schema):
    name: str
class BoatOut(Schema):
    id: int
class Taken(Schema):
    reason: str
@api.exception_handler(ValidationError)
def unfit(request, error):
    return api.create_response(request, {"errors": error.errors}, status=400)
@api.post("/boats", response={201: BoatOut, 409: Taken})
def add(request, data: BoatIn):
    if data.name == "old":
        return 409, {"reason": "taken"}
    return 201, make(data)
@api.get("/boats/{boat_id}", response=BoatOut)
def one(request, boat_id: str):
    return find(boat_id)
`),
  ).toMatchInlineSnapshot(`
    [
      "IF, for POST /api/boats, \`data.name\` is "old", THEN the service SHALL answer 409 with Taken.",
      "IF, for POST /api/boats, the body can not be read, or the request does not fit what is declared, THEN the service SHALL answer 400.",
      "WHEN a client sends GET /api/boats/{boat_id}, the service SHALL answer 200 with BoatOut.",
      "WHEN a client sends GET /api/boats/{boat_id}, the service SHALL require the path parameter boat_id.",
      "WHEN a client sends POST /api/boats and \`data.name\` is not "old", the service SHALL answer 201 with BoatOut.",
      "WHEN a client sends POST /api/boats, the service SHALL require a body of application/json with BoatIn.",
    ]
  `)
})

test('pages, patches, files and functions that say who calls are read of Django Ninja [SPEC-EXTRACT-03]', async () => {
  expect(
    await said(`
from typing import List
from ninja import File, NinjaAPI, PatchDict, Schema, UploadedFile
from ninja.pagination import PageNumberPagination, paginate
def inside(request):
    if request.META["REMOTE_ADDR"] == "10.0.0.1":
        return "inside"
api = NinjaAPI()
class Boat(Schema):
    name: str
@api.get("/boats", response=List[Boat])
@paginate
def boats(request):
    return all_boats()
@api.get("/piers", response=List[Boat])
@paginate(PageNumberPagination, page_size=20)
def piers(request):
    return all_boats()
@api.patch("/boats/{boat_id}")
def change(request, boat_id: int, data: PatchDict[Boat]):
    return {}
@api.post("/photos")
def photo(request, photo: UploadedFile = File(...)):
    return {}
@api.get("/inside", auth=inside)
def within(request):
    return {}
`),
  ).toMatchInlineSnapshot(`
    [
      "IF, for GET /api/boats, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "IF, for GET /api/inside, the caller is not signed in, THEN the service SHALL answer 401.",
      "IF, for GET /api/piers, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "IF, for PATCH /api/boats/{boat_id}, the body can not be read, THEN the service SHALL answer 400.",
      "IF, for PATCH /api/boats/{boat_id}, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "IF, for POST /api/photos, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "WHEN a client sends GET /api/boats, the service SHALL answer 200.",
      "WHEN a client sends GET /api/boats, the service SHALL take the query parameter limit (integer, at least 1).",
      "WHEN a client sends GET /api/boats, the service SHALL take the query parameter offset (integer, at least 0).",
      "WHEN a client sends GET /api/inside, the service SHALL answer 200 with an object.",
      "WHEN a client sends GET /api/piers, the service SHALL answer 200.",
      "WHEN a client sends GET /api/piers, the service SHALL take the query parameter page (integer, at least 1).",
      "WHEN a client sends PATCH /api/boats/{boat_id}, the service SHALL answer 200 with an object.",
      "WHEN a client sends PATCH /api/boats/{boat_id}, the service SHALL require a body of application/json with name (string).",
      "WHEN a client sends PATCH /api/boats/{boat_id}, the service SHALL require the path parameter boat_id (integer).",
      "WHEN a client sends POST /api/photos, the service SHALL answer 200 with an object.",
      "WHEN a client sends POST /api/photos, the service SHALL require the form field photo (file).",
    ]
  `)
})
