import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('Python: what comes after a branch that was left in part comes where it was not taken, or not left [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, Header, HTTPException
from depot import members
app = FastAPI()

def member(key):
    if key:
        found = members.find(key)
        if found is not None and found.is_active:
            return found
    raise HTTPException(403, 'Show a key.')

@app.get('/berths')
def berths(x_key: str | None = Header(None)):
    return member(x_key)
`,
  })
  const [told] = factsOf(set.facts, 'error').map((fact) => [fact.grade, sayFact(fact, 'GET /berths')])
  expect(told?.[0]).toBe('proved')
  expect(told?.[1]).toMatch(/x-key is missing.*members\.find.*answer 403/s)
})

test('Python: a mapping that a loop over what is not known fills may be empty [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, abort, request
from depot import rules
app = Flask(__name__)

def misfits(found):
    wrong = {}
    for one in found:
        if one.field not in wrong:
            wrong[one.field] = []
        wrong['all'] = one.text
    return wrong

@app.post('/berths')
def add():
    wrong = misfits(rules.check(request.args))
    if wrong:
        abort(409)
    return {}, 201
`,
  })
  expect(factsOf(set.facts, 'response').map(({ status }) => status)).toEqual([201])
  expect(factsOf(set.facts, 'error').map(({ status, grade }) => [status, grade])).toEqual([[409, 'proved']])
})
