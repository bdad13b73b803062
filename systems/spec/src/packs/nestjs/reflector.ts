import type { ArgValue, SymbolValue, Value } from '../../resolve/values.ts'
import { constant, textOf } from '../../resolve/values.ts'

/** What decorators say of the handler whose guard runs (docs.nestjs.com, "Reflection and metadata"). */
export interface HandlerMetadata {
  handler: ReadonlyMap<string, Value>
  class: ReadonlyMap<string, Value>
  /** Whether all of its decorators are read: what is not there is not said. */
  isWhole: boolean
}

const asks = /^@nestjs\/core\.Reflector\(\)\.(get(?:AllAndOverride|AllAndMerge|All)?)$/

/** What the context of a handler of HTTP says of which kind it is (docs.nestjs.com, "Execution context"). */
const asksKind = /^@nestjs\/common\.(?:ArgumentsHost|ExecutionContext)\(\)\.getType$/

/** What Nest's Reflector gives of a handler, and its context; null where another thing is called, or where it cannot be told. */
export function reflected(
  metadata: HandlerMetadata,
  callee: SymbolValue,
  args: readonly ArgValue[],
): Value | null {
  if (asksKind.test(callee.path)) return constant('http')
  const method = asks.exec(callee.path)?.[1]
  const [key, targets] = args
  if (method === undefined || !key) return null
  const name = textOf(key.value) ?? (key.value.t === 'symbol' ? key.value.path : null)
  if (name === null) return null
  const of = targets?.value
  const from = (of?.t === 'list' ? of.items : of ? [of] : []).flatMap((one) => placeOf(one) ?? [])
  const places = from.length > 0 ? from : (['handler', 'class'] as const)
  const found = places.flatMap((place) => metadata[place].get(name) ?? [])
  // A decorator that is not read may say it, or say it nearer.
  if (!metadata.isWhole && !metadata.handler.has(name)) return null
  if (method === 'getAllAndMerge' && (found.length > 1 || found[0]?.t === 'list'))
    return { t: 'list', items: found.flatMap((one) => (one.t === 'list' ? one.items : [one])), isOpen: false }
  if (method === 'getAllAndMerge' && found.length === 0) return { t: 'list', items: [], isOpen: false }
  if (method === 'getAll')
    return {
      t: 'list',
      items: places.map((place) => metadata[place].get(name) ?? constant(null)),
      isOpen: false,
    }
  return found[0] ?? constant(null)
}

function placeOf(value: Value): 'handler' | 'class' | null {
  const [, place] = value.t === 'symbol' ? (/\.get(Handler|Class)\(\)$/.exec(value.path) ?? []) : []
  return place === undefined ? null : place === 'Handler' ? 'handler' : 'class'
}
