import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { sayCondition } from '../../src/requirements/say-condition.ts'
import { extractFiles } from '../packs/fixture.ts'

const yard = (settings: string) => ({
  'requirements.txt': 'flask\nflask-wtf\n',
  'yard/app.py': `from flask import Flask
from flask_wtf import CSRFProtect
from yard.boats import boats
from yard.hooks import hooks
csrf = CSRFProtect()
def create():
    app = Flask(__name__)
    app.config.from_object('yard.config')
    csrf.init_app(app)
    csrf.exempt(hooks)
    app.register_blueprint(boats)
    app.register_blueprint(hooks)
    return app
app = create()
`,
  'yard/config.py': settings,
  'yard/boats.py': `from flask import Blueprint, jsonify
boats = Blueprint('boats', __name__)
@boats.route('/boats', methods=['GET', 'POST'])
def all_boats():
    return jsonify([])
@boats.route('/boats/<int:boat>', methods=['DELETE'])
def gone(boat):
    return '', 204
`,
  'yard/hooks.py': `from flask import Blueprint
hooks = Blueprint('hooks', __name__)
@hooks.route('/told', methods=['POST'])
def told():
    return '', 202
`,
})

async function refused(settings: string): Promise<string[]> {
  const { set } = await extractFiles(yard(settings))
  const titles = new Map(
    set.facts.flatMap((one) => (one.kind === 'operation' ? [[one.id, operationTitle(one)]] : [])),
  )
  return factsOf(set.facts, 'error')
    .map((one) => `${titles.get(one.operation)} ${one.status} ${sayCondition(one.condition)}`)
    .toSorted()
}

test('Flask-WTF refuses what changes something and shows no token, but for what is left out of that [SPEC-EXTRACT-06]', async () => {
  expect(await refused('SECRET_KEY = "a"\n')).toMatchInlineSnapshot(`
    [
      "DELETE /boats/{boat} 400 the form field csrf_token is missing and the header X-CSRF-Token is missing and the header X-CSRFToken is missing",
      "POST /boats 400 the form field csrf_token is missing and the header X-CSRF-Token is missing and the header X-CSRFToken is missing",
    ]
  `)
  const ofTests = 'class Config:\n    A = 1\n\n\nclass TestConfig(Config):\n    WTF_CSRF_ENABLED = False\n'
  expect(await refused(ofTests)).toHaveLength(2)
  expect(await refused('WTF_CSRF_CHECK_DEFAULT = False\n')).toEqual([])
  expect(await refused('import os\nWTF_CSRF_ENABLED = os.environ.get("FORMS") == "1"\n')).toEqual([])
})

test('what is exempt by what is handed on, or by a name that is not known, is not told [SPEC-EXTRACT-06]', async () => {
  const shed = (exempt: string) => ({
    'requirements.txt': 'flask\nflask-restful\nflask-wtf\n',
    'app.py': `from flask import Flask
from flask_restful import Api, Resource
from flask_wtf import CSRFProtect
app = Flask(__name__)
csrf = CSRFProtect(app)
${exempt}
def logged(fn):
    def inner(*args, **kwargs):
        return fn(*args, **kwargs)
    return inner
class Sheds(Resource):
    @logged
    def post(self):
        return {}, 201
api.add_resource(Sheds, '/sheds')
@app.post('/keys')
def keys():
    return '', 204
`,
  })
  const statuses = async (exempt: string) =>
    factsOf((await extractFiles(shed(exempt))).set.facts, 'error').length
  expect(await statuses('api = Api(app)')).toBe(2)
  expect(await statuses('api = Api(app, decorators=[csrf.exempt])')).toBe(1)
  expect(await statuses('api = Api(app)\nfor one in parts():\n    csrf.exempt(one)')).toBe(0)
})
