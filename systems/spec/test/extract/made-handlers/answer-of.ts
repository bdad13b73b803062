import { pathOf, shapes, texts } from './steps.ts'
import type { Literal, MadeHandler, Query, Step, Test } from './steps.ts'

/** All requests that there are. */
export const queries: readonly Query[] = ['', ...texts].flatMap((a) =>
  ['', ...texts].flatMap((b) => ['', ...texts].map((c) => ({ a, b, c, n: '', h: '' }))),
)

/** The same with each of four texts for a number. */
export const numberQueries: readonly Query[] = ['', '2', '7', 'q'].flatMap((n) =>
  queries.map((query) => ({ ...query, n })),
)

/** The same with each of three headers. */
export const headed = (all: readonly Query[]): readonly Query[] =>
  ['', 'x', 'y'].flatMap((h) => all.map((query) => ({ ...query, h })))

class Lost extends Error {}
class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super()
    this.status = status
  }
}

/** The status that a handler answers a request with, 200 where nothing refuses it. */
export function answerOf(handler: MadeHandler, sent: Query): number {
  const flags = new Map<string, Literal>()
  let query = sent
  const holds = (test: Test): boolean => {
    switch (test.k) {
      case 'and':
        return holds(test.left) && holds(test.right)
      case 'or':
        return holds(test.left) || holds(test.right)
      case 'not':
        return !holds(test.of)
      case 'is':
        return (query[test.subject] === test.text) === test.isEqual
      case 'asks':
      case 'helped':
        return query[test.subject] === test.text
      case 'missing':
        return query[test.subject] === ''
      case 'flag':
        return flags.get(test.name) === true
      case 'filled':
        return flags.get(test.name) === 'filled'
      case 'listed':
        return flags.get(test.name) === 'listed'
      case 'marked':
        return (flags.get(test.name) === 'high') === test.isHigh
      case 'chosen':
        return (flags.get(test.name) === 'first') === test.isFirst
    }
  }
  const run = (all: readonly Step[]): number | null => {
    for (const step of all) {
      const answered = one(step)
      if (answered !== null) return answered
    }
    return null
  }
  const one = (step: Step): number | null => {
    switch (step.k) {
      case 'let':
      case 'set':
        flags.set(step.name, step.value)
        return null
      case 'if':
        return run(holds(step.test) ? step.body : step.otherwise)
      case 'switch':
        return run(step.cases.find(({ text }) => text === query[step.on])?.body ?? step.rest ?? [])
      case 'try':
        try {
          const before = run(step.before)
          if (query[step.risk] === 'x') throw new Lost()
          return before ?? run(step.after)
        } catch (error) {
          if (error instanceof Refused) throw error
          return run(step.caught)
        }
      case 'look':
        if (step.among.includes(query[step.subject])) flags.set(step.name, true)
        return null
      case 'answer':
        return step.status
      case 'collect':
        flags.set(step.name, '')
        return null
      case 'put':
        flags.set(step.name, 'filled')
        return null
      case 'table':
        flags.set(step.name, step.keys.includes(query[step.subject]) ? 'listed' : '')
        return null
      case 'refuse':
        if (query[step.subject] === step.text) throw new Refused(step.status)
        return null
      case 'each':
      case 'skip':
        return step.among.includes(query[step.subject]) ? run(step.body) : null
      case 'choose':
        flags.set(step.name, holds(step.test) ? 'first' : 'second')
        return null
      case 'deep':
        if (query[step.subject] === step.text && query[step.other] !== '') throw new Refused(step.status)
        return null
      case 'result':
        return query[step.subject] === step.text ? step.status : null
      case 'either':
        return holds(step.test) ? step.status : step.other
      case 'around':
        return query[step.subject] === step.text ? run(step.body) : null
      case 'way': {
        const x = step.shape === 'number' ? query.n : query[step.subject]
        const is: 0 | 1 | 2 = shapes[step.shape](x, query[step.other], step.text)
        return is === 0 ? null : is === 1 ? step.status : step.second
      }
    }
  }
  try {
    for (const { steps, ofHeader, passes, mark } of handler.guards ?? []) {
      if (passes.includes(pathOf(handler))) continue
      query = ofHeader ? { ...sent, c: sent.h } : sent
      const refused = run(steps)
      if (refused !== null) return refused
      if (mark) flags.set(mark.name, query[mark.subject] === mark.text ? 'high' : 'low')
    }
    query = sent
    return run(handler.steps) ?? 200
  } catch (error) {
    if (error instanceof Refused) return error.status
    throw error
  }
}
