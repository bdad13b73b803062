import { InvalidInputError } from '@heavylift/core'

/**
 * The conditions of risk rules in AWS custom lenses: ids of choices with `&&`, `||`, `!` and brackets, or `default`
 * (https://docs.aws.amazon.com/wellarchitected/latest/userguide/lenses-format-specification.html).
 */
export type Condition =
  | { kind: 'default' }
  | { kind: 'choice'; id: string }
  | { kind: 'not'; of: Condition }
  | { kind: 'and' | 'or'; left: Condition; right: Condition }

const mostDepth = 100

/** @throws InvalidInputError `condition-invalid` with the place */
export function parseCondition(text: string): Condition {
  const tokens = [...text.matchAll(/\s*(&&|\|\||[!()]|[^\s!()&|]+)/gy)]
  const read = tokens.reduce((sum, [whole]) => sum + whole.length, 0)
  const invalid = (at: number) =>
    new InvalidInputError({
      code: 'condition-invalid',
      message: `"${text.slice(0, 200)}" is no condition: unexpected at ${at}. Use ids of choices, &&, ||, ! and brackets.`,
    })
  if (text.slice(read).trim() !== '') throw invalid(read)
  let next = 0
  const peek = () => tokens[next]?.[1]
  const or = (depth: number): Condition => {
    if (depth > mostDepth) throw invalid(tokens[next]?.index ?? text.length)
    let left = and(depth)
    while (peek() === '||') {
      next++
      left = { kind: 'or', left, right: and(depth) }
    }
    return left
  }
  const and = (depth: number): Condition => {
    let left = not(depth)
    while (peek() === '&&') {
      next++
      left = { kind: 'and', left, right: not(depth) }
    }
    return left
  }
  const not = (depth: number): Condition => {
    const token = peek()
    if (depth > mostDepth || token === undefined || token === ')' || token === '&&' || token === '||')
      throw invalid(tokens[next]?.index ?? text.length)
    next++
    if (token === '!') return { kind: 'not', of: not(depth + 1) }
    if (token === '(') {
      const inner = or(depth + 1)
      if (peek() !== ')') throw invalid(tokens[next]?.index ?? text.length)
      next++
      return inner
    }
    return token === 'default' ? { kind: 'default' } : { kind: 'choice', id: token }
  }
  const found = or(0)
  if (next < tokens.length) throw invalid(tokens[next]?.index ?? 0)
  return found
}

export function holds(condition: Condition, chosen: ReadonlySet<string>): boolean {
  switch (condition.kind) {
    case 'default':
      return true
    case 'choice':
      return chosen.has(condition.id)
    case 'not':
      return !holds(condition.of, chosen)
    case 'and':
      return holds(condition.left, chosen) && holds(condition.right, chosen)
    case 'or':
      return holds(condition.left, chosen) || holds(condition.right, chosen)
  }
}

/** Ids of choices that a condition speaks of. */
export function idsIn(condition: Condition): string[] {
  switch (condition.kind) {
    case 'default':
      return []
    case 'choice':
      return [condition.id]
    case 'not':
      return idsIn(condition.of)
    default:
      return [...idsIn(condition.left), ...idsIn(condition.right)]
  }
}
