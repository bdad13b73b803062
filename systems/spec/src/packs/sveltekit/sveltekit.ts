import { nodeErrors } from '../node-errors.ts'
import type { CallRule, Pack } from '../pack.ts'
import { webAnswers, webRequest } from '../web-answers.ts'

/** Leaves the handler by an error that says its status (svelte.dev, "Errors", "Redirects"); the first version threw what these gave. */
const leave = (error: string): CallRule => ({ does: 'raise', status: { arg: 99 }, error, never: true })

/** Endpoints of SvelteKit 1 and 2 (svelte.dev, "Routing: +server", "Advanced routing", "Hooks: handle"). */
export const sveltekit: Pack = {
  framework: 'SvelteKit',
  language: 'javascript',
  uses: /^@sveltejs\/kit(?:\/.*)?$/,
  files: {
    manifest: /"@sveltejs\/kit"\s*:/,
    files: /^src\/routes\/(?<path>(?:.*\/)?)\+server\.[cm]?[jt]s$/,
    silent: /^\([^()]*\)$/,
    exports: 'methods',
    forOthers: 'fallback',
    before: {
      file: /^src\/hooks\.server(?:\/index)?\.[cm]?[jt]s$/,
      names: ['handle'],
      matcher: 'matcher',
    },
    leftOut: [
      {
        of: ['page with data or actions', 'pages with data or actions'],
        files: /^src\/routes\/(?:.*\/)?\+(?:page|layout)\.server\.[cm]?[jt]s$/,
      },
    ],
  },
  syntax: 'brackets',
  parameters: ['svelte:event'],
  holds: { 'svelte:event.event': 'svelte:event' },
  calls: {
    ...webRequest('svelte:event.request', 'svelte:event.url'),
    'svelte:event.cookies.get': { does: 'read', in: 'cookie', name: 0 },
    'svelte:event.resolve': { does: 'pass' },
    '@sveltejs/kit.error': leave('@sveltejs/kit.HttpError'),
    '@sveltejs/kit.redirect': leave('@sveltejs/kit.Redirect'),
  },
  inputs: {
    'svelte:event.params': 'path',
    'svelte:event.request.headers': 'header',
    'svelte:event.url.searchParams': 'query',
  },
  errors: {
    ...nodeErrors,
    '@sveltejs/kit.HttpError': { arg: 0 },
    '@sveltejs/kit.Redirect': { arg: 0 },
  },
  answers: {
    ...webAnswers,
    '@sveltejs/kit.json': { status: { arg: 1, otherwise: 200 }, body: 0 },
    '@sveltejs/kit.text': { status: { arg: 1, otherwise: 200 }, body: 0 },
  },
  hasBodiless: true,
}
