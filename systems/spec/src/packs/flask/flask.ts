import { werkzeugErrors } from './werkzeug-errors.ts'
import { basic, bearer, sessionCookie } from '../credentials.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'
import { sqlalchemyCalls, sqlalchemyErrors } from '../sqlalchemy.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, decorates: true }]),
)
const read = (place: 'query' | 'header' | 'cookie' | 'form'): CallRule => ({
  does: 'read',
  in: place,
  name: 0,
  otherwise: { at: 1, name: 'default' },
})

const readFile: CallRule = { does: 'read', in: 'form', name: 0, type: 'file' }

/** flask-httpauth, "error_handler": code of one's own answers. */
const httpAuth = {
  status: 401,
  unless: { option: 'optional', is: true },
  otherwise: [{ said: /\.error_handler$/m, status: 0, by: 'error_handler' }],
}

const name = { at: 0, name: 'name' }

/** Flask-RESTful and Flask-RESTX ("Handling errors"): they answer all errors of their resources themselves, unless exceptions are let through to the program. */
const keepsErrors = { unless: /\bPROPAGATE_EXCEPTIONS\b|\bdef handle_error\(/ }

/** Raises the exception of a status, so that handlers of that one, its class or its status are asked (werkzeug, "Simple Aborting"). */
const abort: CallRule = {
  does: 'raise',
  status: { arg: 0 },
  message: { at: 1, name: 'description' },
  never: true,
  errors: new Map(
    Object.entries(werkzeugErrors).flatMap(([name, status]): [number, string][] =>
      typeof status === 'number' && !name.endsWith('KeyError') ? [[status, name]] : [],
    ),
  ),
}

const restxAbort: CallRule = {
  does: 'raise',
  status: { arg: { at: 0, name: 'code' }, otherwise: 500 },
  message: 1,
  never: true,
}

/** Flask 2 and 3, blueprints, class-based views, Flask-RESTful and Flask-RESTX (flask.palletsprojects.com, "API"). */
export const flask: Pack = {
  framework: 'Flask',
  language: 'python',
  uses: /^(?:flask|flask_restful|flask_restx|apiflask|flask_smorest|flask_classful|apifairy)(?:\.|$)|^werkzeug\.middleware\.dispatcher$/,
  routers: {
    'flask.Flask': { isApp: true },
    'apiflask.APIFlask': { isApp: true, called: 'apiflask.APIFlask()' },
    'flask.Blueprint': { isApp: false, prefix: 'url_prefix', name },
    'apiflask.APIBlueprint': { isApp: false, prefix: 'url_prefix', name, called: 'apiflask.APIBlueprint()' },
    'flask_smorest.Blueprint': {
      isApp: false,
      prefix: 'url_prefix',
      name,
      called: 'flask_smorest.Blueprint()',
    },
    // "Errors": it answers all HTTP exceptions with their codes, and says what its own `abort` was given.
    'flask_smorest.Api': {
      isApp: true,
      on: { at: 0, name: 'app' },
      answersErrors: 'werkzeug.exceptions.HTTPException',
    },
    'flask_restful.Api': { isApp: true, prefix: 'prefix', on: { at: 0, name: 'app' }, keepsErrors },
    'flask_restx.Api': {
      isApp: true,
      prefix: 'prefix',
      on: { at: 0, name: 'app' },
      keepsErrors,
      called: 'flask_restx.Api()',
    },
    'flask_restx.Namespace': {
      isApp: false,
      prefix: 'path',
      named: { at: 0, name: 'name' },
      called: 'flask_restx.Namespace()',
    },
  },
  instances: {
    'flask_oauthlib.provider.OAuth2Provider': 'flask_oauthlib.provider.OAuth2Provider()',
    'flask_oauthlib.provider.oauth2.OAuth2Provider': 'flask_oauthlib.provider.OAuth2Provider()',
  },
  alike: { named: /^\w+Flask$/, as: 'flask.Flask' },
  // werkzeug, "Application Dispatcher".
  serving: Object.fromEntries(
    ['werkzeug.middleware.dispatcher', 'werkzeug.wsgi'].map((of) => [
      `${of}.DispatcherMiddleware`,
      { at: 1, name: 'mounts' },
    ]),
  ),
  selfMembers: ['wsgi_app'],
  routerTypes: { 'flask.Flask': true, 'flask.Blueprint': false },
  methods: {
    ...routes,
    route: { does: 'route', method: 'GET', methods: 'methods', path: 0, decorates: true },
    add_url_rule: {
      does: 'route',
      method: 'GET',
      methods: 'methods',
      path: { at: 0, name: 'rule' },
      handlers: { at: 2, name: 'view_func' },
      decorates: true,
    },
    register_blueprint: {
      does: 'mount',
      prefix: 'url_prefix',
      child: { at: 0, name: 'blueprint' },
      childPrefix: 'url_prefix',
      isOfRoutes: true,
    },
    namespace: {
      does: 'group',
      prefix: 'path',
      named: { at: 0, name: 'name' },
      called: 'flask_restx.Namespace()',
    },
    init_app: { does: 'put-on', router: { at: 0, name: 'app' } },
    add_namespace: { does: 'mount', prefix: 'path', child: 0, childPrefix: 'path' },
    add_resource: { does: 'resource', cls: 0, paths: 1 },
    before_request: { does: 'before' },
    before_app_request: { does: 'before', isForAll: true },
    errorhandler: { does: 'error', type: 0, handler: 1, decorates: true },
    app_errorhandler: { does: 'error', type: 0, handler: 1, decorates: true, isForAll: true },
    register_error_handler: { does: 'error', type: 0, handler: 1 },
  },
  lastErrorFirst: true,
  endpoint: 'flask.request.endpoint',
  views: ['flask.current_app.view_functions', 'flask.Flask().view_functions'],
  missingInput: 'werkzeug.exceptions.BadRequestKeyError',
  statusMarks: [
    { of: /^flask_smorest\.Blueprint\(\)\.response\(\)$/, status: { at: 0, name: 'status_code' } },
    // apiflask.com, "Response formatting".
    {
      of: /^apiflask\.API(?:Flask|Blueprint)\(\)\.output\(\)$/,
      status: { at: 1, name: 'status_code' },
    },
    // apifairy.readthedocs.io, "Decorator Reference".
    { of: /^apifairy\.(?:\w+\.)?response\(\)$/, status: { at: 1, name: 'status_code' } },
  ],
  syntax: 'angle',
  isStrictSlash: true,
  calls: {
    'flask.abort': abort,
    'werkzeug.exceptions.abort': abort,
    'flask_restful.abort': { does: 'raise', status: { arg: 0 }, message: 'message', never: true },
    'flask_restx.abort': restxAbort,
    'flask_restx.Namespace().abort': restxAbort,
    'flask_restx.Api().abort': restxAbort,
    'flask_smorest.abort': { does: 'raise', status: { arg: 0 }, message: 'message', never: true },
    'apiflask.abort': {
      does: 'raise',
      status: { arg: { at: 0, name: 'status_code' } },
      message: { at: 1, name: 'message' },
      never: true,
    },
    'flask.request.args.get': read('query'),
    'flask.request.args.getlist': read('query'),
    'flask.request.headers.get': read('header'),
    'flask.request.cookies.get': read('cookie'),
    'flask.request.form.get': read('form'),
    'flask.request.form.getlist': read('form'),
    'flask.request.files.get': readFile,
    'flask.request.files.getlist': readFile,
    // werkzeug, `Request.values`: of the query and, where there may be a body, of the form.
    'flask.request.values.get': {
      does: 'read',
      in: 'query',
      name: 0,
      otherwise: { at: 1, name: 'default' },
      orBody: 'form',
    },
    'flask.request.get_json': { does: 'body' },
    'flask_jwt_extended.verify_jwt_in_request': {
      does: 'raise',
      status: { arg: 99 },
      error: 'flask_jwt_extended.exceptions.NoAuthorizationError',
      unless: { option: 'optional', is: true },
      asks: [bearer],
    },
  },
  fileInputs: ['flask.request.files'],
  inputs: {
    'flask.request.args': 'query',
    'flask.request.headers': 'header',
    'flask.request.cookies': 'cookie',
    'flask.request.form': 'form',
    'flask.request.files': 'form',
    'flask.request.json': 'body',
    'flask_restx.Namespace().payload': 'body',
    'flask_restx.Api().payload': 'body',
  },
  lastCalls: {
    ...sqlalchemyCalls,
    ...Object.fromEntries(
      ['get_or_404', 'first_or_404', 'one_or_404'].map((name): [string, CallRule] => [
        name,
        { does: 'raise', status: { arg: 99 }, error: 'werkzeug.exceptions.NotFound' },
      ]),
    ),
    // Flask-SQLAlchemy ("Paging Query Results"): a page that is none, or has nothing.
    paginate: {
      does: 'raise',
      status: { arg: 99 },
      error: 'werkzeug.exceptions.NotFound',
      unless: { option: 'error_out', is: false, at: 2 },
      on: /\.query\b.*\.paginate$|\bdb\.paginate$/,
    },
  },
  assigns: {
    'flask.jsonify().status_code': 'status',
    'flask.make_response().status_code': 'status',
    'flask.Response().status_code': 'status',
  },
  schemas: [
    // webargs, flask-apispec: 422 by default; flask-smorest and APIFlask build on it.
    {
      of: /^(?:webargs\.\w+\.(?:use_args|use_kwargs)|flask_apispec(?:\.annotations)?\.use_kwargs|webargs\.\w+\.FlaskParser\(\)\.use_\w+|flask_smorest\.Blueprint\(\)\.arguments)\(\)$/,
      schema: 0,
      place: 'location',
      otherwise: 'body',
      status: 422,
      // webargs, "Error handling".
      statusBy: 'error_status_code',
      raises: 'werkzeug.exceptions.UnprocessableEntity',
    },
    // flask-restx.readthedocs.io, "The @api.expect() decorator": it only documents where it is not told to validate.
    {
      of: /^flask_restx\.(?:Namespace|Api)\(\)\.expect\(\)$/,
      schema: 0,
      place: 'location',
      otherwise: 'body',
      status: 400,
      raises: 'werkzeug.exceptions.BadRequest',
      only: { option: 'validate', is: true },
    },
    {
      of: /^apifairy\.(?:\w+\.)?body\(\)$/,
      schema: 0,
      place: 'location',
      otherwise: 'body',
      status: 400,
    },
    {
      of: /^apifairy\.(?:\w+\.)?arguments\(\)$/,
      schema: 0,
      place: 'location',
      otherwise: 'query',
      status: 400,
    },
    {
      // apiflask.com, "Request handling": 422 unless the program's settings say another one.
      of: /^apiflask\.API(?:Flask|Blueprint)\(\)\.input\(\)$/,
      schema: 0,
      place: { at: 1, name: 'location' },
      otherwise: 'body',
      status: 422,
      unless: { option: 'validation', is: false },
    },
  ],
  errors: {
    ...werkzeugErrors,
    'flask_jwt_extended.exceptions.NoAuthorizationError': 401,
    'flask_wtf.csrf.CSRFError': 400,
    ...Object.fromEntries(
      ['apiflask.HTTPError', 'apiflask.exceptions.HTTPError'].map((path) => [
        path,
        { arg: { at: 0, name: 'status_code' }, otherwise: 500 },
      ]),
    ),
  },
  // werkzeug.palletsprojects.com, "HTTP Exceptions": `HTTPException(description=None, response=None)`.
  errorText: 'description',
  errorBases: [
    { of: /^werkzeug\.exceptions\.\w+$/, bases: ['werkzeug.exceptions.HTTPException'] },
    {
      of: /^werkzeug\.exceptions\.BadRequestKeyError$/,
      bases: ['werkzeug.exceptions.BadRequest', 'KeyError'],
    },
    { of: /^flask_wtf\.csrf\.CSRFError$/, bases: ['werkzeug.exceptions.BadRequest'] },
    ...sqlalchemyErrors,
  ],
  // flask-jwt-extended, "API Documentation": they give what `jwt_required` or `verify_jwt_in_request` found.
  neverRaise: [
    {
      of: /^flask_jwt_extended\.(?:utils\.)?get_(?:jwt|jwt_header|jwt_identity|jwt_request_location|current_user)$/,
      errors: /^(?:flask_jwt_extended|jwt)\.(?:exceptions\.)?\w+$/,
    },
  ],
  // flask-jwt-extended, "Protecting endpoints"; flask-login, "login_required"; flask-httpauth.
  refuses: [
    {
      of: /^flask_jwt_extended\.(?:jwt_required|fresh_jwt_required|jwt_refresh_token_required)(?:\(\))?$/,
      status: 401,
      otherwise: [{ said: /\.unauthorized_loader\b/, status: 0, by: 'unauthorized_loader' }],
      unless: { option: 'optional', is: true },
      asks: [bearer],
    },
    // "Changing Default Behaviors": a token that is there and none that this program made, also where none is asked for.
    {
      of: /^flask_jwt_extended\.(?:jwt_required|fresh_jwt_required|jwt_refresh_token_required)(?:\(\))?$/,
      status: 422,
      fails: { call: 'decode_token(…)', with: 'DecodeError' },
      otherwise: [{ said: /\.invalid_token_loader\b/, status: 0, by: 'invalid_token_loader' }],
    },
    // Who may show none is refused by one that was good once.
    {
      of: /^flask_jwt_extended\.jwt_required(?:\(\))?$/,
      status: 401,
      fails: { call: 'decode_token(…)', with: 'ExpiredSignatureError' },
      only: { option: 'optional', is: true },
      otherwise: [{ said: /\.expired_token_loader\b/, status: 0, by: 'expired_token_loader' }],
    },
    // Who has to show one is told apart where code of one's own answers.
    {
      of: /^flask_jwt_extended\.jwt_required(?:\(\))?$/,
      status: 0,
      fails: { call: 'decode_token(…)', with: 'ExpiredSignatureError' },
      unless: { option: 'optional', is: true },
      otherwise: [{ said: /\.expired_token_loader\b/, status: 0, by: 'expired_token_loader' }],
    },
    {
      of: /^flask_jwt\.jwt_required(?:\(\))?$/,
      status: 401,
      asks: [{ in: 'header', name: 'authorization', scheme: 'jwt' }],
    },
    {
      of: /^flask_login\.(?:utils\.)?(?:login_required|fresh_login_required)$/,
      raises: 'werkzeug.exceptions.Unauthorized',
      status: 401,
      asks: [sessionCookie('session')],
      isForUnknown: true,
      // "Customizing the Login Process": a page to sign in at, or code of one's own.
      otherwise: [
        { said: /\.login_view\s*=(?!=|\s*None\b)/, status: 302 },
        { said: /\.unauthorized_handler\b/, status: 0, by: 'unauthorized_handler' },
      ],
    },
    { of: /^flask_httpauth\.HTTPBasicAuth\(\)\.login_required(?:\(\))?$/, asks: [basic], ...httpAuth },
    { of: /^flask_httpauth\.HTTPTokenAuth\(\)\.login_required(?:\(\))?$/, asks: [bearer], ...httpAuth },
    { of: /^flask_httpauth\.(?!HTTP(?:Basic|Token)Auth\b)\w+\(\)\.login_required(?:\(\))?$/, ...httpAuth },
    // flask-security: who is not signed in is sent to sign in, or a 401 where JSON is asked for; roles and permissions refuse with 403 or elsewhere.
    {
      of: /^flask_security\.(?:decorators\.)?(?:auth_required|login_required|http_auth_required|auth_token_required)(?:\(\))?$/,
      status: 0,
      asks: [],
    },
    // flask-oauthlib, "Protect Resource"; Authlib, "ResourceProtector": who shows no token that is good.
    {
      of: /^(?:flask_oauthlib\.provider\.(?:\w+\.)?OAuth2Provider\(\)\.require_oauth|authlib\.integrations\.flask_oauth2\.(?:\w+\.)?ResourceProtector\(\))\(\)$/,
      status: 401,
      unless: { option: 'optional', is: true },
      asks: [bearer],
    },
    // APIFairy's and APIFlask's are those of Flask-HTTPAuth which they are given.
    {
      of: /^(?:apifairy\.(?:\w+\.)?authenticate|apiflask\.API(?:Flask|Blueprint)\(\)\.auth_required)\(\)$/,
      asks: [],
      ...httpAuth,
    },
    // Flask-WTF, "CSRF Protection".
    {
      of: /^flask_wtf\.csrf\.CSRFProtect$/,
      status: 400,
      raises: 'flask_wtf.csrf.CSRFError',
      lacks: { option: '', otherwise: ['header.X-CSRFToken', 'header.X-CSRF-Token', 'form.csrf_token'] },
    },
    {
      of: /^flask_limiter\.Limiter\(\)\.limit\(\)$/,
      status: 429,
      raises: 'werkzeug.exceptions.TooManyRequests',
    },
  ],
  answers: {
    'flask.make_response': { status: { arg: 1, otherwise: 200 }, body: 0, ofReturned: true },
    ...Object.fromEntries(
      ['flask.Response', 'flask.current_app.response_class', 'flask.Flask().response_class'].map((path) => [
        path,
        { status: { arg: { at: 1, name: 'status' }, otherwise: 200 }, body: { at: 0, name: 'response' } },
      ]),
    ),
    'flask.jsonify': { status: 200, body: 0, isNamed: true },
    'flask.redirect': { status: { arg: { at: 1, name: 'code' }, otherwise: 302 } },
    'flask.render_template': { status: 200 },
    'flask.send_file': { status: 200 },
    'flask.send_from_directory': { status: 200 },
  },
  // "Request.get_json", `on_json_loading_failed`.
  unreadBody: { raises: 'werkzeug.exceptions.BadRequest', status: 400, isForNone: true },
  returns: { status: 200, isBody: true, maySayStatus: true },
  functionParameters: 'path',
}
