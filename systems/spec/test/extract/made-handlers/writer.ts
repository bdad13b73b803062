import { inputs } from './steps.ts'
import type { Input, Kind, Literal, MadeGuard, Step, Test, Ways } from './steps.ts'

/** A handler as it is written; `hasWays`: it needs what ways need. */
export interface Written {
  name: string
  body: string
  hasWays: boolean
  /** Its guards, and whether it is in the group. */
  guards: readonly WrittenGuard[]
  isGrouped: boolean
}

/** A guard as it is written. */
export interface WrittenGuard extends Omit<MadeGuard, 'steps'> {
  body: string
  hasWays: boolean
}

/** Each guard of handlers once. */
export const guardsOf = (handlers: readonly Written[], where?: MadeGuard['where']): readonly WrittenGuard[] =>
  [...new Set(handlers.flatMap((one) => one.guards))].filter(
    (one) => where === undefined || one.where === where,
  )

/** How a language writes what handlers are made of. */
export interface Writer {
  and: string
  or: string
  not: string
  literal: (value: Literal) => string
  missing: (input: Input) => string
  is: (input: Input, text: string, isEqual: boolean) => string
  helped: (input: Input, text: string) => string
  filled: (name: string, kind: Kind) => string
  listed: (name: string) => string
  chosen: (name: string, text: string) => string
  marked: (name: string, isHigh: boolean) => string
  /** A statement that answers a status. */
  answer: (status: string) => string
  ways: readonly Ways[]
  step: (
    step: Exclude<Step, { k: 'way' | 'around' }>,
    write: (steps: readonly Step[]) => string,
    test: (test: Test) => string,
  ) => string
  files: (handlers: readonly Written[]) => Record<string, string>
}

export const indented = (code: string) => code.replaceAll(/^(?=.)/gm, '  ')

export function written(steps: readonly Step[], writer: Writer): string {
  const test = (one: Test): string => {
    switch (one.k) {
      case 'and':
      case 'or':
        return `(${test(one.left)} ${writer[one.k]} ${test(one.right)})`
      case 'not':
        return `${writer.not}(${test(one.of)})`
      case 'is':
        return writer.is(one.subject, one.text, one.isEqual)
      case 'asks': {
        const asks = writer.ways.flatMap((one) => one.tests ?? [])
        return chosen(asks, one.which)(one.subject, quoted(one.text))
      }
      case 'helped':
        return writer.helped(one.subject, one.text)
      case 'missing':
        return writer.missing(one.subject)
      case 'flag':
        return one.name
      case 'filled':
        return writer.filled(one.name, one.kind)
      case 'listed':
        return writer.listed(one.name)
      case 'marked':
        return writer.marked(one.name, one.isHigh)
      case 'chosen':
        return writer.chosen(one.name, one.isFirst ? 'first' : 'second')
    }
  }
  const write = (inner: readonly Step[]) => indented(written(inner, writer))
  return steps
    .map((step) => {
      if (step.k !== 'way' && step.k !== 'around') return writer.step(step, write, test)
      const isWay = step.k === 'way'
      const use = {
        x: isWay && step.shape === 'number' ? 'n' : step.subject,
        z: isWay ? step.other : step.subject,
        y: quoted(step.text),
        status: isWay ? step.status : 0,
        second: isWay ? step.second : 0,
        name: step.name,
        answer: writer.answer,
      }
      if (!isWay)
        return chosen(
          writer.ways.flatMap((one) => one.around ?? []),
          step.which,
        )(use, write(step.body))
      return chosen(
        writer.ways.flatMap((one) => one.steps[step.shape] ?? []),
        step.which,
      )(use)
    })
    .join('')
}

export const quoted = (text: string) => JSON.stringify(text)
export const list = (all: readonly string[]) => all.map(quoted).join(', ')

function chosen<T>(all: readonly T[], which: number): T {
  const one = all[which % all.length]
  if (one === undefined) throw new Error('a language has no such way')
  return one
}

export const needWays = (handlers: readonly Written[]) =>
  handlers.some((one) => one.hasWays || one.guards.some((guard) => guard.hasWays))

/** What ways need beside the handlers, where one has any. */
export const helpOf = (ways: readonly Ways[], handlers: readonly Written[]): string =>
  needWays(handlers) ? ways.map((one) => one.help).join('') : ''

export const filesOf = (ways: readonly Ways[], handlers: readonly Written[]): Record<string, string> =>
  needWays(handlers) ? Object.assign({}, ...ways.map((one) => one.files ?? {})) : {}

/** What a body asks of the request. */
export const inputsOf = (body: string): readonly string[] => (/\bn\b/.test(body) ? [...inputs, 'n'] : inputs)

/** Whether there is a way of the language in these steps. */
export const hasWays = (steps: readonly Step[]): boolean =>
  /"k":"(?:way|around|asks)"/.test(JSON.stringify(steps))
