import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function toldOf(app: string, requirements: string) {
  const { set } = await extractFiles({ 'requirements.txt': requirements, 'app.py': app })
  const operations = new Map(
    set.facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, fact]] : [])),
  )
  return set.facts
    .flatMap((fact) => {
      if ((fact.kind !== 'response' && fact.kind !== 'error') || fact.grade === 'open' || fact.status === 422)
        return []
      const operation = operations.get(fact.operation)
      return [sayFact(fact, operation ? operationTitle(operation) : '')]
    })
    .toSorted()
}

test('a status that is set on an answer in a branch is that of the answer which the branch gives [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from functools import wraps
from flask import Flask, jsonify, render_template, request
app = Flask(__name__)

def signed(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if not request.headers.get("Authorization"):
            answer = jsonify(message="Who are you")
            answer.status_code = 401
            return answer
        return f(*args, **kwargs)
    return inner

@app.get("/crates")
@signed
def crates():
    if request.args.get("page"):
        return render_template("errors/late.html"), 410
    return {}
`,
    'flask\n',
  )
  expect(found).toEqual([
    'IF, for GET /crates, the header Authorization is missing, THEN the service SHALL answer 401 with message (string, required) and say "Who are you".',
    'IF, for GET /crates, the header Authorization is there and the query parameter page is there, THEN the service SHALL answer 410.',
    'WHEN a client sends GET /crates and the header Authorization is there, the service SHALL answer 200 with an object.',
  ])
})

test('what the type of a caught error is compared with decides by the error that was raised [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from fastapi import FastAPI, HTTPException
import store
app = FastAPI()
class Missing(Exception): pass
class Denied(Exception): pass
def handle(error):
    kind = type(error)
    if kind == Denied:
        raise HTTPException(403)
    if kind is Missing:
        raise HTTPException(404)
    if kind == store.Taken:
        raise HTTPException(409)
    raise HTTPException(400)

@app.get("/crates/{key}")
def one(key: str, day: str):
    try:
        if day == "none":
            raise Denied("no")
        if day == "late":
            raise ValueError("late")
    except Exception as error:
        handle(error)
    return {}
`,
    'fastapi\n',
  )
  expect(found.filter((one) => one.startsWith('IF'))).toEqual([
    'IF, for GET /crates/{key}, the query parameter day is "late", THEN the service SHALL answer 400.',
    'IF, for GET /crates/{key}, the query parameter day is "none", THEN the service SHALL answer 403.',
  ])
})

test('a model that is made of what was found is there [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
import store
app = FastAPI()
class Crate(BaseModel):
    name: str
def find(key):
    row = store.read(key)
    if not row:
        return None
    return Crate.model_validate(row)

@app.get("/crates/{key}")
def one(key: str):
    crate = find(key)
    if not crate:
        raise HTTPException(404)
    return crate
`,
    'fastapi\n',
  )
  expect(found.filter((one) => one.startsWith('IF'))).toEqual([
    'IF, for GET /crates/{key}, `store.read(path.key)` is missing, THEN the service SHALL answer 404.',
  ])
})

test('who is not signed in is answered as the program says, where it says otherwise than the library [SPEC-PACKS-01]', async () => {
  const answered = async (more: string) =>
    (
      await toldOf(
        `
from flask import Flask, jsonify
from flask_login import LoginManager, login_required
app = Flask(__name__)
manager = LoginManager(app)
${more}
@app.get("/crates")
@login_required
def crates():
    return {}
`,
        'flask\nflask-login\n',
      )
    ).map((one) => one.replace(' with an object', ''))
  const fine = 'WHEN a client sends GET /crates, the service SHALL answer 200.'
  expect(await answered('')).toEqual([
    'IF, for GET /crates, the caller is not signed in, THEN the service SHALL answer 401.',
    fine,
  ])
  expect(await answered('manager.login_view = "sign_in"')).toEqual([
    'WHEN a client sends GET /crates and the caller is not signed in, the service SHALL answer 302.',
    fine,
  ])
  // Nor is that an error which a handler takes; one that is set to nothing is none.
  const handled = '@app.errorhandler(KeyError)\ndef lost(error):\n    return jsonify(), 410'
  expect(await answered(`manager.login_view = "sign_in"\n${handled}`)).toEqual([
    'WHEN a client sends GET /crates and the caller is not signed in, the service SHALL answer 302.',
    fine,
  ])
  expect(await answered('manager.login_view = None')).toEqual([
    'IF, for GET /crates, the caller is not signed in, THEN the service SHALL answer 401.',
    fine,
  ])
  expect(await answered('@manager.unauthorized_handler\ndef refuse():\n    return jsonify(), 418')).toEqual([
    'IF, for GET /crates, the caller is not signed in, THEN the service SHALL answer 418.',
    fine,
  ])
})

test('a decorator of Django sends only callers who may not call elsewhere [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.urls import path
@login_required
def crates(request):
    return HttpResponse("ok")
@permission_required("depot.see", raise_exception=True)
def lots(request):
    return HttpResponse("ok")
urlpatterns = [path("crates", crates), path("lots", lots)]
`,
    'django\n',
  )
  expect(found).toEqual([
    'IF, for Any method /lots, the caller does not have the role "depot.see", THEN the service SHALL answer 403.',
    'WHEN a client sends Any method /crates and the caller is not signed in, the service SHALL answer 302.',
    'WHEN a client sends Any method /crates, the service SHALL answer 200 with string.',
    'WHEN a client sends Any method /lots, the service SHALL answer 200 with string.',
  ])
})

test('a parameter that nobody gives is no reason for what holds all of them to be missing [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from flask import Flask, abort, request
app = Flask(__name__)
@app.get("/crates")
def crates():
    given = request.args
    if given is not None and given.get("form") == "late":
        abort(409)
    return {}
`,
    'flask\n',
  )
  expect(found[0]).toBe(
    'IF, for GET /crates, the query parameter form is "late", THEN the service SHALL answer 409.',
  )
})

test('one who shows nothing is not told to be taken where a decorator sends them elsewhere [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from functools import wraps
from flask import Flask, abort, redirect, request, session
import store
app = Flask(__name__)
@app.before_request
def tokens():
    token = request.headers.get("Authorization")
    if token and not store.user(token):
        abort(401)
def admins(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if store.is_admin(session):
            return f(*args, **kwargs)
        return redirect("/login")
    return inner
@app.get("/crates")
@admins
def crates():
    return {}
@app.get("/lots")
def lots():
    return {}
`,
  })
  const paths = new Map(
    set.facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, fact.path]] : [])),
  )
  const open = set.facts.flatMap((fact) =>
    fact.kind === 'guard' && fact.isOptional ? [paths.get(fact.operation)] : [],
  )
  expect(open).toEqual(['/lots'])
})

test('an error that asks for nothing is told by the call that fails with it, and a split text has a part [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from flask import Flask, abort
import store
app = Flask(__name__)
def read(key):
    raise store.errors[0]
@app.get("/crates/<key>")
def one(key):
    try:
        read(key)
    except Exception:
        abort(409)
@app.get("/lots/<key>")
def lot(key):
    if not key.split("-"):
        abort(410)
    return {}
`,
    'flask\n',
  )
  expect(found.filter((one) => one.startsWith('IF'))).toEqual([
    'IF, for GET /crates/{key}, `read(key)` fails with `Exception`, THEN the service SHALL answer 409.',
  ])
})

test('nothing is proved of one of many answers that decorators may give [SPEC-PACKS-01]', async () => {
  const decorator = (name: string) => `
def ${name}(f):
    @wraps(f)
    def inner_${name}(*args, **kwargs):
        value = store.get("${name}")
        if value == "public":
            return f(*args, **kwargs)
        elif value == "private":
            if store.known("${name}"):
                return f(*args, **kwargs)
            if request.is_json:
                return "no", 403
            return redirect("/login")
        elif value == "none":
            return "gone", 410
    return inner_${name}
`
  const names = ['a', 'b', 'c', 'd', 'e']
  const found = await toldOf(
    `
from functools import wraps
from flask import Flask, redirect, request
import store
app = Flask(__name__)
${names.map(decorator).join('')}
@app.get("/crates")
${names.map((name) => `@${name}`).join('\n')}
def crates():
    return {}
`,
    'flask\n',
  )
  expect(
    found.filter((one) =>
      /`store.get\("a"\)` is "public", the service SHALL|`store.get\("a"\)` is "public", THEN/.test(one),
    ),
  ).toEqual([])
})

test('what settings put in front of all routes answers where they say so, and an error that is given back is asked about [SPEC-PACKS-01]', async () => {
  const found = await toldOf(
    `
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse
from conf import settings
def profile(app):
    @app.middleware("http")
    async def timed(request: Request, call_next):
        if request.query_params.get("profile"):
            return HTMLResponse("slow", status_code=202)
        return await call_next(request)
def make():
    app = FastAPI()
    if settings.DEBUG:
        profile(app)
    return app
app = make()
@app.get("/crates/{key}")
def one(key: int):
    if key > 4:
        return HTTPException(404, "no")
    return {}
`,
    'fastapi\n',
  )
  expect(found).toEqual([
    'WHEN a client sends GET /crates/{key} and the path parameter key is at most 4, the service SHALL answer 200 with an object.',
    'WHEN a client sends GET /crates/{key} and the query parameter profile is there and `settings.DEBUG` is there, the service SHALL answer 202 with string.',
  ])
})

test('an error whose constructor hands its status to a class between it and the framework, with no constructor of its own, has that status [SPEC-EXTRACT-10]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.110\n',
    'moorings.py': `
import dataclasses
import fastapi

class PlainProblem(fastapi.HTTPException):
    pass

@dataclasses.dataclass
class Problem(fastapi.HTTPException):
    status: int
    label: str

    def __post_init__(self):
        super().__init__(status_code=self.status, detail=self.label)

class TooDeep(PlainProblem):
    def __init__(self):
        super().__init__(status_code=409, detail='Too deep')

class NoSuchMooring(Problem):
    def __init__(self, name: str):
        super().__init__(404, label='No such mooring')

app = fastapi.FastAPI()

@app.put('/moorings/{name}')
def put_mooring(name: str, draught: int):
    if draught > 4:
        raise TooDeep()
    if name == 'none':
        raise NoSuchMooring(name)
    return {'name': name}
`,
  })
  const errors = factsOf(set.facts, 'error').filter(({ grade }) => grade === 'proved')
  expect(errors.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([404, 409])
  expect(set.questions).toEqual([])
})
