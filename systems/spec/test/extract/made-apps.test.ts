import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'
import apps from './made-apps/go.json' with { type: 'json' }

/** A service that was made at random, and what the framework, running it, answered to all kinds of requests: errors with what they say. */
interface MadeApp {
  framework: string
  files: Record<string, string>
  answers: Record<string, Record<string, string[]>>
  guarded: string[]
}

// What is only known when it runs stands as `…`.
const isSaid = (message: string, texts: readonly string[]): boolean =>
  texts.length === 0 || texts.some((text) => message.split('…').every((part) => text.includes(part)))

test.each(apps as unknown as MadeApp[])(
  'what is told of a service of $framework is what it answered when it ran [SPEC-EXTRACT-06]',
  async ({ files, answers, guarded }) => {
    const { facts } = (await extractFiles(files)).set
    const operations = factsOf(facts, 'operation')
    expect(operations.map((one) => `${one.method} ${one.path}`).toSorted()).toEqual(
      Object.keys(answers).toSorted(),
    )
    const wrong: string[] = []
    for (const operation of operations) {
      const title = operationTitle(operation)
      const served = answers[title] ?? {}
      const own = [...factsOf(facts, 'error'), ...factsOf(facts, 'response')].filter(
        (fact) => fact.operation === operation.id,
      )
      for (const fact of own.filter(({ grade }) => grade !== 'open')) {
        const texts = served[fact.status]
        const message = fact.kind === 'error' ? fact.message : ''
        if (!texts) wrong.push(`${sayFact(fact, title)} It never does.`)
        else if (message !== '' && !isSaid(message, texts))
          wrong.push(`${sayFact(fact, title)} It says ${texts.join()}.`)
      }
      for (const status of Object.keys(served))
        if (!own.some((fact) => fact.status === Number(status)))
          wrong.push(`${title} answers ${status}: nothing says so.`)
    }
    expect(wrong).toEqual([])
    const guards = factsOf(facts, 'guard')
    const behind = operations
      .filter(({ id }) => guards.some((one) => one.operation === id))
      .map(operationTitle)
    expect(behind.toSorted()).toEqual(guarded)
    expect(guards.filter(({ roles }) => roles.length > 0)).toEqual([])
  },
)
