import { STATUS_CODES } from 'node:http'
import { partedIn, shown, untoldIn } from '../facts/expression.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import type { Evidence, Fact, FactOf, OperationFact } from '../facts/fact.ts'
import { keeping } from '../facts/keeping.ts'
import type { Shape } from '../facts/shape.ts'
import type { Pack, StatusRule } from '../packs/pack.ts'
import { packs as knownPacks } from '../packs/packs.ts'
import { statusNamed } from '../packs/status.ts'
import { unshownWords } from './shown-inputs.ts'

export const saidKinds = [
  'status',
  'condition',
  'message',
  'role',
  'field',
  'value',
  'type',
  'guard',
] as const

/** One thing that a fact's sentence says, which a reader has to find in its evidence. */
export interface Said {
  kind: (typeof saidKinds)[number]
  what: string
  isIn: (text: ReadText) => boolean
  /** Words of it, where it may be put together of several texts. */
  parts?: readonly Said[]
}

/** A text of the code, and what of it is asked for over and over. */
export class ReadText {
  readonly text: string
  readonly words: ReadonlySet<string>
  #plain: string | null = null
  #plainWords: ReadonlySet<string> | null = null

  constructor(text: string) {
    this.text = text
    this.words = wordsIn([text])
  }

  /** Letters and digits alone, however it is broken, put together and quoted. */
  get plain(): string {
    return (this.#plain ??= plain(this.text))
  }

  /** Whether a field's name is in it: `userId` and `getUserId()` give `user_id`. */
  hasName(name: string): boolean {
    if (this.words.has(name) || (/\W/.test(name) && this.text.includes(name))) return true
    this.#plainWords ??= new Set([...this.words].map((one) => plain(one).replace(/^(?:get|is)(?=..)/, '')))
    return this.#plainWords.has(plain(name).replace(/^(?:get|is)(?=..)/, ''))
  }

  showsStatus(status: number, packs: readonly Pack[]): boolean {
    return showsStatus(status, [this.text], packs)
  }
}

type Saying =
  | Omit<FactOf<'error'>, 'id' | 'evidence'>
  | Omit<FactOf<'response'>, 'id' | 'evidence'>
  | Omit<FactOf<'guard'>, 'id' | 'evidence'>

export const saidStatus = (status: number, packs: readonly Pack[]): Said => ({
  kind: 'status',
  what: String(status),
  isIn: (one) => one.showsStatus(status, packs),
})

/** What the sentence of an answer or a guard says that is neither documented of the framework nor plain. */
export function saidBy(fact: Saying, packs: readonly Pack[] = knownPacks): Said[] {
  const told = fact.condition.flat().filter(({ isFar }) => isFar !== true)
  const conditions = told.map((atom): Said => ({
    kind: 'condition',
    what: shown(atom.subject),
    isIn: ({ text, words }) => showsAtom(atom, words, [text]),
  }))
  if (fact.kind === 'guard') return [...conditions, ...fact.roles.map(saidRole), ...saidName(fact)]
  const { status } = fact
  // What has a body code answers, whatever raised it.
  const isDocumented = fact.grade !== 'proved' && fact.shape.type === 'unknown'
  return [
    ...(isDocumented ? [] : [saidStatus(status, packs)]),
    ...conditions,
    ...(fact.kind === 'error' ? saidTexts(fact.message, status) : []),
    ...(isDocumented ? [] : saidShape(fact.shape, status)),
  ]
}

/**
 * What is missing in the texts of a fact's evidence that would show it, in words: of an answer and a guard all that it says; of an operation, of what it takes (by
 * the operation) and of a model the words of its sentence. Empty where they show it, with what frameworks are documented to do.
 */
export function missingIn(
  fact: Fact,
  texts: readonly string[],
  packs: readonly Pack[] = knownPacks,
  operation: OperationFact | null = null,
): string[] {
  if (fact.kind === 'operation')
    return [...unshownWords(fact, texts, packs, null), ...unshownIn(fact.condition, texts)]
  if (fact.kind === 'parameter' || fact.kind === 'body' || fact.kind === 'model')
    return unshownWords(fact, texts, packs, operation)
  return unsaidIn(fact, texts, packs).map(({ kind, what }) => `${kind} ${what}`)
}

/** What a fact's sentence says that no text of its evidence does. */
export function unsaidIn(fact: Fact, texts: readonly string[], packs: readonly Pack[] = knownPacks): Said[] {
  if (fact.kind !== 'error' && fact.kind !== 'response' && fact.kind !== 'guard') return []
  const read = texts.map((text) => new ReadText(text))
  const isShown = ({ isIn }: Said) => read.some(isIn)
  return saidBy(fact, packs).filter((one) => !isShown(one) && one.parts?.every(isShown) !== true)
}

/** Words of an operation's sentence that no text of its evidence has, as code writes them: parts of its path in a text, what its condition asks. */
export function unsaidOf(
  operation: Omit<OperationFact, 'id'>,
  texts: readonly string[],
  packs: readonly Pack[],
): Said[] {
  const words = wordsIn(texts)
  const asked = operation.condition.flat().filter((atom) => !showsAtom(atom, words, texts))
  return [
    ...unshownWords(operation, texts, packs, null).flatMap((part): Said[] => {
      if (part === operation.method) return []
      const written = new RegExp(
        String.raw`["'\x60][^"'\x60\n]*(?<![\p{L}\d_-])${part.replaceAll(/[\^$.*+?()[\]{}|/]/g, String.raw`\$&`)}(?![\p{L}\d_-])`,
        'u',
      )
      return [{ kind: 'value', what: part, isIn: ({ text }) => written.test(text) }]
    }),
    ...asked.map((atom): Said => ({
      kind: 'condition',
      what: shown(atom.subject),
      isIn: (one) => showsAtom(atom, one.words, [one.text]),
    })),
  ]
}

/** A span with its place, and what code calls to come to it, the innermost first. */
export interface LedSpan extends Pick<Evidence, 'path' | 'startByte' | 'endByte'> {
  text: string
  names: readonly string[]
}

/**
 * Whether spans leave out a call on the way to what the first stands in. The way begins at the top of a module, in what the framework calls (the handler, and
 * what stands where the operation does), and where a function is handed to code that will call it.
 */
export function unledIn(spans: readonly LedSpan[], operation: OperationFact | undefined): boolean {
  const handler = operation?.handler.split('.').at(-1) ?? ''
  const isRoot = ({ path, startByte, endByte, names }: LedSpan) =>
    names.length === 0 ||
    operation?.evidence.some(
      (one) =>
        one.path === path &&
        (names.includes(handler) || (one.startByte <= startByte && endByte <= one.endByte)),
    ) === true
  const handed = new Set(spans.flatMap(({ text }) => text.match(handedOn) ?? []))
  let led = spans.filter((one) => isRoot(one) || one.names.some((name) => handed.has(name)))
  for (let before = -1; before !== led.length;) {
    before = led.length
    const words = new Set(led.flatMap(({ text }) => text.match(word) ?? []))
    const inside = new Set(led.map(({ path, names }) => `${path} ${names.join()}`))
    led = spans.filter(
      (one) =>
        led.includes(one) ||
        one.names.some((name) => words.has(name)) ||
        inside.has(`${one.path} ${one.names.join()}`),
    )
  }
  const [first] = spans
  return first !== undefined && !led.includes(first)
}

/** A name that is given to something, or what it makes: it is no value that is set. */
const handedOn = /(?<=[(,[@:]\s*(?:[\w$]+\.)*)[\p{L}_$][\w$]*(?![\w$]|\s*[=.])/gu

const saidRole = (role: string): Said => ({
  kind: 'role',
  what: role,
  isIn: ({ text }) => text.toLowerCase().includes(role.toLowerCase()),
})

// A guard that is told by its name.
function saidName({ guard, roles, name }: Pick<FactOf<'guard'>, 'guard' | 'roles' | 'name'>): Said[] {
  if (guard === 'authentication' || guard === 'ownership' || roles.length > 0) return []
  return name.split(', ').map((one) => {
    const last = (/^[^(]*/.exec(one)?.[0] ?? '').split(/[./]/).at(-1) ?? ''
    return { kind: 'guard', what: one, isIn: (text) => text.plain.includes(plain(last)) }
  })
}

// Parts of a text that are known. The name of a status is what frameworks say by themselves.
const saidTexts = (message: string, status: number): Said[] =>
  message
    .split('…')
    .filter((part) => plain(part).length > 2 && plain(part) !== plain(STATUS_CODES[status] ?? ''))
    .map((part) => {
      const bare = plain(part)
      const words = part.match(/[\p{L}\d]{3,}/gu) ?? []
      return {
        kind: 'message',
        what: part.trim(),
        isIn: (text) => text.plain.includes(bare),
        ...(words.length > 1 ? { parts: words.map(saidWord) } : {}),
      }
    })

const saidWord = (one: string): Said => ({
  kind: 'message',
  what: one,
  isIn: (text) => text.plain.includes(plain(one)),
})

function saidShape(shape: Shape, status: number): Said[] {
  switch (shape.type) {
    case 'array':
      return saidShape(shape.items, status)
    case 'map':
      return saidShape(shape.values, status)
    case 'union':
      return shape.of.flatMap((one) => saidShape(one, status))
    case 'model': {
      const names = shape.name.match(word) ?? []
      return names.map((name) => ({ kind: 'type', what: name, isIn: ({ words }) => words.has(name) }))
    }
    case 'object':
      return shape.fields.flatMap(({ name, shape: of, constraints }): Said[] => [
        { kind: 'field', what: name, isIn: (text) => text.hasName(name) },
        ...saidShape(of, status),
        ...constraints.flatMap(({ keyword, value }) =>
          keyword === 'const' || keyword === 'enum'
            ? [value].flat().flatMap((one) => saidValue(one, status))
            : [],
        ),
      ])
    default:
      return []
  }
}

function saidValue(value: string | number | boolean | null, status: number): Said[] {
  if (typeof value === 'string') return saidTexts(value, status).map((one) => ({ ...one, kind: 'value' }))
  if (value === status || value === null) return []
  const own = new RegExp(String.raw`(?<![\w.])${value}(?![\w.])`, 'i')
  return [{ kind: 'value', what: String(value), isIn: ({ text }) => own.test(text) }]
}

/** Letters and digits alone, however a text is broken, put together and quoted. */
const plain = (text: string) => text.replaceAll(/\\[nrt]|[^\p{L}\d]/gu, '').toLowerCase()

/** What a condition asks that texts do not show. */
export const unshownIn = (
  condition: Condition,
  texts: readonly string[],
  words: ReadonlySet<string> = wordsIn(texts),
): string[] =>
  condition.flat().flatMap((atom) => (showsAtom(atom, words, texts) ? [] : [shown(atom.subject)]))

const word = /[\p{L}_$][\w$]*/gu

const wordsIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => text.match(word) ?? []))

/** Whether texts say a status, by its number or a name of it, or by what is documented to have it. */
export function showsStatus(
  status: number,
  texts: readonly string[],
  packs: readonly Pack[] = knownPacks,
): boolean {
  // What just answers answers so.
  if (status === 200 || status === 204) return true
  return texts.some((text) => statusesShown(text, packs).has(status))
}

/** The same places are asked of for many operations. */
const shownBefore = new WeakMap<readonly Pack[], Map<string, ReadonlySet<number>>>()
const maxShownBefore = 20_000

function statusesShown(text: string, packs: readonly Pack[]): ReadonlySet<number> {
  const known = shownBefore.get(packs) ?? new Map<string, ReadonlySet<number>>()
  shownBefore.set(packs, known)
  const found = known.get(text)
  if (found) return found
  const made = new Set(allStatuses(text, packs))
  if (known.size >= maxShownBefore) known.clear()
  known.set(text, made)
  return made
}

function allStatuses(text: string, packs: readonly Pack[]): number[] {
  const words = wordsIn([text])
  const numbers = [...text.matchAll(/(?<![\d.])[1-5]\d\d(?![\d.])/g)].map(([one]) => Number(one))
  return [
    ...numbers,
    ...[...words].flatMap((one) => {
      const bare = squeezed(one)
      return [
        statusNamed(one) ?? [],
        ...statusNames.flatMap(([status, name]) => (bare.includes(name) ? [status] : [])),
        ...(documented(packs).get(one) ?? []),
      ].flat()
    }),
  ]
}

const squeezed = (text: string) => text.replaceAll(/[^a-z]/gi, '').toLowerCase()

/** Names of statuses that are found in longer ones. */
const statusNames = Object.entries(STATUS_CODES).flatMap(([status, name = '']): [number, string][] =>
  squeezed(name).length > 4 ? [[Number(status), squeezed(name)]] : [],
)

const known = new WeakMap<readonly Pack[], Map<string, Set<number>>>()

/** Statuses of what frameworks have, by its last name. */
function documented(packs: readonly Pack[]): Map<string, Set<number>> {
  const found = known.get(packs)
  if (found) return found
  const made = new Map<string, Set<number>>()
  for (const pack of packs)
    for (const [path, status] of statusesIn(pack)) {
      const name =
        path
          .replace(/\(\)$/, '')
          .split(/[./:#]/)
          .at(-1) ?? ''
      made.set(name, (made.get(name) ?? new Set()).add(status))
    }
  known.set(packs, made)
  return made
}

const statusesIn = (pack: Pack): [string, number][] =>
  [
    ...Object.entries(pack.errors ?? {}),
    ...Object.entries(pack.answers ?? {}).map(([path, { status }]): [string, StatusRule] => [path, status]),
    ...[...Object.entries(pack.calls ?? {}), ...Object.entries(pack.lastCalls ?? {})].flatMap(
      ([path, rule]): [string, StatusRule][] =>
        'status' in rule && rule.status !== undefined ? [[path, rule.status]] : [],
    ),
  ].flatMap(([path, rule]): [string, number][] => {
    const status = typeof rule === 'number' ? rule : rule.otherwise
    return status === undefined ? [] : [[path, status]]
  })

/** Words of expressions that say nothing of what is asked. */
const common = new Set(['failed', 'raised', 'fits', 'as', 'len', 'length', 'error', 'null', 'true', 'false'])

type ShownBy = (words: ReadonlySet<string>, texts: readonly string[]) => boolean

/** The same atom is looked for in many texts. */
const showing = new WeakMap<Atom, ShownBy>()

function showsAtom(atom: Atom, words: ReadonlySet<string>, texts: readonly string[]): boolean {
  const known = showing.get(atom) ?? showsBy(atom)
  showing.set(atom, known)
  return known(words, texts)
}

const always: ShownBy = () => true

// Of what an atom asks the last that has a name stands in a text, or something that is read of the request by its name.
function showsBy({ subject }: Atom): ShownBy {
  if (untoldIn(subject) !== null) return always
  // By what it is that it has to fit.
  const [, schema] = / fits (?:\w+\.)*([A-Z]\w*)$/.exec(subject) ?? []
  if (schema !== undefined) return (words) => words.has(schema)
  // What is declared of a request, and what the framework asks of a caller.
  if (/^[@?]|^request$|^body(?: |$)|^(?:query|header|cookie|form|path) failed$| fits /.test(subject))
    return always
  if (subject.startsWith('raised '))
    return (_, texts) => texts.some((text) => /\b(?:catch|except|recover|rescue)\b/.test(text))
  const said = partedIn(subject).text.replaceAll(/"[^"]*"/g, '')
  const part = /^(?:path|query|header|cookie|form|body)\.([\w.-]+)/.exec(said)?.[1]?.split(/[.-]/) ?? []
  if (part.length > 0) return (_, texts) => part.some((one) => isInAny(texts, one))
  const own = (said.match(word) ?? []).filter((one) => one.length > 1 && !common.has(one))
  if (own.length === 0) return always
  const named = own.filter((one) => !roots.has(one))
  // Its name may be handed in where what asks is made.
  const [place] = /\b(?:header|cookie|query)(?=\.)/.exec(said) ?? []
  return (words, texts) =>
    (place !== undefined && isInAny(texts, place)) || named.some((one) => words.has(one))
}

// In whatever case.
const lowered = keeping((text) => text.toLowerCase())

const isInAny = (texts: readonly string[], name: string): boolean =>
  texts.some((text) => text.includes(name) || lowered(text).includes(name.toLowerCase()))

const roots = new Set(['path', 'query', 'header', 'cookie', 'form', 'body', 'req', 'request', 'ctx', 'this'])
