import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
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

test('a star between parts of a path is one part, and a typed path parameter is shown where it is declared [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project/>',
    'src/main/java/lib/Pets.java': `
package lib;
import jakarta.validation.constraints.Min;
import org.springframework.web.bind.annotation.*;
@RestController
public class Pets {
  @GetMapping("/owners/*/pets/{petId}")
  public String pet(@PathVariable @Min(1) int petId) { return "pet"; }
}
`,
  })
  const [operation] = factsOf(set.facts, 'operation')
  expect(operation?.path).toBe('/owners/{any}/pets/{petId}')
  const { symbol, endByte, startByte } =
    factsOf(set.facts, 'parameter').find(({ name }) => name === 'petId')?.evidence[0] ?? {}
  expect([symbol, (endByte ?? 0) - (startByte ?? 0)]).toEqual([
    'Pets.pet',
    '@PathVariable @Min(1) int petId'.length,
  ])
  // The refusal of what does not fit names the declaration, not the route alone.
  expect(factsOf(set.facts, 'error').map(({ evidence }) => evidence.length)).toEqual([2])
})

test('routes that a call describes are routed with their handler [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@hono/zod-openapi":"1.0.0"}}',
      'app.ts': `
import { OpenAPIHono, createRoute } from '@hono/zod-openapi'
const one = createRoute({ method: 'get', path: '/tasks/{id}', responses: {} })
const app = new OpenAPIHono()
const router = new OpenAPIHono().openapi(one, (c) => c.json({}, 203))
for (const each of [router]) app.route('/api', each)
`,
    }),
  )
  expect(found.operations).toEqual(['GET /api/tasks/{id}'])
  expect(found.statuses['GET /api/tasks/{id}']).toEqual([203])
  expect(found.parameters['GET /api/tasks/{id}']).toEqual(['path id'])
})

test('decorators of a class-based view are all read, however long the view is that they wrap [SPEC-PACKS-01]', async () => {
  const many = `[${Array.from({ length: 100 }, (_, index) => index).join(', ')}]`
  const refusing = (status: number) => `
def refuse_${status}(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if request.headers.get("x-${status}"):
            abort(${status})
        return f(*args, **kwargs)
    return inner
`
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-restful\n',
      'app.py': `
from functools import wraps
from flask import Flask, abort, request
from flask_restful import Api, Resource
${[401, 403, 409, 410].map(refusing).join('')}
class Crates(Resource):
    @refuse_401
    @refuse_403
    @refuse_409
    @refuse_410
    def get(self):
        for row in ${many}:
            for column in ${many}:
                place = row
        return {"place": place}
app = Flask(__name__)
api = Api(app)
api.add_resource(Crates, "/crates")
`,
    }),
  )
  expect(found.statuses['GET /crates']).toEqual([200, 401, 403, 409, 410])
})

test('an application that several programs make is looked into once, another of the same routes by itself [SPEC-PACKS-01]', async () => {
  const files = {
    'requirements.txt': 'flask\n',
    'shop/__init__.py': `
from flask import Blueprint, Flask, abort, request
from flask.views import MethodView
crates = Blueprint("crates", __name__)
class Gone(Exception):
    pass
class Crates(MethodView):
    def get(self, crate_id):
        if request.args.get("deep"):
            abort(404)
        if request.args.get("old"):
            raise Gone()
        return {"id": crate_id}
crates.add_url_rule("/crates/<crate_id>", view_func=Crates.as_view("crates"))
def plain(error):
    return {"error": "none"}, 410
def create_app():
    app = Flask(__name__)
    @app.before_request
    def note():
        request.headers.get("X-Request-Id")
    app.register_blueprint(crates)
    return app
def create_strict():
    app = create_app()
    app.register_error_handler(Gone, plain)
    return app
`,
    'serve.py': 'from shop import create_app\napp = create_app()\n',
    'work.py': 'from shop import create_app\napp = create_app()\n',
  }
  const once = await extractedWithCount(files)
  expect(once.count).toBe(1)
  expect(once.statuses).toEqual([200, 404])
  const strict = 'from shop import create_strict\napp = create_strict()\n'
  const both = await extractedWithCount({ ...files, 'strict.py': strict })
  expect(both.count).toBe(2)
  expect(both.statuses).toEqual([200, 404, 410])
})

async function extractedWithCount(files: Record<string, string>) {
  let count = 0
  const found = summarize(
    await extractFiles(files, ({ stage, total }) => {
      if (stage === 'analysing') count = total ?? 0
    }),
  )
  expect(found.operations).toEqual(['GET /crates/{crate_id}'])
  return { count, statuses: found.statuses['GET /crates/{crate_id}'] }
}

test('what a view of Python has stands in all classes that it extends, in the order of Python [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nflask-jwt-extended\n',
    'app.py': `
from flask import Flask, abort, request
from flask.views import MethodView
from flask_jwt_extended import jwt_required
class Closed(MethodView):
    decorators = [jwt_required()]
class Kept:
    kind: str
    def get(self):
        if self.kind == "boat" and request.args.get("oars"):
            abort(409)
        return {}
class Listed(Kept, MethodView):
    pass
class ClosedList(Listed, Closed):
    pass
class Boat(Kept):
    kind = "boat"
class Bike(Kept):
    kind = "bike"
class Boats(ClosedList, Boat):
    pass
class Bikes(ClosedList, Bike):
    pass
app = Flask(__name__)
app.add_url_rule("/boats", view_func=Boats.as_view("boats"))
app.add_url_rule("/bikes", view_func=Bikes.as_view("bikes"))
`,
  })
  const guards = factsOf(set.facts, 'guard')
  expect(guards.map(({ operation }) => operation)).toHaveLength(2)
  const refusals = factsOf(set.facts, 'error').filter(({ status }) => status === 409)
  expect(refusals.map(({ condition }) => condition)).toEqual([[[{ op: 'present', subject: 'query.oars' }]]])
})
