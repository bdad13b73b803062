import { each } from '../resolve/values.ts'
import type { Site, Value } from '../resolve/values.ts'

const maxDepth = 3
const maxItems = 4

/** Where the objects stand in the code that a body is made of, the outermost first. */
export function writtenBodies(value: Value | null, depth = 0): Site[] {
  if (!value || depth > maxDepth) return []
  return each(value).flatMap((one) => {
    if (one.t === 'list')
      return one.items.slice(0, maxItems).flatMap((item) => writtenBodies(item, depth + 1))
    if (one.t !== 'object') return []
    const inside = [...one.props.values()].flatMap((held) => writtenBodies(held, depth + 1))
    return one.site ? [one.site, ...inside] : inside
  })
}
