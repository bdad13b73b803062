import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import type { Condition } from '../../src/facts/condition.ts'
import { shown } from '../../src/facts/expression.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'
import {
  answerOf,
  guarded,
  headed,
  languages,
  madeHandlers,
  madeService,
  numberQueries,
  pathOf,
  queries,
} from './made-handlers.ts'
import type { Query } from './made-handlers.ts'

/** Whether a condition holds of a request; null where it asks for something else too. */
function holds(condition: Condition, query: Query): boolean | null {
  const rows = condition.map((row) => {
    const asked = row.map(({ subject, op, value }) => {
      const asks = shown(subject)
      const input = /^header\.x-c$/i.test(asks) ? 'h' : /^query\.([abc])$/.exec(asks)?.[1]
      if (input === undefined) return null
      const is = query[input as keyof Query]
      switch (op) {
        case '==':
          return is === value
        case '!=':
          return is !== value
        case 'present':
        case 'true':
          return is !== ''
        case 'absent':
        case 'false':
          return is === ''
        case 'in':
          return Array.isArray(value) && value.includes(is)
        case 'not-in':
          return Array.isArray(value) && !value.includes(is)
        default:
          return null
      }
    })
    return asked.includes(false) ? false : asked.includes(null) ? null : true
  })
  return rows.includes(true) ? true : rows.includes(null) ? null : false
}

/** Of each language a seed whose handlers have no fault that is known and not mended. */
const seedOfWays = { javascript: 20270102, python: 20270102, go: 20270102, java: 20270102 }

test.each(
  languages.flatMap((language) => [
    ...[2, 3, 5].flatMap((seed) =>
      [0, 0.5].map((besides) => ({ language, seed, besides, own: 0, guards: false })),
    ),
    { language, seed: seedOfWays[language], besides: 0.3, own: 0.3, guards: false },
    { language, seed: seedOfWays[language], besides: 0.2, own: 0.2, guards: true },
  ]),
)(
  'what is told of handlers of $language that were made from the seed $seed, with $besides of their steps collecting, looking up and asking helpers and $own of them ways of that language, behind guards: $guards, holds for every request [SPEC-EXTRACT-06]',
  async ({ language, seed, besides, own: ways, guards }) => {
    const alone = madeHandlers(guards ? 20 : 40, seed, besides, ways)
    const handlers = guards ? guarded(alone, seed, besides, ways) : alone
    const { facts } = (await extractFiles(madeService(language, handlers))).set
    const operations = new Map(factsOf(facts, 'operation').map((one) => [operationTitle(one), one.id]))
    const wrong: string[] = []
    let told = 0
    for (const handler of handlers) {
      const title = `GET ${pathOf(handler)}`
      const own = factsOf(facts, 'error').filter(({ operation }) => operation === operations.get(title))
      const sent = ways > 0 ? numberQueries : queries
      const real = (guards ? headed(sent) : sent).map((query) => ({
        query,
        status: answerOf(handler, query),
      }))
      for (const fact of own.filter(({ grade }) => grade !== 'open')) {
        told++
        // Of two errors whose cases are told so that both hold, one comes first: which one is not said.
        const other = real.find(
          ({ query, status }) =>
            status !== fact.status &&
            holds(fact.condition, query) === true &&
            !own.some((one) => one.status === status && holds(one.condition, query) !== false),
        )
        if (other)
          wrong.push(
            `${sayFact(fact, title)} But ${JSON.stringify(other.query)} is answered ${other.status}.`,
          )
      }
      for (const status of new Set(real.map((one) => one.status)))
        if (status >= 400 && !own.some((one) => one.status === status))
          wrong.push(`${title} answers ${status}: nothing says so.`)
    }
    expect(wrong).toEqual([])
    expect(told).toBeGreaterThan(handlers.length / 4)
  },
)
