import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { HeavyliftError, RawResponse, route } from '@heavylift/core'
import { assistantScriptFile } from './storefront-files.ts'

/** The script that a store pastes into its pages. Any page may load it: it holds no data. */
export function scriptRoutes() {
  return [
    route({
      method: 'get',
      path: '/assistant.js',
      summary: 'The assistant as a web component: `<heavylift-assistant>`.',
      access: 'public',
      media: ['text/javascript'],
      handle: async ({ headers }) => {
        const script = await readFile(assistantScriptFile).catch((cause: unknown) => {
          throw new HeavyliftError({
            code: 'assistant-not-built',
            message: 'The assistant is not built yet. Run `npm run build -w apps/console`.',
            status: 503,
            cause,
          })
        })
        const etag = `"${createHash('sha256').update(script).digest('base64url').slice(0, 22)}"`
        const known = {
          etag,
          'cache-control': 'public, max-age=300',
          'cross-origin-resource-policy': 'cross-origin',
        }
        if (headers.get('if-none-match') === etag) return new RawResponse('', known, 304)
        return new RawResponse(script, { ...known, 'content-type': 'text/javascript; charset=utf-8' })
      },
    }),
  ]
}
