import type { AnnotationRules } from '../../packs/pack.ts'
import type { Param } from '../../parse/ir.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { each, textOf } from '../../resolve/values.ts'
import type { ClassRef } from '../../resolve/values.ts'
import { isGivenByOwn } from './own-parameters.ts'

/** Names that a guard's annotation has for everybody. */
const open = /(?:^|[.:])(?:PermitAll|IS_ANONYMOUS|permitAll\(\)|isAnonymous\(\))$/

/** Whether an annotation lets nobody pass (Jakarta Annotations, `DenyAll`; Micronaut Security, `SecurityRule.DENY_ALL`). */
export const isForNobody = ({ path, args }: Annotation): boolean =>
  path.endsWith('.DenyAll') ||
  (path.endsWith('.Secured') &&
    args.some(({ value }) =>
      (value.t === 'list' ? value.items : each(value)).some(
        (one) =>
          /^denyAll(?:\(\))?$/.test(textOf(one) ?? '') ||
          (one.t === 'symbol' && one.path.endsWith('.DENY_ALL')),
      ),
    ))

/** The first annotation that guards, and what it asks for; null where none does. */
export function guardOf(
  rules: AnnotationRules | undefined,
  annotations: readonly Annotation[],
  isOfSignedIn = false,
): { annotation: Annotation; asks: 'nothing' | 'authentication' | 'role' } | null {
  for (const annotation of annotations) {
    if (open.test(annotation.path))
      return {
        annotation,
        asks: isOfSignedIn && annotation.path.endsWith('.PermitAll') ? 'authentication' : 'nothing',
      }
    const guard = rules?.guards[annotation.path]
    if (!guard) continue
    const names = annotation.args.flatMap(({ value }) =>
      (value.t === 'list' ? value.items : each(value)).map(
        (one) => textOf(one) ?? (one.t === 'symbol' ? one.path : ''),
      ),
    )
    if (names.some((name) => open.test(name))) return { annotation, asks: 'nothing' }
    if (isForNobody(annotation)) return { annotation, asks: 'role' }
    const isPlain =
      guard.guard === 'authentication' ||
      names.every((name) => /(?:^|[.:])(?:IS_AUTHENTICATED|isAuthenticated\(\)|\*\*)$/.test(name))
    return { annotation, asks: isPlain ? 'authentication' : 'role' }
  }
  return null
}

const signing = new WeakMap<object, boolean>()

/** Dropwizard ("Authentication", `AuthDynamicFeature`): what is annotated is for callers who are signed in, by `@PermitAll` for any of them, but for what takes them as an `Optional`. */
export function permitsSignedIn(
  interpreter: Parameters<typeof annotationsOf>[0],
  params: readonly Param[],
  owner: ClassRef,
): boolean {
  const { project } = interpreter
  let isOn = signing.get(project)
  if (isOn === undefined) {
    isOn = [...project.modules.values()].some(
      ({ language, text }) => language === 'java' && /\bnew\s+AuthDynamicFeature\b/.test(text),
    )
    signing.set(project, isOn)
  }
  return (
    isOn &&
    !params.some(
      ({ type, decorators }) =>
        /(?:^|\.)Optional$/.test(type?.name ?? '') &&
        annotationsOf(interpreter, decorators, owner.scope, owner).some(
          ({ path }) => path === 'io.dropwizard.auth.Auth',
        ),
    )
  )
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
    .filter(({ path }) => !isGivenByOwn(interpreter, path))
