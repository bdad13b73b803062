import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a package comes before a script of its name beside it [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'port.py': `from port.main import main
if __name__ == '__main__':
    main()
`,
    'port/__init__.py': `from flask import Flask
app = Flask(__name__)
def create():
    return app
`,
    'port/boats.py': `from flask import Blueprint
boats = Blueprint("boats", __name__)
@boats.route("/boats")
def all_boats():
    return {}
`,
    'port/main.py': `from . import create
def main():
    app = create()
    from .boats import boats
    app.register_blueprint(boats)
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /boats',
  ])
})

const operationsOf = async (files: Record<string, string>) =>
  factsOf((await extractFiles(files)).set.facts, 'operation')
    .map(({ method, path }) => `${method} ${path}`)
    .toSorted()

test('a package that ends with all names of its parts is whole before those are read [SPEC-EXTRACT-02]', async () => {
  expect(
    await operationsOf({
      'requirements.txt': 'flask\n',
      'port/__init__.py': `import flask
from .quays import quays
app = flask.Flask(__name__)
app.register_blueprint(quays, url_prefix="/quays")
`,
      'port/quays/__init__.py': `import flask as f
quays = f.Blueprint("quays", __name__)
rule = quays.add_url_rule

from .cranes import *
`,
      'port/quays/cranes.py': `import flask.views
from ..quays import quays, rule

class Cranes(flask.views.MethodView):
    def get(self):
        return {}

rule("/cranes", view_func=Cranes.as_view("cranes"), methods=["GET"])

@quays.route("/ropes")
def ropes():
    return {}
`,
    }),
  ).toEqual(['GET /quays/cranes', 'GET /quays/ropes'])
})

test('an application that a function makes and another one puts below its own is served there alone [SPEC-EXTRACT-02]', async () => {
  expect(
    await operationsOf({
      'requirements.txt': 'aiohttp\n',
      'port.py': `from aiohttp import web

class Quays:
    def register(self, app):
        app.add_routes([web.get("/{quay}/ropes", self.ropes)])
    async def ropes(self, request):
        return web.json_response({})

async def quays():
    app = web.Application()
    Quays().register(app)
    return app

async def port(config):
    app = web.Application()
    inner = web.Application()
    inner.add_subapp("/quays", await quays())
    app.add_subapp("/api", inner)
    return app

def main():
    config = load()
    web.run_app(port(config), host=config.host)
`,
    }),
  ).toEqual(['GET /api/quays/{quay}/ropes'])
})
