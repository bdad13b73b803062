import { surelyIn } from './surely-in.ts'
import { underAny } from './keyed-entries.ts'
import { grow } from './lists.ts'
import type { Runtime } from './runtime.ts'
import { constant, ended, nothing, printValue, symbol, textOf, union } from './values.ts'
import type { ArgValue, Site, SymbolValue, Value } from './values.ts'

/** What Java's own classes make of values that are known: maps by key or class, functions as values, the class of a thing. Null where a call is none of them. */
export function javaValue(
  interpreter: Runtime,
  { path, of }: SymbolValue,
  name: string,
  args: ArgValue[],
  site: Site,
): Value | null {
  const [first, second] = args.map(({ value }) => value)
  const map = (props: Map<string, Value>, isOpen = false): Value => ({
    t: 'object',
    props,
    ref: null,
    args: [],
    isOpen,
    site,
  })
  if (mapsMade.test(path)) {
    const props = new Map<string, Value>()
    let isOpen = false
    const pairs =
      name === 'ofEntries'
        ? args.map(({ value }) => (value.t === 'symbol' ? value.args : []))
        : name === 'of'
          ? args.flatMap((one, at) => (at % 2 === 0 ? [[one, args[at + 1]]] : []))
          : []
    for (const [first, second] of pairs) {
      const key = keyText(interpreter, first?.value, site)
      if (key !== null && second) props.set(key, second.value)
      else isOpen = true
    }
    // One that is made of another has what is in that one.
    if (pairs.length === 0 && first?.t === 'object' && first.ref === null) {
      for (const [key, value] of first.props) props.set(key, value)
      isOpen ||= first.isOpen
    }
    return map(props, isOpen)
  }
  if (/(?:^|\.)ImmutableMap\.builder$/.test(path)) return map(new Map())
  if (/^java\.util\.(?:Collections\.unmodifiable\w+|\w+\.copyOf)$/.test(path) && first?.t === 'object')
    return first
  if (/(?:^|\.)Boolean\.TRUE\.equals$/.test(path) && first) return first
  if (/(?:^|\.)Boolean\.(?:valueOf|parseBoolean)$/.test(path) && first)
    return /^true$/i.test(textOf(first) ?? '')
      ? constant(true)
      : textOf(first) === null
        ? first
        : constant(false)
  // A list that is made of another.
  const [all] = args.length === 1 && first?.t === 'list' ? [first] : []
  if (all && /^java\.util\.(?:\w*List|\w*Set|List\.copyOf|Set\.copyOf|Arrays\.stream)$/.test(path))
    return { t: 'list', items: [...all.items], isOpen: all.isOpen }
  if (of?.t === 'list' && (name === 'toArray' || name === 'distinct' || name === 'sorted')) return of
  if (of?.t === 'list' && name === 'addAll' && all) {
    grow(of, all.items, interpreter.undo)
    of.isOpen ||= all.isOpen
    return constant(true)
  }
  if (/(?:^|\.)Stream\.concat$/.test(path) && first?.t === 'list' && second?.t === 'list')
    return { t: 'list', items: [...first.items, ...second.items], isOpen: first.isOpen || second.isOpen }
  // More may come in by what is not followed.
  if (
    /^java\.util\.(?:ArrayList|LinkedList)$/.test(path) &&
    args.length === 0 &&
    interpreter.effects === null
  )
    return { t: 'list', items: [], isOpen: true }
  // Javalin: what is put on the part of a router at hand stands below its prefix already.
  if (path === 'io.javalin.apibuilder.ApiBuilder.prefixPath' && first) return first
  if (/(?:^|\.)StringUtils\.(?:hasText|hasLength|isNotBlank|isNotEmpty)$/.test(path)) {
    const text = textOf(first)
    return text === null ? null : constant(text.trim() !== '')
  }
  const optional = optionalValue(interpreter, path, of, name, args, site)
  if (optional) return optional
  // What comes later is answered, and fails, as if it came at once.
  if (/^java\.util\.concurrent\.CompletableFuture\.supplyAsync$/.test(path) && first?.t === 'func')
    return interpreter.call(first, [], site)
  if (/^java\.util\.concurrent\.CompletableFuture\.completedFuture$/.test(path) && first) return first
  // What an error was made from, where that is known; the error itself, where it is not.
  if (name === 'getCause' && (of?.t === 'object' || of?.t === 'symbol'))
    return of.args.map(({ value }) => value).find((value) => value.t === 'object' && value.ref !== null) ?? of
  // A constant of an enum by its name, which is its text where it says none of its own.
  if ((name === 'name' || name === 'toString') && args.length === 0) {
    if (of?.t === 'const' && typeof of.v === 'string') return of
    const constantName = of?.t === 'object' ? of.props.get('@name') : undefined
    if (constantName) return constantName
  }
  const compared = comparedTexts(of, name, first)
  if (compared) return compared
  const future = futureValue(of, name)
  if (future) return future
  // Methods that Lombok writes for fields, and those of records.
  if (of?.t === 'object' && of.ref && args.length === 0) {
    const [, first = '', rest = ''] = /^(?:get|is)([A-Z])(\w*)$/.exec(name) ?? []
    const field = of.props.get(first === '' ? name : `${first.toLowerCase()}${rest}`)
    if (field) return field
  }
  // An answer made from another is that one.
  if (name === 'fromResponse' && first) return first
  if (name === 'getClass' && (of?.t === 'object' || of?.t === 'symbol')) {
    // Of a thing that others made the class may be one that extends it.
    if (of.t === 'symbol' && !isExact(of)) return symbol('?', `${of.text}.getClass()`)
    return of.ref
      ? { t: 'class', ref: of.ref }
      : symbol(of.t === 'symbol' ? of.path.replace(/\(\)$/, '') : '?')
  }
  // A lambda is its interface's only method, whatever that is called; these are methods of it that stand beside that.
  const isOwn =
    of?.t === 'func' &&
    of.fn.name === '' &&
    !/^(?:andThen|compose|negate|and|or|equals|hashCode|toString|getClass)$/.test(name)
  if (of?.t === 'func' && (isOwn || /^(?:apply|accept|get|test|call|run|handle)$/.test(name)))
    return interpreter.call(of, args, site)
  if (/^java\.util\.Collections\.singleton(?:List)?$/.test(path) && first)
    return { t: 'list', items: [first], isOpen: false }
  // Checks that give what they are given.
  if (/^java\.util\.Objects\.requireNonNull$|\.base\.Preconditions\.checkNotNull$/.test(path) && first)
    return first
  // Routers that are put together are all of them.
  if ((name === 'reduce' || name === 'orElse') && of?.t === 'list' && of.items.some(({ t }) => t === 'pack'))
    return of
  if (of?.t !== 'object' || of.ref !== null || of.props.has('@error')) return null
  if (name === 'forEach' && first) {
    for (const [key, value] of of.props)
      interpreter.call(
        first,
        [
          { name: null, value: constant(key) },
          { name: null, value },
        ],
        site,
      )
    return nothing
  }
  const key = keyText(interpreter, first, site)
  if (name === 'put' || name === 'putIfAbsent') {
    if (key !== null && second) of.props.set(key, second)
    else of.isOpen = true
    // A builder of maps goes on with itself.
    return name === 'put' && path.startsWith('object.') && isBuilder(of) ? of : nothing
  }
  if ((name === 'build' || name === 'buildOrThrow') && args.length === 0 && isBuilder(of)) return of
  if (name === 'putAll' && first?.t === 'object' && first.ref === null) {
    for (const [one, value] of first.props) of.props.set(one, value)
    of.isOpen ||= first.isOpen
    return nothing
  }
  if (name === 'containsKey' && key !== null) {
    if (of.props.has(key)) return constant(true)
    if (!of.isOpen) return constant(false)
  }
  if (name === 'computeIfAbsent' && second && key !== null) {
    const known = of.props.get(key) ?? interpreter.call(second, args.slice(0, 1), site)
    of.props.set(key, known)
    return known
  }
  const isGet = name === 'get' || name === 'getOrDefault'
  if (isGet && key !== null && (of.props.has(key) || !of.isOpen)) return of.props.get(key) ?? second ?? null
  if (name === 'get' && first && !of.isOpen && of.props.size > 0 && interpreter.effects !== null)
    return underAny(of, first, nothing)
  // Which of them, is not known.
  if (isGet && of.props.size > 0)
    return union([
      ...of.props.values(),
      ...(second ? [second] : []),
      ...(of.isOpen && name === 'getOrDefault' ? [symbol('?', `${printValue(of)}[…]`)] : []),
    ])
  return null
}

// Java's `Optional` is what is in it: a thing that was made here, or nothing.
function optionalValue(
  interpreter: Runtime,
  path: string,
  of: Value | null,
  name: string,
  args: ArgValue[],
  site: Site,
): Value | null {
  const [first] = args.map(({ value }) => value)
  // Guava's has names of its own.
  if (/(?:^|\.)Optional\.of$/.test(path) && first) return surelyIn(first)
  if (/(?:^|\.)Optional\.(?:of(?:Nullable)?|fromNullable)$/.test(path)) return first ?? null
  if (/(?:^|\.)Optional\.(?:empty|absent)$/.test(path)) return nothing
  const isNone = of?.t === 'const' && of.v === null
  if (!isNone && !(of?.t === 'object' && of.ref !== null)) return null
  const given = (...values: Value[]) => values.map((value) => ({ name: null, value }))
  switch (name) {
    case 'isPresent':
      return constant(!isNone)
    case 'isEmpty':
      return constant(isNone)
    case 'orElse':
      return isNone ? (first ?? null) : of
    case 'orElseGet':
      return isNone ? (first ? interpreter.call(first, [], site) : null) : of
    case 'orElseThrow':
      if (!isNone) return of
      interpreter.raise(first ? interpreter.call(first, [], site) : noElement, site)
      return ended
    case 'map':
    case 'flatMap':
      return isNone ? nothing : first ? interpreter.call(first, given(of), site) : null
    case 'filter':
      return isNone ? nothing : null
    case 'ifPresent':
      if (!isNone && first) interpreter.call(first, given(of), site)
      return nothing
    default:
      return null
  }
}

// Texts that are known, or constants of enums by their names, beside each other.
function comparedTexts(of: Value | null, name: string, other: Value | undefined): Value | null {
  if (of?.t === 'list' && name === 'contains' && !of.isOpen) {
    const [all, one] = [of.items.map((item) => textOf(item)), textOf(other)]
    return one === null || all.includes(null) ? null : constant(all.includes(one))
  }
  if (name !== 'equalsIgnoreCase' || of === null) return null
  const [left, right] = [textOf(of), textOf(other)]
  return left === null || right === null ? null : constant(left.toLowerCase() === right.toLowerCase())
}

// Vert.x: what came, or failed, before anybody asked (vertx.io/docs/vertx-core, "Future results").
function futureValue(of: Value | null, name: string): Value | null {
  if (of?.t !== 'symbol') return null
  const made = /(?:^|\.)Future\.(succeeded|failed)Future\(\)$/.exec(of.path)?.[1]
  if (!made) return null
  const [given] = of.args.map(({ value }) => value)
  if (name === 'succeeded' || name === 'failed') return constant(name === made)
  if (name === 'result') return made === 'succeeded' ? (given ?? nothing) : nothing
  if (name === 'cause') return made === 'failed' ? (given ?? null) : nothing
  return null
}

const mapsMade =
  /^java\.util\.(?:(?:concurrent\.)?(?:\w*HashMap|TreeMap|EnumMap)|Map\.of(?:Entries)?)$|(?:^|\.)ImmutableMap\.of(?:Entries)?$/

const isBuilder = ({ site }: Extract<Value, { t: 'object' }>): boolean =>
  site !== null && site.module.text.slice(site.start, site.end).endsWith('.builder()')

/** Whether a thing from outside is of the very class that is said of it: it was made here, or a framework makes no other. */
export const isExact = ({ of, args, note }: SymbolValue): boolean =>
  of !== null || args.length > 0 || note === exactly

/** Says of a thing that it is of no class that extends the one which is named. */
export const exactly = { isExact: true }

// A thing of the repository stands under what it says it is as text.
function keyText(interpreter: Runtime, value: Value | undefined, site: Site): string | null {
  if (value?.t === 'class') return `class ${value.ref.module.package}.${value.ref.cls.name}`
  // A class from outside, by its name.
  if (value?.t === 'symbol' && /^[a-z][\w.]*\.[A-Z]\w*$/.test(value.path)) return `class ${value.path}`
  if (value?.t !== 'object' || !value.ref) return textOf(value)
  const said = interpreter.memberOf(value, 'toString', null)
  return said?.t === 'func' ? textOf(interpreter.call(said, [], site)) : null
}

/** What an Optional that holds nothing throws. */
export const noElement = symbol('java.util.NoSuchElementException()', 'nothing', { note: exactly })
