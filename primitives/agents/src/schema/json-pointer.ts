/** What a JSON Pointer (RFC 6901) leads to; undefined where it leads nowhere. Only own members count. */
export function valueAt(root: unknown, pointer: string): unknown {
  let found = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string, unknown>)[key]
  }
  return found
}

/** One part of a JSON Pointer. */
export const pointerPart = (key: string | number): string =>
  String(key).replaceAll('~', '~0').replaceAll('/', '~1')
