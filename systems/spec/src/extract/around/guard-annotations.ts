import type { AnnotationRules } from '../../packs/pack.ts'
import type { Param } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { each, textOf } from '../../resolve/values.ts'
import type { ClassRef } from '../../resolve/values.ts'

/** Names that a guard's annotation has for everybody. */
const open = /(?:^|[.:])(?:PermitAll|IS_ANONYMOUS|permitAll\(\)|isAnonymous\(\))$/

/** The first annotation that guards, and what it asks for; null where none does. */
export function guardOf(
  rules: AnnotationRules | undefined,
  annotations: readonly Annotation[],
): { annotation: Annotation; asks: 'nothing' | 'authentication' | 'role' } | null {
  for (const annotation of annotations) {
    if (open.test(annotation.path)) return { annotation, asks: 'nothing' }
    const guard = rules?.guards[annotation.path]
    if (!guard) continue
    const names = annotation.args.flatMap(({ value }) =>
      (value.t === 'list' ? value.items : each(value)).map(
        (one) => textOf(one) ?? (one.t === 'symbol' ? one.path : ''),
      ),
    )
    if (names.some((name) => open.test(name))) return { annotation, asks: 'nothing' }
    const isPlain =
      guard.guard === 'authentication' ||
      names.every((name) => /(?:^|[.:])(?:IS_AUTHENTICATED|isAuthenticated\(\)|\*\*)$/.test(name))
    return { annotation, asks: isPlain ? 'authentication' : 'role' }
  }
  return null
}

/** Annotations of parameters that want who calls: of those that may go without, none. */
export const onParameters = (
  interpreter: Parameters<typeof annotationsOf>[0],
  params: readonly Param[],
  owner: ClassRef,
): Annotation[] =>
  params
    .filter(({ type }) => !/(?:^|\.)Optional$/.test(type?.name ?? ''))
    .flatMap(({ decorators }) => annotationsOf(interpreter, decorators, owner.scope, owner))
