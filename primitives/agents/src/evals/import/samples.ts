import { createRandom } from '@heavylift/core'

type Path = readonly (string | number)[]
type Use = 'text' | 'number' | 'list' | 'time' | 'json' | 'map' | 'free'

/** How many different items each expression is tried on. */
export const sampleCount = 8

/**
 * Items to try an expression on: for each path that it reads, a value of the type that its use there calls for, and of every type where
 * it calls for none; in one sample what may be absent is absent.
 */
export function sampleScope(
  cel: string,
  source: string,
  reads: readonly Path[],
  number: number,
  nowMs: number,
): Record<string, unknown> {
  const scope: Record<string, unknown> = {
    input: {},
    steps: {},
    run: { id: 'run-1', agent: 'sample', version: 1, startedMs: nowMs },
  }
  const fields = [
    ...new Set(
      [...source.matchAll(/\.([A-Za-z_]\w*)|\["([^"]+)"\]|\['([^']+)'\]/g)].map(
        (match) => match[1] ?? match[2] ?? match[3]!,
      ),
    ),
  ].filter((name) => !['__proto__', 'constructor', 'length'].includes(name))
  // An absent field is tried where the expression provides for one.
  const mayBeAbsent = /\|\||\?|!|undefined|null/.test(source)
  const random = createRandom(number * 7919 + 1)
  for (const path of reads.toSorted((a, b) => b.length - a.length)) {
    if (!/^(steps|input|item(_\d+)?)$/.test(String(path[0]))) continue
    const isStep = path[0] === 'steps'
    // What a node gives out is always an object.
    if (path.length < (isStep ? 4 : 2)) {
      const item = Object.fromEntries(fields.map((field, at) => [field, `value ${at}`]))
      put(scope, isStep ? [...path.slice(0, 2), 'output'] : path, item)
      continue
    }
    const isJoined = path.includes('*') && /\.join\(|string\(each/.test(cel)
    const use = isJoined && path.at(-1) !== path[1] && useOf(cel, path) === 'free' ? 'text' : useOf(cel, path)
    if (mayBeAbsent && number === sampleCount - 1) put(scope, path.slice(0, -1), {})
    else put(scope, path, valueFor(use, number, fields, random.next()))
  }
  return scope
}

/** What stands after a path in the expression tells what it is taken for. */
function useOf(cel: string, path: Path): Use {
  const text = path
    .map((part, at) =>
      at === 0
        ? String(part)
        : typeof part === 'number'
          ? `[${part}]`
          : /^[A-Za-z_]\w*$/.test(part)
            ? `.${part}`
            : `["${part}"]`,
    )
    .join('')
  for (let at = cel.indexOf(text); at >= 0; at = cel.indexOf(text, at + 1)) {
    const after = cel.slice(at + text.length, at + text.length + 40)
    const later = after.replace(/^\)+/, '')
    const before = cel.slice(Math.max(0, at - 60), at)
    if (/^[\w.]?\w/.test(after) && !after.startsWith('.')) continue
    if (/^\.map\(k, (?:k|\[?k)/.test(after)) return 'map'
    if (/^\.(map|filter|exists|all|join)\(/.test(after)) return 'list'
    if (
      /^\.(split|replace|trim|upperAscii|lowerAscii|startsWith|endsWith|substring|charAt|matches|indexOf|contains)\(/.test(
        after,
      )
    )
      return 'text'
    if (before.endsWith('timestamp(')) return 'time'
    if (before.endsWith('json.decode(')) return 'json'
    if (/(regex\.\w+|url\.encode|bytes)\($/.test(before)) return 'text'
    if (
      /(double|int|math\.\w+)\([^()]*$/.test(before) ||
      /^ [-*/%<>]=? /.test(later) ||
      /^ \+ \d/.test(later) ||
      /\d \+ $/.test(before) ||
      / [-*/%<>]=? $/.test(before)
    )
      return 'number'
    if (before.endsWith('" + ') || later.startsWith(' + "') || before.endsWith('string(')) return 'text'
    if (before.endsWith(' in ')) return 'list'
    // What stands in for it when it is absent is of its type.
    const instead = /^\)* : \(*(["[\d{])/.exec(after)?.[1]
    if (instead !== undefined && before.endsWith('? '))
      return instead === '"' ? 'text' : instead === '[' ? 'list' : instead === '{' ? 'map' : 'number'
  }
  return 'free'
}

function valueFor(use: Use, number: number, fields: readonly string[], random: number): unknown {
  const text = [
    'Ada Lovelace',
    'a,b;c d',
    'Hello "world"\nline two',
    'x',
    '42',
    'https://example.com/a/b?c=1',
    'Zürich',
    '',
  ]
  const whole = Math.floor(random * 1000) - 200
  const object = Object.fromEntries(
    fields.map((field, at) => [field, at % 2 === 0 ? `value ${at}` : whole + at]),
  )
  const texts = ['b', 'a', 'c d']
  switch (use) {
    case 'text':
      return text[number % text.length]
    case 'number':
      return [whole, 2.5, 0, -7, 1_000_000, 3, 10, 1][number % 8]
    case 'list':
      return [texts, [object], [object, object], [1, 2, 3], texts, [object], [], ['x']][number % 8]
    case 'time':
      return ['2026-01-31T12:30:59Z', '2024-02-29T00:00:00Z', '1999-12-31T23:59:59Z'][number % 3]
    case 'json':
      return JSON.stringify([object, [object], { a: 1 }, object][number % 4])
    case 'map':
      return [object, { a: 1, b: 'two' }][number % 2]
    case 'free':
      return [text[0], whole, true, texts, object, null, text[7], text[5]][number % 8]
  }
}

function put(root: Record<string, unknown>, path: Path, value: unknown): void {
  let at: Record<string | number, unknown> = root
  path.forEach((given, index) => {
    let key = given
    // `*` stands for whatever a macro goes through.
    if (key === '*' && Array.isArray(at)) key = 0
    const isLast = index === path.length - 1
    if (isLast) {
      if (at[key] === undefined || typeof at[key] !== 'object') at[key] = value
      return
    }
    const next = path[index + 1]
    if (typeof at[key] !== 'object' || at[key] === null)
      at[key] = typeof next === 'number' || next === '*' ? [] : {}
    at = at[key] as Record<string | number, unknown>
  })
}
