import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('What comes after a branch that errors alone leave is told without what cannot be told of them, and with it where that can be [SPEC-EXTRACT-07]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from depot import crates, ports
app = FastAPI()

class Load(BaseModel):
    crate: str | None = None
    port: str
    slots: str | None = None

@app.post('/loads')
def load(item: Load):
    if item.crate is not None:
        crate = crates.find(item.crate)
        if any(label.is_sealed for label in crate.labels if label.crew.leads[0] in crate.leads):
            raise HTTPException(409, 'The crate is sealed.')
    if not ports.find(item.port):
        raise HTTPException(404, 'There is no such port.')
    return {}

@app.post('/moves')
def move(item: Load):
    if item.crate is not None:
        if item.slots is None:
            raise HTTPException(422, 'Show the slots.')
    if not ports.find(item.port):
        raise HTTPException(404, 'There is no such port.')
    return {}
`,
  })
  const told = (path: string) =>
    factsOf(set.facts, 'error').flatMap((fact) =>
      fact.status === 404 &&
      set.facts.some((one) => one.id === fact.operation && 'path' in one && one.path === path)
        ? [[fact.grade, sayFact(fact, `POST ${path}`)]]
        : [],
    )
  expect(told('/loads')).toHaveLength(1)
  expect(told('/loads')[0]?.[0]).toBe('proved')
  expect(told('/loads')[0]?.[1]).not.toMatch(/crate/)
  expect(told('/moves')[0]?.[0]).toBe('proved')
  expect(told('/moves')[0]?.[1]).toMatch(/crate/)
})
