import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { StaticFiles } from '@heavylift/core'

/** The graphics: a folder each, with `<id>.ograf.json`, and what they share. Sent and exported as they are. */
export const graphicsDir = join(import.meta.dirname, '../../graphics/')

/** The page for browser sources. */
const airDir = join(import.meta.dirname, '../../air/')

/** Inter's files; the graphics look for them in `fonts` beside their own folders. */
export const fontsDir = join(
  dirname(createRequire(import.meta.url).resolve('@fontsource-variable/inter/package.json')),
  'files',
)

/**
 * What a renderer loads, on any machine: graphics hold no data, so pages of other sites may read them. The air page
 * connects to the servers that its address names.
 */
export const graphicsFiles: StaticFiles[] = [
  { mount: '/live/graphics/', dir: graphicsDir, isShared: true },
  { mount: '/live/graphics/fonts/', dir: fontsDir, isShared: true },
  { mount: '/live/air/', dir: airDir, connectSources: ['http:', 'https:', 'ws:', 'wss:'] },
]
