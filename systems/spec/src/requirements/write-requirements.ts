import { factsOf } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { Fact, OperationFact, OperationPart } from '../facts/fact.ts'
import type { RequirementDraft, SpecDraft } from '../formats/write.ts'
import { operationTitle, sayFact } from './say-fact.ts'
import { scenarioOf } from './scenario.ts'

/** A requirement with the facts that each of its sentences follows from; the first sentence is its statement. */
export interface TracedRequirement extends RequirementDraft {
  /** Ids of the facts, in the order of statement and criteria. */
  facts: string[]
  /** Ids of the assertions of tests that show it. */
  tests: string[]
}

export interface Capability extends Omit<SpecDraft, 'requirements'> {
  /** What its file was called by an earlier version, with the service's folder. */
  formerly: string
  requirements: TracedRequirement[]
}

/** Facts about a request, in the order in which a spec tells them. */
const order = ['guard', 'parameter', 'body', 'response', 'error'] as const

/** Requirements of the facts by capability: each operation is one, each of its facts a sentence. Every sentence has its fact. */
export function writeRequirements(set: FactSet): Capability[] {
  const operations = factsOf(set.facts, 'operation')
  const parts = Map.groupBy(set.facts.filter(isPart), ({ operation }) => operation)
  const questions = Map.groupBy(set.questions, ({ operation }) => operation)
  const asked = (operation?: string) =>
    (questions.get(operation) ?? []).map(({ text, why, path, line }) => `${text} (${why}; ${path}:${line})`)
  const folders = namesOf(new Set(operations.map(({ service }) => service)))
  // One service is called by what it answers, wherever its code lies.
  const serviceNames = folders.size > 1 ? folders : new Map<string, string>()
  const withNames = operations.map((one) => ({ one, name: capabilityOf(one, operations) }))
  // Names that differ in signs alone are one: their file is.
  const groups = Map.groupBy(withNames, ({ one, name }) =>
    slug([serviceNames.get(one.service) ?? '', name].filter((part) => part !== '').join('-')),
  )
  const capabilities = [...groups].map(([feature, of]): Capability => {
    const members = of.map(({ one }) => one)
    const name = of[0]?.name ?? feature
    return {
      feature,
      formerly: slug(`${folders.get(of[0]?.one.service ?? '') ?? ''}-${name}`),
      title: capitalise(name),
      purpose: `What the service answers below ${name}: ${members.length} ${members.length === 1 ? 'operation' : 'operations'}, each with what it takes, answers and refuses.`,
      requirements: members.toSorted(byPlace).map((one) => requirementOf(one, parts.get(one.id) ?? [])),
      questions: members.flatMap(({ id }) => asked(id)),
    }
  })
  const rest = restOf(set)
  // What callers ask comes first.
  const all = [...capabilities.toSorted((a, b) => (a.feature < b.feature ? -1 : 1)), ...rest]
  const [first] = all
  if (first) first.questions.unshift(...asked())
  return all
}

function requirementOf(operation: OperationFact, parts: readonly OperationPart[]): TracedRequirement {
  const title = operationTitle(operation)
  const told = order.flatMap((kind) =>
    parts
      // Of an answer that nobody knows when it comes, it is asked.
      .filter((part) => part.kind === kind && part.grade !== 'open')
      .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
  )
  const facts = [operation, ...told]
  const [statement = '', ...criteria] = facts.map((fact) => sayFact(fact, title))
  return {
    title,
    statement,
    criteria,
    scenarios: numbered(criteria.flatMap((sentence) => scenarioOf(sentence, title) ?? [])),
    facts: facts.map(({ id }) => id),
    tests: parts.filter(({ kind }) => kind === 'assertion').map(({ id }) => id),
  }
}

// Those that are called alike are told apart by their number.
function numbered<T extends { name: string }>(scenarios: readonly T[]): T[] {
  const times = new Map<string, number>()
  return scenarios.map((one) => {
    const time = (times.get(one.name) ?? 0) + 1
    times.set(one.name, time)
    return time === 1 ? one : { ...one, name: `${one.name} (${time})` }
  })
}

const ownKinds = {
  command: 'commands',
  event: 'events',
  job: 'jobs',
  model: 'models',
  'state-machine': 'states',
  configuration: 'configuration',
  export: 'exports',
} as const

/** What is no operation: a capability for each kind, a requirement for each fact. */
function restOf(set: FactSet): Capability[] {
  return Object.entries(ownKinds).flatMap(([kind, name]): Capability[] => {
    const facts = set.facts.filter((fact) => fact.kind === kind)
    if (facts.length === 0) return []
    return [
      {
        feature: name,
        formerly: name,
        title: capitalise(name),
        purpose: `The ${name} of the service as its code has them: ${facts.length} in all, each with where it stands.`,
        requirements: facts
          .map((fact): TracedRequirement => {
            const own = 'name' in fact ? fact.name : fact.id
            const statement = sayFact(fact, own)
            const scenarios = [scenarioOf(statement, own) ?? []].flat()
            return { title: own, statement, criteria: [], scenarios, facts: [fact.id], tests: [] }
          })
          .toSorted((a, b) => (a.title < b.title ? -1 : 1)),
        questions: [],
      },
    ]
  })
}

/** First part of the path that not all operations of the service share, and that is no version or parameter. */
function capabilityOf(operation: OperationFact, all: readonly OperationFact[]): string {
  const own = all.filter(({ service }) => service === operation.service)
  const parts = operation.path.split('/').filter((part) => part !== '')
  for (const [at, part] of parts.entries()) {
    const isShared =
      own.length > 1 && own.every(({ path }) => path.split('/').filter((one) => one !== '')[at] === part)
    if (!isShared && !part.startsWith('{') && !/^v\d+$/.test(part) && part !== 'api') return part
  }
  return parts.findLast((part) => !part.startsWith('{')) ?? 'root'
}

const isPart = (fact: Fact): fact is OperationPart => 'operation' in fact
const byPlace = (a: OperationFact, b: OperationFact) =>
  `${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1
const sortKey = (fact: Fact) =>
  `${'status' in fact ? fact.status : 'name' in fact ? fact.name : ''} ${fact.id}`
const capitalise = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

function slug(text: string): string {
  const own = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return own === '' ? 'root' : own
}

/** What services are called: by their folder, by all of its path where two folders are called alike. */
function namesOf(services: ReadonlySet<string>): Map<string, string> {
  const last = (service: string) => service.split('/').at(-1) ?? ''
  return new Map(
    [...services].map((service) => [
      service,
      [...services].some((other) => other !== service && slug(last(other)) === slug(last(service)))
        ? service
        : last(service),
    ]),
  )
}
