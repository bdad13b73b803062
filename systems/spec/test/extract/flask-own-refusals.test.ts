import { expect, test } from 'vitest'
import { sayFact, operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

type Facts = Awaited<ReturnType<typeof extractFiles>>['set']

const answersOf = ({ facts }: Facts) => {
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('who Flask-HTTPAuth refuses is answered by the code of that one thing, with the status that it is given [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3.0.0\nflask-httpauth\n',
    'app.py': `
from flask import Flask, jsonify
from flask_httpauth import HTTPBasicAuth, HTTPTokenAuth
app = Flask(__name__)
desk = HTTPBasicAuth()
badges = HTTPTokenAuth(scheme="Bearer")

@desk.error_handler
def not_at_desk(status):
    return jsonify(error="Come to the desk"), status

@badges.error_handler
def no_badge():
    return jsonify(error="No badge"), 403

@app.get("/pots")
@desk.login_required
def pots():
    return "pots"

@app.get("/kilns")
@desk.login_required(role="master")
def kilns():
    return "kilns"

@app.get("/doors")
@badges.login_required
def doors():
    return "doors"
`,
  })
  expect(answersOf(set)).toEqual([
    'IF, for GET /doors, the caller is not signed in, THEN the service SHALL answer 403 with error (string, required) and say "No badge".',
    'IF, for GET /kilns, the caller does not have the role "master", THEN the service SHALL answer 403 with error (string, required) and say "Come to the desk".',
    'IF, for GET /kilns, the caller is not signed in, THEN the service SHALL answer 401 with error (string, required) and say "Come to the desk".',
    'IF, for GET /pots, the caller is not signed in, THEN the service SHALL answer 401 with error (string, required) and say "Come to the desk".',
  ])
})

test('a token that is too old is asked about where code of one’s own answers it [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3.0.0\nflask-jwt-extended\n',
    'app.py': `
from flask import Flask, jsonify
from flask_jwt_extended import JWTManager, jwt_required
app = Flask(__name__)
jwt = JWTManager(app)

@jwt.unauthorized_loader
def none(reason):
    return jsonify(error="No token"), 403

@jwt.expired_token_loader
def too_old(header, payload):
    return jsonify(error="Too old"), 419

@app.get("/pots")
@jwt_required()
def pots():
    return jsonify([])
`,
  })
  expect(answersOf(set)).toEqual([
    'GET /pots may answer 419 with error (string, required) and say "Too old", only where `decode_token(…)` fails with `ExpiredSignatureError`. (Open: when.)',
    'IF, for GET /pots, `decode_token(…)` fails with `DecodeError`, THEN the service SHALL answer 422.',
    'IF, for GET /pots, the caller is not signed in, THEN the service SHALL answer 403 with error (string, required) and say "No token".',
  ])
})

test('a model of pydantic that is made of all of a body bounds it, and refuses what does not fit [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3.0.0\npydantic==2.9\n',
    'app.py': `
from flask import Flask, jsonify, request
from pydantic import BaseModel, Field, ValidationError
app = Flask(__name__)

class Pot(BaseModel):
    glaze: str = Field(min_length=2)
    height: int = Field(gt=0)

@app.errorhandler(ValidationError)
def unfit(error):
    return jsonify(errors=error.errors()), 422

@app.post("/pots")
def add():
    data = request.get_json()
    pot = Pot(**data)
    return jsonify(glaze=pot.glaze), 201
`,
  })
  expect(answersOf(set)).toEqual([
    'IF, for POST /pots, the body can not be read, THEN the service SHALL answer 400.',
    'IF, for POST /pots, the body does not fit `Pot`, THEN the service SHALL answer 422 with errors (required).',
  ])
  expect(factsOf(set.facts, 'body').map(({ shape, isRequired }) => [shape, isRequired])).toEqual([
    [{ type: 'model', name: 'Pot' }, true],
  ])
})

test('the answer of Flask that is given by names says what its message says [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3.0.0\n',
    'app.py': `
from flask import Flask, jsonify
from shelf import find
app = Flask(__name__)

@app.get("/pots/<id>")
def pot(id):
    if find(id) is None:
        return jsonify(result="error", message="No such pot"), 404
    return jsonify(id=id)
`,
  })
  expect(answersOf(set)).toEqual([
    'IF, for GET /pots/{id}, `find(id)` is missing, THEN the service SHALL answer 404 with result (string, required), message (string, required) and say "No such pot".',
  ])
})
