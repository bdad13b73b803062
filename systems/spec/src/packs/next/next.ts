import type { CallRule, FileRoutes, MethodRule, Pack, RouterRule } from '../pack.ts'
import { nodeErrors } from '../node-errors.ts'
import { webAnswers } from '../web-answers.ts'

const program: Pick<FileRoutes, 'manifest' | 'settings' | 'before'> = {
  manifest: /"next"\s*:/,
  settings: { file: /^next\.config\.(?:[cm]?js|ts)$/, prefix: 'basePath' },
  before: {
    file: /^(?:src\/)?(?:middleware|proxy)\.[cm]?[jt]s$/,
    names: ['middleware', 'proxy', 'default'],
    matcher: 'config',
  },
}
const read = (place: 'query' | 'header' | 'cookie' | 'form'): CallRule => ({
  does: 'read',
  in: place,
  name: 0,
})
/** Leaves the handler by an error that becomes an answer (nextjs.org, "redirect", "notFound"). */
const leave = (error: string): CallRule => ({ does: 'raise', status: { arg: 99 }, error, never: true })

/** What middleware is given too. */
const request: Pick<Pack, 'calls' | 'inputs' | 'answers' | 'errors' | 'callbacks'> = {
  calls: {
    'next:request.json': { does: 'body', neverOnGet: true },
    'next:request.text': { does: 'body', neverOnGet: true, media: 'text/plain' },
    'next:request.arrayBuffer': { does: 'body', neverOnGet: true, media: 'application/octet-stream' },
    'next:request.blob': { does: 'body', neverOnGet: true, media: 'application/octet-stream' },
    'next:request.formData': { does: 'inputs', in: 'form' },
    'next:request.formData().get': read('form'),
    'next:request.formData().getAll': read('form'),
    'next:request.clone': { does: 'self' },
    'next:request.headers.get': read('header'),
    'next:request.cookies.get': read('cookie'),
    'next:request.nextUrl.searchParams.get': read('query'),
    'next:request.nextUrl.searchParams.getAll': read('query'),
    'next:request.nextUrl.searchParams.has': read('query'),
    'next:request.nextUrl.clone': { does: 'self' },
    URL: { does: 'give', path: 'next:request.nextUrl', made: /^next:req(?:uest)?\.(?:url|nextUrl)$/ },
    'next/headers.headers().get': read('header'),
    'next/headers.cookies().get': read('cookie'),
    'next/navigation.redirect': leave('next/navigation.RedirectError'),
    'next/navigation.permanentRedirect': leave('next/navigation.PermanentRedirectError'),
    'next/navigation.notFound': leave('next/navigation.NotFoundError'),
    'next/navigation.forbidden': leave('next/navigation.ForbiddenError'),
    'next/navigation.unauthorized': leave('next/navigation.UnauthorizedError'),
  },
  inputs: {
    'next:context.params': 'path',
    'next:request.headers': 'header',
    'next:request.cookies': 'cookie',
    'next:request.nextUrl.searchParams': 'query',
  },
  errors: {
    ...nodeErrors,
    'next/navigation.RedirectError': 307,
    'next/navigation.PermanentRedirectError': 308,
    'next/navigation.NotFoundError': 404,
    'next/navigation.ForbiddenError': 403,
    'next/navigation.UnauthorizedError': 401,
  },
  answers: {
    ...webAnswers,
    // What hands on to the handler, or to another one, answers nothing.
    'next/server.NextResponse.next': { status: { arg: 99 } },
    'next/server.NextResponse.rewrite': { status: { arg: 99 } },
    'next/server.NextResponse': { status: { arg: 1, otherwise: 200 }, body: 0 },
    'next/server.NextResponse.json': { status: { arg: 1, otherwise: 200 }, body: 0 },
    'next/server.NextResponse.redirect': { status: { arg: 1, otherwise: 307 } },
  },
  // clerk.com, "clerkMiddleware()".
  callbacks: [
    { of: /^@clerk\/nextjs\/server\.clerkMiddleware\(\)$/, parameters: ['clerk:auth', 'next:request'] },
  ],
}

/** Route handlers of Next.js 13 to 16 (nextjs.org, "route.js", "Route Groups", "Dynamic Route Segments", "proxy.js"). */
export const next: Pack = {
  framework: 'Next.js',
  language: 'javascript',
  uses: /^next\/server$/,
  files: {
    ...program,
    files: /^(?:src\/)?app\/(?<path>(?:.*\/)?)route\.[cm]?[jt]sx?$/,
    silent: /^(?:\([^.()][^()]*\)|@.*)$/,
    closed: /^(?:_|\(\.)/,
    exports: 'methods',
    handsOn: /^hono\/vercel\.handle\(\)$/,
    leftOut: [
      {
        of: ['page', 'pages'],
        files: /^(?:src\/)?(?:app\/(?:.*\/)?page|pages\/(?!api\/|api\.|_)[^.]*)\.(?:[cm]?[jt]sx?)$/,
      },
      { of: ['file of server actions', 'files of server actions'], text: /^\s*(['"])use server\1/ },
    ],
  },
  syntax: 'brackets',
  parameters: ['next:request', 'next:context'],
  ...request,
}

const routes: Record<string, MethodRule> = Object.fromEntries(
  ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'].map((verb) => [
    verb,
    { does: 'route', method: verb.toUpperCase(), path: 0, handlers: 1, mayLackPath: true },
  ]),
)
const onError = { arg: 0, option: 'onError' }
const router: RouterRule = { isApp: false, errorHandler: onError }
/** Edge API routes are given the request of the web. */
const atEdge = <T>(rules: Record<string, T> | undefined): Record<string, T> =>
  Object.fromEntries(
    Object.entries(rules ?? {}).map(([path, rule]) => [path.replace(/^next:request\b/, 'next:req'), rule]),
  )

/** API routes of the Pages Router, and next-connect's routers in them (nextjs.org, "API Routes"; next-connect, README). */
export const nextPages: Pack = {
  framework: 'Next.js API routes',
  language: 'javascript',
  uses: /^next-connect$/,
  files: {
    ...program,
    files: /^(?:src\/)?pages\/(?<path>api(?:\/.*)?)\.[cm]?[jt]sx?$/,
    exports: 'default',
  },
  routers: {
    'next-connect': router,
    'next-connect.default': router,
    'next-connect.nc': router,
    'next-connect.createRouter': router,
  },
  methods: {
    ...routes,
    del: { does: 'route', method: 'DELETE', path: 0, handlers: 1, mayLackPath: true },
    all: { does: 'route', method: '*', path: 0, handlers: 1, mayLackPath: true },
    use: { does: 'use' },
    handler: { does: 'routes', errors: onError },
    clone: { does: 'routes' },
  },
  syntax: 'brackets',
  parameters: ['next:req', 'next:res', 'next:next'],
  calls: {
    ...request.calls,
    ...atEdge(request.calls),
    'next:next': { does: 'throw', arg: 0, isHandedOn: true },
    'next:res.status': { does: 'status', status: { arg: 0 } },
    'next:res.writeHead': { does: 'status', status: { arg: 0 } },
    'next:res.setHeader': { does: 'self' },
    'next:res.json': { does: 'respond', body: 0, media: 'application/json' },
    'next:res.send': { does: 'respond', body: 0 },
    'next:res.end': { does: 'respond', body: 0 },
    'next:res.redirect': { does: 'respond', status: { arg: 0, otherwise: 307 } },
  },
  inputs: {
    ...request.inputs,
    ...atEdge(request.inputs),
    'next:req.query': 'query',
    'next:req.headers': 'header',
    'next:req.cookies': 'cookie',
    'next:req.body': 'body',
  },
  queryHoldsPath: true,
  assigns: { 'next:res.statusCode': 'status' },
  unexpectedStatus: 500,
  errors: nodeErrors,
  errorMembers: ['statusCode', 'status'],
  ...(request.answers ? { answers: request.answers } : {}),
  // auth0.github.io/nextjs-auth0, "withApiAuthRequired".
  refuses: [{ of: /^@auth0\/nextjs-auth0(?:\/edge)?\.withApiAuthRequired\(\)$/, status: 401 }],
}
