import type { Trait } from '../packs/spring/problems.ts'
import { standardErrors } from '../packs/spring/standard-errors.ts'
import { isBelowPackage } from './java-paths.ts'
import { lastOrder } from '../resolve/java-statics.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { Annotation } from '../resolve/annotations.ts'
import { methodOf } from '../resolve/members.ts'
import type { ClassRef, Value } from '../resolve/values.ts'
import { each, numberOf, symbol, textOf } from '../resolve/values.ts'
import type { AnnotatedOperation } from './annotated.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Run } from './run-code.ts'

export type ErrorHandler = FoundOperation['errors'][number]

const siteOf = ({ module, cls }: ClassRef) => ({
  module,
  start: cls.start,
  end: cls.headEnd,
  symbol: cls.name,
})

/**
 * The place of an advice among others (docs.spring.io, "Exceptions", "Controller Advice"; `OrderComparator`): of `@Order`, `@Priority` or `getOrder()`, the last
 * where it has none. Null where the program only knows it when it runs.
 */
export function orderOf(
  { interpreter }: Run,
  ref: ClassRef,
  annotations: readonly Annotation[],
): number | null {
  if (interpreter.lookup.ancestry(ref).some((name) => /(?:^|\.)(?:Priority)?Ordered$/.test(name))) {
    const method = interpreter.lookup.method(ref, 'getOrder', 0, 0)
    const { result } = interpreter.record(
      () => (method ? interpreter.call(methodOf(method, null), [], siteOf(ref)) : symbol('?')),
      2000,
    )
    return numberOf(result)
  }
  const said =
    annotations.find(({ path }) => path.endsWith('.core.annotation.Order')) ??
    annotations.find(({ path }) => path.endsWith('.annotation.Priority'))
  const [given] = said?.args ?? []
  return given ? numberOf(given.value) : lastOrder
}

/** Whether an advice is for a controller (`basePackages`, `basePackageClasses`, `assignableTypes`, `annotations`): one that names nothing is for all. */
export function isAdviceFor(
  run: Run,
  { args }: Annotation,
  { owner }: Pick<AnnotatedOperation, 'owner'>,
): boolean {
  const asked = args.flatMap(({ name, value }) =>
    (value.t === 'list' ? value.items : each(value)).map((one) => ({ name: name ?? 'value', one })),
  )
  if (
    !asked.some(({ name }) =>
      /^(?:value|basePackages|basePackageClasses|assignableTypes|annotations)$/.test(name),
    )
  )
    return true
  const { lookup } = run.interpreter
  return asked.some(({ name, one }) => {
    if (name === 'annotations')
      return annotationsOf(run.interpreter, owner.cls.decorators, owner.scope, owner).some(
        ({ path }) =>
          path ===
          (one.t === 'class'
            ? `:${one.ref.module.path}:${one.ref.cls.name}`
            : one.t === 'symbol'
              ? one.path
              : ''),
      )
    if (name === 'assignableTypes')
      return one.t === 'class' && lookup.ancestry(owner).includes(one.ref.cls.name)
    const below = name === 'basePackageClasses' && one.t === 'class' ? one.ref.module.package : textOf(one)
    // A package that is not known may be that of the controller.
    return below === null || isBelowPackage(owner, below)
  })
}

/** Which handlers may take an error, and whether one surely does. */
export interface Taking {
  handlers: ErrorHandler[]
  isSure: boolean
}

/**
 * Of the handlers of classes the nearest takes an error; Spring asks one advice after the other by their order, and the first that has one for it takes it. Those
 * of one place come in an order that only the program knows, and of an error that may be of several classes it is not known which takes it: all of them are told.
 * `distance` is how far above the error's class that of a handler lies, null where it is for others; `mayBe`: it may be for it.
 */
export function takers(
  errors: readonly ErrorHandler[],
  match: (one: ErrorHandler) => { distance: number | null; mayBe: boolean },
): Taking {
  const groups = [...Map.groupBy(errors, ({ rank }) => rank?.group).values()].flatMap((all) => {
    const matched = all.map((one) => ({ one, ...match(one) }))
    const near = Math.min(...matched.map(({ distance }) => distance ?? Infinity))
    const sure = matched.filter(({ distance }) => distance === near)
    const handlers = [...sure, ...matched.filter(({ mayBe }) => mayBe)].map(({ one }) => one)
    return handlers.length > 0
      ? [{ handlers, isSure: sure.length > 0, order: all[0]?.rank ? all[0].rank.order : 0 }]
      : []
  })
  const handlers = groups.filter(({ order }) => order === null).flatMap((one) => one.handlers)
  const tiers = [...Map.groupBy(groups, ({ order }) => order)]
    .filter(([order]) => order !== null)
    .toSorted(([a], [b]) => Number(a) - Number(b))
  for (const [, tier] of tiers) {
    handlers.push(...tier.flatMap((one) => one.handlers))
    if (tier.some(({ isSure }) => isSure)) return { handlers, isSure: true }
  }
  return { handlers, isSure: false }
}

/** The status that Spring answers one of its own errors with, where nothing else does; null of any other error. */
export function standardStatus(path: string): number | null {
  const bare = path.replace(/\(\)$/, '')
  return standardErrors.find(([, error]) => error === bare)?.[2] ?? null
}

/** What the base of an advice answers by itself: all that it is for and that the advice does not override. Since Spring 6 these are errors that have a status too. */
export function standardHandlers(
  overridden: ReadonlySet<string>,
  ref: ClassRef,
  isOfSix: boolean,
): Omit<ErrorHandler, 'rank'>[] {
  const own = isOfSix
    ? [['handleErrorResponseException', 'org.springframework.web.ErrorResponseException', 'own'] as const]
    : []
  return [...standardErrors, ...own]
    .filter(([method]) => !overridden.has(method))
    .map(([, error, status]) => ({
      handler: { t: 'class', ref },
      type: symbol(error),
      status,
      site: siteOf(ref),
    }))
}

/** What traits of an advice answer by themselves: all that they are for and that the advice does not override. */
export const traitHandlers = (
  traits: readonly Trait[],
  overridden: ReadonlySet<string>,
  ref: ClassRef,
): Omit<ErrorHandler, 'rank'>[] =>
  traits
    .filter(([, method]) => !overridden.has(method))
    .map(([, , error, status]) => ({
      handler: { t: 'class', ref },
      type: symbol(error),
      status,
      site: siteOf(ref),
    }))

/** Spring's base of advice answers errors of the framework by methods that can be overridden. */
export const adviceBase = /(?:^|\.)ResponseEntityExceptionHandler$/

/** What a parameter of an advice's method is given besides the error: the status that Spring would answer. */
export const statusGiven = (error: Value): Value | null => {
  const status = error.t === 'symbol' ? standardStatus(error.path) : null
  return status === null ? null : { t: 'const', v: status }
}
