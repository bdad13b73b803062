import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what the lifespan of an application routes is below its handlers of errors [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'main.py': `
from contextlib import asynccontextmanager
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

router = APIRouter(prefix='/berths')


class Berth(BaseModel):
    pier: int


@router.post('')
async def add(berth: Berth):
    return {'pier': berth.pier}


async def begin(app: FastAPI):
    app.include_router(router)


@asynccontextmanager
async def lifespan(app: FastAPI):
    await begin(app)
    yield


def create_app():
    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(RequestValidationError)
    async def misfit(request: Request, error: RequestValidationError):
        return JSONResponse(status_code=400, content={'detail': 'no'})

    return app
`,
  })
  expect(set.facts.flatMap((one) => (one.kind === 'error' ? [sayFact(one, 'POST /berths')] : []))).toEqual([
    'IF, for POST /berths, the request does not fit what is declared, THEN the service SHALL answer 400.',
  ])
})
