import { expect, test } from 'vitest'
import { shown } from '../../src/facts/expression.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('an answer of FastAPI whose status is set after it is made has that status, in handlers of errors too [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115\n',
    'app.py': `from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()

class Sunk(Exception):
    status = 410

@app.exception_handler(Sunk)
def sunk(request: Request, error: Sunk):
    response = JSONResponse({"error": "sunk"})
    response.status_code = error.status
    return response

@app.get("/boats")
def boats(name: str | None = None):
    if name == "old":
        raise Sunk()
    if name == "lost":
        response = JSONResponse({"error": "lost"})
        response.status_code = 404
        return response
    return []
`,
  })
  expect(
    factsOf(set.facts, 'error')
      .filter(({ status }) => status !== 422)
      .map((one) => sayFact(one, 'it'))
      .toSorted(),
  ).toEqual([
    'IF, for it, `name` is "lost", THEN the service SHALL answer 404 with error (string, required, exactly "lost").',
    'IF, for it, `name` is "old", THEN the service SHALL answer 410 with error (string, required) and say "sunk".',
  ])
})

test('a status that code sets to another in a case is that one in this case alone, and a handler that answers it may answer otherwise [SPEC-EXTRACT-06]', async () => {
  const told = async (first: string, handler = '') => {
    const { set } = await extractFiles({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from depot.errors import StaleSeal
import depot
app = FastAPI()
${handler}
def check(seal):
    try:
        return depot.open(seal)
    except StaleSeal as exc:
        status = ${first}
        if exc.message == "worn":
            status = 401
        raise HTTPException(status_code=status, detail="no")

@app.get("/crates")
def crates(seal: int):
    check(seal)
    return {}
`,
    })
    return set.facts
      .flatMap((fact) =>
        fact.kind === 'error' && fact.raisedBy !== 'FastAPI'
          ? [
              `${fact.status} ${fact.grade === 'open' ? 'asked' : fact.condition.map((row) => row.map(({ subject, op }) => `${shown(subject)} ${op}`).join(' & ')).join(' | ')}`,
            ]
          : [],
      )
      .toSorted()
  }
  const failed = 'depot.open(seal) failed == StaleSeal true'
  expect(await told('422')).toEqual([
    `401 ${failed} & exc.message within check ==`,
    `422 ${failed} & exc.message within check !=`,
  ])
  expect(await told('exc.status_code')).toEqual([`401 ${failed} & exc.message within check ==`])
  const handler = `
@app.exception_handler(HTTPException)
def refuse(request, exc):
    return JSONResponse(status_code=exc.status_code, content={})
`
  expect(await told('exc.status_code', handler)).toEqual(['401 asked'])
})
