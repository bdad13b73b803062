import { expect, test } from 'vitest'
import { openApiOf } from '../../src/extract/openapi.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = {
  'requirements.txt': 'fastapi==0.110.0\n',
  'main.py': `
from typing import Annotated, Optional, Union
from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel, Field
app = FastAPI()

class Kiln(BaseModel):
    heat: int
    maker: str

class Pot(BaseModel):
    name: str
    glaze: Optional[str] = Field(None, max_length=9)
    colours: list[str] | None = Field(default=None, min_length=1)
    marks: list[Optional[int]] = []
    weight: Union[int, None, float]
    kiln: Kiln | None = None

@app.get("/pots/{name}")
def pot(name: str, size: int | None = None, marks: Annotated[list[str] | None, Query(max_length=4)] = None) -> Pot | None:
    return find(name)

@app.post("/pots")
def make(pot: Pot) -> Pot:
    return store(pot)

class Lid(BaseModel):
    knob: str | None = None
    size: int | None = None

@app.post("/lids")
def lid(lid: Lid):
    if not lid.knob:
        raise HTTPException(400, "Which knob?")
    keep(lid)
`,
}

test('what a type of Python may be null is told so in bodies and answers, and not of parameters [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = set.facts
    .filter(
      (one) =>
        one.kind === 'parameter' || one.kind === 'response' || one.kind === 'model' || one.kind === 'body',
    )
    .map((one) => sayFact(one, 'operation' in one ? (titles.get(one.operation) ?? '') : ''))
    .toSorted()
  expect(said).toEqual([
    'THE service SHALL use the model Kiln with heat (integer, required), maker (string, required).',
    'THE service SHALL use the model Lid with knob (string or null), size (integer or null).',
    'THE service SHALL use the model Pot with name (string, required), glaze (string or null, 9 or fewer characters), colours (null or a list of string, 1 or more items), marks (a list of (integer or null)), weight (integer or null or number, required), kiln (Kiln or null).',
    'WHEN a client sends GET /pots/{name}, the service SHALL answer 200 with Pot or null.',
    'WHEN a client sends GET /pots/{name}, the service SHALL require the path parameter name.',
    'WHEN a client sends GET /pots/{name}, the service SHALL take the query parameter marks (a list of string, 4 or fewer items).',
    'WHEN a client sends GET /pots/{name}, the service SHALL take the query parameter size (integer, null where it is left out).',
    'WHEN a client sends POST /lids, the service SHALL answer 200.',
    'WHEN a client sends POST /lids, the service SHALL require a body of application/json with knob (string, required), size (integer or null).',
    'WHEN a client sends POST /pots, the service SHALL answer 200 with Pot.',
    'WHEN a client sends POST /pots, the service SHALL require a body of application/json with Pot.',
  ])
})

test('bounds of a field that may be null are those of what is no null [SPEC-FORMATS-01]', async () => {
  const { set } = await extractFiles(files)
  expect(openApiOf(set, null)).toMatchObject({
    components: {
      schemas: {
        Pot: {
          properties: {
            glaze: { anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] },
            colours: {
              anyOf: [{ type: 'array', items: { type: 'string' }, minItems: 1 }, { type: 'null' }],
            },
            marks: { type: 'array', items: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
            kiln: { anyOf: [{ $ref: '#/components/schemas/Kiln' }, { type: 'null' }] },
          },
          required: ['name', 'weight'],
        },
      },
    },
  })
})
