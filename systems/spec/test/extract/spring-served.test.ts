import { join } from 'node:path'
import { expect, test } from 'vitest'
import { extractFacts } from '../../src/extract/extract-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'

const { facts } = (
  await extractFacts(
    join(import.meta.dirname, 'spring-served'),
    () => undefined,
    new AbortController().signal,
  )
).set
const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
const told = (title: string) =>
  facts.filter(
    (fact) => (fact.kind === 'error' || fact.kind === 'response') && titles.get(fact.operation) === title,
  )

/**
 * What the service of `spring-served` answered, run by Spring Boot 3.3.5: to a request that is in order, then without the thing, with an `id` or a body that does not fit,
 * not signed in, with an unknown token, of somebody else, and with or without each header that something before the handler asks for.
 */
const served: [string, number[]][] = [
  ['GET /berths/open', [200, 401]],
  ['GET /berths/{id}', [200, 404, 400, 428, 401]],
  ['GET /berths/by-state/{state}', [200, 424, 428, 401]],
  ['GET /berths/{id}/tide', [200, 404, 400, 428, 401]],
  ['GET /berths/{id}/wind', [200, 410, 400, 428, 401]],
  ['POST /berths', [201, 409, 400, 422, 403, 401, 428, 423]],
  ['PUT /berths/{id}/master', [200, 403, 404, 400, 401, 428, 423]],
  // 500 was not tried: what can not be read raises a RuntimeException (Spring, HttpMessageNotReadableException), which its advice takes.
  ['POST /quays', [200, 400, 403, 401, 503, 500]],
]

test.each(served)('%s is told with what Spring answered when it ran [SPEC-EXTRACT-06]', (title, statuses) => {
  const found = told(title)
  const known = found.map((one) => ('status' in one ? one.status : 0))
  expect(new Set(known)).toEqual(new Set(statuses))
  expect(found.filter(({ grade }) => grade === 'open')).toEqual([])
})

test('what filters, interceptors, chains and bases of advice answer is told with what they ask [SPEC-EXTRACT-06]', () => {
  const said = facts.flatMap((fact) =>
    fact.kind === 'error' ? [sayFact(fact, titles.get(fact.operation) ?? '')] : [],
  )
  expect(said).toEqual(
    expect.arrayContaining([
      'IF, for GET /berths/{id}, `book.berths.get(path.id)` is missing, THEN the service SHALL answer 404.',
      'IF, for GET /berths/{id}/tide, the header X-Harbour is missing, THEN the service SHALL answer 428.',
      'IF, for GET /berths/{id}/wind, `book.berths.get(path.id)` is missing, THEN the service SHALL answer 410 and say "No such berth".',
      'IF, for POST /berths, the body can not be read, THEN the service SHALL answer 422.',
      'IF, for POST /berths, the header X-Night is there, THEN the service SHALL answer 423.',
      'IF, for POST /berths, the header X-Token is there and `tokens.names.get(header.X-Token)` is missing, THEN the service SHALL answer 401.',
      'IF, for POST /quays, the header X-Storm is there, THEN the service SHALL answer 503.',
      'IF, for POST /desk/notes, the header X-CSRF-TOKEN is missing, THEN the service SHALL answer 403.',
    ]),
  )
})
