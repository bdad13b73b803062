import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'
import { factsOf } from '../../src/facts/fact-set.ts'

const service = (begins: string) => ({
  'requirements.txt': 'fastapi\n',
  'settings.py': `
import os
def is_open():
    mode = os.getenv("BERTHS_OPEN", "NO").upper()
    if mode == "NO":
        return False
    if mode == "YES":
        return True
    raise ValueError("BERTHS_OPEN is neither yes nor no.")
`,
  'app.py': `
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
import settings
${begins}
@app.exception_handler(ValueError)
def wrong(request, error):
    return JSONResponse(status_code=500, content={"detail": "Wrong."})
@app.get("/berths")
def berths(pier: str):
    if not settings.is_open() and pier == "north":
        raise HTTPException(status_code=409, detail="Closed.")
    return []
`,
})
const errorsOf = async (begins: string) => {
  const { set } = await extractFiles(service(begins))
  return factsOf(set.facts, 'error').flatMap(({ status }) => (status === 422 ? [] : status))
}

test('an error of a setting that ends the program as it begins is no answer', async () => {
  expect((await errorsOf('app = FastAPI(debug=settings.is_open())')).toSorted((a, b) => a - b)).toEqual([409])
})

test('an error of a setting is an answer where the program begins without it, or goes on', async () => {
  const goesOn = `
try:
    mode = settings.is_open()
except ValueError:
    mode = False
app = FastAPI(debug=mode)`
  for (const begins of ['app = FastAPI()', goesOn])
    expect((await errorsOf(begins)).toSorted((a, b) => a - b)).toEqual([409, 500])
})
