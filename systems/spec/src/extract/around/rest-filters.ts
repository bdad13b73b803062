import type { Condition } from '../../facts/condition.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import { both } from '../../resolve/conditions.ts'
import { numberOf, symbol } from '../../resolve/values.ts'
import type { ClassRef, FuncValue, Site } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'
import { waysOf } from '../../resolve/when.ts'
import { beanWhen } from './bean-conditions.ts'
import { ownTable } from '../../parse/own-table.ts'

/** A filter of requests of JAX-RS; `bindings` are the annotations that ask for it, none where it is for all. `sets`: what it says of the request to those after it. */
export interface Filter {
  fn: FuncValue
  bindings: string[]
  order: number
  sets: string[]
  /** What profiles and settings have to be for it to be there. */
  when: Condition
  /** What it gives is the answer, where it gives one. */
  answers: boolean
}

/** Places that JAX-RS has names for; of one that says none it is the last (`Priorities`). */
export const priorities: Record<string, number> = ownTable({
  AUTHENTICATION: 1000,
  AUTHORIZATION: 2000,
  HEADER_DECORATOR: 3000,
  ENTITY_CODER: 4000,
  USER: 5000,
})

/** The place of a filter in the row of them. */
export function placeOf({ interpreter }: Run, ref: ClassRef): number {
  const place = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref).find(({ path }) =>
    path.endsWith('.annotation.Priority'),
  )?.args[0]?.value
  const named = place?.t === 'symbol' ? /\.Priorities\.([A-Z_]+)$/.exec(place.path)?.[1] : undefined
  return numberOf(place) ?? priorities[named ?? 'USER'] ?? 5000
}

/** A method of a class as it is called by code outside. */
export function methodIn(ref: ClassRef, name: string): FuncValue | null {
  const fn = ref.cls.members.find((one) => one.name === name)
  return fn
    ? { t: 'func', fn, scope: ref.scope, self: null, owner: ref, module: ref.module, marks: [] }
    : null
}

/** Quarkus ("Writing REST Services", "Request or response filters"): methods that are marked as filters; what they give that is no answer lets pass. */
export function givenFilters({ interpreter }: Run, ref: ClassRef): Filter[] {
  return ref.cls.members.flatMap((fn): Filter[] => {
    const marks = fn.hasBody ? annotationsOf(interpreter, fn.decorators, ref.scope, ref) : []
    const mark = marks.find(({ path }) => path === 'org.jboss.resteasy.reactive.server.ServerRequestFilter')
    if (!mark) return []
    const place = mark.args.find(({ name }) => name === 'priority')?.value
    return [
      {
        fn: { t: 'func', fn, scope: ref.scope, self: null, owner: ref, module: ref.module, marks: [] },
        bindings: marks.filter(({ path }) => path.startsWith(':')).map(({ path }) => path),
        order: numberOf(place) ?? priorities['USER'] ?? 5000,
        sets: [],
        when: beanWhen(interpreter, ref, fn),
        answers: true,
      },
    ]
  })
}

/** Runs a filter; what one gives by `return` it refuses with. */
export function runFilter({ interpreter }: Run, { fn, answers }: Filter, at: Site): void {
  const made = interpreter.outcomes(fn, [], at)
  if (!answers) return
  const abort = symbol('jakarta.ws.rs.container.ContainerRequestContext().abortWith', 'abortWith')
  for (const { value, conditions, site } of made)
    for (const { value: one, conditions: ways } of waysOf(value))
      if (one.t === 'symbol' && /\.(?:Response|RestResponse)\b/.test(one.path))
        interpreter.within([...conditions, ...ways].reduce<Condition>(both, [[]]), () =>
          interpreter.call(abort, [{ name: null, value: one }], site),
        )
}
