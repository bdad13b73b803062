import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const flaskApp = (setUp: string, prefix: string) => ({
  'requirements.txt': 'flask\n',
  'berths/__init__.py': '',
  'berths/app.py': `
import os
from flask import Blueprint, Flask, current_app
from berths import settings
part = Blueprint('part', __name__)
@part.get('/berths')
def berths():
    return []
def create_app(config_object=settings.Production):
    app = Flask(__name__)
${setUp}
    app.register_blueprint(part, url_prefix=${prefix})
    return app
`,
  'berths/settings.py': `
import os
class Base:
    API_PREFIX = '/api'
    API_VERSION = 'v2'
class Production(Base):
    DEBUG = False
class Testing(Base):
    DEBUG = True
by_name = {'production': Production, 'testing': Testing}
API_PREFIX = '/api'
`,
})

test.each([
  ['a class', 'app.config.from_object(config_object)', "app.config['API_PREFIX']"],
  ['a class by its name', "app.config.from_object('berths.settings.Production')", "app.config['API_PREFIX']"],
  ['a module by its name', "app.config.from_object('berths.settings')", "app.config.get('API_PREFIX')"],
  ['a module', 'app.config.from_object(settings)', "app.config['API_PREFIX']"],
  ['an instance', 'app.config.from_object(config_object())', "app.config['API_PREFIX']"],
  [
    'one of several by what is set',
    "app.config.from_object(settings.by_name[os.getenv('FLASK_ENV', 'production')])",
    "app.config['API_PREFIX']",
  ],
  [
    'one of several of which none is known',
    "app.config.from_object(settings.by_name[os.environ['FLASK_ENV']])",
    "app.config['API_PREFIX']",
  ],
  ['names and values', "app.config.from_mapping(API_PREFIX='/api')", "app.config['API_PREFIX']"],
  ['a mapping', "app.config.from_mapping({'API_PREFIX': '/api'})", "app.config['API_PREFIX']"],
  ['a file', "app.config.from_pyfile('settings.py')", "app.config['API_PREFIX']"],
  ['an update', "app.config.update(API_PREFIX='/api')", "app.config['API_PREFIX']"],
  ['an update with a mapping', "app.config.update({'API_PREFIX': '/api'})", "app.config['API_PREFIX']"],
  ['one by one', "app.config['API_PREFIX'] = '/api'", "app.config['API_PREFIX']"],
  ['a beginning', "app.config.setdefault('API_PREFIX', '/api')", "app.config['API_PREFIX']"],
  ['what is there where nothing sets it', 'pass', "app.config.get('API_PREFIX', '/api')"],
  ['the current app', 'app.config.from_object(config_object)', "current_app.config['API_PREFIX']"],
  ['a part of the prefix', 'app.config.from_object(config_object)', 'f"{app.config[\'API_PREFIX\']}"'],
])('Flask: a prefix in its settings, by %s [SPEC-EXTRACT-01]', async (_, setUp, prefix) => {
  const found = summarize(await extractFiles(flaskApp(`    ${setUp}`, prefix)))
  expect(found.operations).toEqual(['GET /api/berths'])
})

const fastapiApp = (settings: string, prefix: string, requirements = '') => ({
  'requirements.txt': `fastapi\n${requirements}`,
  'berths/__init__.py': '',
  'berths/settings.py': settings,
  'berths/app.py': `
from fastapi import APIRouter, FastAPI
from berths import settings
from berths.settings import *
part = APIRouter()
@part.get('/berths')
def berths():
    return []
app = FastAPI()
app.include_router(part, prefix=${prefix})
`,
})

test.each([
  ['os.getenv', "import os\nPREFIX = os.getenv('PREFIX', '/api')", 'settings.PREFIX'],
  ['os.getenv by name', "import os\nPREFIX = os.getenv('PREFIX', default='/api')", 'settings.PREFIX'],
  ['os.environ', "from os import environ\nPREFIX = environ.get('PREFIX', '/api')", 'PREFIX'],
  ['or', "import os\nPREFIX = os.environ.get('PREFIX') or '/api'", 'PREFIX'],
  ['a test', "import os\nPREFIX = os.environ['PREFIX'] if 'PREFIX' in os.environ else '/api'", 'PREFIX'],
  ['decouple', "from decouple import config\nPREFIX = config('PREFIX', default='/api')", 'PREFIX'],
  [
    'decouple with a cast',
    "from decouple import config\nPREFIX = config('PREFIX', default='/api', cast=str)",
    'PREFIX',
  ],
  [
    'Starlette',
    "from starlette.config import Config\nconfig = Config('.env')\nPREFIX = config('PREFIX', cast=str, default='/api')",
    'PREFIX',
  ],
  [
    'environs',
    "from environs import Env\nenv = Env()\nenv.read_env()\nPREFIX = env.str('PREFIX', '/api')",
    'PREFIX',
  ],
  [
    'environs called',
    "from environs import Env\nenv = Env()\nPREFIX = env('PREFIX', default='/api')",
    'PREFIX',
  ],
  [
    'environs with names',
    "from environs import Env\nenv = Env()\nwith env.prefixed('BERTHS_'):\n    PREFIX = env.str('PREFIX', '/api')",
    'PREFIX',
  ],
  [
    'django-environ',
    "import environ\nenv = environ.Env(DEBUG=(bool, False))\nPREFIX = env.str('PREFIX', default='/api')",
    'PREFIX',
  ],
  ['a text made of it', "import os\nVERSION = os.getenv('VERSION', 'api')\nPREFIX = f'/{VERSION}'", 'PREFIX'],
  ['a text with strip', "import os\nPREFIX = '/' + os.getenv('VERSION', '/api/').strip('/')", 'PREFIX'],
  ['rstrip', "import os\nPREFIX = os.getenv('VERSION', '/api/').rstrip('/')", 'PREFIX'],
  ['str', "import os\nPREFIX = str(os.getenv('VERSION', '/api'))", 'PREFIX'],
  [
    'a helper',
    "import os\ndef env(name, default=None):\n    return os.environ.get('BERTHS_' + name, default)\nPREFIX = env('PREFIX', '/api')",
    'PREFIX',
  ],
  [
    'a helper that tests',
    "import os\ndef env(name, default=None):\n    value = os.environ.get(name)\n    if value is None:\n        return default\n    return value\nPREFIX = env('PREFIX', '/api')",
    'PREFIX',
  ],
  [
    'dynaconf',
    "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix='BERTHS', settings_files=['settings.toml'])\nPREFIX = settings.get('PREFIX', '/api')",
    'PREFIX',
  ],
  ['an enum', "from enum import Enum\nclass Prefix(str, Enum):\n    API = '/api'", 'Prefix.API.value'],
  ['a text of an enum', "from enum import StrEnum\nclass Prefix(StrEnum):\n    API = '/api'", 'Prefix.API'],
  ['a class', "class Prefix:\n    ROOT = '/api'\n    API = ROOT", 'Prefix.API'],
  ['a dictionary', "CONFIG = {'prefix': {'api': '/api'}}", "CONFIG['prefix']['api']"],
  [
    'a data class',
    "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Settings:\n    prefix: str = '/api'\nused = Settings()",
    'used.prefix',
  ],
  [
    'a data class with a field',
    "from dataclasses import dataclass, field\n@dataclass\nclass Settings:\n    prefix: str = field(default='/api')\nused = Settings()",
    'used.prefix',
  ],
  [
    'a data class with a factory',
    "import os\nfrom dataclasses import dataclass, field\n@dataclass\nclass Settings:\n    prefix: str = field(default_factory=lambda: os.environ.get('PREFIX', '/api'))\nused = Settings()",
    'used.prefix',
  ],
  [
    'a data class with a helper',
    "import os\nfrom dataclasses import dataclass, field\ndef _env(name, default):\n    return field(default_factory=lambda: os.environ.get(f'B_{name}', default))\n@dataclass\nclass Settings:\n    prefix: str = _env('PREFIX', '/api')\nused = Settings()",
    'used.prefix',
  ],
  [
    'a data class within another',
    "from dataclasses import dataclass, field\n@dataclass\nclass Http:\n    prefix: str = '/api'\n@dataclass\nclass Settings:\n    http: Http = field(default_factory=Http)\nused = Settings()",
    'used.http.prefix',
  ],
  [
    'attrs',
    "import attr\n@attr.s\nclass Settings:\n    prefix = attr.ib(default='/api')\nused = Settings()",
    'used.prefix',
  ],
  [
    'attrs with types',
    "from attrs import define, field\n@define\nclass Settings:\n    prefix: str = field(default='/api')\nused = Settings()",
    'used.prefix',
  ],
  [
    'a named tuple',
    "from typing import NamedTuple\nclass Settings(NamedTuple):\n    prefix: str = '/api'\nused = Settings()",
    'used.prefix',
  ],
  ['a name space', "from types import SimpleNamespace\nused = SimpleNamespace(prefix='/api')", 'used.prefix'],
  [
    'pydantic',
    "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    prefix: str = '/api'\nused = Settings()",
    'used.prefix',
  ],
  [
    'pydantic with prefixed names',
    "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='BERTHS_')\n    prefix: str = '/api'\nused = Settings(_env_file='.env')",
    'used.prefix',
  ],
  [
    'a field of pydantic',
    "from pydantic import BaseSettings, Field\nclass Settings(BaseSettings):\n    prefix: str = Field('/api', env='PREFIX')\nused = Settings()",
    'used.prefix',
  ],
  [
    'a default of pydantic',
    "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    prefix: str = Field(default='/api', validation_alias='PREFIX')\nused = Settings()",
    'used.prefix',
  ],
  [
    'a factory of pydantic',
    "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    prefix: str = Field(default_factory=lambda: '/api')\nused = Settings()",
    'used.prefix',
  ],
  [
    'an annotation of pydantic',
    "from typing import Annotated\nfrom pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    prefix: Annotated[str, Field(min_length=1)] = '/api'\nused = Settings()",
    'used.prefix',
  ],
  [
    'settings within settings',
    "from pydantic import BaseModel\nfrom pydantic_settings import BaseSettings\nclass Http(BaseModel):\n    prefix: str = '/api'\nclass Settings(BaseSettings):\n    http: Http = Http()\nused = Settings()",
    'used.http.prefix',
  ],
  [
    'settings within settings by a factory',
    "from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings\nclass Http(BaseModel):\n    prefix: str = '/api'\nclass Settings(BaseSettings):\n    http: Http = Field(default_factory=Http)\nused = Settings()",
    'used.http.prefix',
  ],
  [
    'a property',
    "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    version: str = 'api'\n    @property\n    def prefix(self) -> str:\n        return f'/{self.version}'\nused = Settings()",
    'used.prefix',
  ],
  [
    'a computed field',
    "from pydantic import computed_field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    version: str = 'api'\n    @computed_field\n    @property\n    def prefix(self) -> str:\n        return f'/{self.version}'\nused = Settings()",
    'used.prefix',
  ],
  [
    'a computed field by itself',
    "from pydantic import computed_field\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    version: str = 'api'\n    @computed_field\n    def prefix(self) -> str:\n        return f'/{self.version}'\nused = Settings()",
    'used.prefix',
  ],
  [
    'settings that are kept',
    "from functools import lru_cache\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    prefix: str = '/api'\n@lru_cache()\ndef get_settings() -> Settings:\n    return Settings()",
    'get_settings().prefix',
  ],
  [
    'settings by what is set',
    "import os\nfrom pydantic_settings import BaseSettings\nclass Base(BaseSettings):\n    prefix: str = '/api'\nclass Dev(Base):\n    debug: bool = True\nclass Prod(Base):\n    debug: bool = False\nkinds = {'dev': Dev, 'prod': Prod}\nused = kinds[os.environ.get('ENV', 'dev')]()",
    'used.prefix',
  ],
  [
    'settings by a value of an enum',
    "import os\nfrom enum import Enum\nfrom pydantic_settings import BaseSettings\nclass Kind(str, Enum):\n    dev = 'dev'\nclass Base(BaseSettings):\n    kind: Kind = Kind.dev\n    prefix: str = '/api'\nclass Dev(Base):\n    debug: bool = True\nkinds = {Kind.dev: Dev}\nused = kinds[Base().kind]()",
    'used.prefix',
  ],
  [
    'a class with a constructor',
    "import os\nclass Settings:\n    def __init__(self):\n        self.prefix = os.getenv('PREFIX', '/api')\nused = Settings()",
    'used.prefix',
  ],
  [
    'a class of constants',
    "import os\nclass Settings:\n    PREFIX = os.getenv('PREFIX', '/api')\n    @classmethod\n    def path(cls):\n        return cls.PREFIX",
    'Settings.path()',
  ],
  ['typed constants', "from typing import Final\nPREFIX: Final[str] = '/api'", 'PREFIX'],
])(
  'a prefix that is a setting is what it is by default: %s [SPEC-EXTRACT-01]',
  async (_, settings, prefix) => {
    const found = summarize(await extractFiles(fastapiApp(settings, prefix)))
    expect(found.operations).toEqual(['GET /api/berths'])
  },
)

test('a setting that decides what a handler answers is what the program says, whatever it is by default [SPEC-EXTRACT-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
from flask import Flask, abort, current_app
app = Flask(__name__)
app.config.from_mapping(MODE='open')
@app.get('/berths')
def berths():
    if current_app.config['MODE'] == 'closed':
        abort(503)
    return []
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([503])
})

test.each<[string, Record<string, string>]>([
  [
    'Django, by its settings',
    {
      'requirements.txt': 'django\ndjangorestframework\n',
      'berths/settings.py': `import os\nINSTALLED_APPS = []\nROOT_URLCONF = 'berths.urls'\nAPI_PREFIX = os.getenv('API_PREFIX', 'api')\n`,
      'berths/urls.py': `from django.conf import settings\nfrom django.urls import include, path\nfrom berths import views\ninner = [path('berths', views.Berths.as_view())]\nurlpatterns = [path(f'{settings.API_PREFIX}/', include(inner))]\n`,
      'berths/views.py': `from rest_framework.views import APIView\nfrom rest_framework.response import Response\nclass Berths(APIView):\n    def get(self, request):\n        return Response([])\n`,
    },
  ],
  [
    'Django, by what its settings may have',
    {
      'requirements.txt': 'django\ndjangorestframework\n',
      'berths/settings.py': `INSTALLED_APPS = []\nROOT_URLCONF = 'berths.urls'\n`,
      'berths/urls.py': `from django.conf import settings\nfrom django.urls import path\nfrom berths import views\nurlpatterns = [path(getattr(settings, 'API_PREFIX', 'api/') + 'berths', views.Berths.as_view())]\n`,
      'berths/views.py': `from rest_framework.views import APIView\nfrom rest_framework.response import Response\nclass Berths(APIView):\n    def get(self, request):\n        return Response([])\n`,
    },
  ],
  [
    'Django Ninja, by the names of routers',
    {
      'requirements.txt': 'django-ninja\n',
      'berths/settings.py': `INSTALLED_APPS = ['ninja']\nROOT_URLCONF = 'berths.urls'\n`,
      'berths/urls.py': `from django.urls import path\nfrom ninja import NinjaAPI\napi = NinjaAPI()\napi.add_router('', 'berths.parts.router', tags=['Berths'])\nurlpatterns = [path('api/', api.urls)]\n`,
      'berths/parts.py': `from ninja import Router\nrouter = Router()\n@router.get('/berths')\ndef berths(request):\n    return []\n`,
    },
  ],
  [
    'aiohttp, by a data class of settings',
    {
      'requirements.txt': 'aiohttp\n',
      'berths/settings.py': `import os\nfrom dataclasses import dataclass, field\ndef _env(name, default):\n    return field(default_factory=lambda: os.environ.get(f'BERTHS_{name}', default))\n@dataclass(frozen=True)\nclass Settings:\n    base: str = _env('BASE', '/api')\n`,
      'berths/app.py': `from aiohttp import web\nfrom berths.settings import Settings\nroutes = web.RouteTableDef()\n@routes.get('/berths')\nasync def berths(request):\n    return web.json_response([])\ndef inner():\n    api = web.Application()\n    api.add_routes(routes)\n    return api\ndef build(settings: Settings | None = None):\n    settings = settings or Settings()\n    app = web.Application()\n    app['settings'] = settings\n    app.add_subapp(settings.base, inner())\n    return app\nif __name__ == '__main__':\n    web.run_app(build(Settings()))\n`,
    },
  ],
  [
    'aiohttp, by what the application keeps',
    {
      'requirements.txt': 'aiohttp\n',
      'berths/app.py': `from aiohttp import web\nfrom dataclasses import dataclass\n@dataclass\nclass Settings:\n    base: str = '/api'\nasync def berths(request):\n    return web.json_response([])\ndef routes(app):\n    app.router.add_get(app['settings'].base + '/berths', berths)\ndef build():\n    app = web.Application()\n    app['settings'] = Settings()\n    routes(app)\n    return app\nweb.run_app(build())\n`,
    },
  ],
  [
    'Sanic, by its settings',
    {
      'requirements.txt': 'sanic\n',
      'berths/app.py': `from sanic import Blueprint, Sanic, json\nclass Settings:\n    API_PREFIX = '/api'\napp = Sanic('berths')\napp.update_config(Settings)\npart = Blueprint('part', url_prefix=app.config.API_PREFIX)\n@part.get('/berths')\nasync def berths(request):\n    return json([])\napp.blueprint(part)\n`,
    },
  ],
  [
    'Sanic, by a class',
    {
      'requirements.txt': 'sanic\n',
      'berths/app.py': `from sanic import Blueprint, Sanic, json\nclass Settings:\n    ROOT = '/api'\n    API_PREFIX = ROOT\napp = Sanic('berths')\npart = Blueprint('part')\n@part.get('/berths')\nasync def berths(request):\n    return json([])\nall_parts = Blueprint.group(part, url_prefix=Settings.API_PREFIX)\napp.blueprint(all_parts)\n`,
    },
  ],
  [
    'Starlette',
    {
      'requirements.txt': 'starlette\n',
      'berths/app.py': `from starlette.applications import Starlette\nfrom starlette.config import Config\nfrom starlette.responses import JSONResponse\nfrom starlette.routing import Mount, Route\nconfig = Config('.env')\nPREFIX = config('API_PREFIX', default='/api')\nasync def berths(request):\n    return JSONResponse([])\napp = Starlette(routes=[Mount(PREFIX, routes=[Route('/berths', berths)])])\n`,
    },
  ],
  [
    'Litestar',
    {
      'requirements.txt': 'litestar\n',
      'berths/app.py': `import os\nfrom dataclasses import dataclass, field\nfrom litestar import Litestar, Router, get\n@dataclass\nclass Http:\n    prefix: str = field(default_factory=lambda: os.getenv('PREFIX', '/api'))\n@dataclass\nclass Settings:\n    http: Http = field(default_factory=Http)\nsettings = Settings()\n@get('/berths')\nasync def berths() -> list[str]:\n    return []\napp = Litestar(route_handlers=[Router(path=settings.http.prefix, route_handlers=[berths])])\n`,
    },
  ],
  [
    'Litestar, by its own path',
    {
      'requirements.txt': 'litestar\n',
      'berths/app.py': `from litestar import Litestar, get\n@get('/berths')\nasync def berths() -> list[str]:\n    return []\napp = Litestar(route_handlers=[berths], path='/api')\n`,
    },
  ],
  [
    'Falcon',
    {
      'requirements.txt': 'falcon\n',
      'berths/app.py': `import falcon\nclass Paths:\n    API = '/api'\n    BERTHS = API + '/berths'\nclass Berths:\n    def on_get(self, req, resp):\n        resp.media = []\napp = falcon.App()\napp.add_route(Paths.BERTHS, Berths())\n`,
    },
  ],
  [
    'Quart',
    {
      'requirements.txt': 'quart\n',
      'berths/app.py': `from quart import Blueprint, Quart\npart = Blueprint('part', __name__)\n@part.get('/berths')\nasync def berths():\n    return []\ndef create_app():\n    app = Quart(__name__)\n    app.config.from_mapping(API_PREFIX='/api')\n    app.register_blueprint(part, url_prefix=app.config['API_PREFIX'])\n    return app\n`,
    },
  ],
  [
    'blueprints by the names of modules',
    {
      'requirements.txt': 'flask\n',
      'berths/__init__.py': '',
      'berths/parts/__init__.py': '',
      'berths/parts/berths.py': `from flask import Blueprint\nblueprint = Blueprint('berths', __name__)\n@blueprint.get('/berths')\ndef berths():\n    return []\n`,
      'berths/app.py': `from flask import Flask\nfrom werkzeug.utils import import_string\nparts = ['berths.parts.berths:blueprint']\ndef create_app():\n    app = Flask(__name__)\n    for part in parts:\n        app.register_blueprint(import_string(part), url_prefix='/api')\n    return app\n`,
    },
  ],
  [
    'a root path of FastAPI',
    {
      'requirements.txt': 'fastapi\n',
      'berths/app.py': `from fastapi import APIRouter, FastAPI\nfrom berths.settings import settings\npart = APIRouter(prefix=settings.api.v1.prefix)\n@part.get(settings.api.v1.berths)\ndef berths():\n    return []\nmain_app = FastAPI()\nmain_app.include_router(part)\n`,
      'berths/settings.py': `from pydantic import BaseModel\nfrom pydantic_settings import BaseSettings\nclass V1(BaseModel):\n    prefix: str = '/api'\n    berths: str = '/berths'\nclass Api(BaseModel):\n    v1: V1 = V1()\nclass Settings(BaseSettings):\n    api: Api = Api()\nsettings = Settings()\n`,
    },
  ],
])('a prefix that is a setting is what it is by default: %s [SPEC-EXTRACT-01]', async (_, files) => {
  expect(summarize(await extractFiles(files)).operations).toEqual(['GET /api/berths'])
})
