import type { TypeRef } from '../parse/ir.ts'
import { each } from './values.ts'
import type { ArgValue, ClassRef, FuncValue, Scope, Site, SymbolValue, Value } from './values.ts'

/** What runs the code around. */
interface Machine {
  record<T>(work: () => T, asked: number): { result: T }
  outcomes(fn: FuncValue, args: ArgValue[], site: Site): { value: Value }[]
  call(callee: Value, args: ArgValue[], site: Site): Value
  member(of: Value, name: string, site: Site): Value
  lookup: { instanceOf(type: TypeRef | null, scope: Scope, text: string): Value }
}

interface Typed {
  type: TypeRef
  scope: Scope
}

const several = /(?:^|\.)(?:Collection|Iterable|List|Set|ArrayList|HashSet|LinkedHashSet|LinkedList|Stream)$/
const same = /^(?:stream|parallelStream|filter|sorted|distinct|limit|skip|peek|takeWhile|dropWhile|toList)$/
const one = /^(?:findFirst|findAny|min|max)$/
const intoAll = /\.Collectors\.(?:to(?:Unmodifiable)?(?:List|Set)|toCollection)\(\)$/

/** Steps for what a function makes of one thing of a stream. */
const steps = 400

/** Java ("Stream"): the type of what a call makes of a stream whose things are of a known type, or of what a stream is made from; null of any other. */
export function streamedBy(
  run: Machine,
  callee: SymbolValue,
  args: readonly ArgValue[],
  site: Site,
): Typed | null {
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1)
  const typed = typeOf(callee.of)
  const [item] = typed?.type.args ?? []
  if (!typed || !item || !several.test(typed.type.name)) return null
  const listOf = (of: Typed, as = 'List'): Typed => ({
    type: { ...typed.type, name: as, args: [of.type] },
    scope: of.scope,
  })
  const own = { type: item, scope: typed.scope }
  const [first] = args.map(({ value }) => value)
  if (same.test(name)) return listOf(own)
  if (one.test(name)) return listOf(own, 'Optional')
  if (name === 'collect') return first?.t === 'symbol' && intoAll.test(first.path) ? listOf(own) : null
  if (name !== 'map' || !first) return null
  const made = mapped(run, first, run.lookup.instanceOf(item, typed.scope, 'item'), site)
  return made && listOf(made)
}

// What a function, or a method by its name (`Loan::getId`), makes of a thing.
function mapped(run: Machine, fn: Value, item: Value, site: Site): Typed | null {
  const { result } = run.record((): Value[] => {
    if (fn.t === 'symbol') {
      const name = fn.path.slice(fn.path.lastIndexOf('.') + 1)
      return fn.of?.t === 'class' ? [run.call(run.member(item, name, site), [], site)] : []
    }
    if (fn.t !== 'func') return []
    const isOfItem = fn.fn.name !== '' && fn.fn.params.length === 0
    return run
      .outcomes(isOfItem ? { ...fn, self: item } : fn, isOfItem ? [] : [{ name: null, value: item }], site)
      .map(({ value }) => value)
  }, steps)
  const [first, ...others] = result.flatMap(each).map(typeOf)
  return first && others.every((other) => other && isOne(first, other)) ? first : null
}

const isOne = (a: Typed, b: Typed) => a.type.name === b.type.name && a.scope.module === b.scope.module

function typeOf(value: Value | null | undefined): Typed | null {
  if (value?.t === 'symbol') return value.typed ?? (value.ref ? ofClass(value.ref) : null)
  if (value?.t === 'list') {
    const [item, ...others] = value.items
    const of = others.length === 0 ? typeOf(item) : null
    return of && { type: { ...of.type, name: 'List', args: [of.type] }, scope: of.scope }
  }
  return value?.t === 'object' && value.ref ? ofClass(value.ref) : null
}

const ofClass = ({ cls, scope }: ClassRef): Typed => ({
  type: { name: cls.name, args: [], start: cls.start, end: cls.headEnd },
  scope,
})
