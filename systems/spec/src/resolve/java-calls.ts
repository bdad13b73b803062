import { unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, TypeRef } from '../parse/ir.ts'
import { itemOf, mappedFrom, whenInGroup } from './java-async.ts'
import type { Lookup } from './lookup.ts'
import { notePlace } from './places.ts'
import { printValue } from './values.ts'
import type { ClassRef, Scope, Site, SymbolValue, Value } from './values.ts'

/** Java: `a.equals(b)`, `Objects.equals(a, b)` and `Objects.isNull(a)` as the comparison that they are; null of any other call. */
export function askedForSame({
  callee,
  args,
  start,
  end,
  isNew,
}: Extract<Expr, { k: 'call' }>): Extract<Expr, { k: 'binary' }> | null {
  if (callee.k !== 'member' || isNew) return null
  const [only] = args
  if (/^(?:isNull|nonNull)$/.test(callee.name) && callee.of.k === 'name' && callee.of.name === 'Objects')
    return only && args.length === 1
      ? {
          k: 'binary',
          op: callee.name === 'isNull' ? '==' : '!=',
          left: only.value,
          right: { k: 'null', start, end },
          start,
          end,
        }
      : null
  if (callee.name !== 'equals') return null
  if (callee.of.k === 'name' && callee.of.name === 'super') return null
  // What is the same as `Boolean.TRUE` is asked for being true.
  if (callee.of.k === 'member' && callee.of.name === 'TRUE') return null
  const isStatic = callee.of.k === 'name' && callee.of.name === 'Objects'
  const [left, right, ...more] = isStatic ? args.map(({ value }) => value) : [callee.of, args[0]?.value]
  return left && right && more.length === 0 && (isStatic || args.length === 1)
    ? { k: 'binary', op: '==', left, right, start, end }
    : null
}

const untaken =
  /^(?:forEach|filter|peek|anyMatch|allMatch|noneMatch|removeIf|reduce|collect|computeIf\w+|merge|sort\w*|onError\w*|doOn\w*|exceptionally|handle|recover\w*|retry\w*|fallback\w*|takeWhile|dropWhile)$/

/** Java: when code outside takes what it is given at this place of a call, or calls it; null where it may be said to always. */
export function whenTaken({ path, of }: SymbolValue, index: number, site: Site): Condition | null {
  const name = path.slice(path.lastIndexOf('.') + 1)
  const given = itemOf(of)
  const item = given && mappedFrom(given)
  const thing = item?.t === 'symbol' ? printValue(item) : null
  const isThere = (op: 'present' | 'absent'): Condition =>
    notePlace([[thing === null ? unsaid : { subject: thing, op }]], { site, from: [] })
  if (name === 'ifPresent' || name === 'ifPresentOrElse') return isThere(index === 0 ? 'present' : 'absent')
  if (/^(?:or|orElseGet|switchIfEmpty|defaultIfEmpty)$/.test(name)) return isThere('absent')
  if (/^(?:map|flatMap)$/.test(name) && holdsOneOrNone(of)) return isThere('present')
  const group = of?.t === 'symbol' ? whenInGroup(of) : null
  if (group === 'absent' || group === 'present') return isThere(group)
  return group === 'failed' || untaken.test(name) ? [[unsaid]] : null
}

// Java's Optional, Reactor's Mono and RxJava's Maybe: what there may be one of, as far as what makes it says.
function holdsOneOrNone(of: Value | null): boolean {
  for (let one = of; one?.t === 'symbol'; one = one.of) {
    if (one.typed) return /(?:^|\.)(?:Optional|Mono|Maybe)$/.test(one.typed.type.name)
    if (/(?:^|\.)(?:Optional|Mono|Maybe)\.\w+\(\)$/.test(one.path)) return true
    if (/\.(?:stream|collectList|count|then|thenReturn|just)\(\)$/.test(one.path)) return false
  }
  return false
}

interface Typed {
  type: TypeRef
  scope: Scope
}

/** Java: the type of what a call gives whose code is not here, as the method declares it that is called, or the field that a getter without code is of; null where neither is known. */
export function returnedBy(lookup: Lookup, callee: SymbolValue, arity: number): Typed | null {
  const { of } = callee
  if (of?.t !== 'symbol' && of?.t !== 'object') return null
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
  const own = of.t === 'symbol' ? of.typed : null
  if (own && holders.test(simple(own.type))) {
    const [held] = own.type.args
    return held && gives.test(name) ? { type: held, scope: own.scope } : null
  }
  const target = of.ref ?? (own ? lookup.typeTarget(own.type.name, own.scope) : null)
  if (target === null || typeof target === 'string') return null
  const found = declared(lookup, target, name, arity)
  return found && !isParameter.test(simple(found.type)) ? found : null
}

function declared(lookup: Lookup, ref: ClassRef, name: string, arity: number, depth = 0): Typed | null {
  if (depth > 6) return null
  const method = ref.cls.members.find((fn) => fn.name === name && fn.params.length === arity)
  if (method) return method.returns ? { type: method.returns, scope: ref.scope } : null
  const [, first = '', rest = ''] = /^(?:get|is)([A-Z])(\w*)$/.exec(name) ?? []
  const property = first === '' ? name : `${first.toLowerCase()}${rest}`
  const field =
    arity === 0 ? ref.cls.fields.find((one) => one.name === property && !one.isStatic && one.type) : undefined
  if (field?.type) return { type: field.type, scope: ref.scope }
  for (const base of lookup.basesOf(ref)) {
    const found = declared(lookup, base, name, arity, depth + 1)
    if (found) return found
  }
  return null
}

const simple = ({ name }: TypeRef) => name.slice(name.lastIndexOf('.') + 1)
/** They hold one thing, which these methods give. */
const holders = /^(?:Optional|AtomicReference)$/
const gives = /^(?:get|orElse|orElseGet|orElseThrow)$/
const isParameter = /^[A-Z][A-Z\d_]{0,9}$/
