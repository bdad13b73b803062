import type { Class, Expr } from '../parse/ir.ts'
import type { Machine } from './machine.ts'
import { methodOf } from './members.ts'
import { constant, notDefined, printValue, textOf } from './values.ts'
import type { ArgValue, ClassRef, ObjectValue, Scope, Value } from './values.ts'

/** What stands for all things of a class, where decorators are given it. */
const prototypes = new WeakMap<Class, ObjectValue>()
const classes = new WeakMap<ObjectValue, Class>()
/** What code of the repository notes of classes and their members, by what it is noted of and under. */
const noted = new WeakMap<Class, Map<string, Value>>()
const isBeingDecorated = new WeakSet<Machine>()
const known = new WeakMap<object, Set<string>>()

const objectOf = (props: [string, Value][]): ObjectValue => ({
  t: 'object',
  props: new Map(props),
  ref: null,
  args: [],
  isOpen: false,
  site: null,
})

function prototypeOf(ref: ClassRef): ObjectValue {
  const own = prototypes.get(ref.cls)
  if (own) return own
  const methods = ref.cls.members.map((fn): [string, Value] => [fn.name, methodOf({ fn, owner: ref }, null)])
  const made = objectOf([...methods, ['constructor', { t: 'class', ref }]])
  prototypes.set(ref.cls, made)
  classes.set(made, ref.cls)
  return made
}

const notes = /\bReflect\s*\.\s*defineMetadata\b/

/** Runs decorators of the repository's own that note something of what they stand on, as a class of JavaScript is made: those of its methods, then its own (TypeScript's handbook, "Decorators"). */
export function runDecorators(run: Machine, ref: ClassRef, scope: Scope): void {
  if (run.effects !== null) return
  const apply = (decorators: readonly Expr[], args: readonly Value[]) => {
    for (const decorator of decorators.toReversed()) {
      const callee = decorator.k === 'call' ? decorator.callee : decorator
      const named = run.expressions.evaluate(callee, scope)
      if (named.t !== 'func' || !notes.test(named.module.text)) continue
      const found = run.expressions.evaluate(decorator, scope)
      if (found.t !== 'func') continue
      run.call(
        found,
        args.map((value) => ({ name: null, value })),
        run.site(decorator, scope),
      )
    }
  }
  const isOutermost = !isBeingDecorated.has(run)
  isBeingDecorated.add(run)
  for (const fn of ref.cls.members)
    apply(fn.decorators, [
      fn.isStatic ? { t: 'class', ref } : prototypeOf(ref),
      constant(fn.name),
      objectOf([['value', methodOf({ fn, owner: ref }, null)]]),
    ])
  apply(ref.cls.decorators, [{ t: 'class', ref }])
  if (isOutermost) isBeingDecorated.delete(run)
}

const asks = /^Reflect\.(define|get|getOwn|has|hasOwn)Metadata$/

/** What code notes of classes and finds again (reflect-metadata, README); null of what others note. */
export function reflectMetadata(run: object, path: string, args: readonly ArgValue[]): Value | null {
  const does = asks.exec(path)?.[1]
  const [first, ...others] = args.map(({ value }) => value)
  if (does === undefined || !first) return null
  const name = textOf(first) ?? printValue(first)
  const value = does === 'define' ? others.shift() : undefined
  const [target, member] = others
  const of = target && placeOf(target)
  if (!of) return null
  const key = `${of.isOfAll ? 'all' : 'class'} ${textOf(member) ?? ''} ${name}`
  const all = noted.get(of.cls) ?? new Map<string, Value>()
  noted.set(of.cls, all)
  const names = known.get(run) ?? new Set<string>()
  known.set(run, names)
  if (value) {
    all.set(key, value)
    names.add(name)
    return notDefined
  }
  const found = all.get(key)
  if (!found && !names.has(name) && !isBeingDecorated.has(run as Machine)) return null
  return does.startsWith('has') ? constant(found !== undefined) : (found ?? notDefined)
}

function placeOf(value: Value): { cls: Class; isOfAll: boolean } | null {
  if (value.t === 'class') return { cls: value.ref.cls, isOfAll: false }
  if (value.t !== 'object') return null
  const cls = classes.get(value) ?? value.ref?.cls
  return cls ? { cls, isOfAll: true } : null
}
