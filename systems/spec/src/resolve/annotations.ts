import { always } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr } from '../parse/ir.ts'
import { allOf, both } from './conditions.ts'
import type { Interpreter } from './interpreter.ts'
import { Scope } from './values.ts'
import { each } from './values.ts'
import type { ArgValue, ClassRef, FuncValue, Value } from './values.ts'
import { waysOf } from './when.ts'

/** An annotation or a decorator: its full path, and what it is given. */
export interface Annotation {
  path: string
  args: ArgValue[]
  expr: Expr
  /** Of a decorator that a function was made into (`createParamDecorator`). */
  made: FuncValue | null
  /** It is there in these cases alone: what gives it gives something else, or nothing, in others (a setting). */
  when?: Condition
}

/** Annotations of a thing, those inside ones that the repository composes (`applyDecorators`) too. */
export function annotationsOf(
  interpreter: Interpreter,
  decorators: readonly Expr[],
  scope: Scope,
  owner: ClassRef | null,
): Annotation[] {
  const inner = new Scope(scope.module, scope)
  if (owner?.module.language === 'java') {
    const inside = interpreter.members.inside(owner)
    inner.setFallback((name) => inside.get(name))
  } else if (owner)
    inner.setFallback((name) =>
      owner.cls.fields.some((field) => field.name === name && field.value)
        ? interpreter.staticMember(owner, name)
        : null,
    )
  return decorators.flatMap((expr) => {
    // Arguments of Java's may be annotations too; one without parentheses is a name.
    const value = interpreter.evaluateIn(expr, inner)
    return flatten(whichWhen(value, expr, inner, interpreter), expr, 0, interpreter)
  })
}

function flatten(value: Value, expr: Expr, depth: number, interpreter: Interpreter): Annotation[] {
  if (depth > 4) return []
  if (value.t === 'union')
    return waysOf(value).flatMap((way) =>
      flatten(way.value, expr, depth, interpreter).map((one) => only(one, allOf(way.conditions))),
    )
  return each(value).flatMap((one) => {
    // An annotation of the repository's own stands for itself and for those on it.
    if (one.t === 'object' && one.ref?.module.language === 'java') {
      const { ref } = one
      const own = { path: `:${ref.module.path}:${ref.cls.name}`, args: one.args, expr, made: null }
      const on = ref.cls.decorators.flatMap((inner) => {
        const value = interpreter.evaluateIn(inner, ref.scope)
        const given = value.t === 'symbol' || value.t === 'object' ? aliased(one.args, ref, inner) : []
        return flatten(
          given.length > 0 && 'args' in value ? { ...value, args: [...value.args, ...given] } : value,
          expr,
          depth + 1,
          interpreter,
        )
      })
      return [own, ...on]
    }
    // `applyDecorators(...all)`
    if (one.t === 'list') return one.items.flatMap((item) => flatten(item, expr, depth + 1, interpreter))
    if (one.t !== 'symbol') return []
    const path = one.path.replace(/\(\)$/, '')
    if (path.endsWith('applyDecorators'))
      return one.args.flatMap((arg) => flatten(arg.value, expr, depth + 1, interpreter))
    const maker =
      one.path.endsWith('createParamDecorator()()') && one.of?.t === 'symbol' ? one.of.args[0]?.value : null
    return [
      { path, args: one.path.endsWith('()') ? one.args : [], expr, made: maker?.t === 'func' ? maker : null },
    ]
  })
}

// Of a decorator that is one of several what a program asks of its settings first is kept where it is run again for that.
function whichWhen(value: Value, expr: Expr, scope: Scope, interpreter: Interpreter): Value {
  const isTold = value.t !== 'union' || value.when !== undefined || value.ways !== undefined
  return isTold || expr.k !== 'call' || scope.module.language !== 'javascript'
    ? value
    : interpreter.record(() => interpreter.evaluateIn(expr, scope)).result
}

function only(one: Annotation, when: Condition): Annotation {
  const whole = both(when, one.when ?? always)
  return whole.some((row) => row.length === 0) ? one : { ...one, when: whole }
}

// What a composed annotation hands to one that stands on it: `@AliasFor(annotation = RequestMapping.class) String[] value()`.
function aliased(args: readonly ArgValue[], { cls, module }: ClassRef, inner: Expr): ArgValue[] {
  const nameOf = (e: Expr) =>
    /(\w+)(?:\.class|\(|$)/.exec(module.text.slice(e.start, e.end).replace(/^@/, ''))?.[1]
  return cls.members.flatMap((member): ArgValue[] => {
    const given = args.find(({ name }) => (name ?? 'value') === member.name)
    const alias = member.decorators.find((one) => one.k === 'call' && nameOf(one) === 'AliasFor')
    if (!given || alias?.k !== 'call') return []
    const said = (...names: (string | null)[]) => alias.args.find(({ name }) => names.includes(name))?.value
    const target = said('annotation')
    if (!target || nameOf(target) !== nameOf(inner)) return []
    const attribute = said('attribute', 'value', null)
    return [{ name: attribute?.k === 'str' ? attribute.value : member.name, value: given.value }]
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
