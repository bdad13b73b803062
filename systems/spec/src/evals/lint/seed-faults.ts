import { createRandom } from '@heavylift/core/math'
import type { SpecDocument } from '../../formats/document.ts'
import { editDocument } from '../../formats/edit.ts'
import type { Edit } from '../../formats/edit.ts'
import type { LintRule } from '../../lint/finding.ts'
import { readStatements } from '../../lint/statement.ts'
import type { Statement } from '../../lint/statement.ts'
import { vagueWords } from '../../lint/words.ts'

export interface SeededFault {
  rule: LintRule
  /** How it was made. */
  kind: string
  text: string
}

/**
 * A document once for each kind of fault that it can take, with that one fault put into it: words left vague, the same case
 * with another status, number or a not in it, ranges and values that leave something out, a statement without its SHALL.
 */
export function seedFaults(document: SpecDocument, seed: number): SeededFault[] {
  const random = createRandom(seed)
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random.next() * all.length)]
  const statements = readStatements(document).filter(
    ({ source, modal }) => source === 'criterion' && (modal === 'shall' || modal === 'must'),
  )
  const faults: SeededFault[] = []
  const put = (
    rule: LintRule,
    kind: string,
    from: readonly Statement[],
    change: (one: Statement) => Edit | null,
  ) => {
    const one = pick(from)
    const edit = one ? change(one) : null
    if (edit) faults.push({ rule, kind, text: editDocument(document, [edit]) })
  }
  const rewrite = (one: Statement, text: string): Edit => ({ edit: 'criterion', key: one.key, text })
  const beside = (one: Statement, text: string): Edit => ({
    edit: 'add-criterion',
    requirement: one.requirement,
    text,
  })
  const written = ({ span }: Statement) => document.text.slice(span.start, span.end)
  const modal = /\b(shall|must)\b/i
  put('vague-word', 'vague word', statements, (one) =>
    rewrite(
      one,
      written(one).replace(modal, (word) => `${word} ${pick(adverbs) ?? ''}`),
    ),
  )
  put('vague-word', 'escape clause', statements, (one) =>
    rewrite(one, `${written(one).replace(/[.\s]+$/, '')} ${pick(vagueWords['escape clause'] ?? []) ?? ''}`),
  )
  put('contradiction', 'negation', statements, (one) =>
    beside(
      one,
      one.isNegative ? written(one).replace(/\s+not\b/i, '') : written(one).replace(modal, '$1 NOT'),
    ),
  )
  const status = /\b(status|http|return|respond|answer)([^.\d]{0,20}?)\b([2-5]\d\d)\b/i
  put(
    'contradiction',
    'status',
    statements.filter((one) => status.test(one.response) && one.clauses.length > 0),
    (one) =>
      beside(
        one,
        written(one).replace(
          status,
          (_, a: string, b: string, c: string) => `${a}${b}${c === '418' ? '409' : '418'}`,
        ),
      ),
  )
  const amount = /\b(\d+)(?=\s+(?:seconds?|minutes?|hours?|days?|characters?|items?|times|attempts?)\b)/
  put(
    'contradiction',
    'number',
    statements.filter(
      (one) => amount.test(one.response) && !amount.test(one.clauses.map(({ text }) => text).join()),
    ),
    (one) =>
      beside(
        one,
        written(one).replace(amount, (number) => String(Number(number) * 2 + 1)),
      ),
  )
  const [low, high] = [Math.floor(random.next() * 50), 60 + Math.floor(random.next() * 50)]
  const noun = pick(['number of open orders', 'age of the account', 'size of the upload', 'balance'])
  const subject = (one: Statement) => (one.subject === '' || one.subject === '?' ? 'system' : one.subject)
  const pair = pick([
    [`is less than ${low}`, `is greater than ${high}`],
    [`is at most ${low}`, `is at least ${high}`],
    [`is below ${low}`, `exceeds ${low}`],
  ])
  put('gap', 'range', statements, (one) =>
    beside(
      one,
      `IF the ${noun ?? ''} ${pair?.[0] ?? ''}, THEN the ${subject(one)} SHALL accept it\n99. IF the ${noun ?? ''} ${pair?.[1] ?? ''}, THEN the ${subject(one)} SHALL refuse it`,
    ),
  )
  put('gap', 'values', statements, (one) =>
    beside(
      one,
      `The order status is one of "open", "paid", "void".\n98. WHEN the order status is "open", the ${subject(one)} SHALL list it\n99. WHEN the order status is "paid", the ${subject(one)} SHALL archive it`,
    ),
  )
  put(
    'ears-form',
    'no shall',
    statements.filter((one) => one.clauses.length > 0 && one.subject !== '?'),
    (one) => rewrite(one, written(one).replace(/\b(?:shall|must)(?:\s+not)?\s*/gi, '')),
  )
  return faults
}

/** Adverbs and adjectives of the list, which stand before a verb without changing the sentence. */
const adverbs = (vagueWords['vague word'] ?? []).filter((word) => word.endsWith('ly'))
