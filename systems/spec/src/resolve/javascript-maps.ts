import { underAny } from './keyed-entries.ts'
import { memberOf } from './membership.ts'
import { constant, notDefined, textOf } from './values.ts'
import type { ArgValue, ObjectValue, SymbolValue, Value } from './values.ts'

/**
 * What `get` and `has` of a `Map` of JavaScript give that was made of entries which are written out: under a key that is known, or one that the request gives. Null of
 * any other call, and where more may have been put in since.
 */
export function ofMap(callee: SymbolValue, args: readonly ArgValue[], isRecorded: boolean): Value | null {
  const { of } = callee
  const asked = /^Map\(\)\.(get|has)$/.exec(callee.path)?.[1]
  const [key] = args
  const entries = of?.t === 'symbol' ? of.args[0]?.value : undefined
  if (asked === undefined || !key || of?.t !== 'symbol' || entries?.t !== 'list' || entries.isOpen)
    return null
  const props = new Map<string, Value>()
  for (const entry of entries.items) {
    const [name, value] = entry.t === 'list' ? entry.items : []
    const text = textOf(name)
    if (text === null || !value) return null
    props.set(text, value)
  }
  const known = textOf(key.value)
  const found = known === null ? undefined : props.get(known)
  if (found) return asked === 'get' ? found : constant(true)
  if (/\.(?:set|delete|clear)\(/.test(of.site?.module.text ?? '')) return null
  if (known !== null) return asked === 'get' ? notDefined : constant(false)
  if (!isRecorded) return null
  const all: ObjectValue = { t: 'object', props, ref: null, args: [], isOpen: false, site: of.site }
  return asked === 'get' ? underAny(all, key.value, notDefined) : memberOf(all, key.value)
}
