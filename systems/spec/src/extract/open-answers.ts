import type { OpenQuestion } from '../facts/fact-set.ts'
import type { Fact, FactOf } from '../facts/fact.ts'
import { sayCommon } from '../requirements/say-condition.ts'
import { operationTitle } from '../requirements/say-fact.ts'

type Answering = FactOf<'response'> | FactOf<'error'>

/** When answers come of which that is not known: a question for each place that gives them, with what is known of it where it is of one operation. */
export function askOfOpen(facts: readonly Fact[]): OpenQuestion[] {
  const titles = new Map(
    facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [])),
  )
  const open = facts.filter(
    (fact): fact is Answering => fact.grade === 'open' && (fact.kind === 'response' || fact.kind === 'error'),
  )
  const places = Map.groupBy(open, ({ evidence: [first] }) => `${first?.path}#${first?.symbol}`)
  return [...places.values()].flatMap((all) => {
    const [first] = all
    const at = first?.evidence[0]
    if (!first || !at) return []
    const operations = [...new Set(all.map(({ operation }) => titles.get(operation) ?? ''))]
    const more = operations.length > 1 ? ` and ${operations.length - 1} more` : ''
    const answers = [...new Set(all.map(sayStatus))].toSorted()
    const common = all.length === 1 ? sayCommon(first.condition) : []
    const only = common.length > 0 ? ` Only where ${common.join(' and ')}.` : ''
    return [
      {
        text: `When do${operations.length > 1 ? '' : 'es'} ${operations[0]}${more} answer ${answers.join(', ')}?`,
        why: `${at.symbol === '' ? 'The code' : `\`${at.symbol}\``} decides it, and not all that it asks could be told.${only}`,
        path: at.path,
        line: at.line,
        operation: first.operation,
      },
    ]
  })
}

const sayStatus = (fact: Answering): string =>
  fact.kind === 'error' && fact.message !== ''
    ? `${fact.status} ${JSON.stringify(fact.message)}`
    : String(fact.status)
