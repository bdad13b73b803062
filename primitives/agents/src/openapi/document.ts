import { InvalidInputError } from '@heavylift/core'
import { valueAt } from '../schema/json-pointer.ts'
import { cleanSchema } from './clean-schema.ts'
import { isObject, text } from '../import/json.ts'

export type Json = Record<string, unknown>

/** A document of OpenAPI or Swagger, with what its references lead to. Nothing outside of it is read. */
export class ApiDocument {
  readonly root: Json
  readonly version: '2.0' | '3.0' | '3.1'
  readonly #schemas = new Map<string, { name: string; schema: Json | boolean }>()
  readonly #names = new Set<string>()

  /** @throws InvalidInputError `import-not-openapi` */
  constructor(value: unknown) {
    const version = isObject(value) ? text(value['openapi'] ?? value['swagger']) : ''
    const known = version.startsWith('2')
      ? '2.0'
      : version.startsWith('3.0')
        ? '3.0'
        : /^3\.[12]/.test(version)
          ? '3.1'
          : null
    if (!isObject(value) || known === null)
      throw new InvalidInputError({
        code: 'import-not-openapi',
        message: 'This is no OpenAPI document: it has no `openapi: 3.x` and no `swagger: "2.0"` at its top.',
      })
    this.root = value
    this.version = known
  }

  get title(): string {
    const info = this.root['info']
    const title = isObject(info) ? info['title'] : undefined
    return typeof title === 'string' && title.trim() !== '' ? title.trim() : 'API'
  }

  /** Follows references within the document; null where they lead nowhere, or in a circle. */
  resolve(value: unknown): Json | null {
    let found = value
    for (let hops = 0; hops < 32; hops++) {
      if (!isObject(found)) return null
      const reference = found['$ref']
      if (typeof reference !== 'string') return found
      if (!reference.startsWith('#')) return null
      found = valueAt(this.root, decode(reference.slice(1)))
    }
    return null
  }

  /** A schema that stands by itself: what it refers to is among its `$defs`. */
  schema(value: unknown): Json | boolean {
    const used = new Set<string>()
    const cleaned = cleanSchema(value, (reference) => this.#use(reference, used))
    if (typeof cleaned === 'boolean' || used.size === 0) return cleaned
    return { ...cleaned, $defs: this.#definitions(used) }
  }

  /** The `$defs` that schemas need which were cleaned with `use`. */
  definitions(used: ReadonlySet<string>): Json {
    return this.#definitions(used)
  }

  /** For `cleanSchema`: notes in `used` what a schema refers to. */
  use(used: Set<string>): (reference: string) => string | null {
    return (reference) => this.#use(reference, used)
  }

  #use(reference: string, used: Set<string>): string | null {
    if (!reference.startsWith('#')) return null
    const known = this.#schemas.get(reference)
    if (known) {
      used.add(reference)
      return known.name
    }
    const found = valueAt(this.root, decode(reference.slice(1)))
    if (!isObject(found) && typeof found !== 'boolean') return null
    const wanted = (reference.split('/').at(-1) ?? '').replace(/[^A-Za-z0-9_.-]/g, '_') || 'schema'
    let name = wanted
    for (let count = 2; this.#names.has(name); count++) name = `${wanted}_${count}`
    this.#names.add(name)
    const entry = { name, schema: {} as Json | boolean }
    // Known before its own references are followed: schemas may refer to themselves.
    this.#schemas.set(reference, entry)
    used.add(reference)
    entry.schema = cleanSchema(found, (inner) => this.#use(inner, new Set()))
    return name
  }

  #definitions(used: ReadonlySet<string>): Json {
    const byName = new Map([...this.#schemas.values()].map((entry) => [entry.name, entry]))
    const needed = new Map<string, Json | boolean>()
    const open = [...used]
      .map((reference) => this.#schemas.get(reference)?.name)
      .filter((name) => name !== undefined)
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (needed.has(name)) continue
      const entry = byName.get(name)
      needed.set(name, entry?.schema ?? {})
      for (const reference of namesIn(entry?.schema)) open.push(reference)
    }
    return Object.fromEntries(needed)
  }
}

const found = new WeakMap<object, string[]>()
/** Names of `$defs` that a cleaned schema refers to. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const known = found.get(schema)
  if (known) return known
  const names = new Set<string>()
  for (const [key, inner] of Object.entries(schema)) {
    if (key === '$ref' && typeof inner === 'string') names.add(inner.slice('#/$defs/'.length))
    else for (const name of namesIn(inner)) names.add(name)
  }
  found.set(schema, [...names])
  return [...names]
}

function decode(pointer: string): string {
  try {
    return decodeURIComponent(pointer)
  } catch {
    return pointer
  }
}
