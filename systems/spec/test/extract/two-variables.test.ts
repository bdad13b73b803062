import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('two variables of one function that are asked the same are two tests [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import Cookie, Depends, FastAPI, HTTPException
from harbour import crew_of, guest_of
app = FastAPI()
def token(pass_card: str | None = Cookie(None), badge: str | None = Cookie(None)):
    return pass_card or badge
def asked(token: str | None = Depends(token), guest: str | None = None):
    return found_by(token, guest)
def found_by(token, guest):
    if token:
        return crew_of(token)
    if guest:
        return guest_of(guest)
    raise HTTPException(401, "who?")
@app.get("/decks")
def decks(who=Depends(asked)):
    return {}
`,
  })
  const said = factsOf(set.facts, 'error')
    .filter(({ status }) => status === 401)
    .map((one) => sayFact(one, 'GET /decks'))
  expect(said).toHaveLength(1)
  expect(said.join()).toContain('`guest` is missing')
  expect(said.join()).toContain('`token` is missing')
})

test('a header that is asked for in two cases is asked once [SPEC-FACTS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException, Request, Security
from fastapi.security import APIKeyHeader
app = FastAPI()
key = APIKeyHeader(name="X-SEAL", auto_error=False)
def asked(request, seal):
    value = seal if seal else request.headers.get("X-SEAL") or request.query_params.get("seal")
    if not value:
        raise HTTPException(401, "none")
    return value
def need(request: Request, seal: str = Security(key)):
    return asked(request, seal)
@app.get("/decks")
def decks(seal: str = Security(need)):
    return {}
`,
  })
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, 'GET /decks'))
  expect(said).toHaveLength(1)
  expect(said.join().match(/header x-seal/gi)).toHaveLength(1)
})
