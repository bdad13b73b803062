import type { Atom } from '../facts/condition.ts'
import type { Fact } from '../facts/fact.ts'
import type { Constraint, Field } from '../facts/shape.ts'
import type { AnnotatedOperation } from './annotated.ts'
import { filled } from './answer-groups.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Shapes } from './shapes.ts'

/**
 * What holds in a handler since the framework has refused all else: what is required is there. `checked`: what of the operation it checks. A text that is
 * required may be empty, and of languages where that counts as missing nothing is known.
 */
export function thereAfter(operation: FoundOperation, checked: readonly Fact[], shapes: Shapes): Atom[] {
  const isJava = operation.pack.language === 'java'
  const bound = 'bound' in operation ? (operation as AnnotatedOperation).bound : []
  const bodies = bound.flatMap((one) => (one.in === 'body' ? [one.param.name] : []))
  const of = (subjects: readonly string[], { shape, constraints }: Pick<Field, 'shape' | 'constraints'>) => {
    const isFilled = constraints.some(isSomeLength)
    return subjects.flatMap((subject): Atom[] => [
      ...(isJava || isFilled || shape.type === 'model' || shape.type === 'object'
        ? [{ subject, op: 'present' } as const]
        : []),
      ...(isFilled ? filled(subject) : []),
    ])
  }
  return checked.flatMap((fact) => {
    if (fact.kind === 'parameter')
      return fact.isRequired && (fact.in === 'query' || fact.in === 'header')
        ? of([`${fact.in}.${fact.name}`], fact)
        : []
    if (fact.kind !== 'body') return []
    const { shape } = fact
    const fields =
      shape.type === 'object'
        ? shape.fields
        : shape.type === 'model'
          ? (shapes.models.get(shape.name)?.fields ?? [])
          : []
    return [
      ...bodies.map((subject) => ({ subject, op: 'present' }) as const),
      ...fields
        .filter(({ isRequired }) => isRequired)
        .flatMap((field) => [
          { subject: `"${field.name}" in body`, op: 'true' } as const,
          ...of(
            ['body', ...bodies].flatMap((head) => readOf(head, field.name)),
            field,
          ),
        ]),
    ]
  })
}

const isSomeLength = ({ keyword, value }: Constraint): boolean =>
  keyword === 'minLength' && Number(value) >= 1

// A field, a part of a record, and by what a bean gives it.
const readOf = (head: string, name: string): string[] => {
  const upper = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return [name, `${name}()`, `get${upper}()`, `is${upper}()`].map((one) => `${head}.${one}`)
}
