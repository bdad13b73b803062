import type { Func } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
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
  const [of] = type && /^(?:List|Set|Collection)$/.test(type.name) ? type.args : []
  const target = of ? lookup.typeTarget(of.name, scope) : ''
  if (typeof target === 'string') return null
  const found = new Set([target])
  for (const one of found) for (const child of lookup.childrenOf(one)) found.add(child)
  const beans = [...found].flatMap((one) => {
    const own = annotationsOf(interpreter, one.cls.decorators, one.scope, one)
    return own.some(({ path }) => component.test(path)) ? [{ one, order: orderOf(run, one, own) ?? 0 }] : []
  })
  const isSure =
    beans.length > 0 &&
    beans.every(({ one }) => isAlways(beanWhen(interpreter, one))) &&
    // What methods of configurations give besides.
    ![...run.project.modules.values()].some(
      ({ language, text }) =>
        language === 'java' &&
        new RegExp(
          String.raw`@Bean\b[^;{]*\b(?:${[...found].map(({ cls }) => cls.name).join('|')})\s+\w+\(`,
        ).test(text),
    )
  if (!isSure) return null
  const items = beans
    .toSorted((a, b) => a.order - b.order || (a.one.module.path < b.one.module.path ? -1 : 1))
    .map(({ one }) => symbol(`:${one.module.path}:${one.cls.name}()`, one.cls.name, { ref: one }))
  return { t: 'list', items, isOpen: false }
}
