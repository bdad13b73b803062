import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

test('what a scheme of FastAPI finds is there: it refuses by itself who shows nothing, before code can [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers({
      'requirements.txt': 'fastapi==0.112.0\n',
      'app.py': `
from fastapi import FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader
app = FastAPI()
def caller(key: str = Security(APIKeyHeader(name="x-key"))):
    if not key:
        raise HTTPException(401, detail="No key")
    if key != "oak":
        raise HTTPException(401, detail="Another key")
@app.get("/sheds", dependencies=[Security(caller)])
def sheds():
    return []
`,
    }),
  ).toEqual({
    '/sheds': ['401 Another key where header.x-key != oak', '403 where !header.x-key', '200'],
  })
})

test('who shows fastapi-jwt-auth no token is refused by the handler that answers its errors with their status, but where a setting turns that off [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\nfastapi-jwt-auth\n',
    'app.py': `
import os
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse
from fastapi_jwt_auth import AuthJWT
from fastapi_jwt_auth.exceptions import AuthJWTException, JWTDecodeError
app = FastAPI()
OPEN_GATE = os.environ.get("OPEN_GATE", "no")

@app.exception_handler(AuthJWTException)
def refuse(request, exc):
    return JSONResponse(status_code=exc.status_code, content={"detail": exc.message})

def check(auth):
    if OPEN_GATE == "yes":
        return
    try:
        auth.jwt_required()
    except JWTDecodeError as exc:
        raise HTTPException(status_code=exc.status_code, detail="worn")

@app.get("/crates")
def crates(auth: AuthJWT = Depends()):
    check(auth)
    return {}

@app.post("/renewals")
def renew(auth: AuthJWT = Depends()):
    auth.jwt_refresh_token_required()
    return {}
`,
  })
  const operations = new Map(
    factsOf(set.facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]),
  )
  const told = set.facts.flatMap((fact) =>
    fact.kind === 'error' || fact.kind === 'guard'
      ? [sayFact(fact, operations.get(fact.operation) ?? '')]
      : [],
  )
  const setting = '`os.environ.get("OPEN_GATE", "no")` is not "yes"'
  const detail = 'THEN the service SHALL answer 401 with detail (string, required).'
  expect(told.toSorted()).toEqual([
    `IF, for GET /crates, \`auth.jwt_required()\` fails with \`JWTDecodeError\` and ${setting}, THEN the service SHALL answer 422 and say "worn".`,
    `IF, for GET /crates, the caller is not signed in and ${setting}, ${detail}`,
    `IF, for POST /renewals, the caller is not signed in, ${detail}`,
    `WHEN a client sends GET /crates and ${setting}, the service SHALL refuse a caller who is not signed in.`,
    'WHEN a client sends POST /renewals, the service SHALL refuse a caller who is not signed in.',
  ])
})
