import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a router of a class is the same wherever it is asked for, also where it is mounted out of lists that are put together [SPEC-EXTRACT-01]', async () => {
  const { operations } = summarize(
    await extractFiles({
      'requirements.txt': 'fastapi\n',
      'depot/parts.py': `
from fastapi import APIRouter

class Berths:
    PREFIX = 'berths'
    ROUTER = APIRouter(prefix='/berths')

class Tugs:
    ROUTER = APIRouter(prefix=f'/{Berths.PREFIX}/tugs')
`,
      'depot/berths.py': `
from depot.parts import Berths, Tugs

class BerthRoutes:
    @staticmethod
    @Berths.ROUTER.get('/{berth}')
    async def one(berth: int):
        return {}

class TugRoutes:
    @staticmethod
    @Tugs.ROUTER.post('')
    async def add():
        return {}
`,
      'depot/app.py': `
from itertools import chain
from fastapi import APIRouter, FastAPI
from depot import berths
from depot.parts import Berths, Tugs

health = APIRouter()

@health.get('/health')
def alive():
    return {}

app = FastAPI()
for router in chain.from_iterable([[Berths.ROUTER, Tugs.ROUTER], chain([health])]):
    app.include_router(router, prefix='/v1')
`,
    }),
  )
  expect(operations).toEqual(['GET /v1/berths/{berth}', 'GET /v1/health', 'POST /v1/berths/tugs'])
})
