import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a model beside what dependencies give is the whole body, whatever these are models of [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'main.py': `
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()

class Berth(BaseModel):
    pier: int
    kind: str

class Owner(BaseModel):
    id: str

async def owner_of(usr: str) -> Owner:
    return Owner(id=usr)

@app.post('/berths')
async def add(data: Berth, owner: Owner = Depends(owner_of)):
    if data.kind == 'none':
        raise HTTPException(409, 'No kind.')
    return {'pier': data.pier}
`,
  })
  expect(
    set.facts.flatMap((one) =>
      one.kind === 'error' && one.status === 409 ? [sayFact(one, 'POST /berths')] : [],
    ),
  ).toEqual([
    'IF, for POST /berths, the body’s field kind is "none", THEN the service SHALL answer 409 and say "No kind.".',
  ])
})
