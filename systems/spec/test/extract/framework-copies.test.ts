import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'
import { factsOf } from '../../src/facts/fact-set.ts'

const copy = `
"""A small web framework in one file."""
class HTTPError(Exception):
    def __init__(self, status=500, body=None):
        self.status = status
class Bottle(object):
    def route(self, path=None, method='GET', callback=None):
        def decorate(handler):
            self.add(path, method, handler)
            return handler
        return decorate
    def run(self):
        raise HTTPError(500, 'not here')
class Request:
    pass
request = Request()
`
const routes = `
app = Bottle()
@app.route('/berths/:name#[a-z]+#')
def berth(name):
    if name not in held:
        raise HTTPError(404, 'No such berth.')
    return held[name]
@app.route('/files/:path#.*#')
def files(path):
    return path
held = {}
`

test('a copy of a framework that a program carries is read as the framework, however it is imported [SPEC-PACKS-01]', async () => {
  for (const [head, files] of [
    ['from .bottle import Bottle, HTTPError', { 'berths/bottle.py': copy }],
    [
      'from berths.ext.bottle import Bottle, HTTPError',
      { 'berths/ext/__init__.py': '', 'berths/ext/bottle.py': copy },
    ],
    [
      'from . import bottle\nBottle, HTTPError = bottle.Bottle, bottle.HTTPError',
      { 'berths/bottle.py': copy },
    ],
    [
      'from .web import Bottle, HTTPError',
      { 'berths/web/__init__.py': 'from berths.web.bottle import *\n', 'berths/web/bottle.py': copy },
    ],
  ] as const) {
    const found = await extractFiles({
      'berths/__init__.py': '',
      'berths/app.py': `${head}\n${routes}`,
      ...files,
    })
    const { operations, statuses } = summarize(found)
    expect(operations, head).toEqual(['GET /berths/{name}', 'GET /files/{path*}'])
    expect(statuses['GET /berths/{name}'], head).toEqual([200, 404])
    expect(
      found.set.frameworks.map(({ name, isRead }) => ({ name, isRead })),
      head,
    ).toEqual([{ name: 'Bottle', isRead: true }])
  }
})

test('a copy that is a package is read as the framework that it is of', async () => {
  const found = await extractFiles({
    'berths/__init__.py': '',
    'berths/ext/__init__.py': '',
    'berths/ext/flask/__init__.py': 'from .app import Flask as Flask\n',
    'berths/ext/flask/app.py': `
from .scaffold import Scaffold
class Flask(Scaffold):
    def run(self):
        return self.routes
`,
    'berths/ext/flask/blueprints.py': 'class Blueprint:\n    pass\n',
    'berths/ext/flask/scaffold.py': `
class Scaffold:
    def route(self, rule, **options):
        return lambda handler: handler
`,
    'berths/app.py': `
from .ext.flask import Flask, abort
from .ext.flask.blueprints import Blueprint
app = Flask(__name__)
piers = Blueprint('piers', __name__, url_prefix='/piers')
@piers.route('/<int:pier>')
def pier(pier):
    abort(410)
app.register_blueprint(piers)
`,
  })
  const { operations, statuses } = summarize(found)
  expect(operations).toEqual(['GET /piers/{pier}'])
  expect(statuses['GET /piers/{pier}']).toContain(410)
})

test('a module of a framework’s name that extends the framework is code of the program', async () => {
  const found = await extractFiles({
    'berths/__init__.py': '',
    'berths/bottle.py': `
import bottle
class Bottle(bottle.Bottle):
    def berths(self):
        self.route('/berths', 'GET', listed)
def listed():
    return {}
`,
    'berths/app.py': `
from .bottle import Bottle
app = Bottle()
app.berths()
`,
  })
  expect(summarize(found).operations).toEqual(['GET /berths'])
})

test('an application that a package imports by `__import__` has the routes that are put on it there', async () => {
  const found = await extractFiles({
    'requirements.txt': 'bottle\n',
    'berths/__init__.py': `
from bottle import Bottle
def made(path) -> Bottle:
    inner = __import__('inner', globals(), locals(), ['.'], 1)
    inner.app.route(path, 'GET', lambda: 'Ok')
    return inner.app
app = made('/health')
`,
    'berths/inner.py': `
from bottle import Bottle
app = Bottle()
@app.get('/berths')
def berths():
    return {}
`,
  })
  expect(summarize(found).operations).toEqual(['GET /berths', 'GET /health'])
})

test('a sign-in that a list of settings asks for is told with that', async () => {
  const found = await extractFiles({
    'requirements.txt': 'bottle\n',
    'app.py': `
from bottle import Bottle, HTTPError, request
from settings import Config
app = Bottle()
config: Config
def guarded(action):
    def around(method):
        def protector(*args, **kwargs):
            if action in config.guarded:
                if not request.auth:
                    raise HTTPError(401)
            return method(*args, **kwargs)
        return protector
    return around
@app.post('/berths')
@guarded('update')
def add():
    return {}
`,
  })
  const [guard, ...more] = factsOf(found.set.facts, 'guard')
  expect(more).toEqual([])
  expect(JSON.stringify(guard?.condition)).toContain(String.raw`\"update\" in config.guarded`)
})
