import { cp, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { fontsDir, graphicsDir } from './graphics-folder.ts'
import { listGraphics } from './list-graphics.ts'
import type { GraphicListing } from './graphics-schemas.ts'

/** The only face that the graphics load. */
const fontFiles = ['inter-latin-wght-normal.woff2']

/**
 * Writes every graphic, what they share and their font, with its licence, into a folder that needs no server.
 * Throws `folder-not-empty` when something is in it.
 */
export async function exportGraphics(out: string): Promise<GraphicListing[]> {
  await mkdir(out, { recursive: true })
  if ((await readdir(out)).length > 0) {
    throw new InvalidInputError({
      code: 'folder-not-empty',
      message: `${out} is not empty. Name a new folder with --out, or empty it.`,
    })
  }
  await cp(graphicsDir, out, { recursive: true })
  await mkdir(join(out, 'fonts'))
  for (const file of fontFiles) await cp(join(fontsDir, file), join(out, 'fonts', file))
  await cp(join(fontsDir, '../LICENSE'), join(out, 'fonts/LICENSE'))
  return listGraphics()
}
