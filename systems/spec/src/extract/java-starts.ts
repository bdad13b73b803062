import type { Func } from '../parse/ir.ts'
import type { Pack } from '../packs/pack.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { methodOf } from '../resolve/members.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import { injectedArgs } from './java-beans.ts'

/**
 * Runs what routes by calls in Java: `main` of the classes that name a framework, then what makes a router, what is given one, and what routes by functions of its
 * own, where nothing called it. `attempt` runs what may be nested too deeply, and notes its file.
 */
export function startJava(
  interpreter: Interpreter,
  packs: readonly Pack[],
  attempt: (work: () => void, path: string) => void,
): void {
  const mine = packs.filter(
    ({ language, handlerMethod }) => language === 'java' && handlerMethod !== undefined,
  )
  if (mine.length === 0) return
  const concerned = interpreter.lookup
    .classes()
    .filter(
      ({ module }) =>
        module.language === 'java' &&
        module.body.some((stmt) => stmt.k === 'import' && mine.some(({ uses }) => uses.test(stmt.source))),
    )
  const last = (path: string) => path.split('.').slice(-2).join('.')
  const words = (paths: readonly string[]) =>
    new RegExp(String.raw`\b(?:${paths.join('|').replaceAll('.', String.raw`\.`)})\(`)
  const makes = words(mine.flatMap(({ routers }) => Object.keys(routers ?? {}).map(last)))
  const routes = words(
    mine.flatMap(({ functions }) =>
      Object.keys(functions ?? {}).map((path) => path.split('.').at(-1) ?? path),
    ),
  )
  const types = new Set(mine.flatMap(({ routerTypes }) => Object.keys(routerTypes ?? {})))
  const handled = new Set(
    mine.flatMap(({ parameters }) => (parameters ?? []).map((path) => path.replace('()', ''))),
  )
  const textOf = (ref: ClassRef, fn: Func) => ref.module.text.slice(fn.start, fn.end)
  const isGiven = (ref: ClassRef, { params }: Func, of: ReadonlySet<string>) =>
    params.some(({ type }) => {
      const target = type ? interpreter.lookup.typeTarget(type.name, ref.scope) : null
      return typeof target === 'string' && of.has(target)
    })
  const rounds: ((ref: ClassRef, fn: Func) => boolean)[] = [
    (_ref, fn) => fn.name === 'main' && fn.isStatic,
    (ref, fn) => makes.test(textOf(ref, fn)),
    (ref, fn) => isGiven(ref, fn, types),
    (ref, fn) => routes.test(textOf(ref, fn)) && !isGiven(ref, fn, handled),
  ]
  for (const isOne of rounds)
    for (const ref of concerned)
      for (const fn of ref.cls.members) {
        if (!fn.hasBody || interpreter.invoked.has(fn) || !isOne(ref, fn)) continue
        const site = {
          module: ref.module,
          start: fn.start,
          end: fn.headEnd,
          symbol: `${ref.cls.name}.${fn.name}`,
        }
        attempt(() => {
          interpreter.budget = 300_000
          const constructor = ref.cls.members.find(({ name }) => name === 'constructor')
          const made = injectedArgs(interpreter, ref, constructor)
          const self: Value = fn.isStatic ? { t: 'class', ref } : interpreter.instantiate(ref, made, site)
          if (fn.name === 'constructor' || interpreter.invoked.has(fn)) return
          interpreter.budget = 2_000_000
          interpreter.outcomes(methodOf({ fn, owner: ref }, self), injectedArgs(interpreter, ref, fn), site)
        }, ref.module.path)
      }
}
