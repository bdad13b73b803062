import { roleOfArgument } from './meaning.ts'
import { mayDecide } from './origins.ts'
import type { Origin } from './origins.ts'
import { isName, Rows } from './rows.ts'
import { isWorkedOut } from './worked-out.ts'

/**
 * Where the value of an argument that a model wrote is to be found.
 * - `user`: in what the user or the definition said (or what these let it choose from)
 * - `store`: a record of the tenant's own store
 * - `meant`: what the user's own words leave: an entry of a list that was read, of which they name no other and no running text any, or
 *   the only address with a word of theirs in the document that they named
 * - `record`: a field of an answer from outside, as a whole, that no running text names
 * - `named-record`: such a field, which running text from outside names as well
 * - `document`: in the running text of a document that the user named
 * - `outside`: in any other running text from outside
 * - `worked-out`: an amount that nothing names and that comes of what the user or a record names: a difference, a share
 * - `nowhere`: the model made it, out of whatever it has read
 */
export type Found =
  | 'user'
  | 'store'
  | 'meant'
  | 'record'
  | 'named-record'
  | 'document'
  | 'outside'
  | 'worked-out'
  | 'nowhere'

export interface Finding {
  found: Found
  /** The origins in which it was found. */
  from: Origin[]
}

interface Text {
  origin: Origin
  text: string
  isNamed: boolean
}

/** What an agent has read so far, to say where a value comes from. Grows with the run; an inquiry does not change it. */
export class Evidence {
  readonly #trusted: Text[] = []
  readonly #texts: Text[] = []
  readonly #rows = new Rows((value) => this.#said.some(({ text }) => hasWords(text, value)), normal)
  /** What was said before anything was done; not what a person let pass. */
  readonly #said: Text[] = []
  readonly #fields = new Map<string, Set<Origin>>()
  readonly #trustedNumbers = new Map<number, Origin>()
  readonly #numbers = new Map<number, Set<Text>>()
  #hasOutside = false
  #hasStore = false
  /** Amounts that were said or read, in their order. */
  readonly #amounts: number[] = []
  /** Sums of the values of a field in one answer. */
  readonly #totals: number[] = []

  /** Text from outside has been read. */
  get hasOutside(): boolean {
    return this.#hasOutside
  }

  /** Records of the tenant's own store have been read: what is decided should be among them, or said. */
  get hasStore(): boolean {
    return this.#hasStore
  }

  /** What the user or the definition says; any JSON. */
  addTrusted(value: unknown, origin: Extract<Origin, 'user' | 'definition'>): void {
    const before = this.#trusted.length
    this.addConfirmed(value, origin)
    this.#said.push(...this.#trusted.slice(before))
  }

  /** What a person let pass: as good as said, but it does not tell whom the user meant. */
  addConfirmed(value: unknown, origin: Extract<Origin, 'user' | 'definition'> = 'user'): void {
    for (const leaf of leaves(value)) {
      const text: Text = { origin, text: normal(String(leaf)), isNamed: true }
      this.#trusted.push(text)
      for (const number of numbersIn(leaf)) {
        this.#trustedNumbers.set(number, origin)
        this.#amounts.push(number)
      }
    }
  }

  /** An answer. `isNamed`: of a call all whose choices the user named, so that its text is the document that was meant. */
  add(
    value: unknown,
    origin: Origin,
    {
      isNamed = false,
      tool = origin,
      args = {},
    }: { isNamed?: boolean; tool?: string; args?: Readonly<Record<string, unknown>> } = {},
  ): void {
    if (mayDecide(origin)) {
      this.addTrusted(value, origin as 'user')
      return
    }
    if (origin === 'store') this.#hasStore = true
    else this.#hasOutside = true
    const sums = new Map<string, number>()
    const answer = parsed(value)
    this.#rows.add(answer, tool, args)
    for (const [leaf, name] of namedLeaves(answer, '')) {
      const text: Text = { origin, text: normal(String(leaf)), isNamed }
      if (typeof leaf === 'number' && roleOfArgument(name, undefined) === 'amount') {
        this.#amounts.push(leaf)
        sums.set(name, (sums.get(name) ?? 0) + leaf)
      }
      if (isField(leaf)) {
        const key = fieldKey(leaf, name)
        this.#fields.set(key, (this.#fields.get(key) ?? new Set()).add(origin))
        if (typeof leaf !== 'string' || !/\s/.test(leaf.trim())) continue
      }
      this.#texts.push(text)
      for (const number of numbersIn(leaf))
        this.#numbers.set(number, (this.#numbers.get(number) ?? new Set()).add(text))
    }
    this.#totals.push(...sums.values())
  }

  /** `isOpen`: another text says to whom, so that a name of the user's is not of the one who is meant. */
  find(value: unknown, name = '', isOpen = false): Finding {
    if (value === null || value === undefined || typeof value === 'boolean' || value === '')
      return { found: 'user', from: [] }
    if (typeof value === 'object') return worst(leaves(value).map((leaf) => this.find(leaf, name, isOpen)))
    if (typeof value !== 'string' && typeof value !== 'number') return { found: 'nowhere', from: [] }
    const trusted = this.#inTrusted(value)
    if (trusted !== undefined) return { found: 'user', from: [trusted] }
    const fields = this.#fields.get(fieldKey(value, name))
    if (fields?.has('store')) return { found: 'store', from: ['store'] }
    const texts = this.#textsWith(value)
    if (fields !== undefined)
      return texts.length > 0
        ? { found: 'named-record', from: originsIn(texts, fields) }
        : { found: this.#isLeftOpen(value, isOpen) ? 'meant' : 'record', from: originsIn([], fields) }
    if (texts.length === 0)
      return { found: this.#isWorkedOut(value, name) ? 'worked-out' : 'nowhere', from: [] }
    if (texts.every(({ origin }) => origin === 'store')) return { found: 'store', from: ['store'] }
    if (!texts.every(({ isNamed }) => isNamed)) return { found: 'outside', from: originsIn(texts) }
    const isMeant = typeof value === 'string' && this.#isOnlyFit(normal(value), texts)
    return { found: isMeant ? 'meant' : 'document', from: originsIn(texts) }
  }

  /** Of the rows among which one of these values stands, the user named another. */
  isBesideNamed(value: unknown): boolean {
    return leaves(value).some(
      (leaf) =>
        typeof leaf === 'string' &&
        this.#inTrusted(leaf) === undefined &&
        this.#rows.isBesideNamed(normal(leaf)),
    )
  }

  /** Of all addresses in these texts the only one that has a word of the user's: "her e-mail is on her page". */
  #isOnlyFit(value: string, texts: readonly Text[]): boolean {
    const fits = new Set(
      texts
        .flatMap(({ text }) => addressesIn(text))
        .filter((address) =>
          wordsOf(address).some((word) => this.#said.some(({ text }) => hasWords(text, word))),
        ),
    )
    return fits.size === 1 && fits.has(value)
  }

  #isLeftOpen(value: string | number, isOpen: boolean): boolean {
    if (typeof value !== 'string') return false
    const text = normal(value)
    return this.#rows.isListed(text) && (isOpen || !this.#rows.isBesideNamed(text))
  }

  #isWorkedOut(value: string | number, name: string): boolean {
    return (
      typeof value === 'number' &&
      roleOfArgument(name, undefined) === 'amount' &&
      isWorkedOut(value, this.#amounts, this.#totals, [...this.#trustedNumbers.keys()])
    )
  }

  #inTrusted(value: string | number): Origin | undefined {
    if (typeof value !== 'string') return this.#trustedNumbers.get(Number(value))
    const text = normal(value)
    const whole = this.#trusted.find(
      (trusted) => hasWords(trusted.text, text) || endsSentence(trusted.text, text),
    )
    if (whole !== undefined) return whole.origin
    if (isNumber(text) && this.#trustedNumbers.has(Number(text)))
      return this.#trustedNumbers.get(Number(text))
    // The same words in another order, or with other words between: the user said each of them.
    const all = text.split(/[\s,;]+/).filter((word) => word !== '')
    const of = all.map((word) => this.#trusted.find((trusted) => hasWords(trusted.text, word)))
    return all.length > 1 && all.length <= 12 && of.every((each) => each !== undefined)
      ? of[0]!.origin
      : undefined
  }

  #textsWith(value: string | number): Text[] {
    if (typeof value !== 'string') return [...(this.#numbers.get(Number(value)) ?? [])]
    const text = normal(value)
    const found = this.#texts.filter((each) => hasWords(each.text, text))
    return found.length === 0 && isNumber(text) ? [...(this.#numbers.get(Number(text)) ?? [])] : found
  }
}

const order: Found[] = [
  'user',
  'store',
  'meant',
  'record',
  'worked-out',
  'document',
  'named-record',
  'nowhere',
  'outside',
]

/** The finding that decides about several values: the one that may be trusted least. */
export function worst(findings: readonly Finding[]): Finding {
  return {
    found: findings.reduce<Found>(
      (least, { found }) => (order.indexOf(found) > order.indexOf(least) ? found : least),
      'user',
    ),
    from: [...new Set(findings.flatMap(({ from }) => from))].toSorted(),
  }
}

function originsIn(texts: readonly Text[], more: ReadonlySet<Origin> = new Set()): Origin[] {
  return [...new Set([...texts.map(({ origin }) => origin), ...more])].toSorted()
}

type Leaf = string | number | boolean

/** Leaves with the name of the field that each stands in. */
function namedLeaves(value: unknown, name: string): [Leaf, string][] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((item) => namedLeaves(item, name))
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, part]): [Leaf, string][] => [
      [key, ''],
      ...namedLeaves(part, key),
    ])
  return [[value as Leaf, name]]
}

function leaves(value: unknown): Leaf[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap(leaves)
  // Keys are text of the answer, too: a map by name or by address.
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, part]) => [key, ...leaves(part)])
  return [value as Leaf]
}

/** An answer that is the text of JSON is that JSON. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

function isField(leaf: Leaf): boolean {
  return typeof leaf !== 'string' || isName(leaf)
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

function keyOf(value: Leaf): string {
  const text = normal(String(value))
  return isNumber(text) ? String(Number(text)) : text
}

/** Numbers are the same by chance: one counts as the field only where that means the same (an id is no amount). */
function fieldKey(value: Leaf, name: string): string {
  const key = keyOf(value)
  return isNumber(key) ? `${key} ${roleOfArgument(name, undefined)}` : key
}

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

const wordChar = /[\p{L}\p{N}_@]/u

/** Whether `text` holds `part` as whole words. */
function hasWords(text: string, part: string): boolean {
  if (part === '') return false
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    const before = text[at - 1]
    const after = text[at + part.length]
    const opens = before === undefined || !wordChar.test(before) || !wordChar.test(part[0]!)
    // "x.com" is not in "x.company", and "a.com" not in "a.com.evil.org".
    const closes =
      after === undefined ||
      ((!wordChar.test(after) || !wordChar.test(part.at(-1)!)) &&
        !(/[.\-/]/.test(after) && wordChar.test(text[at + part.length + 1] ?? ' ') && /[.@/]/.test(part)))
    const isPartOfName =
      before !== undefined &&
      /[.\-/]/.test(before) &&
      wordChar.test(text[at - 2] ?? ' ') &&
      /[.@/]/.test(part)
    if (opens && closes && !isPartOfName) return true
  }
  return false
}

/** "…at www.a.com.They …": who may decide may forget a space, too. */
function endsSentence(text: string, part: string): boolean {
  const at = text.indexOf(`${part}.`)
  return at !== -1 && part.length > 3 && !wordChar.test(text[at - 1] ?? ' ')
}

/** Mail addresses and hosts. */
function addressesIn(text: string): string[] {
  return text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+[a-z]{2,}\b/g) ?? []
}

/** Words of an address, but for the end that many share. */
function wordsOf(address: string): string[] {
  return address
    .slice(0, address.lastIndexOf('.'))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && word !== 'www')
}

function numbersIn(leaf: Leaf): number[] {
  if (typeof leaf === 'number') return [leaf]
  if (typeof leaf !== 'string') return []
  const found = leaf.match(/(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?![\w])/g) ?? []
  return found.map((text) => Number(text.replaceAll(',', ''))).filter((number) => Number.isFinite(number))
}
