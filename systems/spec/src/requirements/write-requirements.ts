import { factsOf } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { Fact, OperationFact, OperationPart } from '../facts/fact.ts'
import type { RequirementDraft, SpecDraft } from '../formats/write.ts'
import { anyOfThese, sharedPath } from './common.ts'
import { operationTitle, sayFact } from './say-fact.ts'
import { scenarioOf } from './scenario.ts'
import { shareSentences } from './share.ts'
import type { Shared } from './share.ts'

/** A requirement with the facts that each of its sentences follows from; the first sentence is its statement. */
export interface TracedRequirement extends RequirementDraft {
  /** Ids of the facts of each sentence, in the order of statement and criteria: of several operations where it is common to them, and none of its scope. */
  facts: string[][]
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

/** Where what operations of several capabilities have in common stands. */
const inCommon = 'in-common'

/**
 * Requirements of the facts by capability: each operation is one, each of its facts a sentence, and what several operations ask and refuse
 * alike is one for all of them. Every sentence has its fact. Facts of `held` stay with their operation.
 */
export function writeRequirements(set: FactSet, held: ReadonlySet<string> = new Set()): Capability[] {
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
  const told = new Map(operations.map((one) => [one, toldOf(one, parts.get(one.id) ?? [])]))
  const shared = shareSentences(
    [...groups]
      .flatMap(([capability, of]) => of.map(({ one }) => ({ one, capability })))
      .toSorted((a, b) => byPlace(a.one, b.one))
      .map(({ one, capability }) => ({ title: operationTitle(one), capability, facts: told.get(one) ?? [] })),
    held,
  )
  const common = [...shared.values()].flat()
  const elsewhere = new Set(common.flatMap(({ sentences }) => sentences.flatMap(({ facts }) => facts)))
  const capabilities = [...groups].map(([feature, of]): Capability => {
    const members = of.map(({ one }) => one)
    const name = of[0]?.name ?? feature
    return {
      feature,
      formerly: slug(`${folders.get(of[0]?.one.service ?? '') ?? ''}-${name}`),
      title: capitalise(name),
      purpose: `What the service answers below ${name}: ${members.length} ${members.length === 1 ? 'operation' : 'operations'}, each with what it takes, answers and refuses.`,
      requirements: [
        ...commonRequirements(shared.get(feature) ?? []),
        ...members.toSorted(byPlace).map((one) => {
          const own = (told.get(one) ?? []).filter(({ id }) => !elsewhere.has(id))
          return requirementOf(one, own, parts.get(one.id) ?? [])
        }),
      ],
      questions: members.flatMap(({ id }) => asked(id)),
    }
  })
  const ofSeveral = commonRequirements(shared.get('') ?? [])
  if (ofSeveral.length > 0)
    capabilities.push({
      feature: inCommon,
      formerly: inCommon,
      title: 'In common',
      purpose: `What operations of several capabilities ask of a request and refuse alike: it holds for each of them as if it stood there.`,
      requirements: ofSeveral,
      questions: [],
    })
  const rest = restOf(set)
  // What callers ask comes first.
  const all = [...capabilities.toSorted((a, b) => (a.feature < b.feature ? -1 : 1)), ...rest]
  const [first] = all
  if (first) first.questions.unshift(...asked())
  return all
}

/** The facts of an operation that its spec tells, in their order. */
const toldOf = (operation: OperationFact, parts: readonly OperationPart[]): Fact[] => [
  operation,
  // Of an answer that nobody knows when it comes, it is asked.
  ...parts.filter(({ kind, grade }) => kind !== 'assertion' && grade !== 'open').toSorted(asTold),
]

/** Facts of one operation in the order in which its spec tells them. */
export function asTold(a: Fact, b: Fact): number {
  const place = (fact: Fact) => order.findIndex((kind) => kind === fact.kind)
  return place(a) - place(b) || (sortKey(a) < sortKey(b) ? -1 : 1)
}

function requirementOf(
  operation: OperationFact,
  facts: readonly Fact[],
  parts: readonly OperationPart[],
): TracedRequirement {
  const title = operationTitle(operation)
  const [statement = '', ...criteria] = facts.map((fact) => sayFact(fact, title))
  return {
    title,
    statement,
    criteria,
    scenarios: scenariosOf(criteria, title, title),
    facts: facts.map(({ id }) => [id]),
    tests: parts.filter(({ kind }) => kind === 'assertion').map(({ id }) => id),
  }
}

function commonRequirements(all: readonly Shared[]): TracedRequirement[] {
  const drafts = all.map(({ scope, about, titles, sentences }): TracedRequirement => {
    const criteria = sentences.map(({ text }) => text)
    const title = `Common to operations${sharedPath(titles)}: ${about}`
    const facts = [[], ...sentences.map((one) => one.facts)]
    return {
      title,
      statement: scope,
      criteria,
      scenarios: scenariosOf(criteria, title, anyOfThese),
      facts,
      tests: [],
    }
  })
  return numbered(drafts, 'title')
}

/** A scenario of each sentence that anybody could try; where there is none, that what is said holds. */
function scenariosOf(criteria: readonly string[], title: string, sent: string) {
  const all = criteria.flatMap((sentence) => scenarioOf(sentence, title) ?? [])
  const least = {
    name: 'Is sent',
    given: [],
    when: `a client sends ${sent}`,
    expected: ['what is said here holds'],
  }
  return numbered(all.length > 0 ? all : [least], 'name')
}

// Those that are called alike are told apart by their number.
function numbered<K extends string, T extends Record<K, string>>(all: readonly T[], key: K): T[] {
  const times = new Map<string, number>()
  return all.map((one) => {
    const time = (times.get(one[key]) ?? 0) + 1
    times.set(one[key], time)
    return time === 1 ? one : { ...one, [key]: `${one[key]} (${time})` }
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
            return { title: own, statement, criteria: [], scenarios, facts: [[fact.id]], tests: [] }
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
