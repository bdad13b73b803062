import { writerCalls } from '../net-http/writer-calls.ts'
import type { CallRule, MethodRule, Pack } from '../pack.ts'

const root = 'github.com/fasthttp/router'
const context = 'github.com/valyala/fasthttp.RequestCtx()'
const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb, path: 0, handlers: 1 }]),
)
const read = (place: 'query' | 'form' | 'header' | 'cookie', type?: 'integer' | 'boolean'): CallRule => ({
  does: 'read',
  in: place,
  name: 0,
  ...(type ? { type } : {}),
})
/** What arguments of a query and of a form are asked by (`Args`). */
const args = (place: 'query' | 'form'): Record<string, CallRule> => ({
  Peek: read(place),
  PeekMulti: { does: 'read', in: place, name: 0, type: 'list' },
  Has: read(place),
  GetUint: read(place, 'integer'),
  GetUintOrZero: read(place, 'integer'),
  GetBool: read(place, 'boolean'),
})
const sent: CallRule = { does: 'respond', body: 0, sends: 'body' }
const ofRequest: Record<string, CallRule> = {
  SetStatusCode: { does: 'respond', status: { arg: 0 }, sends: 'head' },
  SetBody: sent,
  SetBodyString: { ...sent, media: 'text/plain' },
  SetBodyStream: sent,
  Write: sent,
  WriteString: { ...sent, media: 'text/plain' },
  Error: { does: 'respond', status: { arg: 1 }, body: 0, media: 'text/plain' },
  Redirect: { does: 'respond', status: { arg: 1 } },
  NotFound: { does: 'respond', status: 404 },
  NotModified: { does: 'respond', status: 304 },
  Success: { does: 'respond', status: 200, body: 1 },
  SuccessString: { does: 'respond', status: 200, body: 1 },
  SendFile: { does: 'respond' },
  FormValue: { does: 'read', in: 'query', withBody: 'form', name: 0 },
  FormFile: { does: 'read', in: 'form', name: 0, type: 'file' },
  UserValue: { does: 'read', in: 'path', name: 0 },
  Path: { does: 'asked', of: 'path' },
  Method: { does: 'asked', of: 'method' },
  'Request.Header.Peek': read('header'),
  'Request.Header.Cookie': read('cookie'),
  'Response.SetStatusCode': { does: 'respond', status: { arg: 0 }, sends: 'head' },
  'Response.SetBody': sent,
  'Response.SetBodyString': { ...sent, media: 'text/plain' },
}

/** fasthttp with its router (pkg.go.dev/github.com/fasthttp/router, `Router`, `Group`; pkg.go.dev/github.com/valyala/fasthttp, `RequestCtx`, `Args`). */
export const fasthttp: Pack = {
  framework: 'fasthttp/router',
  language: 'go',
  silentStatus: 200,
  uses: /^github\.com\/fasthttp\/router(?:\.|$)/,
  routers: { [`${root}.New`]: { isApp: true } },
  routerTypes: { [`${root}.Router`]: true, [`${root}.Group`]: false },
  methods: {
    ...routes,
    ANY: { does: 'route', method: '*', path: 0, handlers: 1 },
    Handle: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Group: { does: 'group', prefix: 0 },
    ServeFiles: { does: 'route', method: 'GET', path: 0, handlers: 1 },
  },
  // What handlers panic with.
  routerSets: { PanicHandler: 'errors' },
  selfMembers: ['Handler'],
  syntax: 'braces',
  isStrictSlash: true,
  calls: {
    ...writerCalls,
    ...Object.fromEntries(
      Object.entries({
        ...ofRequest,
        ...Object.fromEntries(
          Object.entries(args('query')).map(([name, rule]) => [`QueryArgs().${name}`, rule]),
        ),
        ...Object.fromEntries(
          Object.entries(args('form')).map(([name, rule]) => [`PostArgs().${name}`, rule]),
        ),
      }).map(([name, rule]) => [`${context}.${name}`, rule]),
    ),
  },
}
