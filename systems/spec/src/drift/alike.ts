import { normalizeCondition } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { identityOf, shown } from '../facts/expression.ts'
import type { Fact, FactOf } from '../facts/fact.ts'
import type { Shape } from '../facts/shape.ts'
import { askedAlike, holdersIn } from './same-questions.ts'
import { saysKey } from './says.ts'

type Model = FactOf<'model'>

/** A fact beside the form of it that is compared. */
export interface Compared {
  fact: Fact
  /** As `fact`, without what callers can not tell: names of models, fields of models that they never meet, what an only answer waits for in the code. */
  plain: Fact
}

/**
 * Both sides in the form that is compared. A model's own name is on no wire: one that has another name now and the same fields is
 * the same. Fields of a model that no request or answer can hold are the code's own, and only their types are compared.
 */
export function comparable(before: readonly Fact[], after: readonly Fact[]): [Compared[], Compared[]] {
  const renamed = renamedModels(before, after)
  const hidden = hiddenModels(before).filter((one) => hiddenModels(after).includes(renamed.get(one) ?? one))
  const hiddenNow = new Set(hidden.map((one) => renamed.get(one) ?? one))
  const only = onlyOnBoth(before, after)
  const holders = holdersIn([...before, ...after])
  const side = (facts: readonly Fact[], names: ReadonlyMap<string, string>) => {
    const all = facts.map((fact) => ({
      fact,
      plain: shownOtherwise(plainOf(fact, names, hiddenNow, only, holders)),
    }))
    const seen = new Set<string>()
    // Answers that differed by what they wait for alone are one.
    return all.filter(({ fact, plain }) => {
      if (fact.kind !== 'response' || !only.has(fact.operation)) return true
      const key = saysKey(plain)
      return !seen.has(key) && seen.add(key)
    })
  }
  return [side(before, renamed), side(after, new Map())]
}

/** Operations with one answer on both sides: where another came or went, what each waits for is what tells them apart. */
function onlyOnBoth(before: readonly Fact[], after: readonly Fact[]): Set<string> {
  const sides = [before, after].map((facts) => ({
    only: onlyAnswers(facts),
    all: new Set(facts.flatMap(({ kind, id }) => (kind === 'operation' ? id : []))),
  }))
  return new Set(
    sides.flatMap(({ only }) =>
      [...only].filter((operation) =>
        sides.every((side) => side.only.has(operation) || !side.all.has(operation)),
      ),
    ),
  )
}

/** What a condition asks of, however it is shown: in whole, in part, or by what code calls it. */
const shownOtherwise = (fact: Fact): Fact => ({
  ...fact,
  condition: fact.condition.map((row) =>
    row.map((atom) => ({ ...counted(atom), subject: identityOf(atom.subject) })),
  ),
})

/** Nothing has fewer than no parts: `size > 0` asks what `size != 0` and `size >= 1` do. */
function counted(atom: Atom): Atom {
  if (!/(?:\.(?:size|length|count)(?:\(\))?|^len\(.*\))$/.test(shown(atom.subject))) return atom
  const test = `${atom.op} ${String(atom.value)}`
  if (test === '!= 0' || test === '>= 1') return { ...atom, op: '>', value: 0 }
  return test === '<= 0' || test === '< 1' ? { ...atom, op: '==', value: 0 } : atom
}

function plainOf(
  fact: Fact,
  names: ReadonlyMap<string, string>,
  hidden: ReadonlySet<string>,
  only: ReadonlySet<string>,
  holders: ReadonlySet<string>,
): Fact {
  switch (fact.kind) {
    case 'model': {
      const name = names.get(key(fact)) ?? key(fact)
      const fields = fact.fields.map((field) => ({
        ...field,
        name: hidden.has(name) ? '' : field.name,
        shape: renameIn(field.shape, fact.service, names),
      }))
      return { ...fact, name, fields }
    }
    case 'response':
      return {
        ...fact,
        shape: renameIn(fact.shape, fact.service, names),
        condition: only.has(fact.operation)
          ? normalizeCondition(fact.condition.map((row) => row.filter(({ subject }) => isOfRequest(subject))))
          : fact.condition,
      }
    case 'body':
    case 'event':
    case 'parameter':
      return { ...fact, shape: renameIn(fact.shape, fact.service, names) }
    case 'error':
    case 'guard':
      return { ...fact, condition: withoutImplied(askedAlike(fact.condition, holders)) }
    default:
      return fact
  }
}

// That a thing is there says nothing beside what is asked of a part of it.
const withoutImplied = (condition: Condition): Condition =>
  normalizeCondition(
    condition.map((row) =>
      row.filter(
        ({ subject, op }) =>
          op !== 'present' || !row.some((other) => other.subject.startsWith(`${subject}.`)),
      ),
    ),
    { keepsUnsaid: true },
  )

const key = ({ service, name }: Pick<Model, 'service' | 'name'>) => `${service} ${name}`
const isOfRequest = (subject: string) => /^‹?(?:path|query|header|cookie|form|body)\b/.test(subject)

function renameIn(shape: Shape, service: string, names: ReadonlyMap<string, string>): Shape {
  const inner = (one: Shape) => renameIn(one, service, names)
  switch (shape.type) {
    case 'model':
      return {
        type: 'model',
        name: names.get(key({ service, name: shape.name })) ?? key({ service, name: shape.name }),
      }
    case 'array':
      return { ...shape, items: inner(shape.items) }
    case 'map':
      return { ...shape, values: inner(shape.values) }
    case 'union':
      return { ...shape, of: shape.of.map(inner) }
    case 'object':
      return { ...shape, fields: shape.fields.map((field) => ({ ...field, shape: inner(field.shape) })) }
    default:
      return shape
  }
}

/** Models that are gone by name, to the one new model that has their fields. */
function renamedModels(before: readonly Fact[], after: readonly Fact[]): Map<string, string> {
  const [old, now] = [before, after].map((facts) => facts.filter((fact) => fact.kind === 'model'))
  const [oldNames, newNames] = [old, now].map((models) => new Set(models?.map(key)))
  const gone = (old ?? []).filter((model) => !newNames?.has(key(model)))
  const fresh = (now ?? []).filter((model) => !oldNames?.has(key(model)))
  // Fields may hold models that have another name too.
  const fieldsOf = ({ service, fields }: Model, others: ReadonlySet<string>) =>
    JSON.stringify([
      service,
      fields.map((field) => ({
        ...field,
        shape: renameIn(field.shape, service, new Map([...others].map((name) => [name, ' ']))),
      })),
    ])
  const names = new Map<string, string>()
  const byFields = Map.groupBy(fresh, (model) => fieldsOf(model, new Set(fresh.map(key))))
  // Of which no field is known, only one that is gone alone and one that is new alone are the same.
  const isAlone = (model: Model) =>
    [gone, fresh].every(
      (all) => all.filter((one) => one.service === model.service && one.fields.length === 0).length === 1,
    )
  for (const model of gone) {
    if (model.fields.length === 0 && !isAlone(model)) continue
    const next = byFields.get(fieldsOf(model, new Set(gone.map(key))))?.shift()
    if (next) names.set(key(model), key(next))
  }
  return names
}

/** Models that no caller can meet: no shape of a request or an answer leads to them, and none of their service is unknown. */
function hiddenModels(facts: readonly Fact[]): string[] {
  const models = new Map(facts.flatMap((fact) => (fact.kind === 'model' ? [[key(fact), fact] as const] : [])))
  const met = new Set<string>()
  const open = new Set<string>()
  const meet = (shape: Shape, service: string) => {
    for (const name of modelsIn(shape)) {
      const one = key({ service, name })
      if (met.has(one)) continue
      met.add(one)
      for (const field of models.get(one)?.fields ?? []) meet(field.shape, service)
    }
  }
  for (const fact of facts) {
    if (
      fact.kind !== 'response' &&
      fact.kind !== 'body' &&
      fact.kind !== 'event' &&
      fact.kind !== 'parameter'
    )
      continue
    meet(fact.shape, fact.service)
    const isEmpty = fact.kind === 'response' && (fact.status === 204 || fact.status >= 300)
    if (fact.kind !== 'parameter' && !isEmpty && fact.shape.type === 'unknown') open.add(fact.service)
  }
  return [...models].flatMap(([name, { service }]) => (met.has(name) || open.has(service) ? [] : [name]))
}

/** Names of the models that a shape names. */
export function modelsIn(shape: Shape): string[] {
  switch (shape.type) {
    case 'model':
      return [shape.name]
    case 'array':
      return modelsIn(shape.items)
    case 'map':
      return modelsIn(shape.values)
    case 'union':
      return shape.of.flatMap(modelsIn)
    case 'object':
      return shape.fields.flatMap((field) => modelsIn(field.shape))
    default:
      return []
  }
}

/**
 * Operations with one good answer only: what it waits for in the code is that no error came, and errors say when they do. What it asks of the
 * request stays.
 */
function onlyAnswers(facts: readonly Fact[]): Set<string> {
  const responses = Map.groupBy(
    facts.filter((fact) => fact.kind === 'response'),
    ({ operation }) => operation,
  )
  return new Set(
    [...responses]
      .filter(
        ([, all]) =>
          new Set(all.map(({ status, mediaType, shape }) => JSON.stringify([status, mediaType, shape])))
            .size === 1,
      )
      .map(([operation]) => operation),
  )
}
