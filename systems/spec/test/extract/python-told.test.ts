import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

async function errorsOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  return set.facts.flatMap((fact) =>
    fact.kind === 'error' && fact.status !== 422
      ? [
          [
            fact.status,
            fact.grade,
            (fact.condition ?? []).map((row) => row.map(({ subject, op }) => `${subject} ${op}`)),
          ],
        ]
      : [],
  )
}

test('an error is told by the call that found nothing, not by a variable of the function that was called [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
from files import driver
class Stored:
    table = "any"
    @classmethod
    def get(cls, key):
        row = driver.read(cls.table, key)
        if not row:
            return None
        return cls.load(row)
    @classmethod
    def load(cls, row):
        raise NotImplementedError
class Boat(Stored):
    table = "boats"
    @classmethod
    def load(cls, row):
        return cls()
app = FastAPI()
@app.get("/boats/{key}")
def one(key: str):
    boat = Boat.get(key)
    if boat is None:
        raise HTTPException(404)
    return boat
`,
  })
  expect(found).toEqual([[404, 'proved', [['driver.read("boats", path.key) absent']]]])
})

test('what stands for a missing value is there, and what a dictionary is filled with later may be in it [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, abort, request
app = Flask(__name__)
def allowed(kinds):
    found = {}
    for kind in kinds:
        found.setdefault(kind, True)
    return found
@app.get("/boats")
def boats():
    name = request.args.get("name") or "nobody"
    if not name:
        abort(400)
    kinds = allowed(stored())
    if "sail" not in kinds:
        abort(409)
    return {}
`,
  })
  expect(found.map(([status]) => status)).toEqual([409])
  expect(JSON.stringify(found)).toContain('sail')
})

test('what a signature did when the program was made no request is refused for, and a dependency is proved where it is asked for [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import Depends, FastAPI, HTTPException, Request
def keyed(kind):
    if kind not in known_kinds():
        raise HTTPException(500, "no such kind")
    def check(request: Request):
        if request.headers.get("x-key") is None:
            raise HTTPException(401, "no key")
    return check
def plain(request: Request):
    if request.headers.get("x-plain") is None:
        raise HTTPException(403, "not plain")
app = FastAPI()
@app.get("/first", dependencies=[Depends(plain)])
def first(who=Depends(keyed("a"))):
    return {}
@app.get("/second", dependencies=[Depends(plain)])
def second():
    return {}
`,
  })
  expect(set.facts.filter((fact) => fact.kind === 'error' && fact.status === 500)).toEqual([])
  const second = set.facts.find((fact) => fact.kind === 'operation' && fact.path === '/second')
  const refused = set.facts.find((fact) => fact.kind === 'error' && fact.operation === second?.id)
  expect(refused?.evidence.map(({ line }) => line)).not.toContain(14)
})

test('a request by OPTIONS that flask-cors answers is none of the function behind it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-cors\n',
      'app.py': `
from flask import Flask
from flask_cors import cross_origin
app = Flask(__name__)
@app.route("/boats", methods=["OPTIONS", "GET"])
@cross_origin()
def boats():
    return []
`,
    }),
  )
  expect(found.operations).toEqual(['GET /boats'])
})

test('what gives a token that was checked before is not told to fail with what that check fails with [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nflask-jwt-extended\n',
    'app.py': `
from flask import Flask, abort
from flask_jwt_extended import get_jwt, jwt_required
from flask_jwt_extended.exceptions import WrongTokenError
app = Flask(__name__)
def harbour():
    try:
        claims = get_jwt()
    except WrongTokenError:
        return None
    return claims.get("harbour")
@app.get("/berths")
@jwt_required()
def berths():
    if not harbour():
        abort(403)
    return {}
`,
  })
  const refusals = factsOf(set.facts, 'error').filter(({ status }) => status === 403)
  expect(refusals.map(({ condition }) => condition)).toEqual([
    [[{ op: 'absent', subject: 'get_jwt().get("harbour")' }]],
  ])
})

test('what a thing keeps for itself is no setting, and a member of an application is told as code has it [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
import os
from flask import Blueprint, Flask
boats = Blueprint("boats", __name__)
bikes = Blueprint("bikes", __name__)
@boats.get("/boats")
def list_boats():
    return []
@bikes.get("/bikes")
def list_bikes():
    return []
def register(app, blueprint):
    if not blueprint._got_registered_once:
        app.register_blueprint(blueprint)
def create_app(application):
    register(application, boats)
    if application.name != "worker":
        register(application, bikes)
    return application
app = create_app(Flask(os.environ["NAME"]))
`,
  })
  const served = factsOf(set.facts, 'operation').map(({ path, condition }) => ({ path, condition }))
  expect(served).toEqual([
    { path: '/boats', condition: [[]] },
    { path: '/bikes', condition: [[{ op: '!=', subject: 'application.name', value: 'worker' }]] },
  ])
})

test('a dictionary whose keys are pairs may have nothing under one [SPEC-PACKS-01]', async () => {
  const found = await errorsOf({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, abort, request
app = Flask(__name__)
def shorn(sheep):
    return sheep
LEADS = {("barn", "field"): shorn, ("field", "shed"): shorn}
@app.get("/leads")
def leads():
    lead = LEADS.get(("barn", request.args.get("to")))
    if lead is None:
        abort(400)
    return {}
`,
  })
  expect(found.map(([status]) => status)).toEqual([400])
})
