import { knownTruth } from './conditions.ts'
import type { Runtime } from './runtime.ts'
import { constant, symbol } from './values.ts'
import type { ArgValue, ClassRef, Site, SymbolValue, Value } from './values.ts'

type Member = readonly [string, Value]

/** What `inspect` asks of a thing of which all is known (docs.python.org, "inspect"). */
const predicates: Record<string, (value: Value) => boolean> = {
  'inspect.isclass': ({ t }) => t === 'class',
  'inspect.ismodule': ({ t }) => t === 'module',
  'inspect.isfunction': (value) => value.t === 'func' && (value.self === null || value.self.t === 'class'),
  'inspect.ismethod': (value) => value.t === 'func' && value.self !== null && value.self.t !== 'class',
  'inspect.isroutine': ({ t }) => t === 'func',
}

/** What Python's own functions say of the members of things that are known, and of the classes that extend one; null where a call is none of them. */
export function pythonMembers(
  interpreter: Runtime,
  callee: SymbolValue,
  args: ArgValue[],
  site: Site,
): Value | null {
  const [first, second] = args.map(({ value }) => value)
  if (callee.path.endsWith('.__subclasses__') && callee.of?.t === 'class')
    return listOf(interpreter.lookup.childrenOf(callee.of.ref).map((ref) => ({ t: 'class', ref })))
  if (!first) return null
  const asked = predicates[callee.path]
  if (asked) return isKnown(first) ? constant(asked(first)) : null
  if (callee.path === 'issubclass' && first.t === 'class' && second?.t === 'class')
    return constant(interpreter.lookup.orderOf(first.ref).some(({ cls }) => cls === second.ref.cls))
  if (callee.path === 'dir') {
    const names = namesOf(interpreter, first)
    return names && listOf(names.map(constant))
  }
  if (callee.path === 'inspect.getmembers') {
    const members = membersOf(interpreter, first, site)
    const kept = members?.filter(([, value]) => isChosen(interpreter, second, value, site))
    return kept ? listOf(kept.map(([name, value]) => listOf([constant(name), value]))) : null
  }
  if (callee.path !== 'vars') return null
  const members = first.t === 'class' || first.t === 'module' ? membersOf(interpreter, first, site) : null
  return members && { t: 'object', props: new Map(members), ref: null, args: [], isOpen: false, site }
}

const isKnown = ({ t }: Value): boolean => /^(?:const|class|module|func|list|object)$/.test(t)
const listOf = (items: Value[]): Value => ({ t: 'list', items, isOpen: false })

// What a predicate may be true of is among what it chose.
function isChosen(interpreter: Runtime, predicate: Value | undefined, value: Value, site: Site): boolean {
  if (!predicate) return true
  const asked = predicate.t === 'symbol' ? predicates[predicate.path] : undefined
  if (asked) return asked(value)
  return knownTruth(interpreter.call(predicate, [{ name: null, value }], site)) !== false
}

function membersOf(interpreter: Runtime, of: Value, site: Site): Member[] | null {
  return (
    namesOf(interpreter, of)?.map((name): Member => [
      name,
      interpreter.memberOf(of, name, site) ?? symbol(`?.${name}`, name, { of }),
    ]) ?? null
  )
}

/** The names that code gives a thing, in their order; those that Python gives it are not among them. */
function namesOf({ lookup }: Runtime, of: Value): string[] | null {
  const ofClass = (ref: ClassRef) =>
    lookup
      .orderOf(ref)
      .flatMap(({ cls }) => [...cls.members, ...cls.fields, ...cls.inner].map(({ name }) => name))
  if (of.t === 'module') return [...new Set([...of.scope.names()].map(([name]) => name))].sort()
  const ref = of.t === 'class' || of.t === 'object' || of.t === 'symbol' ? of.ref : null
  if (ref?.module.language !== 'python') return null
  const own = of.t === 'object' ? [...of.props.keys()] : []
  return [...new Set([...own, ...ofClass(ref)])].sort()
}
