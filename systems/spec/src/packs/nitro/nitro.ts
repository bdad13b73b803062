import { nodeErrors } from '../node-errors.ts'
import type { CallRule, FileRoutes, Pack } from '../pack.ts'
import { webAnswers } from '../web-answers.ts'

/** What code may have h3's functions from: nowhere, where the program puts them there by itself. */
const from = ['', 'h3.', 'nitro/h3.', '#imports.', 'nitropack/runtime.']
const ofH3 = <T>(rules: Record<string, T>): Record<string, T> =>
  Object.fromEntries(
    from.flatMap((source) => Object.entries(rules).map(([name, rule]) => [source + name, rule])),
  )

const read = (place: 'query' | 'header' | 'cookie' | 'path'): CallRule => ({
  does: 'read',
  in: place,
  name: 1,
})

const files = {
  /** Folders with `server` in Nuxt, without in Nitro by itself (nuxt.com, "server/"; nitro.build, "Routing"). */
  exports: 'default',
  leads: /^routes\//,
} satisfies Partial<FileRoutes>
const verbs = 'get|head|post|put|patch|delete|options'

const server: Omit<Pack, 'framework' | 'files'> = {
  language: 'javascript',
  uses: /^(?:h3|nitropack|nitro)(?:\/.*)?$/,
  syntax: 'brackets',
  parameters: ['h3:event'],
  calls: {
    ...ofH3<CallRule>({
      getRouterParam: read('path'),
      getRouterParams: { does: 'inputs', in: 'path' },
      getQuery: { does: 'inputs', in: 'query' },
      getHeader: read('header'),
      getRequestHeader: read('header'),
      getHeaders: { does: 'inputs', in: 'header' },
      getRequestHeaders: { does: 'inputs', in: 'header' },
      getCookie: read('cookie'),
      parseCookies: { does: 'inputs', in: 'cookie' },
      readBody: { does: 'body' },
      readRawBody: { does: 'body', media: 'application/octet-stream', isOpaque: true },
      readFormData: { does: 'inputs', in: 'form' },
      'readFormData().get': { does: 'read', in: 'form', name: 0 },
      readMultipartFormData: { does: 'body', media: 'multipart/form-data', isOpaque: true },
      // What a check throws becomes a 400 (h3.dev, "readValidatedBody").
      getValidatedQuery: { does: 'checked', in: 'query', by: 1, status: 400 },
      getValidatedRouterParams: { does: 'checked', in: 'path', by: 1, status: 400 },
      readValidatedBody: { does: 'checked', in: 'body', by: 1, status: 400 },
      setResponseStatus: { does: 'status', status: { arg: 1 }, isForReturned: true },
      sendRedirect: { does: 'respond', status: { arg: 2, otherwise: 302 } },
      sendNoContent: { does: 'respond', status: { arg: 1, otherwise: 204 } },
      send: { does: 'respond', body: 1 },
      sendStream: { does: 'respond' },
      sendError: { does: 'throw', arg: 1, isHandedOn: true },
    }),
  },
  inputs: { 'h3:event.context.params': 'path', 'h3:event.headers': 'header' },
  assigns: { 'h3:event.node.res.statusCode': 'status' },
  errors: {
    ...nodeErrors,
    ...ofH3({ createError: { arg: 0, otherwise: 500 }, HTTPError: { arg: 0, otherwise: 500 } }),
  },
  answers: webAnswers,
  returns: { status: 200, isBody: true, emptyStatus: 204 },
  hasBodiless: true,
}

/** Server routes of Nuxt 3 and 4 (nuxt.com, "server/"; h3.dev, "Utils"). */
export const nuxt: Pack = {
  framework: 'Nuxt',
  ...server,
  files: {
    ...files,
    manifest: /"nuxt"\s*:/,
    files: new RegExp(
      `^(?:src/)?server/(?<path>(?:api|routes)/.+?)(?:\\.(?<method>${verbs}))?\\.[cm]?[jt]s$`,
    ),
    before: {
      file: /^(?:src\/)?server\/middleware\/.+\.[cm]?[jt]s$/,
      names: ['default'],
      matcher: 'matcher',
    },
    everywhere: /^(?:(?:src\/)?server\/utils|shared\/utils)\/.+\.[cm]?[jt]s$/,
    leftOut: [{ of: ['page', 'pages'], files: /^(?:app\/|src\/)?pages\/.+\.[jt]sx?$/ }],
  },
}

/** The same of Nitro by itself (nitro.build, "Routing"). */
export const nitro: Pack = {
  framework: 'Nitro',
  ...server,
  files: {
    ...files,
    manifest: /^(?![\s\S]*"nuxt"\s*:)[\s\S]*"(?:nitropack|nitro)"\s*:/,
    files: new RegExp(
      `^(?:(?:src|server)/)?(?<path>(?:api|routes)/.+?)(?:\\.(?<method>${verbs}))?\\.[cm]?[jt]s$`,
    ),
    before: {
      file: /^(?:(?:src|server)\/)?middleware\/.+\.[cm]?[jt]s$/,
      names: ['default'],
      matcher: 'matcher',
    },
    everywhere: /^(?:(?:src|server)\/)?utils\/.+\.[cm]?[jt]s$/,
  },
}
