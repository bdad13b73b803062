import { optionOf } from '../packs/options.ts'
import type { Pack } from '../packs/pack.ts'
import { constant, each, linesOf, textOf } from '../resolve/values.ts'
import type { Entry } from '../packs/router.ts'
import type { Site, Value } from '../resolve/values.ts'
import { annotationsOf, find } from '../resolve/annotations.ts'
import type { AnnotatedOperation } from './annotated.ts'
import { handlerFunctions } from './flat-routes.ts'
import type { FoundOperation } from './flat-routes.ts'
import { programOf } from './java-settings.ts'
import type { Run } from './run-code.ts'

/**
 * Annotated operations of frameworks that stand on another one's routers, where the program puts them: with the prefixes, middleware and handlers of errors
 * that are there. Those that no server of their program takes stay as they are. `route` flattens all routers.
 */
export function onRouters(
  run: Run,
  annotated: readonly AnnotatedOperation[],
  route: () => FoundOperation[],
): { annotated: AnnotatedOperation[]; routed: FoundOperation[] } {
  for (const operation of annotated)
    operation.handlers = [...middlewareOf(run, operation), ...operation.handlers]
  const globals = new Map(run.packs.map((pack) => [pack, globalsOf(run, pack)]))
  const isPlaced = new Set<object>()
  for (const router of run.routing.routers)
    router.entries = router.entries.flatMap((entry): Entry[] => {
      if (entry.kind !== 'controllers') return [entry]
      const own = annotated.filter(
        ({ pack, owner }) =>
          pack === entry.pack &&
          (entry.only
            ? entry.only.some((one) => one.t === 'class' && one.ref.cls === owner.cls)
            : isNear(programOf(owner.module.path), programOf(entry.site.module.path))),
      )
      return own.map((operation) => {
        isPlaced.add(operation)
        const path = operation.template.path.replaceAll(/\{(\w+)\*?\}/g, ':$1')
        const prefixes = each(entry.path ?? constant('')).map((one) =>
          one.t === 'const' ? String(one.v) : '',
        )
        return {
          kind: 'route' as const,
          methods: [operation.method],
          path: constant(`${prefixes[0] ?? ''}/${path}`.replaceAll(/\/{2,}/g, '/')),
          handlers: [],
          site: entry.site,
          args: [],
          options: new Map<string, Value>(),
          of: { operation, prefixAt: linesOf(entry.path, entry.site) },
          ...(entry.when ? { when: entry.when } : {}),
        }
      })
    })
  const all = route()
  const known = new Map<object, AnnotatedOperation>(annotated.map((one) => [one, one]))
  const placed = all.flatMap((one): AnnotatedOperation[] => {
    const operation = one.of && known.get(one.of.operation)
    if (!operation || !one.of) return []
    const { prefixAt } = one.of
    const { path, isUnsure } = one.template
    const program = programOf(operation.owner.module.path)
    const own = (globals.get(operation.pack) ?? []).filter((each) => isNear(program, programOf(each.path)))
    const before = own.filter(({ type }) => type === 'before')
    const after = own.filter(({ type }) => type !== 'before')
    return [
      {
        ...operation,
        template: { ...operation.template, path, isUnsure: isUnsure || operation.template.isUnsure },
        handlers: [...one.handlers, ...before.map(({ handler }) => handler), ...operation.handlers],
        errors: [...after.map(({ handler, site }) => ({ handler, type: null, site })), ...one.errors],
        through: [...operation.through, one.site, ...prefixAt, ...one.through],
        ...(one.unserved ? { unserved: one.unserved } : {}),
        ...(one.program === undefined ? {} : { program: one.program }),
        ...(one.when ? { when: one.when } : {}),
        ...(one.handlersWhen ? { handlersWhen: one.handlersWhen } : {}),
        ...(one.handlersAt ? { handlersAt: one.handlersAt } : {}),
        ...(one.belowOf ? { belowOf: one.belowOf } : {}),
      },
    ]
  })
  return {
    annotated: [...annotated.filter((one) => !isPlaced.has(one)), ...placed],
    routed: all.filter(({ of }) => of === undefined),
  }
}

// Folders end with a slash.
const isNear = (a: string, b: string) => a.startsWith(b) || b.startsWith(a)

// What the annotations of a class and its method are given to run before it: functions, or what a container gives for them.
function middlewareOf(run: Run, { pack, owner, fn }: AnnotatedOperation): Value[] {
  const rules = pack.annotations
  const { from, annotations = [] } = rules?.middleware ?? {}
  if (!rules?.middleware || !fn) return []
  const { interpreter } = run
  const onClass = annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner)
  const onMethod = annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner)
  const given = [
    { all: onClass, routing: find(onClass, rules.controllers) },
    { all: onMethod, routing: find(onMethod, rules.methods) },
  ].flatMap(({ all, routing }) => [
    ...(from === undefined ? [] : (routing?.annotation.args.slice(from) ?? [])),
    ...all.flatMap(({ path, args }) => (annotations.includes(path) ? args : [])),
  ])
  const { method } = rules.middleware
  return given.map(({ value }) =>
    handlerFunctions(value).length > 0
      ? value
      : (methodOf(run, run.routing.controllers.boundTo(value) ?? value, method) ?? value),
  )
}

// Classes of a program that stand before all of its controllers, or take their errors (routing-controllers, "Global middlewares").
function globalsOf(run: Run, pack: Pack): { path: string; type: string; handler: Value; site: Site }[] {
  const rules = pack.annotations?.middleware
  const { interpreter } = run
  if (!rules?.classes) return []
  const { annotation, errors } = rules.classes
  return interpreter.lookup.classes().flatMap((ref) => {
    if (ref.module.language !== pack.language) return []
    const own = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
    const said = own.find(({ path }) => path === annotation)
    if (!said) return []
    const type = textOf(optionOf(said.args[0]?.value, 'type')) ?? ''
    const value: Value = { t: 'class', ref }
    const { start, end } = said.expr
    const site: Site = { module: ref.module, start, end, symbol: ref.cls.name }
    const handler = methodOf(run, value, type === 'before' ? rules.method : errors)
    return handler ? [{ path: ref.module.path, type, handler, site }] : []
  })
}

function methodOf(run: Run, value: Value, name: string): Value | null {
  const ref = value.t === 'class' || value.t === 'object' ? value.ref : null
  const method = ref ? run.interpreter.lookup.method(ref, name) : null
  if (!ref || !method) return null
  return {
    t: 'func',
    fn: method.fn,
    scope: method.owner.scope,
    self: value.t === 'object' ? value : null,
    owner: ref,
    module: method.owner.module,
    marks: [],
  }
}
