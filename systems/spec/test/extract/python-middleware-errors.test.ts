import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

const harbour = (start: string) =>
  saidErrors({
    'requirements.txt': 'fastapi\nstarlette\n',
    'boats.py': 'from some_boats import boats\n',
    'main.py': `
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse
from boats import boats
class Lost(Exception):
    pass
class Odd(Exception):
    pass
class Errors(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if request.headers.get("x-stop") == "1":
            return JSONResponse({}, status_code=418)
        try:
            return await call_next(request)
        except Lost as error:
            return JSONResponse({"error": str(error)}, status_code=404)
        except Odd:
            return JSONResponse({"error": "odd"}, status_code=409)
${start}
`,
  })

test('what comes of an error that middleware takes of what it hands on to is told where such an error is raised [SPEC-EXTRACT-05]', async () => {
  expect(
    await harbour(`
from starlette.applications import Starlette
from starlette.routing import Route
async def boat(request):
    if not boats.find(request.path_params["id"]):
        raise Lost("no boat")
    return JSONResponse({})
async def count(request):
    return JSONResponse({})
app = Starlette(routes=[Route("/boats/{id}", boat), Route("/boats", count)], middleware=[Middleware(Errors)])
`),
  ).toEqual([
    'IF, for GET /boats, the header x-stop is "1", THEN the service SHALL answer 418 with an object.',
    'IF, for GET /boats/{id}, `boats.find(path.id)` is missing, THEN the service SHALL answer 404 with error (string, required) and say "no boat".',
    'IF, for GET /boats/{id}, the header x-stop is "1", THEN the service SHALL answer 418 with an object.',
  ])
  expect(
    await harbour(`
from fastapi import FastAPI
app = FastAPI()
app.add_middleware(Errors)
@app.get("/boats/{name}")
async def boat(name: str):
    if not boats.find(name):
        raise Lost("no boat")
    if boats.is_odd(name):
        raise Odd()
    return {}
`),
  ).toEqual([
    'IF, for GET /boats/{name}, `boats.find(path.name)` is missing, THEN the service SHALL answer 404 with error (string, required) and say "no boat".',
    'IF, for GET /boats/{name}, `boats.find(path.name)` is there and `boats.is_odd(path.name)` holds, THEN the service SHALL answer 409 with error (string, required) and say "odd".',
    'IF, for GET /boats/{name}, the header x-stop is "1", THEN the service SHALL answer 418 with an object.',
  ])
})
