import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function said(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return set.facts.map((one) =>
    sayFact(one, 'operation' in one ? (titles.get(one.operation) ?? '') : (titles.get(one.id) ?? '')),
  )
}

const app = `from fastapi import FastAPI, APIRouter, HTTPException, Request
from settings import settings

router = APIRouter(prefix=settings.api)

@router.get("/boats")
def boats(request: Request):
    if settings.anchor == "heavy":
        raise HTTPException(403)
    if settings.depth > 4 and request.headers.get(settings.header):
        raise HTTPException(410)
    return {"boats": []}

app = FastAPI()
app.include_router(router)
`

const expected = [
  'IF, for GET /api/boats, `settings.anchor` is "heavy", THEN the service SHALL answer 403.',
  'IF, for GET /api/boats, the header x-boat is there and `settings.anchor` is not "heavy" and `settings.depth` is greater than 4, THEN the service SHALL answer 410.',
]

test('what a request is answered by is a setting, not what it is by default, which paths and names are of [SPEC-EXTRACT-06]', async () => {
  const all = await said({
    'requirements.txt': 'fastapi\npydantic-settings\n',
    'settings.py': `from pydantic_settings import BaseSettings
from pydantic import Field

class Settings(BaseSettings):
    anchor: str = "light"
    depth: int = Field(3, description="How deep")
    api: str = "/api"
    header: str = "x-boat"

settings = Settings()
`,
    'app.py': app,
  })
  expect(all.filter((one) => one.startsWith('IF'))).toEqual(expected)
})

test('a module of the program that has all names of a package hands them on [SPEC-EXTRACT-05]', async () => {
  const all = await said({
    'requirements.txt': 'fastapi\npydantic\n',
    'pyd/__init__.py': `try:
    from pydantic.v1 import *  # noqa: F403
except ImportError:
    from pydantic import *  # noqa: F403
`,
    'settings.py': `from pyd import BaseSettings, Field

class Settings(BaseSettings):
    anchor: str = Field("light", description="Which anchor")
    depth: int = Field(3, description="How deep")
    api: str = "/api"
    header: str = "x-boat"

settings = Settings()
`,
    'app.py': app,
  })
  expect(all.filter((one) => one.startsWith('IF'))).toEqual(expected)
})

test('an application is answered by itself where only a setting puts another one around it [SPEC-EXTRACT-03]', async () => {
  const all = await said({
    'requirements.txt': 'fastapi\npydantic-settings\n',
    'app.py': `from typing import Optional
from fastapi import FastAPI
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    base: Optional[str] = None

settings = Settings()

def make():
    app = FastAPI()

    @app.get("/boats")
    def boats():
        return {"boats": []}

    if settings.base:
        outer = FastAPI()
        outer.mount(settings.base, app)
        return outer
    return app

app = make()
`,
  })
  expect(all.filter((one) => one.startsWith('WHERE') || one.startsWith('THE'))).toEqual([
    'THE service SHALL answer GET …/boats. (Declared, not proved.)',
  ])
})
