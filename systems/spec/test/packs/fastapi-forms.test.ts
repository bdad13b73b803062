import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from './fixture.ts'

test('what is read of the body beside a file is of the form [SPEC-EXTRACT-03]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `from fastapi import Body, FastAPI, File, UploadFile
from pydantic import BaseModel

app = FastAPI()


class Label(BaseModel):
    title: str


@app.post("/jars")
async def fill(label: Label, note: str = Body(None), picture: UploadFile = File(None)):
    return {"title": label.title}


@app.post("/labels")
async def print_label(label: Label):
    return {"title": label.title}
`,
  })
  const ids = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'parameter')
      .map((one) => `${ids.get(one.operation)} ${one.in} ${one.name}`)
      .toSorted(),
  ).toEqual(['/jars form label', '/jars form note', '/jars form picture'])
  expect(factsOf(set.facts, 'body').map((one) => `${ids.get(one.operation)} ${one.mediaType}`)).toEqual([
    '/labels application/json',
  ])
})
