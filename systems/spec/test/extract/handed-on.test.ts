import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = {
  'requirements.txt': 'fastapi\nstarlette\naiohttp\nslowapi\n',
  'deps/__init__.py': 'from deps.services import Loans\nfrom .inner import *\n',
  'deps/inner.py':
    'from typing import Annotated\nfrom fastapi import Depends\ndef members(): return 1\nMembers = Annotated[int, Depends(members)]\n',
  'deps/services.py':
    'from typing import Annotated\nfrom fastapi import Depends\nclass LoanService: pass\ndef loans(): return LoanService()\nLoans = Annotated[LoanService, Depends(loans)]\n',
  'app.py': `from fastapi import FastAPI
from pydantic import BaseModel, PrivateAttr
from slowapi import Limiter
from deps import Loans, Members

app = FastAPI()
limiter = Limiter()

class Loan(BaseModel):
    copy_id: int
    _seen: bool = PrivateAttr(default=False)

@app.post('/loans')
@limiter.exempt
def lend(body: Loan, loans: Loans, members: Members, note: str = ''):
    return {}
`,
}

test('an alias of a dependency that a package hands on is no parameter, a private field no field, an exemption no limit [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles(files)
  expect(factsOf(set.facts, 'parameter').map(({ name }) => name)).toEqual(['note'])
  const [loan] = factsOf(set.facts, 'model')
  expect(loan?.fields.map(({ name }) => name)).toEqual(['copy_id'])
  expect(factsOf(set.facts, 'guard')).toEqual([])
  // What FastAPI stands on, and a client of HTTP, route nothing here.
  expect(set.frameworks.map(({ name }) => name)).toEqual(['FastAPI'])
})
