import type { Requirement, Scenario, SpecDocument } from '../formats/document.ts'
import { nameOf, sentencesOf } from '../plan/change.ts'

/** What stands in a sentence of a common requirement for each of its operations. */
export const anyOfThese = 'any of these operations'

/** A sentence of a common requirement, of one of its operations. */
export const ofOperation = (text: string, title: string): string => text.replaceAll(anyOfThese, title)
/** What is said of one operation, as a common requirement says it. */
export const ofAny = (text: string, title: string): string => text.replaceAll(title, anyOfThese)

/** Whether a requirement is called as an operation. */
export const isOperationTitle = (title: string): boolean => /^(?:[A-Z]+|Any method) \/\S*$/.test(title)

const scopeForm =
  /^THE service SHALL do the following in (?:every operation(?: of this spec)?(?: but (.+))?|these operations: (.+))\.$/
const itemForm = /, (?=(?:[A-Z]+|Any method|all below) \/)/
const below = 'all below '

/**
 * The sentence that says in which operations a common requirement holds, by rule where there is one: all that are not named, or all below
 * a path. `told` are those that the document tells of, or, where it tells of none itself, those of all documents.
 */
export function sayScope(
  titles: ReadonlySet<string>,
  told: readonly string[],
  isOfThisSpec: boolean,
): string {
  const key = (title: string) => `${pathOf(title)} ${title}`
  const all = [...new Set(told)].toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  const [these, others] = [cover(titles, all), cover(new Set(all.filter((one) => !titles.has(one))), all)]
  const every = `every operation${isOfThisSpec ? ' of this spec' : ''}`
  const which =
    others.length === 0
      ? every
      : others.length < these.length
        ? `${every} but ${others.join(', ')}`
        : `these operations: ${these.join(', ')}`
  return `THE service SHALL do the following in ${which}.`
}

/** How many operations and paths a scope names; null where a sentence is no scope. */
export function namedIn(sentence: string): number | null {
  const match = scopeForm.exec(sentence)
  return match && (match[1] ?? match[2] ?? '').split(itemForm).filter((one) => one !== '').length
}

export const isScope = (sentence: string): boolean => scopeForm.test(sentence)

/** The operations of `all` that a scope means. */
function readScope(sentence: string, all: readonly string[]): string[] {
  const [, others, these = ''] = scopeForm.exec(sentence) ?? []
  const items = (others ?? these).split(itemForm).filter((one) => one !== '')
  const titles = new Set(items)
  const paths = items.flatMap((one) => (one.startsWith(below) ? one.slice(below.length) : []))
  const isNamed = (title: string) => titles.has(title) || paths.some((path) => isBelow(title, path))
  return all.filter((title) => isNamed(title) === (others === undefined && these !== ''))
}

const pathOf = (title: string) => title.slice(title.indexOf('/'))
const isBelow = (title: string, path: string) => `${pathOf(title)}/`.startsWith(`${path}/`)

/** ` below /team/{id}`: where all of these operations are; empty where that is anywhere. */
export function sharedPath(titles: readonly string[]): string {
  const [first = [], ...others] = titles.map((title) => pathOf(title).split('/'))
  const end = first.findIndex((part, at) => others.some((other) => other[at] !== part))
  const path = first.slice(0, end === -1 ? first.length : end).join('/')
  return path === '' ? '' : ` below ${path}`
}

/** Fewest that are worth a rule of their own. */
const leastBelow = 3

/** Operations by name, and by a path where all below it are meant. */
function cover(titles: ReadonlySet<string>, all: readonly string[], from = ''): string[] {
  const groups = Map.groupBy(all, (title) => {
    const [part] = pathOf(title)
      .slice(from.length + 1)
      .split('/')
    return pathOf(title) === from || part === undefined ? from : `${from}/${part}`
  })
  return [...groups].flatMap(([path, own]) => {
    const meant = own.filter((one) => titles.has(one))
    if (path !== from && meant.length === own.length && meant.length >= leastBelow) return [below + path]
    return path === from || meant.length === 0 ? meant : cover(titles, own, path)
  })
}

/** A requirement that holds for several operations. */
export interface CommonRequirement {
  requirement: Requirement
  /** Whether its document tells of no operation itself, so that it speaks of those of all. */
  isOfAll: boolean
  /** Titles of the operations that it holds for. */
  operations: string[]
  /** What it says of each. */
  sentences: string[]
  name: string
  /** Whether it says a sentence of an operation. */
  says: (sentence: string, title: string) => boolean
  /** The requirements that it is in its document; spec-kit has one for each sentence. */
  parts: ReadonlySet<Requirement>
}

/** Common requirements of each document. A document that tells of operations speaks of these, another one of all that are told of. */
export function commonIn(
  documents: readonly SpecDocument[],
  known: readonly string[] = [],
): CommonRequirement[][] {
  const told = documents.map(({ requirements }) => [...new Set(requirements.flatMap(operationsOf))])
  const all = [...new Set([...told.flat(), ...known])]
  return documents.map(({ requirements }, at) => {
    const own = told[at] ?? []
    return requirements.flatMap((requirement): CommonRequirement[] => {
      const scope = sentencesOf(requirement).find(isScope)
      if (scope === undefined) return []
      const operations = readScope(scope, own.length > 0 ? own : all)
      const parts = [requirement, ...requirements.filter(({ key }) => isPartOf(key, requirement.key))]
      const sentences = parts.flatMap(sentencesOf).filter((one) => one !== scope)
      const [meant, said] = [new Set(operations), new Set(sentences)]
      return [
        {
          requirement,
          isOfAll: own.length === 0,
          operations,
          sentences,
          name: nameOf(requirement),
          says: (sentence, title) => meant.has(title) && said.has(ofAny(sentence, title)),
          parts: new Set(parts),
        },
      ]
    })
  })
}

/** The operation that a requirement is of, by its name; where people called it otherwise, by its statement. */
function operationsOf(requirement: Requirement): string[] {
  const name = nameOf(requirement)
  if (isOperationTitle(name)) return [name]
  return sentencesOf(requirement).flatMap((one) => statementForm.exec(one)?.[1] ?? [])
}

const statementForm =
  /^(?:THE|WHERE .+, the) service SHALL answer ((?:[A-Z]+|Any method) \/\S*)\.(?: \(Declared, not proved\.\))?$/

/** `FR-001b` is a sentence of `FR-001`. */
const isPartOf = (key: string, of: string) => /^[A-Z]+-\d+$/.test(of) && key.slice(0, -1) === of

/**
 * Documents in which each operation says itself what common requirements say of it, as if nothing was common: what is compared with facts is
 * of one operation. `known` are further operations, of documents that are not here.
 */
export function withoutCommon(
  documents: readonly SpecDocument[],
  known: readonly string[] = [],
): SpecDocument[] {
  const common = commonIn(documents, known)
  if (common.every((one) => one.length === 0)) return [...documents]
  const parts = new Set(common.flat().flatMap((one) => [...one.parts]))
  const own = documents.map(({ requirements }) => requirements.filter((one) => !parts.has(one)))
  const names = own.map((all) => new Set(all.flatMap((one) => [nameOf(one), ...operationsOf(one)])))
  const added = documents.map(() => new Map<string, CommonRequirement[]>())
  for (const [at, all] of common.entries())
    for (const one of all)
      for (const title of one.operations) {
        const here = names[at]?.has(title) ? at : names.findIndex((each) => each.has(title))
        const to = added[here === -1 ? at : here]
        to?.set(title, [...(to.get(title) ?? []), one])
      }
  return documents.map((document, at): SpecDocument => {
    const left = new Map(added[at])
    const requirements = (own[at] ?? []).map((requirement) => {
      const title = nameOf(requirement)
      const all = left.get(title) ?? []
      left.delete(title)
      return all.length === 0 ? requirement : withAll(requirement, title, all)
    })
    // Of an operation that has no requirement by its name here, what is common is all that is told.
    const others = [...left].flatMap(([title, all]) => {
      const [first] = all
      if (!first) return []
      const bare = { ...first.requirement, key: title, title, text: '', criteria: [], scenarios: [] }
      return [withAll(bare, title, all)]
    })
    return { ...document, requirements: [...requirements, ...others] }
  })
}

function withAll(requirement: Requirement, title: string, common: readonly CommonRequirement[]): Requirement {
  return {
    ...requirement,
    criteria: [
      ...requirement.criteria,
      ...common.flatMap((one) =>
        one.sentences.map((text) => ({
          key: one.requirement.key,
          text: ofOperation(text, title),
          span: spanOf(one, text),
        })),
      ),
    ],
    scenarios: [
      ...requirement.scenarios,
      ...common.flatMap(({ requirement: { scenarios } }) =>
        scenarios.map((scenario): Scenario => ({
          ...scenario,
          steps: scenario.steps.map((step) => ({ ...step, text: ofOperation(step.text, title) })),
        })),
      ),
    ],
  }
}

function spanOf({ requirement, parts }: CommonRequirement, text: string) {
  const criterion = [...parts].flatMap(({ criteria }) => criteria).find((one) => one.text === text)
  const part = [...parts].find((one) => sentencesOf(one).includes(text))
  return criterion?.span ?? (part ?? requirement).textSpan
}
