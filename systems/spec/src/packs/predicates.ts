import type { Value } from '../resolve/values.ts'
import { constant, each } from '../resolve/values.ts'
import { methodsOf } from './methods.ts'

/** What a predicate of requests asks for: Spring's `GET("/a").and(accept(…))`. */
export interface Predicate {
  methods: string[]
  /** Null where it says nothing of the path. */
  path: Value | null
}

const verbs = /\.(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\(\)$/

/** Null where a value is no predicate. */
export function predicateOf(value: Value | undefined): Predicate | null {
  const [one] = value ? each(value) : []
  if (one?.t !== 'symbol' || !/RequestPredicates?\b|\.(?:and|or|negate)\(\)$/.test(one.path)) return null
  const [first] = one.args.map((arg) => arg.value)
  const verb = verbs.exec(one.path)?.[1]
  if (verb !== undefined) return { methods: [verb], path: first ?? null }
  if (/\.(?:path|pathExtension)\(\)$/.test(one.path))
    return { methods: [], path: one.path.endsWith('.path()') ? (first ?? null) : null }
  if (one.path.endsWith('.method()')) return { methods: methodsOf(first, []), path: null }
  if (one.path.endsWith('.methods()'))
    return { methods: one.args.flatMap((arg) => methodsOf(arg.value, [])), path: null }
  if (one.path.endsWith('.and()')) {
    const of = one.of?.t === 'symbol' ? one.of.of : null
    const [left, right] = [predicateOf(of ?? undefined), predicateOf(first)]
    return left || right
      ? {
          methods: [...(left?.methods ?? []), ...(right?.methods ?? [])],
          path: left?.path ?? right?.path ?? null,
        }
      : null
  }
  return { methods: [], path: null }
}

/** The path that a predicate or a text puts before what is nested in it. */
export function prefixOf(value: Value | null): Value | null {
  const predicate = predicateOf(value ?? undefined)
  return predicate ? (predicate.path ?? constant('')) : value
}
