import { constant, each, linesOf } from '../resolve/values.ts'
import type { Entry } from '../packs/router.ts'
import type { Value } from '../resolve/values.ts'
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
  const placed = all.flatMap((one): AnnotatedOperation[] => {
    const operation = annotated.find((each) => each === one.of?.operation)
    if (!operation || !one.of) return []
    const { prefixAt } = one.of
    const { path, isUnsure } = one.template
    return [
      {
        ...operation,
        template: { ...operation.template, path, isUnsure: isUnsure || operation.template.isUnsure },
        handlers: [...one.handlers, ...operation.handlers],
        errors: one.errors,
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

const isNear = (a: string, b: string) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)

// What the annotations of a class and its method are given to run before it: functions, or what a container gives for them.
function middlewareOf(run: Run, { pack, owner, fn }: AnnotatedOperation): Value[] {
  const rules = pack.annotations
  if (!rules?.middleware || !fn) return []
  const { interpreter, routing } = run
  const from = rules.middleware
  const given = [
    find(annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner), rules.controllers),
    find(annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner), rules.methods),
  ].flatMap((found) => found?.annotation.args.slice(from).map(({ value }) => value) ?? [])
  return given.flatMap((value): Value[] => {
    if (handlerFunctions(value).length > 0) return [value]
    const bound = routing.controllers.boundTo(value) ?? value
    const ref = bound.t === 'class' || bound.t === 'object' ? bound.ref : null
    const method = ref ? interpreter.lookup.method(ref, 'handler') : null
    if (!ref || !method) return [value]
    return [
      {
        t: 'func',
        fn: method.fn,
        scope: method.owner.scope,
        self: bound.t === 'object' ? bound : null,
        owner: ref,
        module: method.owner.module,
        marks: [],
      },
    ]
  })
}
