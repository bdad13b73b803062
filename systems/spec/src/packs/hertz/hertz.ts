import { basic } from '../credentials.ts'
import { commonMethods } from '../methods.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'github.com/cloudwego/hertz/pkg'
const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb, path: 0, handlers: 1 }]),
)
const answer = (media: string): CallRule => ({ does: 'respond', status: { arg: 0 }, body: 1, media })
const calls: Record<string, CallRule> = {
  Next: { does: 'pass' },
  FullPath: { does: 'asked', of: 'path' },
  JSON: answer('application/json'),
  PureJSON: answer('application/json'),
  IndentedJSON: answer('application/json'),
  AbortWithStatusJSON: answer('application/json'),
  String: answer('text/plain'),
  XML: answer('application/xml'),
  Data: { does: 'respond', status: { arg: 0 }, body: 2 },
  HTML: { does: 'respond', status: { arg: 0 }, body: 2, media: 'text/html' },
  Redirect: { does: 'respond', status: { arg: 0 } },
  AbortWithStatus: { does: 'respond', status: { arg: 0 } },
  AbortWithMsg: { does: 'respond', status: { arg: 1 }, body: 0, media: 'text/plain' },
  SetStatusCode: { does: 'respond', status: { arg: 0 }, sends: 'head' },
  Status: { does: 'respond', status: { arg: 0 }, sends: 'head' },
  Write: { does: 'respond', body: 0, sends: 'body' },
  WriteString: { does: 'respond', body: 0, media: 'text/plain', sends: 'body' },
  File: { does: 'respond' },
  Query: { does: 'read', in: 'query', name: 0 },
  DefaultQuery: { does: 'read', in: 'query', name: 0, otherwise: 1 },
  GetQuery: { does: 'read', in: 'query', name: 0 },
  Param: { does: 'read', in: 'path', name: 0 },
  PostForm: { does: 'read', in: 'form', name: 0 },
  DefaultPostForm: { does: 'read', in: 'form', name: 0, otherwise: 1 },
  FormFile: { does: 'read', in: 'form', name: 0, type: 'file' },
  GetHeader: { does: 'read', in: 'header', name: 0 },
  Cookie: { does: 'read', in: 'cookie', name: 0 },
  BindJSON: { does: 'body', into: 0, media: 'application/json' },
  BindQuery: { does: 'body', into: 0, media: 'query' },
  BindPath: { does: 'body', into: 0, media: 'path' },
  BindForm: { does: 'body', into: 0, media: 'form' },
  BindHeader: { does: 'body', into: 0, media: 'header' },
  Bind: { does: 'body', into: 0, onGet: 'query', isByType: true },
  BindAndValidate: { does: 'body', into: 0, onGet: 'query', isByType: true },
}

/** Hertz (cloudwego.io/docs/hertz, "Route", "Request", "Response"). */
export const hertz: Pack = {
  framework: 'Hertz',
  language: 'go',
  anyMethods: commonMethods,
  silentStatus: 200,
  uses: /^github\.com\/cloudwego\/hertz\/pkg\/(?:app|route)/,
  routers: { [`${root}/app/server.Default`]: { isApp: true }, [`${root}/app/server.New`]: { isApp: true } },
  routerTypes: {
    [`${root}/app/server.Hertz`]: true,
    [`${root}/route.Engine`]: true,
    [`${root}/route.RouterGroup`]: false,
    [`${root}/route.IRouter`]: false,
    [`${root}/route.IRoutes`]: false,
  },
  methods: {
    ...routes,
    Any: { does: 'route', method: '*', path: 0, handlers: 1 },
    Handle: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Group: { does: 'group', prefix: 0, middleware: 1 },
    Use: { does: 'use' },
    Spin: { does: 'serve' },
  },
  syntax: 'colon',
  // hertz-contrib and its own "Basic Auth".
  refuses: [
    {
      of: /^github\.com\/cloudwego\/hertz\/pkg\/app\/middlewares\/server\/basic_auth\.BasicAuth(?:ForRealm)?\(\)$/,
      status: 401,
      asks: [basic],
    },
  ],
  inputTags: { query: 'query', path: 'path', header: 'header' },
  calls: Object.fromEntries(
    Object.entries(calls).map(([name, rule]) => [`${root}/app.RequestContext().${name}`, rule]),
  ),
}
