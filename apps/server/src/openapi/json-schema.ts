import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

/**
 * Turns zod schemas into JSON Schema 2020-12 for one OpenAPI document. zod puts what it reuses into `$defs` of each
 * schema; inside an OpenAPI document `#` means the whole document, so those are moved to `components/schemas`.
 */
export class SchemaBook {
  readonly components: Record<string, JsonSchema> = {}

  /** `io` is the side of a transform that the wire sees: `input` for requests, `output` for answers. */
  add(schema: z.ZodType, io: 'input' | 'output', name: string): JsonSchema {
    const converted = z.toJSONSchema(schema, {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
    }) as JsonSchema
    const { $schema: _schema, $defs, ...root } = converted
    const renames = new Map<string, string>()
    const definitions = ($defs ?? {}) as Record<string, JsonSchema>
    for (const key of Object.keys(definitions)) {
      const base = /^__schema\d+$/.test(key) ? `${name}_${key.slice(8)}` : key
      renames.set(`#/$defs/${key}`, this.#free(base, definitions[key] ?? {}))
    }
    const refersToItself = JSON.stringify(root).includes('"$ref":"#"')
    if (refersToItself) renames.set('#', this.#free(name, root))
    for (const [key, definition] of Object.entries(definitions)) {
      const component = renames.get(`#/$defs/${key}`)
      if (component !== undefined) this.components[component] = redirect(definition, renames)
    }
    const self = renames.get('#')
    if (self === undefined) return redirect(root, renames)
    this.components[self] = redirect(root, renames)
    return { $ref: `#/components/schemas/${self}` }
  }

  /** `base`, or with a number behind it when another schema already has that name. */
  #free(base: string, schema: JsonSchema): string {
    const clean = base.replace(/[^A-Za-z0-9._-]/g, '_')
    for (let number = 1; ; number++) {
      const name = number === 1 ? clean : `${clean}_${number}`
      const taken = this.#sources.get(name)
      const source = JSON.stringify(schema)
      if (taken !== undefined && taken !== source) continue
      this.#sources.set(name, source)
      return name
    }
  }

  /** What each component looked like before its references were redirected. */
  readonly #sources = new Map<string, string>()
}

function redirect(value: JsonSchema, renames: Map<string, string>): JsonSchema {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (key !== '$ref' || typeof inner !== 'string') return inner
    const component = renames.get(inner)
    return component === undefined ? inner : `#/components/schemas/${component}`
  }) as JsonSchema
}
