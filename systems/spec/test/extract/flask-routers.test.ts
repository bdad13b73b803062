import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'
import { factsOf } from '../../src/facts/fact-set.ts'

test('blueprints are read however their class is reached, made, extended and put on each other [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\n',
      'app/__init__.py': `
import flask
from . import factory, nested, orders, users
from .views import bp as views
def create_app():
    app = flask.Flask(__name__)
    for each in [users.bp, orders.blueprint]:
        app.register_blueprint(each, url_prefix='/api' + (each.url_prefix or ''))
    app.register_blueprint(nested.parent, url_prefix='/parent')
    app.register_blueprint(factory.make('made'), url_prefix='/made')
    app.register_blueprint(factory.Area('area', __name__, url_prefix='/area'))
    app.register_blueprint(views, url_prefix='/views')
    return app
`,
      'app/users.py': `
import flask.blueprints
bp = flask.blueprints.Blueprint('users', __name__)
@bp.route('/users/<int:user_id>')
def one(user_id):
    flask.abort(404)
`,
      'app/orders.py': `
from flask import blueprints as parts
blueprint = parts.Blueprint('orders', __name__, url_prefix='/orders')
@blueprint.get('')
def orders():
    return []
`,
      'app/nested.py': `
from flask.blueprints import Blueprint as Part
parent = Part('parent', __name__)
child = Part('child', __name__, url_prefix='/own')
@child.route('/x', methods=['POST'])
def x():
    return '', 201
parent.register_blueprint(child, url_prefix='/child')
`,
      'app/factory.py': `
from flask import Blueprint
class AppBlueprint(Blueprint):
    pass
class Area(AppBlueprint):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_url_rule('/list', 'list', self.list)
    def list(self):
        return []
def make(name):
    bp = AppBlueprint(name, __name__)
    @bp.route('/a')
    def a():
        return 'a'
    return bp
`,
      'app/views.py': `
from flask import Blueprint
from flask.views import MethodView
bp = Blueprint('views', __name__)
class Base(MethodView):
    def get(self):
        return []
class Items(Base):
    def post(self):
        return {}, 201
bp.add_url_rule('/items', view_func=Items.as_view('items'))
`,
    }),
  )
  expect(found.operations).toEqual([
    'GET /api/orders',
    'GET /api/users/{user_id}',
    'GET /area/list',
    'GET /made/a',
    'GET /views/items',
    'POST /parent/child/x',
    'POST /views/items',
  ])
  expect(found.statuses['POST /views/items']).toEqual([201])
})

test('APIs of extensions stand below the blueprint or app that they are put on, and namespaces below their name [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-restful\nflask-restx\n',
      'app.py': `
from flask import Blueprint, Flask
import flask_restful
from flask_restx import Api, Namespace, Resource
rest = Blueprint('rest', __name__, url_prefix='/rest')
api = flask_restful.Api(rest)
class Todo(flask_restful.Resource):
    def get(self, id):
        return {}
api.add_resource(Todo, '/todos/<id>')
part = Blueprint('part', __name__)
docs = Api()
docs.init_app(part)
cats = Namespace('cats')
docs.add_namespace(cats)
dogs = docs.namespace('dogs', path='/hounds')
@cats.route('/<id>')
class Cat(Resource):
    def get(self, id):
        return {}
@dogs.route('/')
class Dogs(Resource):
    def post(self):
        return {}, 201
app = Flask(__name__)
app.register_blueprint(rest)
app.register_blueprint(part, url_prefix='/v2')
`,
    }),
  )
  expect(found.operations).toEqual(['GET /rest/todos/{id}', 'GET /v2/cats/{id}', 'POST /v2/hounds/'])
})

test('a function that decorators of the repository wrap answers for itself, beside what they refuse with [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\n',
      'app.py': `
from functools import wraps
from flask import Flask, abort, jsonify, make_response, request

app = Flask(__name__)

def signed(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if not request.headers.get('x-key'):
            abort(401)
        return f(*args, **kwargs)
    return inner

def plain(f):
    @wraps(f)
    def inner(*args, **kwargs):
        answer = make_response(f(*args, **kwargs))
        answer.headers['content-type'] = 'text/plain'
        return answer
    return inner

@app.route('/crates/<name>')
@plain
@signed
def crate(name):
    if name == 'none':
        return jsonify({'error': 'no'}), 404
    return jsonify({'name': name})
`,
    }),
  )
  expect(found.statuses['GET /crates/{name}']).toEqual([200, 401, 404])
})

test('what a wrapped function answers hangs on when its decorators call it, what it checks of its input does not [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from functools import wraps
from flask import Flask, jsonify, redirect, request
from flask_login import current_user

app = Flask(__name__)

def keepers_only(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if not current_user.has_role('keeper'):
            return redirect('/login')
        return f(*args, **kwargs)
    return inner

def timed(f):
    @wraps(f)
    def inner(*args, **kwargs):
        if request.headers.get('x-slow'):
            return f(*args, **kwargs)
        return f(*args, **kwargs)
    return inner

@app.route('/crates/<name>', methods=['POST'])
@timed
@keepers_only
def crate(name):
    if request.json['weight'] > 90:
        return jsonify({'error': 'heavy'}), 400
    if name == 'none':
        return jsonify({'error': 'no'}), 404
    return jsonify({'name': name}), 201

@app.route('/labels/<name>')
@keepers_only
def label(name):
    return f'crate {name}'

@app.route('/free/<name>')
@timed
def free(name):
    if name == 'none':
        return jsonify({'error': 'no'}), 404
    return jsonify({'name': name}), 203
`,
  })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  const said = (path: string) =>
    [...factsOf(set.facts, 'response'), ...factsOf(set.facts, 'error')]
      .filter(({ operation, status }) => paths.get(operation) === path && status !== 302)
      .toSorted((a, b) => a.status - b.status)
      .map(({ status, condition }) => [
        status,
        ...condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(', ')),
      ])
  const isKeeper = 'current_user.has_role("keeper") true'
  expect(said('/crates/{name}')).toEqual([
    [201, `body.weight <=, ${isKeeper}, name !=`],
    [400, `body failed present, ${isKeeper}`],
    [400, `body.weight >, ${isKeeper}`],
    [404, `body.weight <=, ${isKeeper}, name ==`],
  ])
  expect(said('/labels/{name}')).toEqual([[200, isKeeper]])
  expect(said('/free/{name}')).toEqual([
    [203, 'name !='],
    [404, 'name =='],
  ])
  expect(
    factsOf(set.facts, 'body').map(({ shape }) =>
      shape.type === 'object' ? shape.fields.map(({ name, constraints }) => [name, constraints]) : [],
    ),
  ).toEqual([[['weight', [{ keyword: 'maximum', value: 90 }]]]])
})

test('methods of forms, cookies and headers are no inputs, what they are asked for is [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask, jsonify, request

app = Flask(__name__)

@app.route('/crates', methods=['POST'])
def crate():
    name = request.form.get('name')
    labels = request.form.getlist('labels')
    more = {key: value for key, value in request.form.items()}
    kept = request.cookies.get('depot') or request.cookies.keys()
    sent = request.headers.get('x-sent', '').lower() or request.headers.items()
    return jsonify({'name': name, 'labels': labels, 'more': more, 'kept': kept, 'sent': sent})
`,
    }),
  )
  expect(found.parameters['POST /crates']).toEqual([
    'cookie depot',
    'form labels',
    'form name',
    'header x-sent',
  ])
})

test('a class from outside that is named for Flask is taken for it, and applications that a dispatcher serves are below their prefixes [SPEC-EXTRACT-09]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'mill-tools\nwerkzeug\n',
    'serve.py': `\uFEFFfrom werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from mill import pages, api
application = DispatcherMiddleware(pages.create_app(), {
    '/api/2': ProxyFix(api.create_app()),
})
`,
    'mill/pages.py': `from mill_tools.web import MillFlask
def create_app():
    app = MillFlask(import_name=__name__)
    @app.before_request
    def closed():
        from flask import abort
        if app.config['CLOSED']:
            abort(503)
    from mill.looms import looms
    app.register_blueprint(looms, url_prefix='/looms')
    return app
`,
    'mill/looms.py': `from flask import Blueprint, abort
looms = Blueprint('looms', __name__)
@looms.route('/<int:number>')
def one(number):
    abort(404)
`,
    'mill/api.py': `from mill_tools.web import MillFlask
def create_app():
    app = MillFlask(__name__)
    put_parts(app)
    return app
def app_for_docs():
    app = MillFlask(__name__)
    put_parts(app)
    return app
def put_parts(app):
    from mill.cloth import cloth
    app.register_blueprint(cloth, url_prefix='/cloth')
`,
    'mill/cloth.py': `from flask import Blueprint
cloth = Blueprint('cloth', __name__)
@cloth.route('', methods=['POST'])
def weave():
    return {}, 201
`,
    'docs.py': `from mill.api import app_for_docs
app = app_for_docs
`,
  })
  const operations = factsOf(set.facts, 'operation').map(
    ({ grade, method, path }) => `${grade} ${method} ${path}`,
  )
  expect(operations.toSorted()).toEqual(['proved GET /looms/{number}', 'proved POST /api/2/cloth'])
  expect(
    set.questions.flatMap(({ text, path, line }) =>
      text.includes('MillFlask') ? [`${path}:${line} ${text}`] : [],
    ),
  ).toEqual(["mill/api.py:1 What does `mill_tools.web.MillFlask` do besides what Flask's own class does?"])
})

test('an answer that is made of a tuple, or of another answer, has the status that these say [SPEC-EXTRACT-09]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'flask\n',
      'app.py': `
import json
from http import HTTPStatus
from flask import Flask, jsonify, make_response, redirect, request

app = Flask(__name__)

def told(what, status=HTTPStatus.OK):
    return make_response((json.dumps(what), status, {'Content-Type': 'application/json'}))

@app.route('/lanterns/<name>')
def lantern(name):
    if not request.headers.get('x-key'):
        return told({'error': 'who?'}, HTTPStatus.UNAUTHORIZED)
    if name == 'old':
        return make_response(redirect('/lanterns/new'))
    return told({'name': name})

@app.route('/wicks')
def wicks():
    answer = make_response(jsonify([]))
    answer.status_code = 206
    return answer
`,
    }),
  )
  expect(found.statuses['GET /lanterns/{name}']).toEqual([200, 302, 401])
  expect(found.statuses['GET /wicks']).toEqual([206])
})
