import type { Flow, Path } from '../expressions/flow.ts'

/**
 * Who wrote a value: `definition` and `user` may decide; `store` is a first-party record of the tenant; `tool:<id>`, `model:<step>`, `memory:<key>`
 * and `outside` (a webhook, a stream) are text from outside, which decides nothing.
 */
export type Origin =
  | 'definition'
  | 'user'
  | 'store'
  | `tool:${string}`
  | `model:${string}`
  | `memory:${string}`
  | 'outside'

/** The origins of a value and, where they differ, of its parts. Plain JSON: it is kept with the value, so that memory and crashes lose nothing. */
export interface Origins {
  readonly own: readonly Origin[]
  /** Fields of an object, or elements of a list by their position. */
  readonly parts?: Readonly<Record<string, Origins>>
}

const trusted = new Set<string>(['definition', 'user'])

/** True for what may choose tools, recipients, addresses and amounts. */
export function mayDecide(origin: Origin): boolean {
  return trusted.has(origin)
}

export function from(...own: Origin[]): Origins {
  return { own }
}

const written = from('definition')

/** Every origin of a value and of all that is in it. */
export function allOrigins(origins: Origins): Origin[] {
  const found = new Set<Origin>()
  const visit = ({ own, parts }: Origins): void => {
    own.forEach((origin) => found.add(origin))
    if (parts !== undefined) Object.values(parts).forEach(visit)
  }
  visit(origins)
  return [...found].toSorted()
}

/** One value of which nothing tells apart what came from where. */
export function joined(all: readonly Origins[]): Origins {
  return { own: [...new Set(all.flatMap(allOrigins))].toSorted() }
}

/** The origins of what stands at a path; `'*'` is any part, `''` only that there is something. What lies below a value without parts is of the value's own origins. */
export function originsAt(origins: Origins, path: Path): Origins {
  let here = origins
  for (const key of path) {
    if (key === '') return { own: here.own }
    if (here.parts === undefined) return { own: here.own }
    if (key === '*') here = merged(Object.values(here.parts), here.own)
    else here = Object.hasOwn(here.parts, String(key)) ? here.parts[String(key)]! : { own: here.own }
  }
  return here
}

/** What holds for any one of several values. */
function merged(all: readonly Origins[], own: readonly Origin[]): Origins {
  const keys = new Set(all.flatMap(({ parts }) => Object.keys(parts ?? {})))
  const owns = [...new Set([...own, ...all.flatMap((each) => each.own)])].toSorted()
  if (keys.size === 0) return { own: owns }
  return {
    own: owns,
    parts: Object.fromEntries(
      [...keys].map((key) => [
        key,
        merged(
          all.flatMap(({ parts }) => (parts !== undefined && Object.hasOwn(parts, key) ? [parts[key]!] : [])),
          [],
        ),
      ]),
    ),
  }
}

/** The origins of an expression's or template's value, by what it is made of. `scope` holds those of the names that it reads. */
export function originsOf(flow: Flow, scope: Readonly<Record<string, Origins>>): Origins {
  switch (flow.kind) {
    case 'text':
      return written
    case 'path': {
      const [name, ...rest] = flow.path
      const known = Object.hasOwn(scope, String(name)) ? scope[String(name)]! : written
      return originsAt(known, rest)
    }
    case 'mix':
      return joined([written, ...flow.paths.map((path) => originsOf({ kind: 'path', path }, scope))])
    case 'record':
      return {
        own: ['definition'],
        parts: Object.fromEntries(flow.fields.map(([key, field]) => [key, originsOf(field, scope)])),
      }
    case 'list':
      return {
        own: ['definition'],
        parts: Object.fromEntries(flow.items.map((item, at) => [at, originsOf(item, scope)])),
      }
  }
}

/**
 * The origins of what a model answered after it read `read`. Text may say anything that was read. Where the answer's JSON Schema leaves only
 * what the definition itself lists (an enum, a constant, true or false), outside text can pick one of these and put nothing of its own through:
 * the typed way from outside text to a decision.
 */
export function answerOrigins(step: string, schema: unknown, read: readonly Origins[]): Origins {
  const all = joined(read)
  const isClean = all.own.every(mayDecide)
  const tainted: Origins = isClean
    ? all
    : { own: [...new Set<Origin>([...all.own, `model:${step}`])].toSorted() }
  return isClean ? tainted : typed(schema, tainted)
}

function typed(schema: unknown, tainted: Origins): Origins {
  if (typeof schema !== 'object' || schema === null) return tainted
  const { enum: choices, const: only, type, properties, items } = schema as Record<string, unknown>
  if (Array.isArray(choices) || only !== undefined || type === 'boolean' || type === 'null') return written
  if (type === 'object' && typeof properties === 'object' && properties !== null)
    return {
      own: tainted.own,
      parts: Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, typed(part, tainted)])),
    }
  // Every element of a list is typed alike; how many there are is for the text to say.
  if (type === 'array' && items !== undefined) {
    const each = typed(items, tainted)
    return each === written ? { own: tainted.own, parts: {} } : tainted
  }
  return tainted
}
