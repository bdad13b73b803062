import { z } from 'zod'
import { gatewayConfigSchema } from './gateway-config.ts'

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
}

let root: Schema | null = null

/** Names of the settings that may stand at `path` of the table, for a suggestion in place of an unknown one. */
export function knownFields(path: readonly PropertyKey[]): string[] {
  root ??= z.toJSONSchema(gatewayConfigSchema, { unrepresentable: 'any' }) as Schema
  let here = variants(root)
  for (const part of path) {
    here = here.flatMap((schema) => {
      const next =
        typeof part === 'number'
          ? schema.items
          : (schema.properties?.[String(part)] ?? schema.additionalProperties)
      return typeof next === 'object' ? variants(next) : []
    })
  }
  return here.flatMap((schema) => Object.keys(schema.properties ?? {}))
}

/** A schema and all between which it lets choose. */
function variants(schema: Schema): Schema[] {
  return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(variants)]
}
