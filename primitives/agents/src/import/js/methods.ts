import type { Node } from 'acorn'
import { asNumber, asText, atom, choose, compound, member, NotCel, quote, truthy, wrap } from './cel-value.ts'
import type { Cel, Kind } from './cel-value.ts'
import { formatTime, moveTime, ofMillis, runStart, startOf, time } from './times.ts'

type Of = (node: Node) => Cel
type Lambda = (node: Node, items: Kind) => { name: string; value: Cel }

/** `of.name` where it is no call: a field, or what JavaScript counts as one. */
export function property(of: Cel, name: string): Cel {
  if (name === 'length') {
    if (of.kind === 'any' && of.isThere !== undefined)
      return { ...atom(`size(${of.text})`, 'number'), isThere: of.isThere }
    return atom(`size(${of.text})`, 'number')
  }
  if (of.kind === 'time') {
    const part = timeParts[name]
    if (part === undefined) throw new NotCel(`${name} of a time`)
    return compound(`${wrap(of)}.${part}`, 'number')
  }
  return member(of, name)
}

const timeParts: Record<string, string> = {
  year: 'getFullYear()',
  month: 'getMonth() + 1',
  day: 'getDate()',
  hour: 'getHours()',
  minute: 'getMinutes()',
  second: 'getSeconds()',
}

/** Functions that belong to no value: `JSON.stringify(x)`, `Number(x)`, `new Date(x)`. With `isOptional` null for one that is not known. */
export function callFunction(name: string, args: readonly Node[], of: Of): Cel
export function callFunction(name: string, args: readonly Node[], of: Of, isOptional: true): Cel | null
export function callFunction(name: string, args: readonly Node[], of: Of, isOptional = false): Cel | null {
  const make = functions.get(name)
  if (make) return make((at) => argument(args, at, of), args.length)
  if (isOptional) return null
  throw new NotCel(`the function ${name}`)
}

type Arg = (at: number) => Cel
const argument = (args: readonly Node[], at: number, of: Of): Cel => {
  const node = args[at]
  if (node === undefined || node.type === 'SpreadElement') throw new NotCel('a call with nothing given')
  return of(node)
}

const now = (): Cel => runStart
const rounded =
  (name: string) =>
  (arg: Arg): Cel =>
    atom(`math.${name}(double(${arg(0).text}))`, 'number')
const extreme =
  (name: string) =>
  (arg: Arg, count: number): Cel =>
    atom(`math.${name}(${Array.from({ length: count }, (_, at) => arg(at).text).join(', ')})`, 'number')

const functions = new Map<string, (arg: Arg, count: number) => Cel>([
  ['String', (arg) => asText(arg(0))],
  ['Number', (arg) => asNumber(arg(0))],
  ['Boolean', (arg) => truthy(arg(0))],
  ['parseFloat', (arg) => asNumber(arg(0))],
  [
    'parseInt',
    (arg) => atom(`int(${arg(0).kind === 'text' ? `double(${arg(0).text})` : arg(0).text})`, 'number'),
  ],
  ['encodeURIComponent', (arg) => atom(`url.encode(${asText(arg(0)).text})`, 'text')],
  [
    'JSON.stringify',
    (arg, count) => {
      if (count > 1 && arg(1).kind !== 'null') throw new NotCel('JSON with a replacer')
      return atom(`json.encode(${arg(0).text})`, 'text')
    },
  ],
  ['JSON.parse', (arg) => atom(`json.decode(${arg(0).text})`, 'any')],
  ['Array.isArray', (arg) => compound(`type(${arg(0).text}) == list`, 'bool')],
  ['Array.from', (arg) => arg(0)],
  ['Object.keys', (arg) => keysOf(arg(0))],
  ['Object.values', (arg) => ({ ...atom(`${wrap(arg(0))}.map(k, ${wrap(arg(0))}[k])`, 'list') })],
  ['Object.entries', (arg) => ({ ...atom(`${wrap(arg(0))}.map(k, [k, ${wrap(arg(0))}[k]])`, 'list') })],
  ['Math.round', rounded('round')],
  ['Math.floor', rounded('floor')],
  ['Math.ceil', rounded('ceil')],
  ['Math.trunc', rounded('trunc')],
  ['Math.abs', rounded('abs')],
  ['Math.max', extreme('greatest')],
  ['Math.min', extreme('least')],
  ['$if', (arg) => choose(truthy(arg(0)), arg(1), arg(2))],
  [
    '$ifEmpty',
    (arg) => {
      const isEmpty = `${wrap(arg(0))} in [null, "", [], {}]`
      const isThere = arg(0).isThere
      return choose(
        compound(isThere === undefined ? `!(${isEmpty})` : `${isThere} && !(${isEmpty})`, 'bool'),
        arg(0),
        arg(1),
      )
    },
  ],
  ['Date.now', () => atom('int(run.startedMs)', 'number')],
  ['new Date', (arg, count) => (count === 0 ? now() : toTime(arg(0)))],
  ['DateTime.now', now],
  ['DateTime.utc', now],
  ['DateTime.local', now],
  ['DateTime.fromISO', (arg) => toTime(arg(0))],
  ['DateTime.fromMillis', (arg) => ofMillis(arg(0))],
  ['DateTime.fromSeconds', (arg) => ofMillis(compound(`int(${arg(0).text}) * 1000`, 'number'))],
])

const keysOf = (of: Cel): Cel => ({ ...atom(`${wrap(of)}.map(k, k)`, 'list'), items: 'text' })

function toTime(value: Cel): Cel {
  if (value.kind === 'time') return value
  if (value.kind === 'number') return ofMillis(value)
  return time(`timestamp(${value.text})`)
}

/** `receiver.name(…)` in CEL. */
export function callMethod(name: string, receiver: Cel, args: readonly Node[], of: Of, lambda: Lambda): Cel {
  if (receiver.kind === 'time') return timeMethod(name, receiver, (at) => argument(args, at, of), args.length)
  const make = methods.get(name)
  if (!make) throw new NotCel(`the method ${name}`)
  return make({
    it: receiver,
    arg: (at) => argument(args, at, of),
    args,
    lambda: (items) => lambda(args[0] ?? fail('a call with nothing given'), items),
  })
}

const fail = (what: string): never => {
  throw new NotCel(what)
}

interface Call {
  it: Cel
  arg: Arg
  args: readonly Node[]
  lambda: (items: Kind) => { name: string; value: Cel }
}
type Method = (call: Call) => Cel

const simple =
  (method: string, kind: Kind, items?: Kind): Method =>
  ({ it }) => ({ ...atom(`${wrap(it)}.${method}()`, kind), ...(items ? { items } : {}) })

/** For an answer that differs between a text and a list, where only the run knows which it is. */
function byType(it: Cel, text: Cel, list: Cel): Cel {
  if (it.kind === 'text') return text
  if (it.kind === 'list') return list
  return atom(
    `(type(${it.text}) == string ? ${text.text} : ${list.text})`,
    text.kind === list.kind ? text.kind : 'any',
  )
}

/** Keeps the rest of a text or list when it has fewer than what is taken: JavaScript cuts at its end, CEL fails. */
const place = (it: Cel, at: Cel): string => {
  if (at.literal === 0) return '0'
  if (typeof at.literal === 'number')
    return at.literal < 0
      ? `math.greatest(0, size(${it.text}) - ${-at.literal})`
      : `math.least(${at.literal}, size(${it.text}))`
  return `math.least(int(${at.text}), size(${it.text}))`
}
const part: Method = ({ it, arg, args }) => {
  if (it.kind === 'list') throw new NotCel('a part of a list')
  return atom(
    `${wrap(it)}.substring(${place(it, arg(0))}${args.length > 1 ? `, ${place(it, arg(1))}` : ''})`,
    'text',
  )
}

const macro =
  (name: string, isTest: boolean, kind: Kind): Method =>
  ({ it, lambda }) => {
    const { name: item, value } = lambda(it.items ?? 'any')
    const test = isTest ? truthy(value) : value
    return {
      ...atom(`${wrap(it)}.${name}(${item}, ${test.text})`, kind),
      ...(kind === 'list' ? { items: isTest ? (it.items ?? 'any') : value.kind } : {}),
    }
  }

const isEmpty = (it: Cel): Cel => {
  if (it.kind === 'number' || it.kind === 'bool') return atom('false', 'bool')
  const none = `${wrap(it)} == null || size(${it.text}) == 0`
  return compound(
    it.isThere === undefined
      ? it.kind === 'any'
        ? none
        : `size(${it.text}) == 0`
      : `!(${it.isThere}) || ${none}`,
    'bool',
  )
}

const last: Method = ({ it }) => member(it, -1)

const methods = new Map<string, Method>([
  ['toUpperCase', simple('upperAscii', 'text')],
  ['toLowerCase', simple('lowerAscii', 'text')],
  ['trim', simple('trim', 'text')],
  ['toString', ({ it }) => asText(it)],
  ['startsWith', ({ it, arg }) => atom(`${wrap(it)}.startsWith(${arg(0).text})`, 'bool')],
  ['endsWith', ({ it, arg }) => atom(`${wrap(it)}.endsWith(${arg(0).text})`, 'bool')],
  [
    'includes',
    ({ it, arg }) => {
      const given = arg(0)
      return byType(
        it,
        atom(`${wrap(it)}.contains(${given.text})`, 'bool'),
        atom(`${wrap(given)} in ${wrap(it)}`, 'bool'),
      )
    },
  ],
  ['contains', ({ it, arg }) => atom(`${wrap(it)}.contains(${arg(0).text})`, 'bool')],
  [
    'indexOf',
    ({ it, arg }) => {
      if (it.kind === 'list') throw new NotCel('the place in a list')
      return atom(`${wrap(it)}.indexOf(${arg(0).text})`, 'number')
    },
  ],
  ['charAt', ({ it, arg }) => atom(`${wrap(it)}.charAt(${arg(0).text})`, 'text')],
  [
    'split',
    ({ it, arg, args }) => {
      const separator = literalPattern(args[0]) ?? arg(0).text
      return { ...atom(`${wrap(it)}.split(${separator})`, 'list'), items: 'text' }
    },
  ],
  [
    'join',
    ({ it, arg, args }) => {
      const texts = it.items === 'text' ? wrap(it) : `${wrap(it)}.map(each, string(each))`
      return atom(`${texts}.join(${args.length === 0 ? '","' : arg(0).text})`, 'text')
    },
  ],
  ['replace', ({ it, arg, args }) => replaced(it, args[0], arg(1), () => arg(0), false)],
  ['replaceAll', ({ it, arg, args }) => replaced(it, args[0], arg(1), () => arg(0), true)],
  [
    'match',
    ({ it, args }) => {
      const source = args[0]
      const found = `(${it.text}, ${pattern(source)})`
      if (isRegex(source) && source.regex.flags.includes('g'))
        return { ...atom(`regex.all${found}`, 'list'), items: 'text' }
      return { ...atom(`regex.find${found}`, 'any'), items: 'text', isThere: `regex.find${found} != null` }
    },
  ],
  [
    'padStart',
    ({ it, arg, args }) => {
      const width = arg(0).literal
      const fill = args.length > 1 ? arg(1).literal : ' '
      if (typeof width !== 'number' || typeof fill !== 'string' || fill.length !== 1 || width > 100)
        throw new NotCel('padding of this kind')
      const text = asText(it).text
      return compound(
        `${quote(fill.repeat(width))}.substring(math.least(${width}, size(${text}))) + ${text}`,
        'text',
      )
    },
  ],
  ['matches', ({ it, args }) => atom(`${wrap(it)}.matches(${pattern(args[0])})`, 'bool')],
  ['slice', part],
  ['substring', part],
  [
    'substr',
    ({ it, arg, args }) =>
      args.length > 1 && arg(0).literal !== 0
        ? fail('substr from the middle')
        : part({ it, arg, args, lambda: () => fail('substr') }),
  ],
  [
    'concat',
    ({ it, arg }) =>
      byType(
        it,
        compound(`${wrap(it)} + ${wrap(asText(arg(0)))}`, 'text'),
        compound(`${wrap(it)} + ${wrap(arg(0))}`, 'list'),
      ),
  ],
  ['map', macro('map', false, 'list')],
  ['filter', macro('filter', true, 'list')],
  ['some', macro('exists', true, 'bool')],
  ['every', macro('all', true, 'bool')],
  ['find', (call) => ({ ...atom(`${macro('filter', true, 'list')(call).text}[0]`, call.it.items ?? 'any') })],
  [
    'at',
    ({ it, arg }) =>
      typeof arg(0).literal === 'number'
        ? member(it, Number(arg(0).literal))
        : fail('a place that is worked out'),
  ],
  ['first', ({ it, args }) => (args.length === 0 ? member(it, 0) : fail('first with a condition'))],
  ['last', last],
  ['pop', last],
  ['shift', ({ it }) => member(it, 0)],
  [
    'pluck',
    ({ it, arg }) => {
      const key = arg(0).literal
      if (typeof key !== 'string') throw new NotCel('pluck of a name that is worked out')
      return atom(`${wrap(it)}.map(each, ${member(atom('each', 'any'), key).text})`, 'list')
    },
  ],
  [
    'compact',
    ({ it }) => ({
      ...atom(`${wrap(it)}.filter(each, !(each in [null, ""]))`, 'list'),
      ...(it.items ? { items: it.items } : {}),
    }),
  ],
  ['keys', ({ it }) => keysOf(it)],
  ['values', ({ it }) => atom(`${wrap(it)}.map(k, ${wrap(it)}[k])`, 'list')],
  ['hasOwnProperty', ({ it, arg }) => compound(`${wrap(arg(0))} in ${wrap(it)}`, 'bool')],
  ['hasField', ({ it, arg }) => compound(`${wrap(arg(0))} in ${wrap(it)}`, 'bool')],
  ['isEmpty', ({ it }) => isEmpty(it)],
  ['isNotEmpty', ({ it }) => compound(`!(${isEmpty(it).text})`, 'bool')],
  ['toNumber', ({ it }) => asNumber(it)],
  ['toFloat', ({ it }) => asNumber(it)],
  ['toInt', ({ it }) => atom(`int(${it.text})`, 'number')],
  [
    'toFixed',
    ({ it, arg, args }) => {
      const digits = args.length === 0 ? 0 : arg(0).literal
      if (typeof digits !== 'number') throw new NotCel('a number of digits that is worked out')
      return atom(`"%.${digits}f".format([double(${it.text})])`, 'text')
    },
  ],
  [
    'round',
    ({ it, args }) =>
      args.length === 0 ? atom(`math.round(double(${it.text}))`, 'number') : fail('rounding to digits'),
  ],
  ['floor', ({ it }) => atom(`math.floor(double(${it.text}))`, 'number')],
  ['ceil', ({ it }) => atom(`math.ceil(double(${it.text}))`, 'number')],
  ['abs', ({ it }) => atom(`math.abs(double(${it.text}))`, 'number')],
  ['toJsonString', ({ it }) => atom(`json.encode(${it.text})`, 'text')],
  ['parseJson', ({ it }) => atom(`json.decode(${it.text})`, 'any')],
  ['urlEncode', ({ it }) => atom(`url.encode(${asText(it).text})`, 'text')],
  ['base64Encode', ({ it }) => atom(`base64.encode(bytes(${it.text}))`, 'text')],
  ['base64Decode', ({ it }) => atom(`string(base64.decode(${it.text}))`, 'text')],
  ['toDateTime', ({ it }) => toTime(it)],
  ['toDate', ({ it }) => toTime(it)],
  [
    'toBoolean',
    ({ it }) => compound(`string(${it.text}).lowerAscii() in ["true", "1", "yes", "on"]`, 'bool'),
  ],
])

function timeMethod(name: string, it: Cel, arg: Arg, count: number): Cel {
  const literal = (at: number): string | number =>
    arg(at).literal ?? fail('a time with parts that are worked out')
  switch (name) {
    case 'toISO':
    case 'toISOString':
    case 'toJSON':
    case 'toString':
      return atom(`string(${it.text})`, 'text')
    case 'toISODate':
      return formatTime(it, 'yyyy-MM-dd')
    case 'toFormat':
    case 'format':
      if (count > 1) throw new NotCel('a time in a zone')
      return formatTime(it, String(literal(0)))
    case 'getTime':
    case 'toMillis':
    case 'valueOf':
      return it.text === now().text
        ? atom('int(run.startedMs)', 'number')
        : compound(`int(${it.text}) * 1000`, 'number')
    case 'toSeconds':
      return atom(`int(${it.text})`, 'number')
    case 'plus':
    case 'minus':
      return moveTime(it, name, arg, count)
    case 'startOf':
      return startOf(it, String(literal(0)))
    case 'toUTC':
    case 'toDateTime':
      return it
    case 'getFullYear':
    case 'getUTCFullYear':
      return atom(`${wrap(it)}.getFullYear()`, 'number')
    case 'getMonth':
    case 'getUTCMonth':
      return atom(`${wrap(it)}.getMonth()`, 'number')
    case 'getDate':
    case 'getUTCDate':
      return atom(`${wrap(it)}.getDate()`, 'number')
    case 'getHours':
    case 'getUTCHours':
      return atom(`${wrap(it)}.getHours()`, 'number')
    case 'getMinutes':
      return atom(`${wrap(it)}.getMinutes()`, 'number')
    case 'getDay':
      return atom(`${wrap(it)}.getDayOfWeek()`, 'number')
    default:
      throw new NotCel(`the method ${name} of a time`)
  }
}

type Regex = Node & { regex: { pattern: string; flags: string } }
const isRegex = (node: Node | undefined): node is Regex =>
  node?.type === 'Literal' &&
  (node as { regex?: unknown }).regex !== undefined &&
  (node as { regex?: unknown }).regex !== null

/** A pattern for CEL's `matches`, which is RE2. */
function pattern(node: Node | undefined): string {
  if (!isRegex(node)) throw new NotCel('a pattern that is worked out')
  const { pattern: source, flags } = node.regex
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]/.test(source)) throw new NotCel('a pattern with look-around')
  const own = flags.replace(/[^ims]/g, '')
  return quote(`${own === '' ? '' : `(?${own})`}${source.replaceAll('\\/', '/')}`)
}

/** The one text that a pattern without operators matches, as a CEL text; null for another. */
function literalPattern(node: Node | undefined): string | null {
  if (!isRegex(node)) return null
  const text = plainText(node.regex.pattern)
  if (text === null || node.regex.flags.includes('i')) throw new NotCel('a split by a pattern')
  return quote(text)
}

function plainText(source: string): string | null {
  if (/(?<!\\)[.*+?^${}()|[\]]|\\[a-mo-qsu-zA-Z0-9]/.test(source)) return null
  return source.replace(/\\(.)/g, (_all, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char)
}

function replaced(it: Cel, what: Node | undefined, by: Cel, given: () => Cel, isAll: boolean): Cel {
  if (by.kind !== 'text' && by.kind !== 'any')
    throw new NotCel('a replacement that is worked out for each match')
  if (!isRegex(what)) {
    if (typeof by.literal === 'string' && by.literal.includes('$'))
      throw new NotCel('a replacement with groups')
    return atom(`${wrap(it)}.replace(${given().text}, ${by.text}${isAll ? '' : ', 1'})`, 'text')
  }
  const isGlobal = what.regex.flags.includes('g')
  const plain = what.regex.flags.includes('i') ? null : plainText(what.regex.pattern)
  if (plain !== null && !(typeof by.literal === 'string' && by.literal.includes('$')))
    return atom(`${wrap(it)}.replace(${quote(plain)}, ${by.text}${isGlobal ? '' : ', 1'})`, 'text')
  // JavaScript says $1 and $&, cel-go \\1 and \\0.
  const text =
    typeof by.literal === 'string'
      ? quote(
          by.literal
            .replaceAll('\\', '\\\\')
            .replace(/\$(\d|&|\$)/g, (_all, group: string) =>
              group === '$' ? '$' : `\\${group === '&' ? '0' : group}`,
            ),
        )
      : by.text
  return atom(`regex.replace(${it.text}, ${pattern(what)}, ${text}${isGlobal ? '' : ', 1'})`, 'text')
}
