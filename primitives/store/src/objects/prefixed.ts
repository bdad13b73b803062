import { checkKey, checkPrefix } from './keys.ts'
import type { Objects } from './objects.ts'

/** The part of `objects` below `prefix` (which ends with `/`), seen as a store of its own. */
export function prefixObjects(objects: Objects, prefix: string): Objects {
  const inside = (key: string): string => {
    checkKey(key)
    return prefix + key
  }
  return {
    // An async function, so that a bad key rejects and does not throw.
    put: async (key, body) => await objects.put(inside(key), body),
    get: async (key) => await objects.get(inside(key)),
    head: async (key) => await objects.head(inside(key)),
    delete: async (key) => await objects.delete(inside(key)),
    async *list(start) {
      checkPrefix(start)
      for await (const key of objects.list(prefix + start)) yield key.slice(prefix.length)
    },
  }
}
