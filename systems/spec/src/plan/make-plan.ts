import { isOperationTitle, ofAny, ofOperation } from '../requirements/common.ts'
import { isOfFacts, operationTitle, sayFact } from '../requirements/say-fact.ts'
import type { Evidence, Fact } from '../facts/fact.ts'
import type { Requirement, Scenario } from '../formats/document.ts'
import { scenarioOf, stepsOf } from '../requirements/scenario.ts'
import { nameOf, sentencesOf, withTitle } from './change.ts'
import type { SpecChange } from './change.ts'

export interface PlanTask {
  /** `1`, `2`… in an order that keeps to the dependencies. */
  id: string
  requirement: string
  /** Operations that it is of where it asks the same of several: its sentences say `any of these operations` then. */
  operations: string[]
  /** What facts call it: `GET /loans`; the requirement's own name where no fact is known of it yet. */
  subject: string
  what: 'add' | 'change' | 'remove'
  /** Sentences that are to hold, and those that hold no more. */
  shall: string[]
  shallNot: string[]
  /** Where the code of the requirement is. */
  spans: Pick<Evidence, 'path' | 'symbol' | 'startByte' | 'endByte' | 'line'>[]
  /** Tasks that must be done before. */
  after: string[]
}

export interface Plan {
  tasks: PlanTask[]
  /** Tasks of a wave may be done beside each other. */
  waves: string[][]
  /** Files that an agent may change; new files may be made beside these. */
  paths: string[]
}

/**
 * Tasks of a change with the code that each touches, but for what the code does already. Tasks that touch the same file come one after the other, removals first,
 * so that no two agents write one file at one time.
 */
export function makePlan(change: SpecChange, facts: readonly Fact[]): Plan {
  const known = factsByTitle(facts)
  const drafts = [
    ...change.removed.map((one) => ({
      requirement: nameOf(one),
      what: 'remove' as const,
      shall: [],
      shallNot: sentencesOf(one),
    })),
    ...change.modified.map(({ before, after }) => {
      const [from, to] = [nameOf(before), nameOf(after)]
      const [old, now] = [sentencesOf(before), sentencesOf(after)]
      // Of an operation that is called otherwise that says it all: its other sentences are the same of it.
      const statements = from === to ? [] : [statementOf(from), statementOf(to)]
      const was = new Set(old.map((one) => withTitle(one, from, to)))
      const is = new Set(now.map((one) => withTitle(one, to, from)))
      return {
        requirement: to,
        what: 'change' as const,
        shall: [
          ...now.filter((one) => !was.has(one) || statements.includes(one)),
          ...(from === to ? newScenarios(before, after) : []),
        ],
        shallNot: old.filter((one) => !is.has(one) || statements.includes(one)),
      }
    }),
    ...change.added.map((one) => ({
      requirement: nameOf(one),
      what: 'add' as const,
      shall: sentencesOf(one),
      shallNot: [],
    })),
  ]
  const asked = drafts.flatMap((draft): AskedTask[] => {
    const subject = subjectOf(draft, known)
    const left = whatIsLeft(draft, known.get(subject), subject)
    if (left.shall.length + left.shallNot.length === 0) return []
    return [{ ...draft, ...left, subject, operations: [], spans: spansOf(subject, draft.shallNot, known) }]
  })
  const tasks: PlanTask[] = []
  for (const task of putTogether(asked)) {
    const files = new Set(task.spans.map(({ path }) => path))
    const after = tasks.filter(({ spans }) => spans.some(({ path }) => files.has(path))).map(({ id }) => id)
    tasks.push({ id: String(tasks.length + 1), ...task, after })
  }
  return {
    tasks,
    waves: wavesOf(tasks),
    paths: [...new Set(tasks.flatMap((task) => task.spans.map(({ path }) => path)))].toSorted(),
  }
}

type AskedTask = Omit<PlanTask, 'id' | 'after'>

/** Tasks with those as one that ask the same of several operations, where the code of all of them is, if there is such. */
function putTogether(tasks: readonly AskedTask[]): AskedTask[] {
  const groups = Map.groupBy(tasks, ({ what, requirement, subject, shall, shallNot }) =>
    JSON.stringify([
      what,
      what === 'change' && requirement === subject && isOperationTitle(subject) ? '' : requirement,
      ...[shall, shallNot].map((all) => all.map((one) => ofAny(one, requirement))),
    ]),
  )
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    if (!first || own.length === 1) return own
    const { requirement } = first
    const places = new Map(own.flatMap(({ spans }) => spans.map((one) => [`${one.path}:${one.line}`, one])))
    const ofAll = [...places.values()].filter((one) =>
      own.every(({ spans }) => spans.some(({ path, line }) => path === one.path && line === one.line)),
    )
    return [
      {
        ...first,
        requirement: `${own.length} operations`,
        operations: own.map((one) => one.requirement),
        shall: first.shall.map((one) => ofAny(one, requirement)),
        shallNot: first.shallNot.map((one) => ofAny(one, requirement)),
        spans: ofAll.length > 0 ? ofAll : [...places.values()],
      },
    ]
  })
}

/** A task of several operations as one of each. */
export function eachOperation(task: PlanTask): PlanTask[] {
  if (task.operations.length === 0) return [task]
  return task.operations.map((title) => ({
    ...task,
    requirement: title,
    subject: title,
    operations: [],
    shall: task.shall.map((one) => ofOperation(one, title)),
    shallNot: task.shallNot.map((one) => ofOperation(one, title)),
  }))
}

const statementOf = (title: string) => `THE service SHALL answer ${title}.`

/** Scenarios that people wrote or changed, each as a sentence; those of a sentence are said with it. */
function newScenarios(before: Requirement, after: Requirement): string[] {
  const text = (one: Scenario) => `${one.name}: ${stepsOf(one)}`
  const old = new Set(before.scenarios.map(text))
  const own = new Set(
    sentencesOf(after)
      .flatMap((one) => scenarioOf(one, nameOf(after)) ?? [])
      .map(stepsOf),
  )
  return after.scenarios
    .filter((one) => !old.has(text(one)) && !own.has(stepsOf(one)))
    .map((one) => `Scenario ${text(one)}`)
}

/** What of a task the code does not do yet. Sentences in words of people no fact shows: they are left as they are. */
function whatIsLeft(
  { what, shall, shallNot }: Pick<PlanTask, 'what' | 'shall' | 'shallNot'>,
  facts: readonly Fact[] | undefined,
  subject: string,
): Pick<PlanTask, 'shall' | 'shallNot'> {
  if (what === 'remove' && !facts) return { shall: [], shallNot: [] }
  const said = new Set((facts ?? []).map((fact) => sayFact(fact, subject)))
  return {
    shall: shall.filter((one) => !said.has(one)),
    shallNot: shallNot.filter((one) => said.has(one) || !isOfFacts(one)),
  }
}

/** Requirements of spec-kit are numbered: what theirs are about stands in their sentences. */
function subjectOf(
  { requirement, shall, shallNot }: Pick<PlanTask, 'requirement' | 'shall' | 'shallNot'>,
  known: ReadonlyMap<string, unknown>,
): string {
  if (known.has(requirement)) return requirement
  const said = [...shallNot, ...shall].join('\n')
  const named = [...known.keys()].filter((title) => /^[A-Z]+ …?\//.test(title) && isNamed(said, title))
  return named.toSorted((a, b) => b.length - a.length)[0] ?? requirement
}

// `GET /loans` is not named where `GET /loans/{id}` is.
const isNamed = (text: string, title: string) =>
  text.split(title).some((rest, at) => at > 0 && !/^[\w/{]/.test(rest))

function wavesOf(tasks: readonly PlanTask[]): string[][] {
  const waves: string[][] = []
  const waveOf = new Map<string, number>()
  for (const { id, after } of tasks) {
    const wave = Math.max(-1, ...after.map((one) => waveOf.get(one) ?? 0)) + 1
    waveOf.set(id, wave)
    ;(waves[wave] ??= []).push(id)
  }
  return waves
}

/** Facts by what their requirement is called. */
function factsByTitle(facts: readonly Fact[]): Map<string, Fact[]> {
  const titles = new Map(
    facts.flatMap((fact) => (fact.kind === 'operation' ? [[fact.id, operationTitle(fact)] as const] : [])),
  )
  const known = new Map<string, Fact[]>()
  for (const fact of facts) {
    const title =
      fact.kind === 'operation'
        ? titles.get(fact.id)
        : 'operation' in fact
          ? titles.get(fact.operation)
          : fact.name
    if (title !== undefined) known.set(title, [...(known.get(title) ?? []), fact])
  }
  return known
}

/** Where the code of a requirement is: first that of the sentences that are to hold no more and of the models that those name, then the rest. */
function spansOf(
  title: string,
  shallNot: readonly string[],
  known: ReadonlyMap<string, readonly Fact[]>,
): PlanTask['spans'] {
  const own = known.get(title) ?? []
  const said = own.map((fact) => ({ fact, sentence: sayFact(fact, title) }))
  const changed = said.filter(({ sentence }) => shallNot.includes(sentence))
  const words = new Set(changed.flatMap(({ sentence }) => sentence.match(/[\p{L}\d_]+/gu) ?? []))
  const models = [...known].flatMap(([name, facts]) =>
    words.has(name) ? facts.filter(({ kind }) => kind === 'model') : [],
  )
  const all = [...changed.map(({ fact }) => fact), ...models, ...own].flatMap(({ evidence }) => evidence)
  const places = new Map<string, PlanTask['spans'][number]>()
  for (const { path, symbol, startByte, endByte, line } of all)
    if (!places.has(`${path}:${line}`))
      places.set(`${path}:${line}`, { path, symbol, startByte, endByte, line })
  return [...places.values()]
}

/** What the agent is told. Texts of the spec are the task; nothing of the repository is quoted. */
export function writePrompt({ tasks, paths }: Plan): string {
  const told = tasks.map(
    ({ id, requirement, operations, what, shall, shallNot, spans, after }) =>
      `Task ${id}: ${what} "${requirement}"${after.length > 0 ? ` (after ${after.join(', ')})` : ''}\n${[
        ...(operations.length > 0 ? [`  These operations: ${operations.join(', ')}`] : []),
        ...shall.map((one) => `  It shall hold: ${one}`),
        ...shallNot.map((one) => `  It holds no more: ${one}`),
        ...spans.map(
          ({ path, symbol, line }) => `  Code: ${path}:${line}${symbol === '' ? '' : ` (${symbol})`}`,
        ),
      ].join('\n')}`,
  )
  return [
    'Change this repository so that it does what its spec says now. Change nothing else that callers can see.',
    ...told,
    `Files you may change: ${paths.join(', ') || 'any that the tasks need'}, tests, and new files beside them.`,
    'The tests of the project must pass. Do not weaken or delete a test of what does not change. Do not commit.',
  ].join('\n\n')
}
