import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

const handler = (body: string) => `
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.response import json

class HarbourError(Exception):
    status_code = 500

class NoBerth(HarbourError):
    status_code = 409

class Tide(Exception):
    pass

class Answers(ErrorHandler):
    def __init__(self, words):
        self.words = words
        super().__init__()

    def default(self, request, exception):
        found = HarbourError()
        match exception:
            case HarbourError():
                found = exception
            case Tide() | KeyError():
                return json({"error": "tide"}, status=503)
        return json({"error": self.words}, status=found.status_code)

${body}

@app.post("/boats")
async def add(request):
    if request.args.get("full"):
        raise NoBerth()
    if request.args.get("low"):
        raise Tide()
    return json({}, status=201)
`

test.each([
  ['set', 'app = Sanic("harbour")\napp.error_handler = Answers("no")'],
  ['given', 'app = Sanic("harbour", error_handler=Answers("no"))'],
])("what answers Sanic's errors is read where it is %s [SPEC-EXTRACT-04]", async (_, body) => {
  const set = await extractFiles({ 'requirements.txt': 'sanic\n', 'app.py': handler(body) })
  expect(summarize(set).statuses['POST /boats']).toEqual([201, 409, 503])
})

test('cases of Python that ask for classes, bind names and have guards are questions one after the other [SPEC-EXTRACT-04]', async () => {
  const files = {
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
app = FastAPI()
@app.get("/tides")
def tides(height: int, kind: str):
    match kind:
        case "spring" | "neap" if height > 9:
            raise HTTPException(409)
        case "ebb" as which:
            raise HTTPException(410)
        case other if height < 0:
            raise HTTPException(418)
        case _:
            return kind
`,
  }
  expect(await printedAnswers(files)).toEqual({
    '/tides': [
      '409 where query.height > 9 and query.kind == neap or query.height > 9 and query.kind == spring',
      '410 where query.height <= 9 and query.kind == ebb or query.kind != neap and query.kind != spring and query.kind == ebb',
      '418 where query.height < 0 and query.height <= 9 and query.kind != ebb or query.height < 0 and query.kind != ebb and query.kind != neap and query.kind != spring',
      '422 where !request',
      '200',
    ],
  })
})
