import { expect, test } from 'vitest'
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
