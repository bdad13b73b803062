import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { graphicsDir } from './graphics-folder.ts'
import type { GraphicListing, GraphicManifest } from './graphics-schemas.ts'

/** Every graphic of the project, by name. */
export async function listGraphics(): Promise<GraphicListing[]> {
  const entries = await readdir(graphicsDir, { withFileTypes: true })
  const listings = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const files = await readdir(join(graphicsDir, name))
        if (!files.includes(`${name}.ograf.json`)) return null
        const text = await readFile(join(graphicsDir, name, `${name}.ograf.json`), 'utf8')
        return { id: name, manifest: JSON.parse(text) as GraphicManifest }
      }),
  )
  return listings.filter((each) => each !== null).toSorted((a, b) => a.id.localeCompare(b.id))
}
