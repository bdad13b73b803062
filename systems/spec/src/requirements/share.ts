import type { Fact } from '../facts/fact.ts'
import { anyOfThese, namedIn, sayScope } from './common.ts'
import { sayFact } from './say-fact.ts'

/** An operation with the facts that its spec tells. */
export interface ToldOperation {
  title: string
  capability: string
  facts: readonly Fact[]
}

/** What several operations ask and refuse alike. */
export interface Shared {
  /** The sentence that says which operations. */
  scope: string
  /** What it is about, in a word or two: what it answers, else what it takes. */
  about: string
  titles: string[]
  /** Each with the facts that say it, of all its operations. */
  sentences: { text: string; facts: string[] }[]
}

/** What an operation answers is its own; what it asks of a request and refuses often comes before it. */
const shareable = new Set<Fact['kind']>(['guard', 'parameter', 'error'])
/** Fewest operations that share anything, most that a scope names, and fewest words that have to be saved by it. */
const [leastOperations, mostNamed, leastSaved] = [5, 12, 60]

/**
 * Sentences that several operations say word for word, but for their title: of operations of one capability by its feature, of several ones
 * by `''`. Facts of `held` are told by the requirements that have them.
 */
export function shareSentences(
  operations: readonly ToldOperation[],
  held: ReadonlySet<string>,
): Map<string, Shared[]> {
  const all = operations.map(({ title }) => title)
  const alike = new Set(all.filter((title, at) => all.indexOf(title) !== at))
  const told = operations.flatMap(({ title, capability, facts }) =>
    facts
      .filter(({ kind, id }) => shareable.has(kind) && !held.has(id))
      .map((fact) => ({ title, capability, fact, text: sayFact(fact, anyOfThese) })),
  )
  const ofSeveral = groupsOf(
    // A title that two services have tells of none of them, and two paths have a parameter of one name by chance.
    told.filter(({ title, fact }) => !alike.has(title) && !(fact.kind === 'parameter' && fact.in === 'path')),
    all,
    false,
  ).filter(({ capabilities }) => capabilities.size > 1)
  const done = new Set(ofSeveral.flatMap(({ sentences }) => sentences.flatMap(({ facts }) => facts)))
  const rest = Map.groupBy(
    told.filter(({ fact }) => !done.has(fact.id)),
    ({ capability }) => capability,
  )
  const shared = new Map(
    [...rest].map(([feature, own]) => {
      const titles = operations.flatMap(({ title, capability }) => (capability === feature ? title : []))
      return [feature, groupsOf(own, titles, true)] as [string, Shared[]]
    }),
  )
  return shared.set('', ofSeveral)
}

type Told = { title: string; capability: string; fact: Fact; text: string }

function groupsOf(told: readonly Told[], all: readonly string[], isOfOne: boolean) {
  const sentences = [...Map.groupBy(told, ({ text }) => text)].map(([text, of]) => ({
    text,
    facts: of.map(({ fact }) => fact.id),
    first: of[0]?.fact,
    titles: new Set(of.map(({ title }) => title)),
    capabilities: new Set(of.map(({ capability }) => capability)),
  }))
  const groups = Map.groupBy(sentences, ({ titles }) => [...titles].toSorted().join('\n'))
  // What is common to most comes first.
  const byReach = [...groups.values()].toSorted((a, b) => (b[0]?.titles.size ?? 0) - (a[0]?.titles.size ?? 0))
  return byReach.flatMap((own) => {
    const [first] = own
    if (!first || first.titles.size < leastOperations) return []
    const scope = sayScope(first.titles, all, isOfOne)
    const saved = (first.titles.size - 1) * wordsOf(own.map(({ text }) => text).join(' ')) - wordsOf(scope)
    const named = namedIn(scope) ?? 0
    if (saved < leastSaved || named > mostNamed) return []
    const { titles, capabilities } = first
    // What people would look up elsewhere is a rule, and no list.
    if (!isOfOne && named * 2 > titles.size) return []
    return [
      {
        scope,
        about: aboutOf(own.flatMap((one) => one.first ?? [])),
        titles: [...titles],
        capabilities,
        sentences: own.map(({ text, facts }) => ({ text, facts })),
      },
    ]
  })
}

const mostShown = 4

function aboutOf(facts: readonly Fact[]): string {
  const statuses = facts.flatMap((fact) =>
    'status' in fact && fact.status !== undefined ? String(fact.status) : [],
  )
  const names = facts.flatMap((fact) => (fact.kind === 'parameter' ? fact.name : []))
  const all = [...new Set(statuses.length > 0 ? statuses.toSorted() : names)]
  return all.length > 0
    ? `${all.slice(0, mostShown).join(', ')}${all.length > mostShown ? ' …' : ''}`
    : 'who may call'
}

const wordsOf = (text: string) => text.split(' ').length
