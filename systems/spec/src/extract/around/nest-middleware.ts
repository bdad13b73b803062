import type { Condition } from '../../facts/condition.ts'
import { joinPaths, templatesOf } from '../../packs/path.ts'
import type { ClassRef, Site, Value } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import { settingOf } from '../chosen-handlers.ts'
import type { Run } from '../run-code.ts'

/** Middleware of a module of Nest's and the paths that it is for; methods and controllers are told apart where they are given. */
export interface Middleware {
  values: Value[]
  routes: Value[]
  excluded: Value[]
  site: Site
  /** Where only a setting puts it there. */
  when: Condition | null
}

/** What `configure(consumer)` of a module puts before its routes. It runs once: what it sets on classes, requests find there. */
export function middlewareOf({ interpreter, meaning }: Run, ref: ClassRef): Middleware[] {
  const configure = ref.cls.members.find(({ name }) => name === 'configure')
  if (!configure) return []
  const { module, scope } = ref
  const before = meaning.noticed.length
  interpreter.asSetUp(() =>
    interpreter.call(
      { t: 'func', fn: configure, scope, self: null, owner: ref, module, marks: [] },
      [{ name: null, value: symbol('nest:consumer', 'consumer') }],
      { module, start: 0, end: 0, symbol: '' },
    ),
  )
  return meaning.noticed.slice(before).flatMap(({ callee, args, site, when }) => {
    if (!callee.path.startsWith('nest:consumer') || !callee.path.endsWith('.forRoutes')) return []
    const calls = chainOf(callee.of)
    return [
      {
        values: calls.get('apply') ?? [],
        excluded: calls.get('exclude') ?? [],
        routes: args.map(({ value }) => value),
        site,
        when: settingOf(when),
      },
    ]
  })
}

/** Whether middleware stands before an operation. */
export function isFor({ routes, excluded }: Middleware, operation: AnnotatedOperation): boolean {
  const fits = (value: Value) => fitsIn(value, operation)
  return routes.flatMap(flat).some(fits) && !excluded.flatMap(flat).some(fits)
}

function fitsIn(value: Value, { owner, method, template }: AnnotatedOperation): boolean {
  if (value.t === 'class') return value.ref.cls === owner.cls
  const path = textOf(value.t === 'object' ? value.props.get('path') : value)
  if (path === null) return false
  const verb = value.t === 'object' ? value.props.get('method') : undefined
  const wanted = verb?.t === 'symbol' ? (verb.path.split('.').at(-1) ?? 'ALL') : 'ALL'
  if (wanted !== 'ALL' && wanted !== method) return false
  if (/^\/?(?:\*\w*|\(\.\*\)|\{\*\w+\})?$/.test(path)) return true
  // `users/*`, `users/*rest`, `users{/*rest}`, `users/(.*)`
  const wild = /\/?(?:\{?\/?\*\w*\}?|\(\.\*\))$/
  const isWild = wild.test(path)
  // A star behind a slash needs something there.
  const end = /\/(?:\*\w*|\(\.\*\))$/.test(path) ? '' : '/'
  const text = path.replace(wild, '')
  return templatesOf(joinPaths([text], false), 'colon').some(({ path: one }) => {
    const bare = names(one)
    const own = names(template.path)
    // A global prefix comes before.
    return isWild ? `${own}${end}`.includes(`${bare}/`) : own === bare || own.endsWith(bare)
  })
}

const names = (path: string) => path.replaceAll(/\{[^{}]*\}/g, '{}').replace(/\/$/, '')
const flat = (value: Value): Value[] => (value.t === 'list' ? value.items.flatMap(flat) : each(value))

// What each call of a chain was given: `consumer.apply(A).exclude(…)`. What `forRoutes` gives begins another chain.
function chainOf(value: Value | null): Map<string, Value[]> {
  const found = new Map<string, Value[]>()
  for (
    let one = value;
    one?.t === 'symbol' && one.path.startsWith('nest:consumer');
    one = one.of?.t === 'symbol' ? one.of : null
  ) {
    const name = /\.(\w+)\(\)$/.exec(one.path)?.[1]
    if (name === 'forRoutes') break
    if (name) found.set(name, [...(found.get(name) ?? []), ...one.args.map((arg) => arg.value)])
  }
  return found
}
