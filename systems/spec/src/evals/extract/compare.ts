import type { Fact } from '../../facts/fact.ts'
import { factsOf } from '../../facts/fact-set.ts'
import type { Field, Shape } from '../../facts/shape.ts'
import { withoutNull } from '../../facts/shape.ts'
import { operationKey, printed } from './published.ts'
import type { Published } from './published.ts'

export interface Tally {
  hits: number
  published: number
  found: number
}

export interface Comparison {
  operations: Tally
  parameters: Tally
  statuses: Tally
  errors: Tally
  /** Of the errors, those that code gives, and those that only the framework does. */
  provedErrors: Tally
  frameworkErrors: Tally
  constraints: Tally
  /** Operations that are only for who is signed in. */
  signIn: Tally
  /** What is only on one side. */
  missing: string[]
  extra: string[]
  details: string[]
}

interface Found {
  parameters: Set<string>
  /** Names of fields of the body: a publisher may list them as parameters. */
  fields: Set<string>
  statuses: Set<number>
  /** Those of them that code gives. */
  proved: Set<number>
  constraints: Set<string>
  /** The same bound in other words: more than 0 is 1 at least, of a whole number. */
  alike: Map<string, string>
  asksSignIn: boolean
}

const empty = (): Tally => ({ hits: 0, published: 0, found: 0 })

/** Compares facts with what is published. A prefix that all of one side has (a server's base path) makes no difference. */
export function compare(facts: readonly Fact[], published: Published): Comparison {
  const found = collect(facts)
  const wanted = new Map(
    published.operations.map(({ method, path }) => [operationKey(method, path), { method, path }]),
  )
  const base = bestBase([...found.keys()], wanted, published.bases)
  const byKey = new Map([...found].map(([key, value]) => [stripped(key, base.found), value]))
  const result: Comparison = {
    operations: empty(),
    parameters: empty(),
    statuses: empty(),
    errors: empty(),
    provedErrors: empty(),
    frameworkErrors: empty(),
    constraints: empty(),
    signIn: empty(),
    missing: [],
    extra: [],
    details: [],
  }
  result.operations.published = wanted.size
  const isNested = (text: string) => (text.split(' ')[0] ?? '').includes('.')
  const listsNested = [...(published.constraints?.values() ?? [])].some((all) => [...all].some(isNested))
  const within = (all: ReadonlySet<string>) =>
    listsNested ? new Set(all) : new Set([...all].filter((text) => !isNested(text)))
  result.operations.found = byKey.size
  for (const key of wanted.keys()) {
    const bare = added(key, base.published)
    const any = bare.replace(/^\S+/, '*')
    const own = byKey.get(bare) ?? byKey.get(any)
    if (!own) {
      result.missing.push(bare)
      continue
    }
    result.operations.hits++
    const { path = '' } = wanted.get(key) ?? {}
    if (published.parameters)
      tally(
        result,
        'parameters',
        bare,
        listed(published, published.parameters.get(key) ?? new Set()),
        listed(published, named(path, own.parameters)),
        own.fields,
      )
    if (published.statuses) {
      const all = published.statuses.get(key) ?? new Set()
      const isError = (status: number) => status >= 400
      const known = [...all].filter((status) => !isError(status))
      if (known.length > 0)
        tally(
          result,
          'statuses',
          bare,
          new Set(known),
          new Set([...own.statuses].filter((status) => !isError(status))),
        )
      if (published.hasErrors) {
        const errors = new Set([...all].filter(isError))
        const given = [...own.statuses].filter(isError)
        tally(result, 'errors', bare, errors, new Set(given))
        count(
          result.provedErrors,
          errors,
          given.filter((status) => own.proved.has(status)),
        )
        count(
          result.frameworkErrors,
          errors,
          given.filter((status) => !own.proved.has(status)),
        )
      }
    }
    if (published.signIn)
      tally(
        result,
        'signIn',
        bare,
        new Set(published.signIn.has(key) ? ['sign-in'] : []),
        new Set(own.asksSignIn ? ['sign-in'] : []),
      )
    if (published.constraints)
      tally(
        result,
        'constraints',
        bare,
        published.constraints.get(key),
        inWordsOf(published.constraints.get(key), path, { ...own, constraints: within(own.constraints) }),
      )
  }
  const expected = new Set([...wanted.keys()].map((key) => added(key, base.published)))
  result.extra = [...byKey.keys()].filter(
    (key) =>
      !expected.has(key) &&
      !(key.startsWith('* ') && [...expected].some((one) => one.replace(/^\S+/, '*') === key)),
  )
  return result
}

function tally<T extends string | number>(
  result: Comparison,
  name: 'parameters' | 'statuses' | 'errors' | 'constraints' | 'signIn',
  key: string,
  published: ReadonlySet<T> | undefined,
  found: ReadonlySet<T>,
  also: ReadonlySet<string> = new Set(),
): void {
  const wanted = published ?? new Set<T>()
  const one = result[name]
  one.published += wanted.size
  for (const each of wanted)
    if (found.has(each)) one.hits++
    else if (also.has(String(each))) {
      one.hits++
      one.found++
    } else result.details.push(`${key}: ${name} ${each} not found`)
  one.found += found.size
  for (const each of found)
    if (!wanted.has(each)) result.details.push(`${key}: ${name} ${each} not published`)
}

function count(into: Tally, published: ReadonlySet<number>, found: readonly number[]): void {
  into.published += published.size
  into.found += found.length
  into.hits += found.filter((status) => published.has(status)).length
}

// What only a description says was not found in code: the description may be the one that is compared with.
const isOnlyDescribed = (grade: Fact['grade'], evidence: Fact['evidence']) =>
  grade === 'declared' && evidence.every(({ path }) => /\.(?:ya?ml|json)$/.test(path))

function collect(facts: readonly Fact[]): Map<string, Found> {
  const models = new Map(factsOf(facts, 'model').map((model) => [model.name, model.fields]))
  const byId = new Map<string, Found>()
  const found = new Map<string, Found>()
  for (const { id, method, path, grade, evidence } of factsOf(facts, 'operation')) {
    if (isOnlyDescribed(grade, evidence)) continue
    const key = operationKey(method, path)
    const own = found.get(key) ?? {
      parameters: new Set(),
      fields: new Set(),
      statuses: new Set(),
      proved: new Set(),
      constraints: new Set(),
      alike: new Map(),
      asksSignIn: false,
    }
    found.set(key, own)
    byId.set(id, own)
  }
  for (const fact of facts) {
    if (!('operation' in fact)) continue
    const own = byId.get(fact.operation)
    if (!own || isOnlyDescribed(fact.grade, fact.evidence)) continue
    if (fact.kind === 'parameter') {
      const name = fact.in === 'path' ? positionName(fact.position) : fact.name
      own.parameters.add(name)
      if (fact.isRequired && fact.in !== 'path') own.constraints.add(`${name} required true`)
      addBounds(own, name, fact)
    } else if (fact.kind === 'guard') {
      if (!fact.isOptional && (fact.guard === 'authentication' || fact.guard === 'role'))
        own.asksSignIn = true
    } else if (fact.kind === 'response' || fact.kind === 'error') {
      own.statuses.add(fact.status)
      if (fact.grade === 'proved' || fact.grade === 'open') own.proved.add(fact.status)
    } else if (fact.kind === 'body') addFields(own, fact.shape, '', { models, within: [], isAsked: true })
  }
  return found
}

/**
 * The fields of a body, each by its name. What stands below one is called with it (`user.email`): it is compared where the publisher lists
 * such names, and is required where all above it are.
 */
function addFields(
  own: Found,
  shape: Shape,
  above: string,
  {
    models,
    within,
    isAsked,
  }: { models: ReadonlyMap<string, readonly Field[]>; within: readonly string[]; isAsked: boolean },
): void {
  const bare = withoutNull(shape)
  // A model that holds itself has no end.
  if (bare.type === 'model' && within.includes(bare.name)) return
  const fields = bare.type === 'object' ? bare.fields : bare.type === 'model' ? models.get(bare.name) : []
  for (const field of fields ?? []) {
    const name = `${above}${field.name}`
    own.fields.add(name)
    const isRequired = field.isRequired && isAsked
    if (isRequired) own.constraints.add(`${name} required true`)
    addBounds(own, name, field)
    addFields(own, field.shape, `${name}.`, {
      models,
      within: bare.type === 'model' ? [...within, bare.name] : within,
      isAsked: isRequired,
    })
  }
}

function addBounds(
  { constraints: all, alike }: Pick<Found, 'constraints' | 'alike'>,
  name: string,
  { shape, constraints }: Pick<Field, 'shape' | 'constraints'>,
): void {
  const bare = withoutNull(shape)
  if (bare.type === 'array' && bare.ofEach)
    addBounds({ constraints: all, alike }, `${name}[]`, { shape: bare.items, constraints: bare.ofEach })
  for (const { keyword, value } of constraints) {
    const text = `${name} ${keyword} ${printed(value)}`
    all.add(text)
    if (bare.type !== 'integer' || !Number.isInteger(value)) continue
    if (keyword === 'exclusiveMinimum') alike.set(text, `${name} minimum ${Number(value) + 1}`)
    if (keyword === 'exclusiveMaximum') alike.set(text, `${name} maximum ${Number(value) - 1}`)
  }
}

function inWordsOf(
  published: ReadonlySet<string> | undefined,
  path: string,
  { constraints, alike }: Found,
): Set<string> {
  const other = new Map([...alike].map((pair) => [...named(path, new Set(pair))] as [string, string]))
  return new Set(
    [...named(path, constraints)].map((text) => {
      const same = other.get(text)
      return same !== undefined && published?.has(same) === true ? same : text
    }),
  )
}

const stripped = (key: string, base: string) => {
  const [method = '', path = ''] = key.split(' ')
  return base !== '' && (path === base || path.startsWith(`${base}/`))
    ? `${method} ${path.slice(base.length) || '/'}`
    : key
}
const added = (key: string, base: string) => {
  const [method = '', path = ''] = key.split(' ')
  return `${method} ${base}${path}`.replace(/(?<=.)\/$/, '')
}

// What one side writes before every path and the other does not.
function bestBase(
  found: readonly string[],
  wanted: ReadonlyMap<string, unknown>,
  bases: readonly string[],
): { found: string; published: string } {
  const prefixes = new Set([''])
  for (const key of found) {
    const parts = (key.split(' ')[1] ?? '').split('/').filter(Boolean)
    for (let count = 1; count <= Math.min(3, parts.length - 1); count++)
      prefixes.add(`/${parts.slice(0, count).join('/')}`)
  }
  let best = { found: '', published: '' }
  let most = -1
  for (const published of new Set(['', ...bases]))
    for (const prefix of published === '' ? prefixes : ['']) {
      const keys = new Set(found.map((key) => stripped(key, prefix)))
      const hits = [...wanted.keys()].filter((key) => keys.has(added(key, published))).length
      if (hits > most) [best, most] = [{ found: prefix, published }, hits]
    }
  return best
}

const positionName = (position: number) => `{${position}}`

// Parts of a path by the names that the published path has at their places: what code calls them no request ever says. Of constraints the name comes first.
function named(path: string, texts: ReadonlySet<string>): Set<string> {
  const variables = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
  return new Set(
    [...texts].map((text) => text.replace(/^\{(\d+)\}/, (place, at) => variables[Number(at)] ?? place)),
  )
}

/** Without what the published form has no place for. */
function listed({ unlisted }: Published, names: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => !unlisted.has(name.toLowerCase())))
}
