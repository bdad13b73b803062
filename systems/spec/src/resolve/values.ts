import type { Atom, Condition } from '../facts/condition.ts'
import { namedAs, shortened, shown } from '../facts/expression.ts'
import type { Class, Expr, Func, Module, Span, TypeRef } from '../parse/ir.ts'

/** A place of the code, and in which function or class it is. */
export interface Site extends Span {
  module: Module
  symbol: string
  /** Of what is asked by a name that stands elsewhere: where. */
  named?: readonly Site[]
}

/** What a place is known by; calls of a chain begin where it does, and end apart. */
export const placeKey = ({ module, start, end }: Site): string => `${module.path}:${start}-${end}`

/** Where code asks something, or sets what it asks of; `from` is where what stands there was set. */
export interface Place {
  site: Site
  from: readonly Place[]
  /** The name that is set there. */
  name?: string
  /** What is set there, as code has it, where that is short. */
  gives?: string
  /** The same in terms of the request. */
  is?: string
}

export interface ClassRef {
  cls: Class
  module: Module
  scope: Scope
  outer: ClassRef | null
}

/** One of the values that a call comes to, with all that then holds. */
export interface Way {
  value: Value
  conditions: readonly Condition[]
  /** What it is one of the parts of, the outermost first. */
  wholes?: readonly Whole[]
}

/** Ways of which one is taken wherever `conditions` hold: as many as are counted. */
export interface Whole {
  conditions: readonly Condition[]
  count: number
}

export interface ArgValue {
  name: string | null
  value: Value
  /** It stands for any of them: `**values`, of which nothing is known. */
  isSpread?: true
  /** It is of a list that was spread, and that may have more in it. */
  isOfOpen?: true
}

/** What is known of a value without running the program. */
export type Value =
  /** `named`: the type of Go that it is declared or made to be of, `called`: the constant of that type that it is. `site`: where it is written; `from`: of what is put together, where its parts are. `isWritten`: it stands as it is where an object is made. `isUndefined`: JSON leaves out what has it. */
  | {
      t: 'const'
      v: string | number | boolean | null
      site?: Site
      from?: readonly Site[]
      isWritten?: true
      isUndefined?: true
      named?: ClassRef
      called?: string
    }
  /** A text of which parts are known. */
  | { t: 'text'; parts: Value[] }
  /** `isUnset`: a list of Go that was declared without a value; its items say what would be in it. `isCounted`: what a function of Go was given one by one, and no more. */
  | { t: 'list'; items: Value[]; isOpen: boolean; isUnset?: true; isThere?: true; isCounted?: true }
  | ObjectValue
  | FuncValue
  | { t: 'class'; ref: ClassRef }
  | SymbolValue
  | { t: 'module'; module: Module; scope: Scope }
  /**
   * `when`: of each when it is that one, where that is known. `ways`: all that a call gives, also where there are more than are kept; `from`: that call, for
   * people. `text`: what code calls it where it is asked. `asked`: the question that it answers with true or false. `joined`: Python's `&` or `|` of two things.
   */
  | {
      t: 'union'
      of: Value[]
      when?: Condition[]
      ways?: readonly Way[]
      from?: string
      text?: string
      asked?: string
      joined?: { op: '&' | '|'; left: Value; right: Value }
    }
  /** Owned by a pack: a router and what it hands out. `data` is the pack's. */
  | { t: 'pack'; data: unknown; apply?: (fn: Value) => Value }

export interface ObjectValue {
  t: 'object'
  props: Map<string, Value>
  ref: ClassRef | null
  /** What it was made with. */
  args: ArgValue[]
  /** More keys than these may be there. */
  isOpen: boolean
  /** Written where it is handed on: it has these keys and no others. */
  isWhole?: true
  /** Of a map of Go its type, and where that is to be read. */
  typed?: { type: TypeRef; scope: Scope }
  site: Site | null
}

export interface FuncValue {
  t: 'func'
  fn: Func
  scope: Scope
  self: Value | null
  owner: ClassRef | null
  module: Module
  /** Values of decorators that are no functions of the repository. */
  marks: Value[]
  /** The function that ran where it is written; empty of one without a name. */
  madeBy?: string
  /** What comes before all that it is called with (`bind` of JavaScript). */
  bound?: readonly ArgValue[]
}

/**
 * Something that code outside the repository makes or a caller gives. `path` says which, in terms of where it comes from: `express.Router()`,
 * `github.com/gin-gonic/gin.Context().Param()`; `()` after a type's name is an instance of it.
 */
/** A branch that the code stands in; `isOnly`: the other one was left, so that what goes on went through this one. */
export interface Taken {
  other: Taken | null
  isOnly: boolean
}

/** What held where something was put somewhere. */
export type Held = readonly Condition[]

/** What was put into a collection since code made it empty, each by what held then; null once that is not known any more. */
export interface Collected {
  held: readonly Held[] | null
  /** Where the code stood that made it. */
  since: Omit<Moment, 'holds'>
}

/** Where the code stands: what holds there, the branches and rounds that it is in, and in how many functions that code outside called. */
export interface Moment {
  holds: readonly Condition[]
  taken: readonly Taken[]
  callbacks: number
}

export interface SymbolValue {
  t: 'symbol'
  path: string
  /** For people and conditions. */
  text: string
  /** What its last member or call was of. */
  of: Value | null
  args: ArgValue[]
  /** Its declared type, and where that is to be read. */
  typed: { type: TypeRef; scope: Scope } | null
  /** The class of the repository that it is an instance of. */
  ref: ClassRef | null
  site: Site | null
  /** What a pack keeps of it (a status set on the way). */
  note: unknown
  /** The type of Go that it surely is of, where that is none that is declared: `string`, `[]byte`. */
  plain?: string
  /** A collection that code made empty, to put things in. */
  collects?: Collected
  /** What gave it gives it only where it is there. */
  isThere?: true
  /** It as it was made, where code of the repository makes it. */
  made?: ObjectValue
}

/** The note of what a request was given before and always has. */
export const kept = 'kept'
export const isKept = (value: Value): boolean => value.t === 'symbol' && value.note === kept

/** A method that a thing of code outside surely has. */
export const methodOutside = (of: SymbolValue, name: string): SymbolValue =>
  symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, note: method, isThere: true })
const method = 'method'
export const isMethodOutside = (value: Value): boolean => value.t === 'symbol' && value.note === method

export const constant = (v: string | number | boolean | null): Value => ({ t: 'const', v })
export const nothing: Value = { t: 'const', v: null }
export const notDefined: Value = { t: 'const', v: null, isUndefined: true }

export function symbol(path: string, text = path, more: Partial<SymbolValue> = {}): SymbolValue {
  return {
    t: 'symbol',
    path: path.length > maxText ? `?${path.slice(-maxText / 4)}` : path,
    // What is called on and on grows with each round.
    text: text.length > maxText ? shortened(text) : text,
    of: null,
    args: [],
    typed: null,
    ref: null,
    site: null,
    note: null,
    ...more,
  }
}

const maxWays = 8
/** Characters of an expression that are kept as they are. */
const maxText = 1000

/** Whether two values are told apart by nothing that is known of them. */
export const isSame = (a: Value, b: Value): boolean =>
  a === b ||
  (a.t === 'const' && b.t === 'const' && a.v === b.v) ||
  (a.t === 'symbol' &&
    b.t === 'symbol' &&
    a.text === b.text &&
    a.path === b.path &&
    (a.of?.t !== 'pack' || b.of?.t !== 'pack' || isSamePack(a.of.data, b.of.data)))

// Of a pack's things the parts tell them apart: what hands one out makes it anew.
const isSamePack = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === 'object' &&
    typeof b === 'object' &&
    a !== null &&
    b !== null &&
    Object.entries(a).every(([key, one]) => Reflect.get(b, key) === one))

export function union(values: readonly Value[]): Value {
  const flat = values.flatMap((value) => (value.t === 'union' ? value.of : [value]))
  const kept: Value[] = []
  let isCut = false
  for (const value of flat) {
    if (kept.some((other) => isSame(other, value))) continue
    if (kept.length < maxWays) kept.push(value)
    else isCut = true
  }
  // Past eight not all are kept; that there may be nothing, and that there is more, stays.
  if (isCut) {
    const none = flat.find((value) => value.t === 'const' && value.v === null)
    const isKept = none === undefined || kept.some((value) => value.t === 'const' && value.v === null)
    kept.splice(
      maxWays - (isKept ? 1 : 2),
      maxWays,
      ...(isKept || !none ? [] : [none]),
      symbol('?', 'another'),
    )
  }
  const [only] = kept
  return kept.length === 1 && only ? only : kept.length === 0 ? nothing : { t: 'union', of: kept }
}

export const each = (value: Value): Value[] => (value.t === 'union' ? value.of : [value])

/** A text that is wholly known, else null. */
export function textOf(value: Value | undefined): string | null {
  if (!value) return null
  if (value.t === 'const')
    return typeof value.v === 'string' ? value.v : typeof value.v === 'number' ? String(value.v) : null
  if (value.t !== 'text') return null
  const parts = value.parts.map((part) => textOf(part))
  return parts.every((part) => part !== null) ? parts.join('') : null
}

/** The note of a text of Go that its object was made without: empty, unless code that is not followed sets it. */
export const unset = 'unset'

/** As what is declared without a value begins. */
export const begun = (value: Value): Value => (value.t === 'list' ? { ...value, isUnset: true } : value)

/** A text for people, with `…` for what is only known when it runs; empty where it has no word that is known. */
export function saidText(value: Value | undefined): string {
  if (value?.t === 'const') return typeof value.v === 'string' ? value.v : ''
  if (value?.t !== 'text') return ''
  const parts = value.parts.map((part) => textOf(part))
  return parts.some((part) => part !== null && /\p{L}{2}/u.test(part))
    ? parts.map((part) => part ?? '…').join('')
    : ''
}

export function numberOf(value: Value | undefined): number | null {
  if (value?.t === 'const' && typeof value.v === 'number') return value.v
  if (value?.t === 'const' && typeof value.v === 'string' && /^\d+$/.test(value.v)) return Number(value.v)
  return null
}

/** A call as people read it: with what it is given where that is short. */
export function calledWith(name: string, args: readonly ArgValue[]): string {
  const isPython = args.some((arg) => arg.name !== null)
  const given = args
    .map((arg) => `${isPython && arg.name !== null ? `${arg.name}=` : ''}${printArgument(arg.value)}`)
    .join(', ')
  return `${name}(${given.length > 60 ? '…' : given})`
}

/** What a call is given: of Go's named types a constant by its name, as a number of one says nothing. */
export const printArgument = (value: Value): string =>
  value.t === 'const' && value.called !== undefined ? value.called : printValue(value)

/** In one line, as `shortened` has it; the same for the same value. */
export const printValue = (value: Value): string => shortened(print(value))

function print(value: Value, depth = 0): string {
  if (depth > 4) return '…'
  switch (value.t) {
    case 'const':
      return JSON.stringify(value.v)
    case 'text':
      return value.parts.some((part) => textOf(part) !== null)
        ? value.parts.map((part) => textOf(part) ?? `\${${print(part, depth + 1)}}`).join('')
        : value.parts.map((part) => print(part, depth + 1)).join(' + ')
    case 'list': {
      const name = nameOfList(value)
      return name ?? `[${printItems(value.items, depth).join(', ')}]`
    }
    case 'object':
      return value.ref
        ? (textOf(value.props.get('@name')) ?? value.ref.cls.name)
        : `{${printProps(value.props, depth)}}`
    case 'func':
      return value.fn.name || '…'
    case 'class':
      return value.ref.cls.name
    case 'symbol':
      return value.text
    case 'module':
      return value.module.path
    case 'union': {
      if (value.asked !== undefined) return value.asked
      const all = value.of.map((one) => print(one, depth + 1)).join(' | ')
      const name = nameOfUnion(value, all, depth)
      return name === null ? all : namedAs(name, all)
    }
    case 'pack':
      return 'router'
  }
}

// Go: what is known by its type only is called by its name: `body.names`, of which one is `body.names[]`.
function nameOfList({ items: [item, ...more], isOpen }: Extract<Value, { t: 'list' }>): string | null {
  return isOpen && more.length === 0 && item?.t === 'symbol' && item.of === null && item.text.endsWith('[]')
    ? item.text.slice(0, -2)
    : null
}

const maxChoices = 40

// What people call what may be one of several: as code does where it says more than a variable, else what it is if it is there, else the call that gives it.
function nameOfUnion(
  { of, text, from }: Extract<Value, { t: 'union' }>,
  all: string,
  depth: number,
): string | null {
  if (text !== undefined && !/^\w+$/.test(text)) return text
  const [only, ...others] = of.filter((one) => !(one.t === 'const' && one.v === null))
  if (only?.t === 'symbol' && others.length === 0) {
    const said = shown(print(only, depth + 1))
    // A variable of what was called nobody finds.
    if (from === undefined || !/^\w+$/.test(said)) return said
  }
  if (from !== undefined) return shown(from)
  return text ?? (depth === 0 || all.length <= maxChoices ? null : '…')
}

// Of a long list its beginning, how long it is and its end.
function printItems(items: readonly Value[], depth: number): string[] {
  const most = depth === 0 ? 16 : 4
  const last = items.at(-1)
  return items.length <= most || !last
    ? items.map((item) => print(item, depth + 1))
    : [...items.slice(0, most), last]
        .map((item) => print(item, depth + 1))
        .toSpliced(most, 0, `${items.length}…`)
}

// What a thing is asked with is told by its values; deeper down, and in what is large, by its names.
function printProps(props: ReadonlyMap<string, Value>, depth: number): string {
  return depth > 2 || props.size > 8
    ? [...props.keys()].join(', ')
    : [...props].map(([name, value]) => `${name}: ${print(value, depth + 1)}`).join(', ')
}

/** One thing that a run of code may end in or do. */
export interface Effect {
  kind: string
  value: Value
  status: number | null
  conditions: Atom[][][]
  site: Site
  /** Calls that lead there, the outermost first. */
  through: Site[]
  /** What a pack adds. */
  note: Record<string, unknown>
  /** Of what is thrown: what the innermost block that may catch it had set by then. */
  names?: ReadonlyMap<string, Value>
}

/** Ways to put a text together past which they are not told apart. */
const maxTexts = 64

/** Texts in a row as one, known where all are. */
export function joined(parts: Value[]): Value {
  const flat = parts.flatMap((part) => (part.t === 'text' ? part.parts : [part]))
  const ways = flat.reduce((all, part) => all * (part.t === 'union' ? part.of.length : 1), 1)
  if (ways > 1 && ways <= maxTexts) {
    // One of few: each way is a text of its own.
    const at = flat.findIndex((part) => part.t === 'union' && part.of.length > 1)
    const choice = flat[at]
    if (choice?.t === 'union' && choice.of.length <= 4)
      return union(choice.of.map((one) => joined([...flat.slice(0, at), one, ...flat.slice(at + 1)])))
  }
  const texts = flat.map((part) => textOf(part))
  if (texts.every((text) => text !== null)) return { t: 'const', v: texts.join(''), from: writtenAt(flat) }
  return { t: 'text', parts: flat }
}

/** Where code writes a text or its parts, each that it may be; nothing of what is made up here. */
export function writtenAt(values: readonly (Value | null | undefined)[], depth = 0): Site[] {
  if (depth > 3) return []
  const found: Site[] = []
  for (const value of values) {
    if (!value || found.length >= maxWritten) continue
    if (value.t === 'const') found.push(...(value.from ?? (value.site ? [value.site] : [])))
    else if (value.t === 'text') found.push(...writtenAt(value.parts, depth + 1))
    else if (value.t === 'union') found.push(...writtenAt(value.of, depth + 1))
    else if (value.t === 'list') found.push(...writtenAt(value.items, depth + 1))
  }
  return found.slice(0, maxWritten)
}
const maxWritten = 8

/** The line that a text is written in, so that people see what holds it; a long line is not widened to. */
export function lineOf(site: Site): Site {
  const { text } = site.module
  const begin = text.lastIndexOf('\n', site.start - 1) + 1
  const end = text.indexOf('\n', site.end)
  const line = text.slice(begin, end < 0 ? text.length : end)
  if (line.length > maxLine) return site
  const start = begin + (line.length - line.trimStart().length)
  return { ...site, start, end: begin + line.trimEnd().length }
}
const maxLine = 200

/** Lines that a text or its parts are written in; none that stands where it is given (`at`). */
export const linesOf = (value: Value | null | undefined, at?: Site): Site[] =>
  writtenAt([value])
    .filter((one) => !at || one.module !== at.module || one.start < at.start || at.end < one.end)
    .map(lineOf)

/** Names and what they stand for, from the inside out. The outermost finds what a module has by `lookUp`. */
export class Scope {
  readonly parent: Scope | null
  readonly module: Module
  readonly #names = new Map<string, Value>()
  /** Where names were set while code ran. */
  #places: Map<string, Place> | null = null
  #lookUp: ((name: string) => Value | null) | null
  /** Go: the scope of the file that declares a variable of the package. */
  readonly #holder: ((name: string) => Scope | null) | null

  constructor(
    module: Module,
    parent: Scope | null,
    lookUp: ((name: string) => Value | null) | null = null,
    holder: ((name: string) => Scope | null) | null = null,
  ) {
    this.module = module
    this.parent = parent
    this.#lookUp = lookUp
    this.#holder = holder
  }

  get(name: string): Value | null {
    const own = this.#names.get(name)
    if (own) return own
    const found = this.#lookUp?.(name) ?? null
    return found ?? this.parent?.get(name) ?? null
  }

  /** What is called by a name in Java, where variables have names of their own. */
  method(name: string): Value | null {
    const own = this.#names.get(name)
    if (own && (!this.parent || (own.t === 'func' && own.fn.name === name))) return own
    return this.#lookUp?.(name) ?? this.parent?.method(name) ?? null
  }

  /** Asked after its own names and before those around it. */
  setFallback(lookUp: (name: string) => Value | null): void {
    this.#lookUp = lookUp
  }

  /** Whether it is declared here or around. */
  knows(name: string): boolean {
    return (
      this.#names.has(name) ||
      (this.parent ? this.parent.knows(name) : (this.#holder?.(name) ?? null) !== null)
    )
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  declare(name: string, value: Value): void {
    this.#names.set(name, value)
  }

  /** Sets it where it is declared, else here. */
  set(name: string, value: Value): void {
    const holder = this.parent ? null : this.#holder?.(name)
    if (holder) holder.declare(name, value)
    else if (this.#names.has(name) || !this.parent?.knows(name)) this.#names.set(name, value)
    else this.parent.set(name, value)
  }

  names(): IterableIterator<[string, Value]> {
    return this.#names.entries()
  }

  /** Where a name was set last; null where that was not noted. */
  placeOf(name: string): Place | null {
    return this.ownPlaceOf(name) ?? this.parent?.placeOf(name) ?? null
  }

  ownPlaceOf(name: string): Place | null {
    return this.#places?.get(name) ?? null
  }

  notePlace(name: string, place: Place): void {
    ;(this.#places ??= new Map()).set(name, place.name === name ? place : { ...place, name })
  }
}

/** Marks that a call never returns. */
export const ended: Value = symbol('!never', 'never')

/** What a function is called, with its class before it; of one without a name what it is kept as, or what it stands in. */
export function symbolOf(fn: FuncValue): string {
  const owner = fn.owner?.cls.name ?? fn.fn.receiver?.type?.name ?? ''
  return owner === '' ? fn.fn.name || keptAs(fn) : `${owner}.${fn.fn.name}`
}

const namesKept = new WeakMap<Func, string>()

/** The name at the top of its module that holds a function, itself, by its key, or what is made of it; empty where none does. */
export function keptAs({ fn, module }: FuncValue): string {
  const known = namesKept.get(fn)
  if (known !== undefined) return known
  const around = module.body.find((stmt) => stmt.start <= fn.start && fn.end <= stmt.end)
  const name =
    around?.k === 'func'
      ? around.fn.name
      : around?.k === 'let' && around.target.k === 'name'
        ? [around.target.name, ...keysTo(fn, around.value)].join('.')
        : around?.k === 'export'
          ? keysTo(fn, around.value).join('.')
          : around?.k === 'expr' && around.e.k === 'assign'
            ? [...exportedBy(around.e.target), ...keysTo(fn, around.e.value)].join('.')
            : ''
  namesKept.set(fn, name)
  return name
}

// `exports.find = …`
const exportedBy = (target: Expr): string[] =>
  target.k === 'member' && target.name !== 'exports' ? [target.name] : []

// Under which keys an object that is written holds a function; none where it is made of it otherwise.
function keysTo(fn: Func, e: Expr | null): string[] {
  if (e?.k !== 'object') return []
  for (const { key, value } of e.entries) {
    if (value.start > fn.start || fn.end > value.end) continue
    const name = key?.k === 'str' ? key.value : key?.k === 'name' ? key.name : null
    return name === null ? [] : [name, ...keysTo(fn, value)]
  }
  return []
}
