import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { FactSet } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const told = ({ facts }: FactSet, kinds: RegExp): string[] => {
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return facts.flatMap((fact) =>
    (fact.kind === 'guard' || fact.kind === 'error' || fact.kind === 'response') &&
    kinds.test(fact.kind) &&
    fact.grade !== 'open'
      ? [sayFact(fact, titles.get(fact.operation) ?? '')]
      : [],
  )
}

test('what only raises NotImplementedError and is called answers nothing well, where no class below has another [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI
app = FastAPI()
class Store:
    def find(self, key):
        raise NotImplementedError
    def drop(self, key):
        raise NotImplementedError("later")
class Hold(Store):
    def find(self, key):
        return {"key": key}
hold = Hold()
@app.get("/crates/{key}")
def find(key: str):
    return hold.find(key)
@app.delete("/crates/{key}")
def drop(key: str):
    return hold.drop(key)
def listed():
    raise NotImplementedError("not yet")
@app.get("/crates")
def crates():
    return listed()
`,
  })
  expect(told(set, /response/)).toEqual([
    'WHEN a client sends GET /crates/{key}, the service SHALL answer 200 with key (string, required).',
  ])
})

test('a page of Flask-SQLAlchemy that has nothing is 404, unless errors are turned off [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nflask-sqlalchemy\n',
    'app.py': `
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from stores import client
app = Flask(__name__)
db = SQLAlchemy(app)
class Crate(db.Model):
    id = db.Column(db.Integer, primary_key=True)
@app.get("/pages")
def pages():
    return {"crates": [one.id for one in Crate.query.paginate(page=2).items]}
@app.get("/quiet")
def quiet():
    return {"crates": [one.id for one in Crate.query.paginate(1, 20, False).items]}
@app.get("/named")
def named():
    return {"crates": [one.id for one in db.paginate(db.select(Crate), error_out=False).items]}
@app.get("/other")
def other():
    return {"crates": list(client.get_paginator("crates").paginate())}
`,
  })
  expect(told(set, /error/)).toEqual([
    'IF, for GET /pages, `Crate.query.paginate(page=2)` fails, THEN the service SHALL answer 404.',
  ])
})

test('a scheme that lets everybody pass is none to pass by where code refuses who shows another key [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader
from harbour import settings
app = FastAPI()
key = APIKeyHeader(name="X-Seal", auto_error=False)
@app.get("/free")
def free(seal: str | None = Security(key)):
    return {"seal": seal}
@app.get("/sealed")
def sealed(seal: str | None = Security(key)):
    if seal != settings.seal:
        raise HTTPException(403, "seal")
    return {}
`,
  })
  expect(told(set, /guard/)).toEqual([
    'WHEN a client sends GET /free, the service SHALL take a caller who is signed in and one who is not. (Declared, not proved.)',
  ])
})
