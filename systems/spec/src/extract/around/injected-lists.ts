import type { Func } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { methodOf } from '../../resolve/members.ts'
import { symbol } from '../../resolve/values.ts'
import type { ArgValue, ClassRef, Site, Value } from '../../resolve/values.ts'
import { isAlways } from '../first-that-is.ts'
import { orderOf } from '../java-advice.ts'
import type { Run } from '../run-code.ts'
import { beanWhen } from './bean-conditions.ts'

/** Annotations that have Spring make a class itself. */
const component =
  /^(?:org\.springframework\.(?:stereotype\.\w+|context\.annotation\.Configuration)|(?:javax|jakarta)\.(?:inject|annotation)\.(?:Named|ManagedBean))$/

/** What Spring's container gives a class and one of its methods as lists of its beans ("Using @Autowired"): by `@Order`, then as it finds their files. */
export function injectedLists(
  run: Run,
  ref: ClassRef,
  fn: Func,
  site: Site,
): { self: Value | null; args: ArgValue[] } {
  const props = new Map<string, Value>()
  for (const { name, type, value, isStatic } of ref.cls.fields) {
    const all = value || isStatic ? null : beansIn(run, type, ref)
    if (all) props.set(name, all)
  }
  const args = fn.params.flatMap(({ name, type }): ArgValue[] => {
    const value = beansIn(run, type, ref)
    return value ? [{ name, value }] : []
  })
  return { self: props.size > 0 ? { t: 'object', props, ref, args: [], isOpen: true, site } : null, args }
}

// Null where it is no list of a type of the repository, or where it is not sure which beans are in it.
function beansIn(run: Run, type: Func['params'][number]['type'], { scope }: ClassRef): Value | null {
  const { interpreter } = run
  const { lookup } = interpreter
  const [of] = type && /^(?:List|Set|Collection|ObjectProvider)$/.test(type.name) ? type.args : []
  const target = of ? lookup.typeTarget(of.name, scope) : ''
  if (typeof target === 'string') return null
  const found = new Set([target])
  for (const one of found) for (const child of lookup.childrenOf(one)) found.add(child)
  const components = [...found].flatMap((one): Bean[] => {
    const own = annotationsOf(interpreter, one.cls.decorators, one.scope, one)
    if (!own.some(({ path }) => component.test(path))) return []
    const value = symbol(`:${one.module.path}:${one.cls.name}()`, one.cls.name, { ref: one })
    return [{ of: one, fn: null, order: orderOf(run, one, own) ?? 0, value }]
  })
  const beans = [...components, ...givenBy(run, new Set([...found].map(({ cls }) => cls)))]
  const isSure =
    beans.length > 0 &&
    beans.every((one) => one.value !== null && isAlways(beanWhen(interpreter, one.of, one.fn)))
  if (!isSure) return null
  const items = beans
    .toSorted((a, b) => a.order - b.order || (a.of.module.path < b.of.module.path ? -1 : 1))
    .flatMap(({ value }) => value ?? [])
  return { t: 'list', items, isOpen: false }
}

interface Bean {
  of: ClassRef
  /** Null where the class itself is the bean. */
  fn: Func | null
  order: number
  /** Null where what a method gives is not known. */
  value: Value | null
}

// What methods of configurations give besides; a class that is itself a component is not told again.
function givenBy(run: Run, types: ReadonlySet<ClassRef['cls']>): Bean[] {
  const { interpreter } = run
  return interpreter.lookup.classes().flatMap((of) =>
    of.module.language === 'java'
      ? of.cls.members.flatMap((fn): Bean[] => {
          const type =
            fn.hasBody && fn.returns ? interpreter.lookup.typeTarget(fn.returns.name, of.scope) : ''
          if (type === null || typeof type === 'string' || !types.has(type.cls)) return []
          const own = annotationsOf(interpreter, fn.decorators, of.scope, of)
          if (!own.some(({ path }) => path.endsWith('.Bean'))) return []
          const site = {
            module: of.module,
            start: fn.start,
            end: fn.headEnd,
            symbol: `${of.cls.name}.${fn.name}`,
          }
          const { result } = interpreter.record(() =>
            interpreter.outcomes(methodOf({ fn, owner: of }, null), [], site),
          )
          const [first, ...others] = result
          const value = others.length === 0 && first && isKnown(first.value) ? first.value : null
          const order = orderOf(run, of, own)
          return [{ of, fn, order: order ?? 0, value: order === null ? null : value }]
        })
      : [],
  )
}

const isKnown = (value: Value): boolean =>
  value.t === 'func' || ((value.t === 'object' || value.t === 'symbol') && value.ref !== null)
