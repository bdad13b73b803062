import type { Expr } from '../parse/ir.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import { Scope } from '../resolve/values.ts'
import { each } from '../resolve/values.ts'
import type { ArgValue, ClassRef, Value } from '../resolve/values.ts'

/** An annotation or a decorator: its full path, and what it is given. */
export interface Annotation {
  path: string
  args: ArgValue[]
  expr: Expr
}

/** Annotations of a thing, those inside ones that the repository composes (`applyDecorators`) too. */
export function annotationsOf(
  interpreter: Interpreter,
  decorators: readonly Expr[],
  scope: Scope,
  owner: ClassRef | null,
): Annotation[] {
  const inner = new Scope(scope.module, scope)
  if (owner)
    inner.setFallback((name) =>
      owner.cls.fields.some((field) => field.name === name && field.value)
        ? interpreter.staticMember(owner, name)
        : null,
    )
  return decorators.flatMap((expr) => {
    // Arguments of Java's may be annotations too; one without parentheses is a name.
    const value = interpreter.evaluateIn(expr, inner)
    return flatten(value, expr, 0)
  })
}

function flatten(value: Value, expr: Expr, depth: number): Annotation[] {
  if (depth > 4) return []
  return each(value).flatMap((one) => {
    if (one.t !== 'symbol') return []
    const path = one.path.replace(/\(\)$/, '')
    if (path.endsWith('applyDecorators'))
      return one.args.flatMap((arg) => flatten(arg.value, expr, depth + 1))
    return [{ path, args: one.path.endsWith('()') ? one.args : [], expr }]
  })
}

export function find<T>(
  annotations: readonly Annotation[],
  table: Record<string, T>,
): { annotation: Annotation; rule: T } | null {
  for (const annotation of annotations) {
    const rule = table[annotation.path]
    if (rule !== undefined) return { annotation, rule }
  }
  return null
}

export const simpleName = (path: string) => path.split('.').at(-1) ?? path
