import type { TypeRef } from '../parse/ir.ts'
import type { ClassRef, Scope } from './values.ts'

/** A type, and where its names are to be read. */
export interface TypeIn {
  type: TypeRef
  scope: Scope
}

interface Classes {
  typeTarget(name: string, scope: Scope): ClassRef | string
  childrenOf(ref: ClassRef): readonly ClassRef[]
}

const longestHead = 400
const maxDepth = 6
/** More classes below one are not told apart. */
const maxBelow = 200

/** Names of the parameters of a class, as they are written after its name: `T` of `class Page<T>`. */
export const parametersOf = ({ cls, module }: ClassRef): string[] =>
  writtenAfter(module.text.slice(cls.start, cls.start + longestHead), cls.name)

/** First words of what stands in the brackets after a name. */
function writtenAfter(head: string, name: string): string[] {
  const at = name === '' ? -1 : head.indexOf(name)
  const open = at === -1 ? null : /^\s*[<[]/.exec(head.slice(at + name.length))
  if (!open) return []
  const parts = ['']
  let depth = 0
  for (const sign of head.slice(at + name.length + open[0].length)) {
    if (depth === 0 && (sign === '>' || sign === ']'))
      return parts.flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? [])
    if (sign === '<' || sign === '[') depth++
    if (sign === '>' || sign === ']') depth--
    if (sign === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return []
}

/** What the parameters of `above` stand for in a class that extends or implements it; null where it does not. */
export function argumentsOf(classes: Classes, of: ClassRef, above: ClassRef, depth = 0): TypeIn[] | null {
  if (depth > maxDepth) return null
  for (const base of of.cls.bases) {
    const target = classes.typeTarget(base.name, of.scope)
    if (typeof target === 'string' || target.cls === of.cls) continue
    const own = base.args.map((type): TypeIn => ({ type, scope: of.scope }))
    if (target.cls === above.cls) return own
    const further = argumentsOf(classes, target, above, depth + 1)
    if (!further) continue
    const names = parametersOf(target)
    return further.map((one) => own[names.indexOf(one.type.name)] ?? one)
  }
  return null
}

/** A type that a class declares, as it is in one that extends it: `S` of `Base<T, S extends Store<T>>` is `BoatStore` in `Boats extends Base<Boat, BoatStore>`. */
export function typeWithin(classes: Classes, declared: TypeIn, owner: ClassRef, of: ClassRef): TypeIn {
  const names = of.cls === owner.cls ? [] : parametersOf(owner)
  if (names.length === 0) return declared
  const given = argumentsOf(classes, of, owner) ?? []
  const own = given[names.indexOf(declared.type.name)]
  if (own) return own
  const args = declared.type.args.map((arg) => given[names.indexOf(arg.name)]?.type ?? arg)
  return { ...declared, type: { ...declared.type, args } }
}

/** `typeWithin` at any depth (`Page<List<T>>`), to be read where the class that extends the other one stands; null where nothing of it is a parameter. */
export function typeBelow(classes: Classes, type: TypeRef, owner: ClassRef, of: ClassRef): TypeRef | null {
  const names = of.cls === owner.cls ? [] : parametersOf(owner)
  const given = names.length > 0 ? (argumentsOf(classes, of, owner) ?? []) : []
  const stands = (one: TypeRef): TypeRef =>
    given[names.indexOf(one.name)]?.type ?? { ...one, args: one.args.map(stands) }
  const isOne = (one: TypeRef): boolean =>
    given[names.indexOf(one.name)] !== undefined || one.args.some(isOne)
  return isOne(type) ? stands(type) : null
}

/** Of classes that extend or implement a type the one that does with what its parameters stand for: of `Store<Boat>` the class that implements that. Null where it is not one. */
export function onlyOf(classes: Classes, { type, scope }: TypeIn, read: Scope): ClassRef | null {
  const target = classes.typeTarget(type.name, scope)
  if (typeof target === 'string' || type.args.length === 0) return null
  const below = new Set([target])
  for (const one of below)
    if (below.size < maxBelow) for (const child of classes.childrenOf(one)) below.add(child)
  const fit = [...below].filter((one) => {
    if (one.cls === target.cls || one.cls.kind === 'interface' || isAbstract(one)) return false
    const given = argumentsOf(classes, one, target)
    return given !== null && type.args.every((arg, at) => isSame(classes, arg, read, given[at]))
  })
  return fit.length === 1 ? (fit[0] ?? null) : null
}

function isSame(classes: Classes, asked: TypeRef, scope: Scope, given: TypeIn | undefined): boolean {
  if (asked.name.startsWith('?') || !given) return true
  const [one, other] = [
    classes.typeTarget(asked.name, scope),
    classes.typeTarget(given.type.name, given.scope),
  ]
  return typeof one === 'string' || typeof other === 'string'
    ? asked.name.split('.').at(-1) === given.type.name.split('.').at(-1)
    : one.cls === other.cls
}

const isAbstract = ({ cls, module }: ClassRef): boolean =>
  /\babstract\s+(?:\w+\s+)*class\s+$/.test(
    module.text.slice(cls.start, module.text.indexOf(cls.name, cls.start)),
  )
