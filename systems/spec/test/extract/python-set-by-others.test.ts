import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayCondition } from '../../src/requirements/say-condition.ts'
import { extractFiles } from '../packs/fixture.ts'

const port = (register: string) => ({
  'requirements.txt': 'flask\n',
  'port/__init__.py': `import os
from flask import Flask
from . import api
def create():
    app = Flask(__name__)
    app.config["KEY"] = os.environ.get("KEY", "")
    api.register(app)
    return app
`,
  'port/api.py': register,
  'port/first/__init__.py': `from flask import Blueprint
blueprint = Blueprint("first", __name__)
key = None
from . import boats
`,
  'port/common.py': `from flask import request, abort
from . import first
def keyed(fn):
    def inner(*args, **kwargs):
        if request.headers.get("X-Key") != first.key:
            abort(403)
        return fn(*args, **kwargs)
    return inner
`,
  'port/first/boats.py': `from . import blueprint
from .. import common
@blueprint.get("/boats")
@common.keyed
def boats():
    return {}
`,
})

test('a variable of a module that begins as nothing is what another module sets it to, under any name [SPEC-EXTRACT-06]', async () => {
  for (const name of ['v1', 'first']) {
    const { set } = await extractFiles(
      port(`from . import first${name === 'first' ? '' : ` as ${name}`}
def register(app):
    ${name}.key = app.config["KEY"]
    app.register_blueprint(${name}.blueprint)
`),
    )
    expect(
      factsOf(set.facts, 'error').map((one) => `${one.status} ${sayCondition(one.condition)}`),
      name,
    ).toEqual(['403 `header.X-Key == first.key` does not hold'])
  }
})
