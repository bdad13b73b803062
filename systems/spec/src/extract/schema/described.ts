import { listOf } from '../../facts/shape.ts'
import type { Constraint, Shape } from '../../facts/shape.ts'
import { lineOf } from '../../resolve/values.ts'
import type { ObjectValue, Site, Value } from '../../resolve/values.ts'

/** What a schema says of one thing. */
export interface Described {
  shape: Shape
  constraints: Constraint[]
  isRequired: boolean
  default?: Value
}

/** A list of what is described so. */
export const listOfDescribed = (item: Described | null): Shape =>
  listOf(item?.shape ?? { type: 'unknown' }, item?.constraints)

/** Where an object of schemas has one: its key, and the schema where that is written elsewhere. */
export function keyOf({ site }: ObjectValue, name: string, inner: Value): Site[] {
  const own = (inner.t === 'symbol' || inner.t === 'object') && inner.site ? [inner.site] : []
  if (!site) return own
  const text = site.module.text.slice(site.start, site.end)
  const at = new RegExp(`(?<![\\w$.])${name.replaceAll(/\W/g, String.raw`\$&`)}(?=["']?\\s*[:,}])`).exec(text)
  if (!at) return own
  const start = site.start + at.index
  return [lineOf({ ...site, start, end: start + name.length }), ...own]
}
