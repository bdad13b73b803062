import type { Evidence, FactOf } from '../facts/fact.ts'
import type { Constraint, Field, Shape } from '../facts/shape.ts'
import type { Pack } from '../packs/pack.ts'

/** What is told of a request or kept, by words that have to stand in its spans. */
export type ToldInput =
  | Omit<FactOf<'operation'>, 'id'>
  | FactOf<'parameter'>
  | FactOf<'body'>
  | FactOf<'model'>

/**
 * Words of a fact's sentence that no text of its evidence has: parts of the path, names, types that are no text, defaults, bounds, values of enums. What frameworks
 * are documented to do needs none. Of what a request carries also that its operation is, where nothing leads from that to it.
 */
export function unshownWords(
  fact: ToldInput,
  given: readonly string[],
  packs: readonly Pack[],
  operation: FactOf<'operation'> | null,
): string[] {
  const framework = fact.kind === 'operation' ? fact.framework : (operation?.framework ?? '')
  // Where files route, a path is that of its file.
  const isByFile =
    packs.some((pack) => pack.framework === framework && pack.files !== undefined) ||
    given.some((text) => /\bautoload\b/i.test(text))
  const texts = isByFile ? [...given, ...fact.evidence.map(({ path }) => path)] : given
  const has = wordsOf(texts)
  if (fact.kind === 'operation') return unshownPath(fact, has)
  if (fact.kind === 'model')
    return [...has.name(fact.name), ...fact.fields.flatMap((one) => ofField(one, has))]
  const apart = operation && !leadsTo(operation, fact.evidence, texts) ? ['the operation'] : []
  if (fact.kind === 'body') return [...ofShape(fact.shape, has), ...apart]
  // Parameters of pages and of searches are documented by the class that makes them (django-rest-framework.org, "Pagination", "Filtering").
  if (
    (/^(?:page|limit|offset|cursor)$/.test(fact.name) && has.matches(/paginat/i)) ||
    (/^(?:search|ordering)$/.test(fact.name) && has.matches(/(?:Search|Ordering)Filter|filter_backends/))
  )
    return apart
  return [
    ...(fact.in === 'path' && isUnnamed(fact.name, has) ? [] : has.name(fact.name)),
    ...ofShape(fact.shape, has),
    ...fact.constraints.flatMap((one) => ofConstraint(one, has)),
    ...(fact.default === undefined ? [] : has.value(JSON.parse(fact.default))),
    ...apart,
  ]
}

// What a part of a path is called that has no name in the code, and by REST framework where a view names none.
const isUnnamed = (name: string, has: Words): boolean =>
  /^(?:rest\d*|any\d*|p\d+|pk)$/.test(name) || (name === 'id' && has.matches(/\bregister\(|ViewSet|APIView/))

type Words = ReturnType<typeof wordsOf>

function wordsOf(texts: readonly string[]) {
  const all = texts.join('\n')
  const plain = all.replaceAll('\\', '')
  const words = new Set((all.match(/[\p{L}\d_$]+/gu) ?? []).map(squeezed))
  const stands = (part: string): boolean =>
    new RegExp(
      `(?<![\\p{L}\\d])${part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)}(?![\\p{L}\\d])`,
      'iu',
    ).test(plain)
  const number = (value: number) =>
    [value, value - 1, value + 1].some(
      (one) => stands(String(one)) || all.replaceAll('_', '').includes(String(one)),
    )
  const value = (one: unknown): string[] => {
    // What is nothing, and what annotations say by their name (`@NotEmpty`, `@Positive`), is written in many ways.
    if (one === null || one === '' || one === 0 || one === 1) return []
    const isThere =
      typeof one === 'number'
        ? number(one)
        : typeof one === 'string'
          ? plain.includes(one.replaceAll('\\', '')) || words.has(squeezed(one))
          : stands(JSON.stringify(one))
    return isThere ? [] : [JSON.stringify(one)]
  }
  return {
    /** Of a name each word, by any way of writing it. */
    name: (name: string): string[] =>
      name
        .split(/[^\p{L}\d_$]+/u)
        .filter((part) => part !== '' && !words.has(squeezed(part)) && !words.has(squeezed(name))),
    part: (part: string): string[] => (stands(part) ? [] : [part]),
    value,
    matches: (pattern: RegExp) => pattern.test(all),
  }
}

const squeezed = (text: string) => text.replaceAll(/[^\p{L}\d]/gu, '').toLowerCase()

function unshownPath({ path, method }: Pick<FactOf<'operation'>, 'path' | 'method'>, has: Words): string[] {
  const literals = path
    .replaceAll(/\{[^{}]*\}/g, '/')
    .split(/[/()?|:]+/)
    .filter((part) => /[\p{L}\d]/u.test(part))
  const names = [...path.matchAll(/\{(\w+)\*?\}/g)].flatMap(([, name = '']) =>
    isUnnamed(name, has) ? [] : has.name(name),
  )
  return [
    // `version: '4'` is `v4` in a path.
    ...literals.filter(
      (part) => has.part(part).length > 0 && (!/^v\d/.test(part) || has.part(part.slice(1)).length > 0),
    ),
    ...names,
    ...(method === '*' || isDocumented(method, has) || has.matches(new RegExp(method, 'i')) ? [] : [method]),
  ]
}

// Flask's and Starlette's routes without methods answer GET; actions of REST framework and methods of its mixins are named for what they do.
const isDocumented = (method: string, has: Words): boolean =>
  (method === 'GET' && has.matches(/route|path\(|url\(|\blist\b|retrieve|websocket/i)) ||
  (method === 'POST' && has.matches(/\bcreate\b|Create/)) ||
  ((method === 'PUT' || method === 'PATCH') && has.matches(/update|Update/)) ||
  (method === 'DELETE' && has.matches(/destroy|Destroy|\bdel\b/)) ||
  (method === 'OPTIONS' && has.matches(/\bopts\b/)) ||
  has.matches(/ViewSet|router\.register/)

const ofField = ({ name, shape, constraints }: Field, has: Words): string[] => [
  ...has.name(name),
  ...ofShape(shape, has),
  ...constraints.flatMap((one) => ofConstraint(one, has)),
]

/** How code writes types that are no text. */
const kinds: Partial<Record<Shape['type'], RegExp>> = {
  integer:
    /(?<![A-Za-z])(?:u|con)?[iI]nt(?:eger)?(?:8|16|32|64)?(?![a-z])|(?:U|[a-z])Int(?:eger)?(?![a-z])|[a-z]Uint|Integer|[lL]ong\b|\bshort\b|Short\b|[nN]umber|Atoi|[nN]umeric|\\d|\[0-9\]|[a-z_]id\b/,
  number: /(?<![A-Za-z])u?int|[a-z]Int(?![a-z])|[fF]loat|[dD]ouble|[dD]ecimal|[nN]umber|[lL]ong\b|[iI]nteger/,
  boolean: /bool|\btrue\b|\bfalse\b|flag/i,
  file: /file|upload|multipart|blob|bytes?\b/i,
}

function ofShape(shape: Shape, has: Words): string[] {
  switch (shape.type) {
    case 'array':
      return ofShape(shape.items, has)
    case 'map':
      return ofShape(shape.values, has)
    case 'model':
      return has.name(shape.name.split('.').at(-1) ?? '')
    case 'union':
      return shape.of.flatMap((one) => ofShape(one, has))
    case 'object':
      return shape.fields.flatMap((one) => ofField(one, has))
    default: {
      const written = kinds[shape.type]
      return written === undefined || has.matches(written) ? [] : [shape.type]
    }
  }
}

const formats: Record<string, RegExp> = {
  'date-time': /date|time|instant/i,
  date: /date/i,
  email: /mail/i,
  uri: /ur[il]/i,
  uuid: /uuid|guid/i,
}

function ofConstraint({ keyword, value }: Constraint, has: Words): string[] {
  if (keyword === 'format') {
    const written = formats[String(value)]
    return written === undefined || has.matches(written) ? [] : [String(value)]
  }
  if (keyword === 'uniqueItems') return []
  return (Array.isArray(value) ? value : [value]).flatMap((one) => has.value(one))
}

/** Something of the operation's own code, what that calls by name, or where the program puts it before its requests. */
function leadsTo(
  operation: FactOf<'operation'>,
  evidence: readonly Evidence[],
  texts: readonly string[],
): boolean {
  const own = operation.evidence
  if (
    evidence.some((one) =>
      own.some(
        (other) =>
          other.path === one.path &&
          ((other.symbol !== '' && other.symbol === one.symbol) ||
            (other.startByte < one.endByte && one.startByte < other.endByte)),
      ),
    )
  )
    return true
  const names = evidence.flatMap(({ symbol }) => symbol.split('.').at(-1) || [])
  return texts.some(
    (text, at) =>
      /\b(?:before_(?:app_)?request|addHook|middleware)\b/.test(text) ||
      names.some(
        (name) =>
          evidence[at]?.symbol.split('.').at(-1) !== name &&
          new RegExp(`(?<![\\w$])${name.replaceAll(/\W/g, String.raw`\$&`)}(?![\\w$])`).test(text),
      ),
  )
}
