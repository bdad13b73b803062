import type { Interpreter } from '../resolve/interpreter.ts'
import { methodOf } from '../resolve/members.ts'
import { constant, each, nothing, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, ClassRef, ObjectValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { keyedEntries } from '../resolve/keyed-entries.ts'
import { methodsOf } from './methods.ts'
import { matchesPattern } from '../resolve/patterns.ts'
import type { Arg, MarkedHandlers, Pack, RouterRule } from './pack.ts'
import type { Router } from './router.ts'
import { argOf } from './status.ts'

/** A part of a router, with what is said of all that is below it. */
type MakePart = (of: Router, prefix: Value | null, site: Site) => Router

/** What a handler, a controller or a router says of what is below it: what runs before, what errors become, what its functions are given by name. */
export function layer(
  router: Router,
  { hooks, errors, provides }: Pick<MarkedHandlers, 'hooks' | 'errors' | 'provides'>,
  said: (name: string) => Value | undefined,
  site: Site,
): void {
  for (const name of hooks)
    for (const given of each(said(name) ?? { t: 'list', items: [], isOpen: false }))
      for (const handler of given.t === 'list' ? given.items : [given])
        if (handler.t !== 'const') router.entries.push({ kind: 'before', handler, isForAll: false, site })
  const byType = said(errors)
  if (byType?.t === 'object')
    for (const [type, handler] of [
      ...[...byType.props].map(([key, value]) => [constant(Number(key)), value] as const),
      ...keyedEntries(byType),
    ])
      router.entries.push({ kind: 'error', handler, type, site })
  const given = said(provides)
  // `Provide(function)`, or the function itself.
  for (const [name, value] of given?.t === 'object' ? given.props : [])
    router.provides.set(name, value.t === 'symbol' ? (value.args[0]?.value ?? value) : value)
}

/** What a router is made with after what it is configured by was given that (`on_app_init`, "Plugins"). */
export function configured(
  interpreter: Interpreter,
  rule: RouterRule,
  marked: MarkedHandlers | undefined,
  args: readonly ArgValue[],
  site: Site,
): readonly ArgValue[] {
  const { configuredBy, routes, errors, provides, hooks = [] } = rule
  const { signsIn } = marked ?? {}
  const givers = configuredBy?.lists.flatMap((name) => each(argOf(args, name) ?? nothing)) ?? []
  const all = givers.flatMap((one) => (one.t === 'list' ? one.items : [one]))
  // Whom one leaves out that is only known by its type is not known: nothing is told of it.
  const signIns = all.filter(
    (one) =>
      one.t === 'symbol' && signsIn?.of.test(one.path) && one.of?.t === 'symbol' && one.of.args.length > 0,
  )
  const functions = all
    .flatMap((one) =>
      one.t === 'object' && one.ref
        ? (interpreter.memberOf(one, configuredBy?.method ?? '', site) ?? [])
        : one,
    )
    .filter((one) => one.t === 'func')
  if (functions.length + signIns.length === 0) return args
  const listed = (value: Value | undefined): Value =>
    value?.t === 'list' ? { ...value, items: [...value.items] } : { t: 'list', items: [], isOpen: false }
  const named = (value: Value | undefined): Value =>
    value?.t === 'object'
      ? value
      : { t: 'object', props: new Map(), ref: null, args: [], isOpen: false, site: null }
  const nameOf = (arg: Arg | undefined) =>
    typeof arg === 'object' ? arg.name : typeof arg === 'string' ? arg : ''
  const config: ObjectValue = {
    t: 'object',
    props: new Map([
      ...[nameOf(routes), ...hooks].map((name) => [name, listed(argOf(args, name))] as const),
      ...[nameOf(errors), nameOf(provides)].map((name) => [name, named(argOf(args, name))] as const),
    ]),
    ref: null,
    args: [],
    isOpen: true,
    site,
  }
  for (const fn of functions) interpreter.call(fn, [{ name: null, value: config }], site)
  const first = config.props.get(hooks[0] ?? '')
  if (first?.t === 'list') first.items.unshift(...signIns)
  const own = new Set(config.props.keys())
  return [
    ...args.filter(({ name }) => name === null || !own.has(name)),
    ...[...config.props].map(([name, value]) => ({ name, value })),
  ]
}

/** Whether what signs callers in for a program leaves a handler out. */
export function isLeftOut(
  signIn: Value,
  { marked }: Pack,
  options: ReadonlyMap<string, Value>,
  path: string,
): boolean {
  const rule = marked?.signsIn
  if (!rule || signIn.t !== 'symbol' || !rule.of.test(signIn.path)) return false
  const args = signIn.of?.t === 'symbol' ? signIn.of.args : []
  const key = textOf(argOf(args, rule.renamed)) ?? rule.exempt
  const own = options.get('opt')
  const said = options.get(key) ?? (own?.t === 'object' ? own.props.get(key) : undefined)
  if (said?.t === 'const' && said.v === true) return true
  const patterns = argOf(args, rule.paths)
  return (patterns?.t === 'list' ? patterns.items : patterns ? [patterns] : []).some(
    (value) =>
      matchesPattern(symbol('RegExp()', '', { args: [{ name: null, value }] }), constant(path)) === true,
  )
}

/** Routes what decorators from outside made a handler, and the methods of a class that they did. Null where it is neither. */
export function routeMarked(
  router: Router,
  value: Value,
  interpreter: Interpreter,
  make: MakePart,
  site: Site,
): boolean {
  const { marked } = router.pack
  if (!marked) return false
  if (value.t === 'func') return routeFunction(router, marked, value, make, site)
  const isController =
    value.t === 'class' &&
    interpreter.lookup.ancestry(value.ref).some((name) => marked.controllers.test(name))
  if (value.t !== 'class' || !isController) return false
  const { ref } = value
  const at: Site = { module: ref.module, start: ref.cls.start, end: ref.cls.headEnd, symbol: ref.cls.name }
  const said = (name: string) =>
    interpreter.lookup.field(ref, name) ? (interpreter.staticMember(ref, name) ?? undefined) : undefined
  const part = make(router, said(marked.prefix) ?? null, at)
  layer(part, marked, said, at)
  const seen = new Set<string>()
  const visit = (cls: ClassRef, depth: number): void => {
    for (const fn of cls.cls.members) {
      if (seen.has(fn.name) || fn.decorators.length === 0) continue
      seen.add(fn.name)
      routeFunction(part, marked, interpreter.decoratedMethod(methodOf({ fn, owner: cls }, null)), make, at)
    }
    if (depth < 6) for (const base of interpreter.lookup.basesOf(cls)) visit(base, depth + 1)
  }
  visit(ref, 0)
  return true
}

function routeFunction(
  router: Router,
  marked: MarkedHandlers,
  fn: Extract<Value, { t: 'func' }>,
  make: MakePart,
  site: Site,
): boolean {
  const found = fn.marks.flatMap((mark) => {
    const rule = mark.t === 'symbol' ? marked.marks[mark.path.replace(/\(\)$/, '')] : undefined
    return mark.t === 'symbol' && rule ? [{ mark, rule }] : []
  })
  for (const { mark, rule } of found) {
    const at = mark.site ?? site
    const part = make(router, null, at)
    layer(part, marked, (name) => argOf(mark.args, name), at)
    const paths = argOf(mark.args, rule.path)
    part.entries.push({
      kind: 'route',
      methods:
        rule.methods === undefined ? [rule.method] : methodsOf(argOf(mark.args, rule.methods), [rule.method]),
      path: paths?.t === 'list' ? union(paths.items) : (paths ?? null),
      handlers: [fn],
      site: at,
      args: [...mark.args],
      options: optionsOf(mark),
    })
  }
  return found.length > 0
}

const optionsOf = ({ args }: SymbolValue): ReadonlyMap<string, Value> =>
  new Map(args.flatMap(({ name, value }: ArgValue) => (name === null ? [] : [[name, value] as const])))
