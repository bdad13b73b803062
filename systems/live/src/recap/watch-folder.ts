import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { StaticFiles } from '@heavylift/core'

/**
 * The page that plays a recap and then the live stream. It is a page of its own, and not part of the console's, because it
 * loads video from where a match's stream is, which the console's content security policy forbids.
 */
export const watchFiles: StaticFiles[] = [
  {
    mount: '/live/watch/',
    dir: join(import.meta.dirname, '../../watch/'),
    connectSources: ['http:', 'https:'],
  },
  {
    mount: '/live/watch/hls/',
    dir: dirname(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js')),
  },
]
