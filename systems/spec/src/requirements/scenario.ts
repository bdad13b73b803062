import type { Scenario } from '../formats/document.ts'
import type { RequirementDraft } from '../formats/write.ts'
import { isUntold } from './say-condition.ts'

export type ScenarioDraft = RequirementDraft['scenarios'][number]

/** What sentence and scenario of an answer both say. */
interface Answer {
  /** `GET /loans`. */
  title: string
  /** In words; empty where it is always given. */
  condition: string
  status: string
  /** In its quotes; empty where nothing is said. */
  said: string
}

const answerForm =
  /^(?:IF, for (.+?), (.+), THEN|WHEN a client sends (.+?)(?: and (.+))?,) the service SHALL answer (\d{3})(?: with .+?)?(?: and say ("(?:[^"\\]|\\.)*"))?\.(?: \(Declared, not proved\.\))?$/d

/** An answer of a sentence in the form in which `sayFact` tells it; null where it is in no such form. */
export function readAnswer(sentence: string): Answer | null {
  const match = answerForm.exec(sentence)
  if (!match) return null
  const [, ofError, ofCase, of, when, status = '', said = ''] = match
  return { title: ofError ?? of ?? '', condition: ofCase ?? when ?? '', status, said }
}

/** Characters of a condition that a scenario is called by. */
const maxTitle = 80

/**
 * The scenario of a sentence of the requirement `title`: both are of one fact. Null where nobody could try it, and where what it says
 * is no answer and not all that the requirement does.
 */
export function scenarioOf(sentence: string, title: string): ScenarioDraft | null {
  const answer = readAnswer(sentence)
  if (answer) return isUntold(answer.condition) ? null : writeAnswer(answer)
  const does = /^THE \w+ SHALL (?!answer |do the following )(.+)$/.exec(sentence)?.[1]
  return does === undefined
    ? null
    : { name: title, given: [], when: `${title} is looked at`, expected: [`it does: ${does}`] }
}

function writeAnswer({ title, condition, status, said }: Answer): ScenarioDraft {
  const says = said === '' ? '' : ` and says ${said}`
  // What is given stands below.
  const when = condition === '' || condition.length > maxTitle ? says : ` where ${condition}`
  return {
    name: `Answers ${status}${when}`,
    given: condition === '' ? [] : [condition],
    when: `a client sends ${title}`,
    expected: [`the status is ${status}`, ...(said === '' ? [] : [`it says ${said}`])],
  }
}

/** All that a scenario says but its name, in one line: the same of a draft and of what was read, in any format. */
export function stepsOf(scenario: ScenarioDraft | Scenario): string {
  const texts =
    'steps' in scenario
      ? scenario.steps.map(({ text }) => text)
      : [...scenario.given, scenario.when, ...scenario.expected]
  // A sentence of spec-kit ends where its last step does.
  return texts.join(' and ').replace(/[,;.\s]+$/, '')
}

const scenarioForm =
  /^(?:(.+) and )?a client sends (.+?) and the status is (\d{3})(?: and it says ("(?:[^"\\]|\\.)*"))?$/

/** Case and answer of a scenario in our form; null where people worded it. */
export function readSteps(scenario: ScenarioDraft | Scenario): { condition: string; answer: string } | null {
  const steps = stepsOf(scenario)
  const [, thing, does] = /^(.+) is looked at and it does: (.+)$/s.exec(steps) ?? []
  if (thing !== undefined) return { condition: thing, answer: does ?? '' }
  const match = scenarioForm.exec(steps)
  if (!match) return null
  const [, condition = '', title = '', status = '', said = ''] = match
  return { condition: `${title} ${condition}`, answer: `${status} ${said}` }
}

/** A sentence of ours as a scenario says it now, which people reworded; null where it can not be told. */
export function rewordBy(sentence: string, scenario: Scenario): string | null {
  const places = answerForm.exec(sentence)?.indices
  const match = scenarioForm.exec(stepsOf(scenario))
  if (!places || !match) return null
  const [, condition, title = '', status = '', said] = match
  const pieces = [
    [places[1] ?? places[3], title],
    [places[2] ?? places[4], condition],
    [places[5], status],
    [places[6], said],
  ] as const
  // What one has and the other has not is more than another word.
  if (pieces.some(([place, text]) => (place === undefined) !== (text === undefined))) return null
  return pieces
    .flatMap(([place, text]) => (place && text !== undefined ? [{ place, text }] : []))
    .toSorted((a, b) => b.place[0] - a.place[0])
    .reduce((all, { place: [from, to], text }) => all.slice(0, from) + text + all.slice(to), sentence)
}
