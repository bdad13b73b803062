import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import type { ClassRef, FuncValue } from '../../resolve/values.ts'
import { textOf } from '../../resolve/values.ts'
import type { Func } from '../../parse/ir.ts'
import type { Run } from '../run-code.ts'

/** What runs around methods that carry an annotation of the repository's own, or whose class does. */
export interface Interceptor {
  fn: FuncValue
  /** Its path, or its bare name where a pointcut has no more. */
  binding: string
  isOnClass: boolean
}

/**
 * Jakarta Interceptors, 2.2 and 3.1: a class with `@Interceptor` and a binding, and its `@AroundInvoke`. Spring, "Declaring Advice": methods of an `@Aspect` whose
 * whole pointcut is `@annotation(…)` or `@within(…)`, written there or under a name.
 */
export function interceptorsOf({ interpreter }: Run): Interceptor[] {
  return interpreter.lookup.classes().flatMap((ref): Interceptor[] => {
    if (ref.module.language !== 'java' || ref.cls.decorators.length === 0) return []
    const annotations = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
    const has = (name: RegExp) => annotations.some(({ path }) => name.test(path))
    const of = (fn: Func) => annotationsOf(interpreter, fn.decorators, ref.scope, ref)
    if (has(/\.interceptor\.Interceptor$/)) {
      const fn = ref.cls.members.find((one) => of(one).some(({ path }) => path.endsWith('.AroundInvoke')))
      const bindings = annotations.filter(({ path }) => path.startsWith(':'))
      return fn
        ? bindings.flatMap(({ path }) =>
            [false, true].map((isOnClass) => ({ fn: functionOf(fn, ref), binding: path, isOnClass })),
          )
        : []
    }
    if (!has(/^org\.aspectj\.lang\.annotation\.Aspect$/)) return []
    return ref.cls.members.flatMap((fn) =>
      of(fn)
        .filter(({ path }) => /^org\.aspectj\.lang\.annotation\.(?:Before|Around)$/.test(path))
        .flatMap((advice) => pointcut(advice, fn, ref, of) ?? []),
    )
  })
}

/** Whether a binding is one of these annotations. */
export const isBound = ({ binding }: Interceptor, annotations: readonly Annotation[]): boolean =>
  annotations.some(
    ({ path }) => path === binding || (path.startsWith(':') && path.split(':').at(-1) === binding),
  )

function pointcut(
  advice: Annotation,
  fn: Func,
  ref: ClassRef,
  of: (fn: Func) => Annotation[],
): Interceptor | null {
  const written = said(advice)
  const name = /^(\w+)\(\)$/.exec(written)?.[1]
  const member = name === undefined ? undefined : ref.cls.members.find((one) => one.name === name)
  const named = member && of(member).find(({ path }) => path.endsWith('.Pointcut'))
  const [, kind, type = ''] = /^@(annotation|within)\(([\w.$]+)\)$/.exec(named ? said(named) : written) ?? []
  if (kind === undefined) return null
  // It may name the parameter that is given the annotation.
  const given = fn.params.find((one) => one.name === type)?.type?.name ?? type
  return {
    fn: functionOf(fn, ref),
    binding: given.split(/[.$]/).at(-1) ?? '',
    isOnClass: kind === 'within',
  }
}

const said = ({ args }: Annotation): string =>
  (
    textOf(args.find(({ name }) => name === null || name === 'value' || name === 'pointcut')?.value) ?? ''
  ).replaceAll(/\s/g, '')

const functionOf = (fn: Func, ref: ClassRef): FuncValue => ({
  t: 'func',
  fn,
  scope: ref.scope,
  self: null,
  owner: ref,
  module: ref.module,
  marks: [],
})
