import type { RecordedApp } from './recorded-app.ts'

/**
 * What FastAPI does around handlers: middleware that is added last comes first, and an exception that it raises is answered with 500, whoever handles exceptions of that class;
 * handlers in a dictionary go by the nearest class; a program that is mounted has handlers of its own; scopes are those that are asked
 * for; what a package is called, a module beside the one that imports it may be called too.
 */
export const fastapiApp: RecordedApp = {
  framework: 'FastAPI 0.165.0, Starlette 1.10.0',
  files: {
    'requirements.txt': 'fastapi==0.165.0\n',
    'yard/__init__.py': '',
    'yard/faults.py': `
class YardFault(Exception):
    pass


class Gone(YardFault):
    pass


class Frozen(Gone):
    pass
`,
    'yard/asked.py': `
from typing import Annotated
from fastapi import Depends, HTTPException, Request, Security
from fastapi.security import HTTPBearer, OAuth2PasswordBearer, SecurityScopes

keys = {"k-ada": "ada", "k-boss": "boss"}
scheme = OAuth2PasswordBearer(tokenUrl="token")


def caller(asked: SecurityScopes, token: str = Depends(scheme)):
    name = keys.get(token)
    if name is None:
        raise HTTPException(401, "Who is that?")
    for scope in asked.scopes:
        if scope != name:
            raise HTTPException(409, "Not for you")
    return name


Caller = Annotated[str, Depends(caller)]


class Badge(HTTPBearer):
    def __init__(self, auto_error: bool = True):
        super().__init__(auto_error=auto_error)

    async def __call__(self, request: Request):
        shown = await super().__call__(request)
        if not shown:
            raise HTTPException(410, "Nothing shown")
        if shown.credentials not in keys:
            raise HTTPException(418, "Badge is unknown")
        return shown.credentials
`,
    'yard/around.py': `
from fastapi import HTTPException
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.middleware.base import BaseHTTPMiddleware


class Gate:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and Headers(scope=scope).get("x-gate") == "shut":
            answer = JSONResponse({"detail": "The gate is shut"}, status_code=503)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Dues(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if request.headers.get("x-dues") == "late":
            raise HTTPException(status_code=402, detail="Dues are late")
        return await call_next(request)
`,
    'yard/docks/__init__.py': '',
    'yard/docks/yard.py': '',
    'yard/docks/hulls.py': `
from fastapi import APIRouter, Depends, HTTPException, Security
from fastapi.exceptions import RequestValidationError
from yard import asked, faults

router = APIRouter(prefix="/hulls")
oars = APIRouter(prefix="/oars", dependencies=[Depends(asked.caller)])
hulls = {"a": "dry", "f": "ice"}


def find(mark):
    if mark not in hulls:
        raise KeyError(mark)
    return hulls[mark]


class Stroke:
    def __init__(self, rate: str = "slow"):
        if rate == "wild":
            raise HTTPException(428, "Slower")
        self.rate = rate


@oars.get("/{mark}")
def oar(mark: str, stroke: Stroke = Depends()):
    if stroke.rate == "odd":
        raise RequestValidationError([])
    return {"mark": mark}


@router.get("/{mark}")
def show(mark: str, who: asked.Caller):
    if mark == "g":
        raise faults.Gone("gone")
    if mark == "f":
        raise faults.Frozen("frozen")
    if mark == "y":
        raise faults.YardFault("yard")
    return {"mark": mark}


@router.put("/{mark}", dependencies=[Security(asked.caller, scopes=["boss"])])
def paint(mark: str):
    try:
        return {"hull": find(mark)}
    except LookupError:
        raise HTTPException(404, "No such hull")


@router.delete("/{mark}", status_code=204)
def scrap(mark: str, badge: str = Depends(asked.Badge())):
    return None
`,
    'yard/main.py': `
from fastapi import FastAPI
from fastapi.middleware import Middleware
from fastapi.responses import JSONResponse
from yard import around, faults
from yard.docks import hulls


def on_fault(request, exc):
    return JSONResponse({"detail": str(exc)}, status_code=400)


def on_gone(request, exc):
    return JSONResponse({"detail": str(exc)}, status_code=424)


app = FastAPI(
    exception_handlers={faults.YardFault: on_fault, faults.Gone: on_gone},
    middleware=[Middleware(around.Dues)],
)
app.add_middleware(around.Gate)
app.include_router(hulls.router, prefix="/api")
app.include_router(hulls.oars, prefix="/api")
inner = FastAPI(exception_handlers={faults.Gone: on_fault})
app.mount("/inner", inner)


@inner.get("/gone")
def gone(which: str = "own"):
    if which == "own":
        raise faults.Gone("gone")
    return {}
`,
  },
  answers: {
    'GET /api/hulls/{mark}': [200, 400, 401, 424, 500, 503],
    'PUT /api/hulls/{mark}': [200, 401, 404, 409, 500, 503],
    'DELETE /api/hulls/{mark}': [204, 401, 418, 500, 503],
    'GET /api/oars/{mark}': [200, 401, 422, 428, 500, 503],
    'GET /inner/gone': [200, 400, 500, 503],
  },
}
