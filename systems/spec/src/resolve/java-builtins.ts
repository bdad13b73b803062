import { grow } from './lists.ts'
import type { Runtime } from './runtime.ts'
import { constant, nothing, symbol, textOf, union } from './values.ts'
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
  if (
    /^java\.util\.(?:concurrent\.)?(?:\w*HashMap|TreeMap|EnumMap)$/.test(path) ||
    path === 'java.util.Map.of'
  ) {
    const props = new Map<string, Value>()
    if (name === 'of')
      for (let at = 0; at + 1 < args.length; at += 2) {
        const key = keyText(interpreter, args[at]?.value, site)
        const value = args[at + 1]?.value
        if (key !== null && value) props.set(key, value)
      }
    return { t: 'object', props, ref: null, args: [], isOpen: false, site }
  }
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
  if (/(?:^|\.)StringUtils\.(?:hasText|hasLength|isNotBlank|isNotEmpty)$/.test(path)) {
    const text = textOf(first)
    return text === null ? null : constant(text.trim() !== '')
  }
  // What an error was made from, where that is known; the error itself, where it is not.
  if (name === 'getCause' && (of?.t === 'object' || of?.t === 'symbol'))
    return of.args.map(({ value }) => value).find((value) => value.t === 'object' && value.ref !== null) ?? of
  // Methods that Lombok writes for fields, and those of records.
  if (of?.t === 'object' && of.ref && args.length === 0) {
    const [, first = '', rest = ''] = /^(?:get|is)([A-Z])(\w*)$/.exec(name) ?? []
    const field = of.props.get(first === '' ? name : `${first.toLowerCase()}${rest}`)
    if (field) return field
  }
  // An answer made from another is that one.
  if (name === 'fromResponse' && first) return first
  if (name === 'getClass' && (of?.t === 'object' || of?.t === 'symbol'))
    return of.ref
      ? { t: 'class', ref: of.ref }
      : symbol(of.t === 'symbol' ? of.path.replace(/\(\)$/, '') : '?')
  if (of?.t === 'func' && /^(?:apply|accept|get|test|call|run|handle)$/.test(name))
    return interpreter.call(of, args, site)
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
  if (name === 'put' && key !== null && second) {
    of.props.set(key, second)
    return nothing
  }
  if (name === 'put') {
    of.isOpen = true
    return nothing
  }
  if (name === 'computeIfAbsent' && second && key !== null) {
    const known = of.props.get(key) ?? interpreter.call(second, args.slice(0, 1), site)
    of.props.set(key, known)
    return known
  }
  if ((name === 'get' || name === 'getOrDefault') && key !== null) return of.props.get(key) ?? second ?? null
  // Which of them, is not known.
  if (name === 'get' && of.props.size > 0) return union([...of.props.values()])
  return null
}

// A thing of the repository stands under what it says it is as text.
function keyText(interpreter: Runtime, value: Value | undefined, site: Site): string | null {
  if (value?.t === 'class') return `class ${value.ref.cls.name}`
  if (value?.t !== 'object' || !value.ref) return textOf(value)
  const said = interpreter.memberOf(value, 'toString', null)
  return said?.t === 'func' ? textOf(interpreter.call(said, [], site)) : null
}
