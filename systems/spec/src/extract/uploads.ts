import type { Field } from '../facts/shape.ts'
import { textOf } from '../resolve/values.ts'
import type { Site, SymbolValue, Value } from '../resolve/values.ts'

/** What reads multipart bodies before a handler (multer, README). */
const uploads =
  /^(?:@koa\/|koa-|fastify-)?multer(?:\.default)?\(\)\.(?<takes>single|array|fields|any|none)\(\)$/

/** Files that middleware takes out of a multipart body, by the names of their fields; null where none reads one. */
export function uploadsBefore(handlers: readonly Value[]): { fields: Field[]; site: Site | null } | null {
  for (const value of handlers) {
    const found = value.t === 'symbol' ? uploads.exec(value.path) : null
    if (!found || value.t !== 'symbol') continue
    return { fields: filesOf(value, found.groups?.['takes'] ?? 'any'), site: value.site ?? null }
  }
  return null
}

function filesOf({ args }: SymbolValue, takes: string): Field[] {
  const [first] = args
  const file = (name: string, isOne: boolean): Field => ({
    name,
    shape: isOne ? { type: 'file' } : { type: 'array', items: { type: 'file' } },
    isRequired: false,
    constraints: [],
  })
  if (takes === 'fields' && first?.value.t === 'list')
    return first.value.items.flatMap((one) => {
      const name = one.t === 'object' ? textOf(one.props.get('name')) : null
      return name === null ? [] : [file(name, false)]
    })
  const name = textOf(first?.value)
  return name === null || (takes !== 'single' && takes !== 'array') ? [] : [file(name, takes === 'single')]
}
