import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { graphicsDir } from '../../src/graphics/graphics-folder.ts'
import { listGraphics } from '../../src/graphics/list-graphics.ts'
import { manifestSchema } from './manifest-schema.ts'

const graphics = await listGraphics()
const isManifest = new Ajv2020({ allErrors: true, strict: false }).compile(manifestSchema)

describe.each(graphics)('$id', ({ id, manifest }) => {
  test('has a manifest as OGraf asks for [LIVE-GRAPHICS-01]', () => {
    isManifest(manifest)
    expect(isManifest.errors ?? []).toEqual([])
  })

  test('has an example that its own schema accepts, with a title for every field [LIVE-GRAPHICS-01]', () => {
    // GDD's words beside those of JSON Schema.
    const ajv = new Ajv2020({ allErrors: true, keywords: ['gddType', 'gddOptions', 'order'] })
    const isData = ajv.compile(manifest.schema)
    isData(manifest.schema.examples[0])
    expect(isData.errors ?? []).toEqual([])
    const untitled = Object.entries(manifest.schema.properties).filter(([, field]) => !field.title)
    expect(untitled.map(([name]) => name)).toEqual([])
  })

  test('has defaults that its schema accepts, which name no team that there is [LIVE-GRAPHICS-09]', () => {
    const ajv = new Ajv2020({ allErrors: true, keywords: ['gddType', 'gddOptions', 'order'] })
    for (const [name, field] of Object.entries(manifest.schema.properties)) {
      if (field.default === undefined) continue
      expect([name, ajv.validate(field, field.default)]).toEqual([name, true])
    }
    expect(JSON.stringify(manifest.schema.properties)).not.toMatch(/RIV|HAR/)
  })

  test('has a thumbnail of the size that it states [LIVE-GRAPHICS-09]', async () => {
    for (const { file, resolution } of manifest.thumbnails) {
      const png = await readFile(join(graphicsDir, id, file))
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([resolution.width, resolution.height])
    }
    expect(manifest.thumbnails.length).toBeGreaterThan(0)
  })
})

test('the check refuses what OGraf forbids', () => {
  const good = { ...graphics[0]?.manifest, supportsRealTime: true, supportsNonRealTime: true }
  const select = { type: 'object', properties: { a: { type: 'boolean', gddType: 'select' } } }
  for (const bad of [
    { id: 'a/b' },
    { colour: 'red' },
    { schema: { type: ['string', 'null'] } },
    { schema: select },
    { schema: { type: 'string', gddType: 'color-rrggbb', pattern: '^#[0-9a-fA-F]{6}$' } },
    { thumbnails: [{ file: 'a.png', resolution: { width: 0, height: 1 } }] },
  ]) {
    expect(isManifest({ ...good, ...bad })).toBe(false)
  }
})

const published = process.env['OGRAF_SCHEMAS']

/** Beside the rules that are written down here, the files of the EBU: `OGRAF_SCHEMAS=…/v1/specification/json-schemas`. */
test.runIf(published !== undefined)(
  'what is let through here the schema that the EBU publishes lets through',
  async () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false })
    for (const entry of await readdir(published!, { recursive: true, withFileTypes: true })) {
      if (!entry.name.endsWith('.json')) continue
      ajv.addSchema(JSON.parse(await readFile(join(entry.parentPath, entry.name), 'utf8')) as object)
    }
    const isPublished = ajv.getSchema(manifestSchema.properties.$schema.const)!
    for (const { manifest } of graphics) {
      expect([isPublished(manifest), isPublished.errors]).toEqual([true, null])
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...graphics),
        fc.nat(),
        fc.jsonValue({ maxDepth: 1 }),
        ({ manifest }, at, value) => {
          const changed = withOneChange(manifest, at, value)
          // The specification says more than the published schema checks, never less.
          if (isManifest(changed))
            expect([isPublished(changed), isPublished.errors?.slice(0, 2)]).toEqual([true, undefined])
        },
      ),
      { numRuns: 3_000 },
    )
  },
)

/** A copy in which one value, the `at`th of all, is another. */
function withOneChange(whole: object, at: number, value: unknown): unknown {
  const places: [Record<string, unknown>, string][] = []
  const copy = structuredClone(whole)
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'examples' || key === 'default' || key.startsWith('v_')) continue
      places.push([node as Record<string, unknown>, key])
      walk(inner)
    }
  }
  walk(copy)
  const [node, key] = places[at % places.length]!
  node[key] = value
  return copy
}
