import { expect, test } from 'vitest'
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
