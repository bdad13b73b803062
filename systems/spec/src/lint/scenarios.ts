import { ofSome, statuses, stems } from './compare.ts'
import { readAnswer } from '../requirements/scenario.ts'
import { finding } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Statement } from './statement.ts'

/**
 * Scenarios that part from the sentences of their requirement: of the same case they tell another answer, or they tell the answer of a
 * sentence for a case that it is not said of, which nothing shows then.
 */
export function checkScenarios(statements: readonly Statement[]): Finding[] {
  return [...Map.groupBy(statements, ({ requirement }) => requirement).values()].flatMap((own) => {
    const told = own.map((statement) => ({ statement, ...formOf(statement) }))
    const scenarios = told.filter(({ statement }) => statement.source === 'scenario')
    const sentences = told.filter(
      ({ statement, answer }) =>
        statement.source !== 'scenario' && answer !== '' && !ofSome.test(statement.text),
    )
    return scenarios.flatMap(({ statement, words, answer }) => {
      const does = /^it does: (.+?)\.?$/.exec(statement.response)?.[1]
      if (does !== undefined)
        return own.some(
          (one) => one.source !== 'scenario' && one.text.replace(/\.$/, '').endsWith(` SHALL ${does}`),
        )
          ? []
          : [
              said(
                statement,
                `Its requirement does not say so: ${quoted(told.filter((one) => one.statement.source !== 'scenario'))}`,
              ),
            ]
      if (answer === '') return []
      const same = sentences.filter((one) => isSame(one.words, words))
      if (same.length > 0)
        return same.some((one) => one.answer === answer || !isAsMuch(one.answer, answer))
          ? []
          : [said(statement, `Its requirement says otherwise of this case: ${quoted(same)}`)]
      // Of what is written from facts, a sentence whose case no scenario has, with this very answer: one of the two was edited. People
      // tell the case of a scenario by an example of it.
      if (!/^the status is \d{3}\b/.test(statement.response)) return []
      const left = sentences.filter(
        (one) =>
          one.answer === answer &&
          readAnswer(one.statement.text) !== null &&
          !scenarios.some((other) => isSame(other.words, one.words)) &&
          isNear(one.words, words),
      )
      return left.length === 0
        ? []
        : [said(statement, `Its requirement answers so in another case: ${quoted(left)}`)]
    })
  })
}

const said = (statement: Statement, message: string) => finding('contradiction', statement, message)
const quoted = (all: readonly { statement: Statement }[]) =>
  all.map(({ statement }) => `“${statement.text}”`).join(' ')

/** What both ways of saying a request have, that the other has not. */
const ofRequests = new Set(['client', 'send', 'request', 'user'])

/** The words of its case, each once, and the statuses and texts that it answers; empty where it answers none. */
function formOf({ clauses, response }: Statement): { words: ReadonlySet<string>; answer: string } {
  const words = stems(clauses.map(({ text }) => text).join(' ')).filter((word) => !ofRequests.has(word))
  const codes = [...statuses(response)].toSorted().join()
  const texts = /\b(?:say|says|saying|said)\s+("(?:[^"\\]|\\.)*")/.exec(response)?.[1] ?? ''
  return { words: new Set(words), answer: codes === '' ? '' : `${codes} ${texts}`.trim() }
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && a.size > 0 && [...a].every((word) => b.has(word))

/** Whether both tell a text, or neither: a scenario need not say all that its sentence does. */
const isAsMuch = (a: string, b: string) => {
  const [status, other] = [a.slice(0, 3), b.slice(0, 3)]
  return status !== other || (a.includes('"') && b.includes('"'))
}

/** Half of their words the same: two wordings of one thing. */
function isNear(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const both = [...a].filter((word) => b.has(word)).length
  return both * 2 >= Math.max(a.size, b.size)
}
