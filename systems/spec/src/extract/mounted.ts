import { putAt } from '../resolve/places.ts'
import type { Site, Value } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'

/** Where the program says that something is put before an operation. */
export function putBefore({ handlersAt }: FoundOperation, value: Value): Site[] {
  const at = handlersAt?.get(value)
  return [...(at ? [at] : []), ...putAt(value)]
}

/** Where the program puts the middleware before an operation that these places are in. */
export function mountsOf({ handlersAt }: FoundOperation, sites: readonly Site[]): Site[] {
  if (!handlersAt) return []
  return [...handlersAt].flatMap(([value, at]) =>
    handlerFunctions(value).some(({ fn, module }) =>
      sites.some((site) => site.module === module && fn.start <= site.start && site.end <= fn.end),
    )
      ? [at]
      : [],
  )
}
