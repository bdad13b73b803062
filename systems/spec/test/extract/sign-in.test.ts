import { expect, test } from 'vitest'
import { compare } from '../../src/evals/extract/compare.ts'
import { openApiOf } from '../../src/extract/openapi.ts'
import { sayCredentials, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
import { printedAnswers } from './printed-answers.ts'

/** Guards by operation: what they say, with what grade, and by what a caller is known. */
async function guards(files: Record<string, string>): Promise<string[]> {
  const { facts } = (await extractFiles(files)).set
  const titles = new Map(factsOf(facts, 'operation').map(({ id, method, path }) => [id, `${method} ${path}`]))
  return factsOf(facts, 'guard')
    .map((fact) => {
      const said = sayFact({ ...fact, grade: 'proved' }, titles.get(fact.operation) ?? '?')
      const by = sayCredentials(fact)
      return `${fact.grade}: ${said}${by === '' ? '' : ` By ${by}.`}`
    })
    .toSorted()
}

const express = (body: string) => ({
  'package.json': '{"dependencies":{"express":"5.0.0"}}',
  'app.js': `
const express = require('express')
const passport = require('passport')
const jwt = require('jsonwebtoken')
const { Strategy, ExtractJwt } = require('passport-jwt')
const app = express()
${body}
`,
})

test('a header that middleware asks for shows who calls, and without it the answer is the one that the code gives [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards(
      express(`
const auth = (req, res, next) => {
  const header = req.headers.authorization
  if (!header || !header.startsWith('Bearer ')) return res.status(401).json({ error: 'no token' })
  try { req.user = jwt.verify(header.slice(7), 'k'); next() } catch { res.status(401).end() }
}
app.get('/me', auth, (req, res) => res.json({}))
app.get('/open', (req, res) => res.json({}))
`),
    ),
  ).toEqual([
    'proved: WHEN a client sends GET /me, the service SHALL answer 401 to a caller who is not signed in. By the header authorization (bearer).',
  ])
})

test('a key in a header that the handler asks for is a guard; a login that refuses a password is none [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards(
      express(`
app.get('/stats', (req, res) => {
  if (req.get('X-Api-Key') !== process.env.KEY) return res.sendStatus(403)
  if (!req.get('X-Api-Key')) return res.sendStatus(401)
  res.json({})
})
app.post('/login', (req, res) => {
  if (req.body.password !== 'x') return res.sendStatus(401)
  res.json({})
})
`),
    ),
  ).toEqual([
    'proved: WHEN a client sends GET /stats, the service SHALL answer 401 to a caller who is not signed in. By the header x-api-key.',
  ])
})

test('whatever of several shows who calls is said, also what stands in a name [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards(
      express(`
app.get('/me', (req, res, next) => {
  const token = req.headers.authorization
  const apiKey = req.headers['x-api-token'] || req.query.apiKey
  if (!token && !apiKey) return res.sendStatus(401)
  next()
}, (req, res) => res.json({}))
`),
    ),
  ).toEqual([
    'proved: WHEN a client sends GET /me, the service SHALL answer 401 to a caller who is not signed in. By the header authorization or the header x-api-token or the query parameter apiKey.',
  ])
})

test('strategies of passport ask for what their extractors read [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards(
      express(`
passport.use(new Strategy({ jwtFromRequest: ExtractJwt.fromHeader('x-token'), secretOrKey: 'k' }, (p, done) => done(null, p)))
app.get('/me', passport.authenticate('jwt', { session: false }), (req, res) => res.json({}))
`),
    ),
  ).toEqual([
    'framework: WHEN a client sends GET /me, the service SHALL answer 401 to a caller who is not signed in. By the header x-token.',
  ])
})

test('the session of passport finds who is signed in and refuses nobody, and a query of a database is none of the request [SPEC-EXTRACT-11]', async () => {
  const files = express(`
const db = require('db')
const known = async (req, res, next) => {
  const header = req.headers.authorization
  if (!header) return res.status(401).end()
  const token = await db.query.accessTokens.findFirst({ where: { code: header } })
  if (!token) return res.status(401).end()
  next()
}
app.use(passport.authenticate(['session']))
app.get('/open', (req, res) => res.json({}))
app.get('/mine', known, (req, res) => res.json({}))
`)
  const found = await guards(files)
  expect(found.filter((text) => text.includes('/open'))).toEqual([])
  expect(found).toEqual([expect.stringMatching(/\/mine.*not signed in\. By the header authorization\.$/)])
})

test('a guard of all controllers of Nest asks for a header, but for what is open [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'package.json': '{"dependencies":{"@nestjs/common":"11.0.0","@nestjs/core":"11.0.0"}}',
      'app.ts': `
import { CanActivate, Controller, ExecutionContext, Get, Injectable, Module, SetMetadata, UnauthorizedException } from '@nestjs/common'
import { APP_GUARD, Reflector } from '@nestjs/core'
const Public = () => SetMetadata('public', true)
@Injectable()
class TokenGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.get('public', context.getHandler())) return true
    const token = context.switchToHttp().getRequest().headers['x-token']
    if (!token) throw new UnauthorizedException()
    return true
  }
}
@Controller('crates')
class CratesController {
  @Get() list() { return [] }
  @Public() @Get('open') open() { return [] }
}
@Module({ controllers: [CratesController], providers: [{ provide: APP_GUARD, useClass: TokenGuard }] })
export class AppModule {}
`,
    }),
  ).toEqual([
    'proved: WHEN a client sends GET /crates, the service SHALL answer 401 to a caller who is not signed in. By the header x-token.',
  ])
})

test('schemes of FastAPI ask for what they are made for, also where they only look and code refuses [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer
app = FastAPI()
oauth = OAuth2PasswordBearer(tokenUrl="token")
key = APIKeyHeader(name="X-Key", auto_error=False)
maybe = HTTPBearer(auto_error=False)
def keyed(value: str = Security(key)):
    if not value:
        raise HTTPException(status_code=401)
@app.get("/me")
def me(token: str = Depends(oauth)):
    return {}
@app.get("/keys", dependencies=[Depends(keyed)])
def keys():
    return {}
@app.get("/either")
def either(token = Depends(maybe)):
    return {}
`,
    }),
  ).toEqual([
    'declared: WHEN a client sends GET /either, the service SHALL take a caller who is signed in and one who is not. By the header authorization (bearer).',
    'framework: WHEN a client sends GET /me, the service SHALL answer 401 to a caller who is not signed in. By the header authorization (bearer).',
    'proved: WHEN a client sends GET /keys, the service SHALL answer 401 to a caller who is not signed in. By the header x-key.',
  ])
})

test('who shows a scheme of FastAPI nothing gets what its version answers, whatever is refused of what is shown [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.111.0\n',
    'app.py': `
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBearer
from members import members
app = FastAPI()
def member(token = Depends(HTTPBearer())):
    found = members.find(token)
    if found is None:
        raise HTTPException(401, "Not a member.")
    return found
@app.get("/me")
def me(who = Depends(member)):
    return {}
`,
  })
  expect(
    factsOf(set.facts, 'error').map(
      ({ status, grade, message, condition }) => `${grade} ${status} ${message} ${JSON.stringify(condition)}`,
    ),
  ).toEqual([
    'proved 401 Not a member. [[{"subject":"members.find(header.authorization)","op":"absent"}]]',
    'framework 403  [[{"subject":"header.authorization","op":"absent"}]]',
  ])
  expect(factsOf(set.facts, 'guard').map(({ status }) => status)).toEqual([403])
})

test("what a scheme of FastAPI raises is answered by the program's own handler of such errors [SPEC-EXTRACT-11]", async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi==0.111.0\n',
    'app.py': `
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader
app = FastAPI()
@app.exception_handler(HTTPException)
def refuse(request: Request, error: HTTPException):
    if error.status_code == 403:
        return JSONResponse(status_code=401, content={"error": "Show a key."})
    return JSONResponse(status_code=error.status_code, content={"error": error.detail})
@app.get("/me")
def me(key = Depends(APIKeyHeader(name="X-Key"))):
    return {}
`,
  })
  expect(factsOf(set.facts, 'guard').map(({ status }) => status)).toEqual([401])
})

test('a class that extends a scheme of FastAPI refuses by itself only where it is not told to let everybody pass [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import OAuth2
app = FastAPI()
class Ticket(OAuth2):
    def __init__(self, url: str, auto_error: bool = True):
        super().__init__(flows={}, auto_error=auto_error)
    def __call__(self, request: Request):
        shown = request.headers.get("X-Ticket")
        if not shown and self.auto_error:
            raise HTTPException(status_code=401)
        return shown
asked = Ticket("tickets")
maybe = Ticket("tickets", auto_error=False)
@app.get("/mine")
def mine(ticket = Depends(asked)):
    return {}
@app.get("/anyone")
def anyone(ticket = Depends(maybe)):
    return {}
`,
    }),
  ).toEqual([
    'proved: WHEN a client sends GET /mine, the service SHALL answer 401 to a caller who is not signed in. By the header x-ticket.',
  ])
})

test('what an application or a router of FastAPI is made with is asked of all of its routes [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException
def keyed(x_key: str | None = Header(None)):
    if x_key is None:
        raise HTTPException(status_code=401)
app = FastAPI()
router = APIRouter(prefix="/in", dependencies=[Depends(keyed)])
@router.get("/crates")
def crates():
    return {}
@app.get("/open")
def free():
    return {}
app.include_router(router)
`,
    }),
  ).toEqual([
    'proved: WHEN a client sends GET /in/crates, the service SHALL answer 401 to a caller who is not signed in. By the header x-key.',
  ])
})

test('what FastAPI runs before all requests refuses, but for the paths that it lets through [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'fastapi\n',
      'app.py': `
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware
class Keyed(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if request.url.path == "/health":
            if "Origin" in request.headers and "X-CSRF-Token" not in request.headers:
                return JSONResponse({"error": "forged"}, status_code=401)
            return await call_next(request)
        if not request.headers.get("X-Key"):
            return JSONResponse({"error": "no key"}, status_code=401)
        return await call_next(request)
app = FastAPI()
app.add_middleware(Keyed)
@app.get("/health")
def health():
    return {}
@app.get("/crates")
def crates():
    return []
`,
    }),
  ).toEqual([
    'proved: WHEN a client sends GET /crates, the service SHALL answer 401 to a caller who is not signed in. By the header x-key.',
  ])
})

test('Flask: what runs before a blueprint, decorators of one’s own and of libraries [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'flask\n',
      'app.py': `
from functools import wraps
from flask import Blueprint, Flask, abort, jsonify, request
from flask_jwt_extended import jwt_required
app = Flask(__name__)
inside = Blueprint("inside", __name__, url_prefix="/inside")
def token_required(view):
    @wraps(view)
    def decorated(*args, **kwargs):
        if "X-Token" not in request.headers:
            return jsonify({"error": "no token"}), 401
        return view(*args, **kwargs)
    return decorated
@inside.route("/crates")
def crates():
    return {}
@inside.before_request
def keyed():
    if request.headers.get("X-Key") is None:
        abort(401)
@app.route("/mine")
@token_required
def mine():
    return {}
@app.route("/jwt")
@jwt_required()
def by_jwt():
    return {}
@app.route("/maybe")
@jwt_required(optional=True)
def maybe():
    return {}
app.register_blueprint(inside)
`,
    }),
  ).toEqual([
    'framework: WHEN a client sends GET /jwt, the service SHALL answer 401 to a caller who is not signed in. By the header authorization (bearer).',
    'framework: WHEN a client sends GET /maybe, the service SHALL take a caller who is signed in and one who is not. By the header authorization (bearer).',
    'proved: WHEN a client sends GET /inside/crates, the service SHALL answer 401 to a caller who is not signed in. By the header x-key.',
    'proved: WHEN a client sends GET /mine, the service SHALL answer 401 to a caller who is not signed in. By the header x-token.',
  ])
})

test('permissions of REST framework ask by the classes that authenticate [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'django\ndjangorestframework\n',
      'site/settings.py': `
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"]}
`,
      'site/urls.py': `
from django.urls import path
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
class Crates(APIView):
    permission_classes = [IsAuthenticated]
    def get(self, request):
        return Response([])
class Open(APIView):
    permission_classes = [AllowAny]
    def get(self, request):
        return Response([])
urlpatterns = [path("crates/", Crates.as_view()), path("open/", Open.as_view())]
`,
    }),
  ).toEqual([
    'framework: WHEN a client sends GET /crates/, the service SHALL answer 401 to a caller who is not signed in. By the header authorization (token).',
  ])
})

test('an empty list of permissions of REST framework refuses nobody, and a decorator with some is told by what they ask [SPEC-EXTRACT-11]', async () => {
  expect(
    await guards({
      'requirements.txt': 'django\ndjangorestframework\n',
      'site/settings.py': `
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}
`,
      'site/urls.py': `
from django.urls import path
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.permissions import AllowAny, IsAdminUser
from rest_framework.response import Response
from rest_framework.views import APIView
class Barn(APIView):
    permission_classes = []
    def get(self, request):
        return Response([])
@api_view(["GET"])
@authentication_classes([])
@permission_classes([])
def field(request):
    return Response([])
@api_view(["GET"])
@permission_classes([AllowAny])
def gate(request):
    return Response([])
@api_view(["GET"])
@permission_classes([IsAdminUser])
def safe(request):
    return Response([])
urlpatterns = [path("barn/", Barn.as_view()), path("field/", field), path("gate/", gate), path("safe/", safe)]
`,
    }),
  ).toEqual([
    'framework: WHEN a client sends GET /safe/, the service SHALL answer 403 to a caller who is not signed in. By the cookie sessionid or the header authorization (basic).',
  ])
})

test('who may call is written as security of OpenAPI [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'fastapi\n',
    'app.py': `
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyCookie, HTTPBearer
app = FastAPI()
@app.get("/me")
def me(token = Depends(HTTPBearer()), key = Depends(APIKeyCookie(name="key"))):
    return {}
@app.get("/open")
def free():
    return {}
`,
  })
  expect(openApiOf(set, null)).toMatchObject({
    paths: {
      '/me': { get: { security: [{ 'cookie-key': [] }, { bearer: [] }] } },
      '/open': { get: expect.not.objectContaining({ security: expect.anything() as unknown }) as unknown },
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        'cookie-key': { type: 'apiKey', in: 'cookie', name: 'key' },
      },
    },
  })
})

test('operations that are only for who is signed in are compared with what is published [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nflask-login\n',
    'app.py': `
from flask import Flask
from flask_login import login_required
app = Flask(__name__)
@app.route("/mine")
@login_required
def mine():
    return {}
@app.route("/open")
def free():
    return {}
`,
  })
  const operation = (path: string) => ({ method: 'GET', path })
  const { signIn, details } = compare(set.facts, {
    operations: [operation('/mine'), operation('/open')],
    parameters: null,
    statuses: null,
    hasErrors: false,
    constraints: null,
    signIn: new Set(['GET /mine', 'GET /open']),
    bases: [''],
    unlisted: new Set(),
  })
  expect(signIn).toEqual({ hits: 1, published: 2, found: 1 })
  expect(details).toEqual(['GET /open: signIn sign-in not found'])
})

test('passport of Fastify refuses who is not signed in, but by its session [SPEC-EXTRACT-11]', async () => {
  const found = await guards({
    'package.json': '{"dependencies":{"fastify":"5","@fastify/passport":"3"}}',
    'app.ts': `
import fastify from 'fastify'
import passport from '@fastify/passport'
enum Ways { Known = 'session', Pass = 'harbour-pass' }
const app = fastify()
app.get('/tides', { preHandler: passport.authenticate(Ways.Known) }, async () => ({}))
app.get('/berths', { preHandler: passport.authenticate(Ways.Pass) }, async () => ({}))
app.listen({ port: 3000 })
`,
  })
  expect(found).toEqual([
    'framework: WHEN a client sends GET /berths, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('a scheme that a guard reads and then always refuses is not how a caller signs in [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Blueprint, Flask, abort, request
from tokens import issuer
def shown():
    given = request.headers.get("Authorization", None)
    if not given:
        abort(401)
    if given.lower().startswith("bearer"):
        return "jwt", given[7:]
    if given.lower().startswith("apikey"):
        return "key", given[7:]
    abort(401)
def only_tokens():
    kind, token = shown()
    if kind != "jwt":
        abort(401)
    if issuer(token) != "desk":
        abort(401)
desk = Blueprint("desk", __name__)
desk.before_request(only_tokens)
@desk.get("/fees")
def fees():
    return []
app = Flask(__name__)
app.register_blueprint(desk)
`,
  })
  expect(factsOf(set.facts, 'guard').map(({ credentials }) => credentials)).toEqual([
    [{ in: 'header', name: 'authorization', scheme: 'bearer' }],
  ])
})

test('the current user of FastAPI Users is asked for as its options say [SPEC-EXTRACT-11]', async () => {
  const files = {
    'requirements.txt': 'fastapi\nfastapi-users\n',
    'app.py': `
from fastapi import Depends, FastAPI
from fastapi_users import FastAPIUsers
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, CookieTransport
from harbour import Keeper, keepers, strategy
ways = [
    AuthenticationBackend(name="a", transport=BearerTransport(tokenUrl="login"), get_strategy=strategy),
    AuthenticationBackend(name="b", transport=CookieTransport(cookie_name="pier"), get_strategy=strategy),
]
users = FastAPIUsers[Keeper, int](keepers, ways)
plain = FastAPIUsers(keepers, auth_backends=ways[:1])
known = users.current_user(active=True)
checked = users.current_user(verified=True)
app = FastAPI()
@app.get("/mine")
def mine(user: Keeper = Depends(known)):
    return {}
@app.get("/checked", dependencies=[Depends(checked)])
def checked_only():
    return {}
def keeper(user: Keeper = Depends(plain.current_user(superuser=True))):
    return user
@app.get("/all")
def all(user: Keeper = Depends(keeper)):
    return {}
@app.get("/maybe")
def maybe(user = Depends(users.current_user(optional=True, superuser=True))):
    return {}
`,
  }
  expect(await guards(files)).toEqual([
    'declared: WHEN a client sends GET /maybe, the service SHALL take a caller who is signed in and one who is not. By the cookie pier or the header authorization (bearer).',
    'framework: WHEN a client sends GET /all, the service SHALL refuse a caller without superuser, and answer 401 to one who is not signed in.',
    'framework: WHEN a client sends GET /checked, the service SHALL answer 401 to a caller who is not signed in. By the cookie pier or the header authorization (bearer).',
    'framework: WHEN a client sends GET /mine, the service SHALL answer 401 to a caller who is not signed in. By the cookie pier or the header authorization (bearer).',
  ])
  expect(await printedAnswers(files)).toEqual({
    '/mine': ['401 where !@caller or !user.is_active', '200'],
    '/checked': ['401 where !@caller', '403 where !user.is_verified', '200'],
    '/all': ['401 where !@caller', '403 where @role not-in superuser', '200'],
    '/maybe': ['200'],
  })
})

test('a token in the query that the handler itself asks for is of a link, and says nothing of who is signed in [SPEC-EXTRACT-11]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"express":"4.0.0"}}',
    'app.js': `
const express = require('express')
const { links } = require('linklib')
const app = express()
app.post('/parcels/confirm', async (req, res) => {
  const link = await links.find(req.query.token)
  if (!link) return res.status(401).json({ message: 'That link is not ours.' })
  res.json({})
})
app.listen(80)
`,
  })
  expect(factsOf(set.facts, 'guard')).toEqual([])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([401])
})
