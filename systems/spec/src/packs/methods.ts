import type { Value } from '../resolve/values.ts'
import { each, textOf } from '../resolve/values.ts'

/** Names of HTTP's methods that a value lists: texts, or constants of a library (`HttpMethod.GET`, `http.MethodGet`). */
export function methodsOf(value: Value | undefined, otherwise: string[]): string[] {
  if (!value) return otherwise
  const found = (value.t === 'list' ? value.items : each(value)).flatMap((one) => {
    const text =
      textOf(one) ??
      (one.t === 'symbol'
        ? (/Method(\w+)$/.exec(one.path)?.[1] ??
          /(?:HttpMethod|RequestMethod)\.(\w+)$/.exec(one.path)?.[1] ??
          /\.([A-Z]+)$/.exec(one.path)?.[1] ??
          null)
        : one.t === 'list'
          ? null
          : null)
    return text === null ? [] : text.toUpperCase().split(' ')
  })
  return found.length > 0 ? found : otherwise
}

/** The methods of RFC 9110 and RFC 5789: all that Gin's, Fiber's and chi's routes for any method cover (their sources, `anyMethods`, `DefaultMethods`, `mALL`). */
export const commonMethods: readonly string[] = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'CONNECT',
  'TRACE',
]
