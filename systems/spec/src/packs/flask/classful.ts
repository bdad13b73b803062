import type { Interpreter } from '../../resolve/interpreter.ts'
import { methodOf } from '../../resolve/members.ts'
import { constant, textOf } from '../../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, Site, Value } from '../../resolve/values.ts'
import { methodsOf } from '../methods.ts'
import type { Entry, Router } from '../router.ts'

const view = /^flask_classful\.(?:\w+\.)?FlaskView$/
const routing = /^flask_classful\.(?:\w+\.)?route\(\)$/
const naming = /^flask_classful\.(?:\w+\.)?method\(\)$/

/** Methods that answer by their names ("Special method names"). */
const special: Record<string, string> = {
  index: 'GET',
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
}
const hooks = /^(?:before|after)_(?:request|\w+)$|^(?:make_response|register|representations)$/

/** Whether a value is a class of views of Flask-Classful. */
export const isClassful = (interpreter: Interpreter, value: Value): value is Extract<Value, { t: 'class' }> =>
  value.t === 'class' && interpreter.lookup.ancestry(value.ref).some((name) => view.test(name))

/** What `View.register(app)` routes (flask-classful.teracy.org): methods of the class by their names, and what `@route` says below the class's own path. */
export function classfulRoutes(
  interpreter: Interpreter,
  { ref }: Extract<Value, { t: 'class' }>,
  args: readonly ArgValue[],
  site: Site,
): Extract<Entry, { kind: 'route' }>[] {
  const given = (name: string) => {
    const own = args.find((arg) => arg.name === name)?.value
    return own && !(own.t === 'const' && own.v === null)
      ? own
      : (interpreter.staticMember(ref, name) ?? undefined)
  }
  const before = textOf(given('route_prefix')) ?? ''
  const base = textOf(given('route_base')) ?? nameOf(ref)
  const slash = given('trailing_slash')
  const isSlashed = !(slash?.t === 'const' && slash.v === false)
  const left = interpreter.staticMember(ref, 'excluded_methods')
  const excluded = new Set((left?.t === 'list' ? left.items : []).flatMap((one) => textOf(one) ?? []))
  const made: Extract<Entry, { kind: 'route' }>[] = []
  const seen = new Set<string>()
  for (const owner of linesOf(interpreter, ref))
    for (const fn of owner.cls.members) {
      if (seen.has(fn.name) || excluded.has(fn.name) || fn.name.startsWith('_') || hooks.test(fn.name))
        continue
      if (
        fn.isStatic ||
        fn.decorators.some((one) => one.k === 'name' && /^(?:classmethod|property)$/.test(one.name))
      )
        continue
      seen.add(fn.name)
      interpreter.budget = 20_000
      const handler: FuncValue = { ...interpreter.decoratedMethod(methodOf({ fn, owner }, null)), owner: ref }
      const add = (path: string, methods: string[], at: Site | null) =>
        made.push({
          kind: 'route',
          methods,
          path: constant(
            `/${[before, base, path]
              .map((one) => one.replace(/^\/|\/$/g, ''))
              .filter(Boolean)
              .join('/')}${path.endsWith('/') ? '/' : ''}`.replace(/\/{2,}$/, '/'),
          ),
          handlers: [handler],
          site: {
            module: owner.module,
            start: fn.start,
            end: fn.headEnd,
            symbol: `${ref.cls.name}.${fn.name}`,
          },
          by: [
            ...(at ? [at] : []),
            site,
            { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name },
          ],
          args: [],
          options: new Map([['endpoint', constant(`${ref.cls.name}:${fn.name}`)]]),
        })
      const routed = handler.marks.flatMap((mark) =>
        mark.t === 'symbol' && routing.test(mark.path) ? [mark] : [],
      )
      for (const mark of routed) {
        const path = textOf(mark.args.find(({ name }) => name === null || name === 'rule')?.value)
        if (path !== null)
          add(path, methodsOf(mark.args.find(({ name }) => name === 'methods')?.value, ['GET']), mark.site)
      }
      if (routed.length > 0) continue
      const named = handler.marks.flatMap((mark) =>
        mark.t === 'symbol' && naming.test(mark.path) ? methodsOf(mark.args[0]?.value, []) : [],
      )
      const verb = special[fn.name]
      const parts = fn.params
        .slice(1)
        .filter((param) => !param.isRest && !param.isNamedRest && param.default === null)
        .map(({ name, type }) => (type?.name === 'int' ? `<int:${name}>` : `<${name}>`))
      const path = [...(verb ? [] : [fn.name]), ...parts].join('/')
      add(isSlashed ? `${path}/` : path, named.length > 0 ? named : [verb ?? 'GET'], null)
    }
  return made
}

// Of a class without a base of its own the name, without `View`.
const nameOf = ({ cls }: ClassRef): string => cls.name.replace(/View$/, '').toLowerCase()

// The class and those of the repository that it extends.
const linesOf = (interpreter: Interpreter, ref: ClassRef, depth = 0): ClassRef[] =>
  depth > 6
    ? []
    : [ref, ...interpreter.lookup.basesOf(ref).flatMap((base) => linesOf(interpreter, base, depth + 1))]

/** Puts the routes of a class on a router. */
export function registerClassful(
  interpreter: Interpreter,
  router: Router,
  cls: Extract<Value, { t: 'class' }>,
  args: readonly ArgValue[],
  site: Site,
): void {
  router.entries.push(...classfulRoutes(interpreter, cls, args, site))
}
