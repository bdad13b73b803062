import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const signs: Record<string, string> = { present: '', absent: '!', true: '', false: '!' }

/** What operations answer, by path: `404 no crate where query.at == sea`; `open` where it is not known when it comes. */
export async function printedAnswers(files: Record<string, string>): Promise<Record<string, string[]>> {
  const { facts } = (await extractFiles(files)).set
  return Object.fromEntries(
    factsOf(facts, 'operation').map(({ id, path }) => [
      path,
      facts.flatMap((fact) => {
        if (!('operation' in fact) || fact.operation !== id) return []
        if (fact.kind === 'response') return [String(fact.status)]
        if (fact.kind !== 'error') return []
        if (fact.grade === 'open') return [`${fact.status} open`]
        const when = fact.condition
          .map((row) =>
            row
              .map(({ subject, op, value }) =>
                op in signs ? `${signs[op]}${subject}` : `${subject} ${op} ${String(value)}`,
              )
              .join(' and '),
          )
          .join(' or ')
        return [
          `${fact.status}${fact.message === '' ? '' : ` ${fact.message}`}${when === '' ? '' : ` where ${when}`}`,
        ]
      }),
    ]),
  )
}
