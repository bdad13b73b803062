import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const app = `
from typing import Annotated
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from harbour import papers, crews
app = FastAPI()
class Pass:
    number: str
bearer = HTTPBearer(auto_error=False)
def pass_or_none(shown: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Pass | None:
    if shown is None:
        return None
    try:
        return papers.read(shown.credentials)
    except ValueError:
        raise HTTPException(401, "No pass of ours.")
def sailor_or_none(held: Annotated[Pass | None, Depends(pass_or_none)]):
    if held is None:
        return None
    if not held.number:
        raise HTTPException(401, "A pass without a number.")
    return crews.find(held.number)
def sailor(found: Annotated[object, Depends(sailor_or_none)]):
    if found is None:
        raise HTTPException(401, "Not of a crew.")
    return found
@app.get("/tides")
def tides(who = Depends(sailor_or_none)):
    return {}
@app.get("/bunks")
def bunks(who = Depends(sailor)):
    return {}
`

test('what a dependency of FastAPI refuses of what another gave is asked of nobody to whom that gives nothing [SPEC-EXTRACT-11]', async () => {
  const { facts } = (await extractFiles({ 'requirements.txt': 'fastapi\n', 'app.py': app })).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(facts, 'guard').map((one) => sayFact(one, titles.get(one.operation) ?? ''))
  expect(said.toSorted()).toEqual([
    'WHEN a client sends GET /bunks, the service SHALL answer 401 to a caller who is not signed in.',
    'WHEN a client sends GET /tides, the service SHALL take a caller who is signed in and one who is not.',
  ])
  const refused = factsOf(facts, 'error').filter(({ message }) => message === 'Not of a crew.')
  expect(
    refused.map(({ condition }) => condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`))),
  ).toEqual([[[expect.stringMatching(/^‹found/)], ['header.authorization absent']]])
})

test('what refuses only some of the things that a request finds is told of these, and is no guard of all [SPEC-EXTRACT-11]', async () => {
  const { facts } = (
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'app.py': `${app}
@app.get("/charts/{name}")
def chart(name: str, who = Depends(sailor_or_none)):
    found = papers.chart(name)
    if who is None and found.secret:
        raise HTTPException(403, "Not for all.")
    if who is None and found.lost:
        raise HTTPException(401, "Sign in to find it.")
    return {}
`,
    })
  ).set
  const [chart] = factsOf(facts, 'operation').filter(({ path }) => path === '/charts/{name}')
  const own = facts.filter((one) => 'operation' in one && one.operation === chart?.id)
  expect(factsOf(own, 'guard').filter(({ isOptional }) => !isOptional)).toEqual([])
  expect(
    factsOf(own, 'error')
      .filter(({ message }) => message === 'Sign in to find it.')
      .map(({ status, grade }) => [status, grade]),
  ).toEqual([[401, 'proved']])
})

test('what a handler refuses for an input of its own is no guard of all [SPEC-EXTRACT-11]', async () => {
  const { facts } = (
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'app.py': `${app}
@app.get("/logs")
def logs(skipper="", who = Depends(sailor_or_none)):
    if skipper != "":
        if who is None:
            raise HTTPException(401, "Sign in for one.")
    return {}
`,
    })
  ).set
  const [logs] = factsOf(facts, 'operation').filter(({ path }) => path === '/logs')
  const own = facts.filter((one) => 'operation' in one && one.operation === logs?.id)
  expect(factsOf(own, 'guard').filter(({ isOptional }) => !isOptional)).toEqual([])
})
