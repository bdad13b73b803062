import type { MethodRule, Pack, RouterRule } from '../pack.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: { at: 0, name: 'path' }, decorates: true },
  ]),
)
/** Requests arrive where Django's patterns put it (`path('api/', api.urls)`). */
const part: RouterRule = { isApp: false, handsDown: ['auth'] }
const api: RouterRule = { ...part, called: 'ninja.NinjaAPI()' }

/** Django Ninja (django-ninja.dev, "Routers", "Operations parameters", "Response Schema", "Authentication"). */
export const djangoNinja: Pack = {
  framework: 'Django Ninja',
  language: 'python',
  uses: /^ninja(?:\.|$)/,
  routers: {
    'ninja.NinjaAPI': api,
    'ninja.main.NinjaAPI': api,
    'ninja.Router': part,
    'ninja.router.Router': part,
  },
  selfMembers: ['urls'],
  methods: {
    ...routes,
    api_operation: {
      does: 'route',
      method: 'GET',
      methods: { at: 0, name: 'methods' },
      path: { at: 1, name: 'path' },
      decorates: true,
    },
    add_router: {
      does: 'mount',
      prefix: { at: 0, name: 'prefix' },
      child: { at: 1, name: 'router' },
      handsDown: ['auth'],
    },
    exception_handler: { does: 'error', type: 0, handler: 1, decorates: true },
  },
  // "Path parameters": Django's converters stand before the name.
  syntax: 'converted',
  isStrictSlash: true,
  parameters: ['django:request'],
  errors: {
    'ninja.errors.HttpError': { arg: { at: 0, name: 'status_code' } },
    'ninja.errors.AuthenticationError': 401,
    'ninja.errors.AuthorizationError': 403,
    'ninja.errors.ValidationError': 422,
    'ninja.errors.Throttled': 429,
  },
  // "Handling errors".
  answers: {
    'ninja.NinjaAPI().create_response': {
      status: { arg: { at: 2, name: 'status' }, otherwise: 200 },
      body: { at: 1, name: 'data' },
    },
  },
  // `Operation._get_values`: a body that is no JSON.
  unreadBody: { raises: 'ninja.errors.HttpError', status: 400, isBefore: true },
  returns: { status: 200, isBody: true, maySayStatus: true },
  functionParameters: 'fastapi',
  isGivenRequest: true,
  // Middleware of Django's that stands before it.
  beforeParameters: ['django:request'],
  calledParameters: ['django:request'],
  invalidStatus: 422,
  // "Handling errors", `ninja.errors.ValidationError`.
  invalidErrors: {
    body: ['ninja.errors.ValidationError'],
    bound: ['ninja.errors.ValidationError'],
    type: ['ninja.errors.ValidationError'],
  },
  responseModel: 'response',
  modelsByStatus: true,
}
