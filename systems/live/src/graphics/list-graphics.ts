import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { graphicsDir } from './graphics-folder.ts'

/** What this project reads of an OGraf manifest. The whole of it is checked in tests. */
export interface GraphicManifest {
  id: string
  name: string
  description?: string
  main: string
  stepCount?: number
  customActions?: { id: string; name: string; schema?: DataSchema | null }[]
  schema: DataSchema & { examples: Record<string, unknown>[] }
  v_heavylift: GraphicPlace
}

/** Where and how long a graphic stands when nobody but the insights drives it. */
export interface GraphicPlace {
  sport: 'nfl' | 'nba' | 'race' | 'any'
  /** Two graphics of one region never stand at once. */
  region: string
  /** How long it stays after the last important insight. */
  holdMs: number
}

/** JSON Schema with GDD types (Graphics Data Definition), as far as forms need it. */
export interface DataSchema {
  type: string
  title?: string
  description?: string
  properties: Record<string, DataField>
}

export interface DataField {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object'
  title?: string
  default?: unknown
  enum?: string[]
  minimum?: number
  maximum?: number
  gddType?: string
  gddOptions?: { labels?: Record<string, string> }
  order?: number
  items?: DataField
  properties?: Record<string, DataField>
}

export interface GraphicListing {
  /** Folder and file name, e.g. `burn-bar`. */
  id: string
  manifest: GraphicManifest
}

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
