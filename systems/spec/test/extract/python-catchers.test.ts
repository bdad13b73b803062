import { expect, test } from 'vitest'
import { sayFact, operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

type Facts = Awaited<ReturnType<typeof extractFiles>>['set']

const answersOf = ({ facts }: Facts) => {
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(facts, 'error'), ...factsOf(facts, 'response')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

const faults = `
class Fault(Exception):
    def __init__(self, text: str, status: int = 500, *args):
        super().__init__(text, *args)
        self.status = status

class Missing(Fault):
    def __init__(self, text="Nothing there", *args):
        super().__init__(text, *args)
        self.status = 404
`

test('what a decorator of FastAPI makes of errors that the function raises is answered in their stead [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115.0\n',
    'faults.py': faults,
    'around.py': `
from functools import wraps
from fastapi import HTTPException
from faults import Fault

def told(method):
    @wraps(method)
    async def inner(*args, **kwargs):
        try:
            return await method(*args, **kwargs)
        except Fault as fault:
            raise HTTPException(fault.status, fault.args[0]) from fault
    return inner
`,
    'main.py': `
from fastapi import Depends, FastAPI, HTTPException
from around import told
from faults import Fault, Missing
from kiln import find
app = FastAPI()

def open_hours(hour: int):
    if hour > 20:
        raise HTTPException(423, "Closed")

@app.get("/pots/{id}", dependencies=[Depends(open_hours)])
@told
async def pot(id: str):
    if id == "none":
        raise Missing("No pot")
    if id == "odd":
        raise Fault("Odd", 409)
    if id == "old":
        raise HTTPException(410, "Gone")
    return {"id": id}
`,
    'kiln.py': 'def find(id): ...\n',
  })
  expect(answersOf(set)).toEqual([
    'IF, for GET /pots/{id}, the path parameter id is "none", THEN the service SHALL answer 404 and say "No pot".',
    'IF, for GET /pots/{id}, the path parameter id is "odd", THEN the service SHALL answer 409 and say "Odd".',
    'IF, for GET /pots/{id}, the path parameter id is "old", THEN the service SHALL answer 410 and say "Gone".',
    'IF, for GET /pots/{id}, the query parameter hour is greater than 20, THEN the service SHALL answer 423 and say "Closed".',
    'IF, for GET /pots/{id}, the request does not fit what is declared, THEN the service SHALL answer 422.',
    'WHEN a client sends GET /pots/{id}, the service SHALL answer 200 with id (string, required).',
  ])
})

test('what a decorator of Flask catches around the function is answered as the decorator gives it, and all else as before [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask==3.0.0\n',
    'faults.py': faults,
    'app.py': `
from functools import wraps
from flask import Flask, abort, jsonify, request
from faults import Missing
app = Flask(__name__)

def told(fn):
    @wraps(fn)
    def inner(*args, **kwargs):
        if not request.headers.get("X-Key"):
            return jsonify(error="No key"), 401
        try:
            return fn(*args, **kwargs)
        except (Missing, KeyError) as fault:
            return jsonify(error="Look elsewhere"), 404
    return inner

@app.get("/pots/<id>")
@told
def pot(id):
    if id == "none":
        raise Missing()
    if id == "hot":
        abort(409, "Too hot")
    return {"id": id}
`,
  })
  expect(answersOf(set)).toEqual([
    'GET /pots/{id} may answer 404 with error (string, required) and say "Look elsewhere", only where the header X-Key is there and `Missing | KeyError` is caught. (Open: when.)',
    'IF, for GET /pots/{id}, the header X-Key is missing, THEN the service SHALL answer 401 with error (string, required) and say "No key".',
    'IF, for GET /pots/{id}, the header X-Key is there and `id` is "hot", THEN the service SHALL answer 409 and say "Too hot".',
    'IF, for GET /pots/{id}, the header X-Key is there and `id` is "none", THEN the service SHALL answer 404 with error (string, required) and say "Look elsewhere".',
    'WHEN a client sends GET /pots/{id} and the header X-Key is there, the service SHALL answer 200 with id (required).',
  ])
})

test('a class of errors keeps the status that stands in the class above, whatever that one is made with [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115.0\n',
    'main.py': `
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
app = FastAPI()

class Fault(Exception):
    status_code = 500

class Missing(Fault):
    status_code = 404
    def __init__(self, text="Nothing there", *args):
        super().__init__(text, *args)

async def told(_: Request, fault: Fault):
    return JSONResponse(status_code=getattr(fault, "status_code", Fault.status_code), content={"message": str(fault)})

app.add_exception_handler(Fault, told)

@app.get("/pots/{id}")
def pot(id: str):
    if id == "none":
        raise Missing("No pot")
    if id == "hot":
        raise Fault("Too hot")
    return {}
`,
  })
  expect(answersOf(set)).toEqual([
    'IF, for GET /pots/{id}, the path parameter id is "hot", THEN the service SHALL answer 500 with message (string, required) and say "Too hot".',
    'IF, for GET /pots/{id}, the path parameter id is "none", THEN the service SHALL answer 404 with message (string, required) and say "No pot".',
    'WHEN a client sends GET /pots/{id}, the service SHALL answer 200 with an object.',
  ])
})

test('a function that imports a module by its whole name has it run [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.115.0\n',
    'kilns/__init__.py': '',
    'kilns/book.py': 'all_routers = []\n',
    'kilns/main.py': `
from fastapi import FastAPI
from kilns.book import all_routers
app = FastAPI()

def put_all():
    import wheels.routes  # noqa
    for router in all_routers:
        app.include_router(router)

put_all()
`,
    'wheels/__init__.py': '',
    'wheels/routes.py': `
from fastapi import APIRouter
from kilns.book import all_routers
router = APIRouter(prefix="/wheels")

@router.get("")
def wheels():
    return []

all_routers.append(router)
`,
  })
  expect(factsOf(set.facts, 'operation').map(operationTitle)).toEqual(['GET /wheels'])
})
