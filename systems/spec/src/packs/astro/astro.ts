import { nodeErrors } from '../node-errors.ts'
import type { Pack } from '../pack.ts'
import { webAnswers, webRequest } from '../web-answers.ts'

/** Endpoints of Astro 3 to 5 that answer when they are asked (docs.astro.build, "Endpoints", "Middleware"). */
export const astro: Pack = {
  framework: 'Astro',
  language: 'javascript',
  uses: /^astro(?::\w+)?$/,
  files: {
    manifest: /"astro"\s*:/,
    settings: { file: /^astro\.config\.(?:[cm]?js|ts)$/, prefix: 'base' },
    files: /^src\/pages\/(?<path>.+)\.[cm]?[jt]s$/,
    closed: /^_/,
    exports: 'methods',
    forOthers: 'ALL',
    before: {
      file: /^src\/middleware(?:\/index)?\.[cm]?[jt]s$/,
      names: ['onRequest'],
      matcher: 'matcher',
    },
  },
  syntax: 'brackets',
  parameters: ['astro:context', 'astro:next'],
  calls: {
    ...webRequest('astro:context.request', 'astro:context.url'),
    'astro:context.cookies.get': { does: 'read', in: 'cookie', name: 0 },
    'astro:next': { does: 'pass' },
  },
  inputs: {
    'astro:context.params': 'path',
    'astro:context.request.headers': 'header',
    'astro:context.url.searchParams': 'query',
  },
  errors: nodeErrors,
  answers: {
    ...webAnswers,
    'astro:context.redirect': { status: { arg: 1, otherwise: 302 } },
    // Goes on with another page of the program.
    'astro:context.rewrite': { status: { arg: 99 } },
  },
  hasBodiless: true,
}
