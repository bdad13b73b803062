import type { RecordedApp } from './recorded-app.ts'

/** Middleware of aiohttp answers by what it gives back, and takes errors of what comes after it; the first of the list stands outermost. */
export const aiohttpApp: RecordedApp = {
  framework: 'aiohttp 3.14.5',
  files: {
    'requirements.txt': 'aiohttp==3.14.5\n',
    'main.py': `
from aiohttp import web


class Dried(Exception):
    pass


@web.middleware
async def drought(request, handler):
    if request.headers.get("X-Drought") == "yes":
        return web.json_response({"error": "No water"}, status=503)
    return await handler(request)


@web.middleware
async def on_dried(request, handler):
    try:
        return await handler(request)
    except Dried as error:
        return web.json_response({"error": str(error)}, status=410)


async def well(request):
    if request.query.get("at") == "hill":
        raise Dried("dried up")
    if request.query.get("at") == "dune":
        raise web.HTTPPreconditionRequired()
    return web.json_response({})


def make():
    app = web.Application(middlewares=[drought, on_dried])
    app.router.add_get("/well", well)
    return app


if __name__ == "__main__":
    web.run_app(make())
`,
  },
  answers: { 'GET /well': [200, 410, 428, 503] },
}

/** Falcon's middleware and hooks come before what answers; a handler of errors sets the answer. */
export const falconApp: RecordedApp = {
  framework: 'Falcon 4.4.0',
  files: {
    'requirements.txt': 'falcon==4.4.0\n',
    'main.py': `
import falcon


class Dried(Exception):
    pass


class Drought:
    def process_request(self, req, resp):
        if req.get_header("X-Drought") == "yes":
            raise falcon.HTTPServiceUnavailable()


def with_bucket(req, resp, resource, params):
    if req.get_header("X-Bucket") is None:
        raise falcon.HTTPForbidden(title="No bucket")


@falcon.before(with_bucket)
class Well:
    def on_get(self, req, resp):
        if req.get_param("at") == "hill":
            raise Dried("dried up")
        resp.media = {}


def on_dried(req, resp, error, params):
    resp.status = falcon.HTTP_410
    resp.media = {"error": str(error)}


app = falcon.App(middleware=[Drought()])
app.add_error_handler(Dried, on_dried)
app.add_route("/well", Well())
`,
  },
  answers: { 'GET /well': [200, 403, 410, 503] },
}

/** Blueprints of Sanic in a group, and one whose prefix is given where it is taken in. */
export const sanicApp: RecordedApp = {
  framework: 'Sanic 25.12.1',
  files: {
    'requirements.txt': 'sanic==25.12.1\n',
    'main.py': `
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.response import json


class Dried(Exception):
    pass


wells = Blueprint("wells", url_prefix="/wells")
ponds = Blueprint("ponds", url_prefix="/ponds")


@wells.get("/<mark>")
async def well(request, mark):
    if request.args.get("at") == "hill":
        raise Dried("dried up")
    return json({})


@ponds.get("/<mark>")
async def pond(request, mark):
    if request.args.get("at") == "hill":
        raise SanicException("frozen", status_code=423)
    return json({})


app = Sanic("water")
app.blueprint(Blueprint.group(wells, url_prefix="/api"))
app.blueprint(ponds, url_prefix="/old/ponds")


async def on_dried(request, error):
    return json({"error": str(error)}, status=410)


app.error_handler.add(Dried, on_dried)
`,
  },
  answers: {
    'GET /api/wells/{mark}': [200, 410],
    'GET /old/ponds/{mark}': [200, 423],
  },
}
