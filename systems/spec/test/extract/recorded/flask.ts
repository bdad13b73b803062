import type { RecordedApp } from './recorded-app.ts'

/**
 * What Flask and its extensions do around handlers: a handler of a status comes before one of a class above, and a blueprint's before the program's; what a key in brackets
 * asks for and is missing is a 400; Flask-RESTful answers errors of its resources itself; flask-smorest answers with the status that a decorator says, and what does
 * not fit its schema with 422; code asks for the name of a route, and answers who is not signed in.
 */
export const flaskApp: RecordedApp = {
  framework: 'Flask 3.1.3, Flask-RESTful 0.3.10, flask-smorest 0.47.0, Flask-Login 0.6.3',
  files: {
    'requirements.txt': 'flask==3.1.3\nflask-login==0.6.3\n',
    'barn/__init__.py': '',
    'barn/faults.py': `
class BarnFault(Exception):
    pass


class Full(BarnFault):
    pass


statuses = {BarnFault: 410, Full: 409}
`,
    'barn/stalls.py': `
from flask import Blueprint, abort, request
from werkzeug.exceptions import Locked, NotFound
from barn import faults

stalls = Blueprint("stalls", __name__, url_prefix="/stalls")


@stalls.errorhandler(404)
def no_stall(error):
    return {"stall": None}, 424


@stalls.get("/")
def find():
    if "mark" in request.args and request.args["mark"] == "none":
        raise Locked()
    size = request.args["size"]
    if size == "none":
        raise NotFound()
    return {"size": size}


@stalls.post("/<mark>")
def fill(mark):
    if mark == "full":
        raise faults.Full("full")
    if mark == "odd":
        raise faults.BarnFault("odd")
    if mark == "shut":
        raise Locked()
    if mark == "busy":
        abort(429)
    return {"mark": mark}, 201
`,
    'barn/feed.py': `
from flask import Blueprint
from flask.views import MethodView
from flask_restful import Api, Resource
from flask_smorest import Blueprint as Spoken
from marshmallow import Schema, fields
from barn import faults

feed = Spoken("feed", __name__, url_prefix="/feed")


class Ration(Schema):
    kilos = fields.Int(required=True)


@feed.route("/")
class Rations(MethodView):
    @feed.arguments(Ration)
    @feed.response(202, Ration)
    def post(self, ration):
        return ration


troughs = Blueprint("troughs", __name__, url_prefix="/troughs")


class Trough(Resource):
    def get(self, mark):
        if mark == "dry":
            raise faults.Full("dry")
        return {"mark": mark}


Api(troughs).add_resource(Trough, "/<mark>")
`,
    'app.py': `
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, login_required
from flask_smorest import Api
from barn import faults
from barn.feed import feed, troughs
from barn.stalls import stalls

app = Flask(__name__)
app.config.update(API_TITLE="Barn", API_VERSION="1", OPENAPI_VERSION="3.0.2")
spoken = Api(app)
logins = LoginManager(app)


@logins.request_loader
def known(asked):
    return UserMixin() if asked.headers.get("X-User") == "ada" else None


@logins.unauthorized_handler
def nobody():
    return jsonify(text="Sign in first"), 402


@app.before_request
def closed():
    if request.endpoint in ("gate", "stalls.fill"):
        return None
    if request.headers.get("X-Closed") == "yes":
        abort(503)


@app.get("/gate")
@login_required
def gate():
    return {}


@app.errorhandler(Exception)
def on_any(error):
    return jsonify(text="Something broke"), 500


@app.errorhandler(faults.BarnFault)
def on_fault(error):
    return jsonify(text=str(error)), faults.statuses.get(type(error), 400)


@app.errorhandler(404)
def nothing(error):
    return jsonify(text="Nothing"), 451


app.register_blueprint(stalls)
app.register_blueprint(troughs)
spoken.register_blueprint(feed)
`,
  },
  answers: {
    'GET /stalls/': [200, 400, 423, 424, 503],
    'POST /stalls/{mark}': [201, 409, 410, 423, 429],
    'POST /feed/': [202, 400, 422, 503],
    'GET /troughs/{mark}': [200, 503],
    'GET /gate': [200, 402],
  },
}
