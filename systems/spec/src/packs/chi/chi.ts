import { writerCalls } from '../net-http/writer-calls.ts'
import { basic } from '../credentials.ts'
import { commonMethods } from '../methods.ts'
import type { MethodRule, Pack } from '../pack.ts'

const roots = ['github.com/go-chi/chi/v5', 'github.com/go-chi/chi', 'github.com/go-chi/chi/v4']
const verbs = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'Connect', 'Trace']
const routes: Record<string, MethodRule> = Object.fromEntries(
  verbs.map((verb) => [verb, { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1 }]),
)

/** chi 5 (pkg.go.dev/github.com/go-chi/chi/v5, `Router`). */
export const chi: Pack = {
  framework: 'chi',
  language: 'go',
  mayLackVariables: true,
  anyMethods: commonMethods,
  // net/http's server and fasthttp's both send 200 where nothing was written.
  silentStatus: 200,
  handlerMethod: 'ServeHTTP',
  uses: /^github\.com\/go-chi\/chi(?:\/|\.|$)/,
  routers: Object.fromEntries(
    roots.flatMap((root) => [`${root}.NewRouter`, `${root}.NewMux`].map((path) => [path, { isApp: true }])),
  ),
  routerTypes: Object.fromEntries(
    roots.flatMap((root) => [
      [`${root}.Router`, false],
      [`${root}.Mux`, true],
    ]),
  ),
  methods: {
    ...routes,
    // Since 5.1 the method may stand before the path, as in Go's own patterns.
    Handle: { does: 'pattern', pattern: 0, handlers: 1 },
    HandleFunc: { does: 'pattern', pattern: 0, handlers: 1 },
    Method: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    MethodFunc: { does: 'handle', methods: 0, path: 1, handlers: 2 },
    Route: { does: 'group', prefix: 0, body: 1 },
    Group: { does: 'group', body: 0 },
    Mount: { does: 'mount', prefix: 0, child: 1 },
    Use: { does: 'use' },
    With: { does: 'group', middleware: 0 },
  },
  syntax: 'parts',
  refuses: [
    { of: /^github\.com\/go-chi\/jwtauth(?:\/v\d)?\.Authenticator(?:\(\))?$/, status: 401 },
    { of: /^github\.com\/go-chi\/chi\/v\d\/middleware\.BasicAuth\(\)$/, status: 401, asks: [basic] },
    {
      of: /^github\.com\/go-chi\/chi(?:\/v\d)?\/middleware\.AllowContentType\(\)$/,
      status: 415,
    },
    { of: /^github\.com\/go-chi\/chi\/v5\/middleware\.Throttle(?:Backlog)?\(\)$/, status: 429 },
    { of: /^github\.com\/go-chi\/httprate\.Limit\w*\(\)$/, status: 429 },
  ],
  calls: {
    ...writerCalls,
    ...Object.fromEntries(
      roots.map((root) => [`${root}.URLParam`, { does: 'read' as const, in: 'path' as const, name: 1 }]),
    ),
    'github.com/go-chi/render.Status': { does: 'status', status: { arg: 1 } },
    // What `render.Status` does, done by hand.
    'context.WithValue': {
      does: 'status',
      status: { arg: 2 },
      key: { arg: 1, is: 'github.com/go-chi/render.StatusCtxKey' },
    },
    'github.com/go-chi/render.JSON': { does: 'respond', body: 2, media: 'application/json' },
    'github.com/go-chi/render.NoContent': { does: 'respond', status: 204 },
    'github.com/go-chi/render.DecodeJSON': { does: 'body', into: 1 },
    'github.com/go-chi/render.Decode': { does: 'body', into: 1, isByType: true },
    'github.com/go-chi/render.Bind': { does: 'body', into: 1, isByType: true },
    'github.com/go-chi/render.Render': { does: 'render', arg: 2, method: 'Render' },
    'github.com/go-chi/render.PlainText': { does: 'respond', body: 2, media: 'text/plain' },
    'github.com/go-chi/render.HTML': { does: 'respond', body: 2, media: 'text/html' },
    'github.com/go-chi/render.Data': { does: 'respond', body: 2 },
    'github.com/go-chi/render.XML': { does: 'respond', body: 2, media: 'application/xml' },
    'github.com/go-chi/render.RenderList': { does: 'respond', body: 2, media: 'application/json' },
    'github.com/go-chi/render.Respond': { does: 'respond', body: 2 },
  },
}
