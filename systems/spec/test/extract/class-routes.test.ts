import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('routes on methods of a class are read with what its fields ask for [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import APIRouter, Depends, FastAPI, HTTPException
def current_user(token: str):
    if token == "":
        raise HTTPException(status_code=401)
    return token
router = APIRouter(prefix="/tags")
class Base:
    user = Depends(current_user)
@controller(router)
class Tags(Base):
    @router.get("/{tag_id}")
    def one(self, tag_id: int, deep: bool = False):
        return tag_id
app = FastAPI()
app.include_router(router)
`,
    }),
  )
  expect(found.operations).toEqual(['GET /tags/{tag_id}'])
  expect(found.parameters['GET /tags/{tag_id}']).toEqual(['path tag_id', 'query deep', 'query token'])
  expect(found.statuses['GET /tags/{tag_id}']).toEqual([200, 401, 422])
})

test('a class that extends a router routes [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-restful\n',
      'app.py': `
from flask import Flask
from flask_restful import Api, Resource
class Service(Flask):
    def __init__(self):
        super().__init__(__name__)
class ScopedApi(Api):
    def add_scoped(self, resource, *urls):
        return self.add_resource(resource, *["/<scope>" + url for url in urls])
class Alerts(Resource):
    def get(self, scope):
        return []
app = Service()
api = ScopedApi(app)
api.add_scoped(Alerts, "/alerts")
@app.route("/ping")
def ping():
    return "ok"
`,
    }),
  )
  expect(found.operations).toEqual(['GET /ping', 'GET /{scope}/alerts'])
})
