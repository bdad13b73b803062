import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

/** What is said of bodies, answers and errors of a service, in the order of the words. */
async function said(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, `${one.method} ${one.path}`]] : [])),
  )
  return set.facts
    .flatMap((one) =>
      one.kind === 'error' || one.kind === 'body' || one.kind === 'response'
        ? [sayFact(one, titles.get(one.operation) ?? '')]
        : [],
    )
    .toSorted()
}

test('a schema that is made to take a part of its class takes that, and a decorator may say the status of what does not fit [SPEC-EXTRACT-03]', async () => {
  expect(
    await said({
      'requirements.txt': 'flask\nflask-smorest\nmarshmallow\n',
      'app.py': `
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
class Boat(Schema):
    name = fields.Str(required=True)
    length = fields.Int(required=True)
app = Flask(__name__)
api = Api(app)
blp = Blueprint("boats", "boats", url_prefix="/boats")
@blp.route("/<int:id>", methods=["PATCH"])
@blp.arguments(Boat(partial=True))
@blp.response(200)
def change(data, id):
    return {}
@blp.route("/named", methods=["PUT"])
@blp.arguments(Boat(only=("name",)), error_status_code=409)
@blp.response(200)
def name(data):
    return {}
api.register_blueprint(blp)
`,
    }),
  ).toMatchInlineSnapshot(`
    [
      "IF, for PATCH /boats/{id}, the body can not be read, THEN the service SHALL answer 400.",
      "IF, for PATCH /boats/{id}, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "IF, for PUT /boats/named, the body can not be read, THEN the service SHALL answer 400.",
      "IF, for PUT /boats/named, the request does not fit what is declared, THEN the service SHALL answer 409.",
      "WHEN a client sends PATCH /boats/{id}, the service SHALL answer 200 with an object.",
      "WHEN a client sends PATCH /boats/{id}, the service SHALL require a body of application/json with name (string), length (integer).",
      "WHEN a client sends PUT /boats/named, the service SHALL answer 200 with an object.",
      "WHEN a client sends PUT /boats/named, the service SHALL require a body of application/json with name (string, required).",
    ]
  `)
})

test('APIFlask answers with the status of its decorator, and checks what comes in [SPEC-EXTRACT-04]', async () => {
  expect(
    await said({
      'requirements.txt': 'apiflask\n',
      'app.py': `
from apiflask import APIFlask, Schema, HTTPError
from apiflask.fields import String
app = APIFlask(__name__)
class Boat(Schema):
    name = String(required=True)
class Gone(HTTPError):
    status_code = 410
@app.post("/boats")
@app.input(Boat)
@app.output(Boat, status_code=201)
def add(json_data):
    if json_data["name"] == "old":
        raise Gone
    if json_data["name"] == "":
        raise HTTPError(409, message="no name")
    return json_data
@app.delete("/boats")
@app.output({}, status_code=204)
def remove():
    return ""
`,
    }),
  ).toMatchInlineSnapshot(`
    [
      "IF, for POST /boats, \`json_data.name\` is "old", THEN the service SHALL answer 410.",
      "IF, for POST /boats, \`json_data.name\` is empty, THEN the service SHALL answer 409 and say "no name".",
      "IF, for POST /boats, the body can not be read, THEN the service SHALL answer 400.",
      "IF, for POST /boats, the request does not fit what is declared, THEN the service SHALL answer 422.",
      "WHEN a client sends DELETE /boats, the service SHALL answer 204.",
      "WHEN a client sends POST /boats, the service SHALL answer 201.",
      "WHEN a client sends POST /boats, the service SHALL require a body of application/json with Boat.",
    ]
  `)
})

test('a namespace that the API makes refuses by its own means [SPEC-EXTRACT-05]', async () => {
  expect(
    await said({
      'requirements.txt': 'flask\nflask-restx\n',
      'app.py': `
from flask import Flask, request
from flask_restx import Api, Resource, fields
app = Flask(__name__)
api = Api(app)
ns = api.namespace("boats")
boat = api.model("Boat", {"name": fields.String(required=True)})
@ns.route("/<int:id>")
class Boat(Resource):
    def get(self, id):
        if id == 1:
            ns.abort(409)
        return {}
    @ns.expect(boat, validate=True)
    def put(self, id):
        return {}
`,
    }),
  ).toMatchInlineSnapshot(`
    [
      "IF, for GET /boats/{id}, \`id\` is 1, THEN the service SHALL answer 409.",
      "IF, for PUT /boats/{id}, the body can not be read, or the request does not fit what is declared, THEN the service SHALL answer 400.",
      "WHEN a client sends GET /boats/{id}, the service SHALL answer 200 with an object.",
      "WHEN a client sends PUT /boats/{id}, the service SHALL answer 200 with an object.",
      "WHEN a client sends PUT /boats/{id}, the service SHALL require a body of application/json with name (string, required).",
    ]
  `)
})
