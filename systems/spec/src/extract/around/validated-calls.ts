import { misfit, unsaid } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { exactly } from '../../resolve/java-builtins.ts'
import { numberOf, printValue, symbol } from '../../resolve/values.ts'
import type { ArgValue, ClassRef, FuncValue, Site, Value } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'

/**
 * Spring ("Spring-driven Method Validation"): what a bean of a class that is marked with `@Validated` is called with is checked before the method runs, and what does not fit is thrown as
 * `ConstraintViolationException`.
 */
export function checkArguments(
  run: Run,
  { fn, scope, owner }: FuncValue,
  args: readonly ArgValue[],
  site: Site,
): void {
  const { interpreter } = run
  if (!owner || !annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner).some(isValidated))
    return
  for (const [index, param] of fn.params.entries()) {
    const value = args[index]?.value
    if (!value || (value.t !== 'symbol' && !isNull(value))) continue
    const type = param.type ? interpreter.lookup.typeTarget(param.type.name, scope) : null
    for (const annotation of annotationsOf(interpreter, param.decorators, scope, owner)) {
      const when = unfitWhen(run, annotation, value, typeof type === 'string' ? null : type)
      if (!when) continue
      const library = annotation.path.startsWith('javax.') ? 'javax' : 'jakarta'
      const error = 'ConstraintViolationException'
      interpreter.within(when, () =>
        interpreter.raise(symbol(`${library}.validation.${error}()`, error, { note: exactly }), site),
      )
    }
  }
}

const isValidated = ({ path }: Pick<Annotation, 'path'>) => path.endsWith('.validation.annotation.Validated')
const isNull = (value: Value) => value.t === 'const' && value.v === null
const constraint = /\.(?:validation|validator)\.constraints\.(\w+)$/

// When a value is not what an annotation asks of it; null where it asks nothing of it.
function unfitWhen(run: Run, annotation: Annotation, value: Value, type: ClassRef | null): Condition | null {
  const subject = printValue(value)
  if (annotation.path.endsWith('.validation.Valid'))
    return type && !isNull(value) && isConstrained(run, type) ? misfit(subject, type.cls.name) : null
  const name = constraint.exec(annotation.path)?.[1]
  if (name === undefined) return null
  if (/^Not(?:Null|Blank|Empty)$/.test(name)) return isNull(value) ? [[]] : [[{ subject, op: 'absent' }]]
  // What is not there fits all others.
  if (isNull(value)) return null
  const [op, otherwise] = bounds[name] ?? []
  const bound = otherwise ?? numberOf(annotation.args[0]?.value)
  return op === undefined || bound === null || bound === undefined
    ? [[unsaid]]
    : [[{ subject, op, value: bound }]]
}

const bounds: Partial<Record<string, ['<' | '<=' | '>' | '>=', number?]>> = {
  Min: ['<'],
  Max: ['>'],
  Positive: ['<=', 0],
  PositiveOrZero: ['<', 0],
  Negative: ['>=', 0],
  NegativeOrZero: ['>', 0],
}

const isConstrained = (run: Run, ref: ClassRef): boolean =>
  ref.cls.fields.some(({ decorators }) =>
    annotationsOf(run.interpreter, decorators, ref.scope, ref).some(
      ({ path }) => constraint.test(path) || path.endsWith('.validation.Valid'),
    ),
  )
