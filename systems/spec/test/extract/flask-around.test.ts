import { expect, test } from 'vitest'
import { extractFiles, summarize } from '../packs/fixture.ts'
import { factsOf } from '../../src/facts/fact-set.ts'

test("classes of Flask-Classful answer by their methods' names and by what is said of them, below the path that they are registered at [SPEC-PACKS-01]", async () => {
  const { operations, statuses } = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-classful\n',
      'app.py': `
from flask import Flask, Blueprint, abort, jsonify, request
from flask_classful import FlaskView, route

app = Flask(__name__)
part = Blueprint('part', __name__, url_prefix='/api')

class TrayAPI(FlaskView):
    route_base = '/trays'
    trailing_slash = False

    @route('', methods=['GET'])
    def index(self):
        return jsonify([])

    @route('/<id>', methods=['PATCH'])
    def change(self, id):
        if request.args.get('old'):
            abort(422)
        return jsonify({})

class OvensView(FlaskView):
    excluded_methods = ['preheat']

    def before_request(self, name):
        pass

    def index(self):
        return 'all'

    def get(self, id: int):
        if id > 5:
            return 'none', 404
        return 'one'

    def bake(self, loaf):
        return 'hot'

    def preheat(self):
        return 'warm'

    def _clean(self):
        return ''

TrayAPI.register(part, route_prefix='/v3')
OvensView.register(app)
app.register_blueprint(part)
`,
    }),
  )
  expect(operations).toEqual([
    'GET /api/v3/trays',
    'GET /ovens/',
    'GET /ovens/bake/{loaf}/',
    'GET /ovens/{id}/',
    'PATCH /api/v3/trays/{id}',
  ])
  expect(statuses['PATCH /api/v3/trays/{id}']).toEqual([200, 422])
  expect(statuses['GET /ovens/{id}/']).toEqual([200, 404])
})

test("what is written out is a dictionary, so that a helper which asks for one goes on, and who shows no token of OAuth's is refused by the class that a provider extends [SPEC-EXTRACT-06]", async () => {
  const { statuses } = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-oauthlib\n',
      'app.py': `
from flask import Flask, current_app, json, request
from flask_oauthlib.provider import OAuth2Provider

app = Flask(__name__)

class Provider(OAuth2Provider):
    def required(self, *args, **kwargs):
        return self.require_oauth(*args, **kwargs)

oauth = Provider()

def answer(_data=None, **kwargs):
    if _data is None:
        _data = kwargs
    if not isinstance(_data, (dict, list)):
        raise TypeError
    return current_app.response_class(json.dumps(_data), mimetype='application/json')

@app.errorhandler(TypeError)
def on_type(error):
    return answer(message='type'), 400

@app.route('/flour')
def flour():
    return answer(kind='rye')

@app.route('/flour', methods=['DELETE'])
@oauth.required()
def sweep():
    if request.args.get('wet'):
        return answer(error='wet'), 409
    return answer()
`,
    }),
  )
  expect(statuses).toEqual({ 'GET /flour': [200], 'DELETE /flour': [200, 401, 409] })
})

test('what a context manager of the repository makes of what fails in it is asked for, and so is what one that yields does [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
import contextlib
from flask import Flask, abort, jsonify, request
import sqlalchemy as sa
from store import db

app = Flask(__name__)

class told:
    def __enter__(self):
        return self
    def __exit__(self, kind, error, trace):
        if kind and issubclass(kind, sa.exc.IntegrityError):
            abort(409)
        return False

@app.route('/a', methods=['POST'])
def a():
    with told():
        if not request.json['name']:
            abort(400)
        db.session.commit()
    return jsonify({}), 201
`,
  })
  const errors = factsOf(set.facts, 'error').map(({ status, grade }) => `${status} ${grade}`)
  expect(errors.toSorted()).toEqual(['400 proved', '409 open'])
})

test("what APIFairy's decorators ask for and answer is read: schemas of a body and of a query, who calls, and the status of what is given back [SPEC-PACKS-01]", async () => {
  const { statuses, parameters } = summarize(
    await extractFiles({
      'requirements.txt': 'flask\napifairy\nflask-httpauth\n',
      'app.py': `
from flask import Blueprint, Flask, abort
from apifairy import APIFairy, arguments, authenticate, body, response
from flask_httpauth import HTTPTokenAuth
from marshmallow import Schema, fields

app = Flask(__name__)
fairy = APIFairy(app)
token = HTTPTokenAuth()
kilns = Blueprint('kilns', __name__)

class Kiln(Schema):
    name = fields.Str(required=True)

class Page(Schema):
    size = fields.Int()

@kilns.route('/kilns', methods=['POST'])
@authenticate(token)
@body(Kiln)
@response(Kiln, 201)
def build(kiln):
    return kiln

@kilns.route('/kilns')
@arguments(Page)
@response(Kiln)
def all_kilns(page):
    return []

app.register_blueprint(kilns, url_prefix='/api')
`,
    }),
  )
  expect(statuses).toEqual({ 'GET /api/kilns': [200, 400], 'POST /api/kilns': [201, 400, 401] })
  expect(parameters).toEqual({ 'GET /api/kilns': ['query size'], 'POST /api/kilns': ['body name'] })
})

test('whom flask-login and flask-limiter refuse is answered by the handlers of these statuses [SPEC-EXTRACT-06]', async () => {
  const { statuses } = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-login\nflask-limiter\n',
      'app.py': `
from flask import Flask, jsonify, redirect, request
from flask_login import login_required
from flask_limiter import Limiter
app = Flask(__name__)
limiter = Limiter(app)
@app.errorhandler(401)
def unknown(e):
    if request.path.startswith("/api/"):
        return jsonify(error="who"), 401
    return redirect("/login")
@app.errorhandler(429)
def slow(e):
    return jsonify(error="slow"), 503
@app.get("/page")
@login_required
def page():
    return "x"
@app.get("/api/page")
@login_required
@limiter.limit("1/day")
def api_page():
    return {}
`,
    }),
  )
  expect(statuses).toEqual({ 'GET /page': [200, 302], 'GET /api/page': [200, 401, 503] })
})

test('a word of routes that the path of a request is asked for is in it or not, whatever its variables are [SPEC-EXTRACT-06]', async () => {
  const { statuses } = summarize(
    await extractFiles({
      'requirements.txt': 'flask\nflask-login\n',
      'app.py': `
from flask import Flask, jsonify, redirect, request
from flask_login import LoginManager, login_required
app = Flask(__name__)
login = LoginManager(app)
@login.unauthorized_handler
def unknown():
    if request.headers.get("X-Wants") == "json" or "/feeds/" in request.path:
        return jsonify(error="who"), 404
    return redirect("/login")
@app.get("/kites/<int:number>")
@login_required
def kite(number):
    return "x"
@app.get("/<club>/feeds/<int:number>")
@login_required
def feed(club, number):
    return {}
@app.get("/files/<path:name>")
@login_required
def file(name):
    return {}
`,
    }),
  )
  expect(statuses).toEqual({
    'GET /kites/{number}': [200, 302, 404],
    'GET /{club}/feeds/{number}': [200, 404],
    'GET /files/{name*}': [200, 302, 404],
  })
})

test('what any blueprint has for errors of the program answers those of all of it [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, Blueprint, abort, jsonify
shared = Blueprint('shared', __name__)
part = Blueprint('part', __name__)

@shared.app_errorhandler(403)
def barred(error):
    return jsonify(message='Not for you.'), 403

@shared.errorhandler(409)
def taken(error):
    return jsonify(message='Taken here.'), 409

@part.get('/berths')
def berths():
    abort(403, 'Barred.')

@part.post('/berths')
def add():
    abort(409, 'Taken.')

app = Flask(__name__)
app.register_blueprint(shared)
app.register_blueprint(part)
`,
  })
  const said = factsOf(set.facts, 'error').map(({ status, message }) => [status, message])
  expect(said).toHaveLength(2)
  expect(said).toEqual(
    expect.arrayContaining([
      [403, 'Not for you.'],
      [409, 'Taken.'],
    ]),
  )
})

test.each([
  ['as is documented', '', [401, 422]],
  [
    'by code of the program',
    `
@jwt.expired_token_loader
def expired(header, payload):
    return {'message': 'Too old.'}, 419
@jwt.invalid_token_loader
def invalid(reason):
    return {'message': 'None of ours.'}, 400
`,
    [419, 400],
  ],
])(
  'who may show no token is refused for one that expired, and for one that is none, %s [SPEC-PACKS-01]',
  async (_, loaders, statuses) => {
    const { set } = await extractFiles({
      'requirements.txt': 'flask\nflask-jwt-extended\n',
      'app.py': `
from flask import Flask
from flask_jwt_extended import JWTManager, jwt_required
app = Flask(__name__)
jwt = JWTManager(app)
${loaders}
@app.get('/berths')
@jwt_required(optional=True)
def berths():
    return []
`,
    })
    const said = factsOf(set.facts, 'error').map(({ status, condition }) => [
      status,
      condition[0]?.[0]?.subject,
    ])
    expect(said).toEqual(
      expect.arrayContaining([
        [statuses[0], 'errors.Is(decode_token(…) failed, ExpiredSignatureError)'],
        [statuses[1], 'errors.Is(decode_token(…) failed, DecodeError)'],
      ]),
    )
    expect(said).toHaveLength(2)
    const [guard] = factsOf(set.facts, 'guard')
    expect(guard?.isOptional).toBe(true)
  },
)

const marked = (asks: string) => ({
  'requirements.txt': 'flask\n',
  'app.py': `
from functools import wraps

from flask import Flask, current_app, jsonify, request

app = Flask(__name__)


def open_to_all(fn):
    fn._is_open = True
    return fn


def counted(fn):
    @wraps(fn)
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs)

    return wrapper


@app.before_request
def ask_for_key():
    if request.headers.get('X-Key'):
        return
    view = ${asks.split(' in ')[1]}
    if ${asks.split(' in ')[0]}:
        return
    return jsonify(error='key_missing'), 401


@app.get('/loaves')
@open_to_all
def loaves():
    return jsonify([])


@app.get('/rolls')
@counted
@open_to_all
def rolls():
    return jsonify([])


@app.post('/loaves')
def bake():
    return jsonify({}), 201
`,
})

test.each([
  "getattr(view, '_is_open', False) in current_app.view_functions[request.endpoint]",
  "hasattr(view, '_is_open') in current_app.view_functions.get(request.endpoint)",
])(
  'what a decorator puts on a function is found where the function of the request is asked for it: %s [SPEC-EXTRACT-11]',
  async (asks) => {
    const found = summarize(await extractFiles(marked(asks)))
    expect(found.statuses).toEqual({ 'GET /loaves': [200], 'GET /rolls': [200], 'POST /loaves': [201, 401] })
  },
)
