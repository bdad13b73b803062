import type { TypeRef } from '../parse/ir.ts'
import type { Lookup } from './lookup.ts'
import type { ArgValue, ClassRef, Scope, Value } from './values.ts'
import { each, nothing, printValue, symbol } from './values.ts'

const basic = /^(?:string|bool|byte|rune|u?int(?:8|16|32|64)?|float(?:32|64)|time\.(?:Time|Duration))$/
const writesItself = ['MarshalJSON', 'MarshalText']
const maxDepth = 6

/**
 * Whether `encoding/json` can write a value for sure: it is made of texts, numbers, flags, lists, maps and structs alone, none of which
 * writes itself (pkg.go.dev/encoding/json, "Marshal": only channels, functions, complex numbers and circles cannot be written).
 */
export function isAlwaysWritten(lookup: Lookup, value: Value, depth = 0): boolean {
  if (depth > maxDepth) return false
  return each(value).every((one) => {
    switch (one.t) {
      case 'const':
      case 'text':
        return true
      case 'list':
        return one.items.length > 0
          ? one.items.every((item) => isAlwaysWritten(lookup, item, depth + 1))
          : !one.isOpen
      case 'object':
        return one.ref && one.ref.cls.kind !== 'alias'
          ? isStruct(lookup, one.ref, depth)
          : !one.isOpen && [...one.props.values()].every((item) => isAlwaysWritten(lookup, item, depth + 1))
      case 'symbol':
        return one.ref
          ? isStruct(lookup, one.ref, depth)
          : one.typed
            ? isType(lookup, one.typed.type, one.typed.scope, depth)
            : isTextOf.test(one.text) ||
              /^(?:fmt\.Sprint\w*|strings\.\w+|strconv\.\w+|len)\(\)$/.test(one.path)
      default:
        return false
    }
  })
}

// What a request carries in its path, its query and its headers, and what an error says.
const isTextOf = /^(?:path|query|header|cookie)\.[\w.-]+$|\.(?:Error|String)\(\)$/

function isStruct(lookup: Lookup, ref: ClassRef, depth: number): boolean {
  return (
    ref.cls.kind === 'struct' &&
    depth <= maxDepth &&
    writesItself.every((name) => lookup.method(ref, name) === null) &&
    ref.cls.bases.every((type) => isType(lookup, type, ref.scope, depth + 1)) &&
    ref.cls.fields.every(({ type }) => type !== null && isType(lookup, type, ref.scope, depth + 1))
  )
}

function isType(lookup: Lookup, type: TypeRef, scope: Scope, depth: number): boolean {
  if (basic.test(type.name)) return true
  if (type.name === '[]' || type.name === 'map')
    return type.args.length > 0 && type.args.every((arg) => isType(lookup, arg, scope, depth + 1))
  const target = lookup.typeTarget(type.name, scope)
  return typeof target === 'string' ? basic.test(target) : isStruct(lookup, target, depth + 1)
}

/** What Go's calls give that write JSON of what can always be written: no error. Null of any other. */
export function writtenJson(lookup: Lookup, callee: Value, args: readonly ArgValue[]): Value | null {
  const [, name] = callee.t === 'symbol' ? (writesJson.exec(callee.path) ?? []) : []
  const [what] = args
  if (name === undefined || callee.t !== 'symbol' || !what || !isAlwaysWritten(lookup, what.value))
    return null
  if (name.endsWith('Encode')) return nothing
  const text = symbol(`${callee.path}()`, `${callee.text}(${printValue(what.value)})`, {
    of: callee,
    args: [...args],
    isThere: true,
    plain: '[]byte',
  })
  return { t: 'list', items: [text, nothing], isOpen: false }
}

const writesJson = /^encoding\/json\.(Marshal(?:Indent)?|NewEncoder\(\)\.Encode)$/

/** Errors of Go's packages: they have no field that a package of JSON or XML sees. */
const silentError =
  /^(?:errors|fmt|github\.com\/pkg\/errors|golang\.org\/x\/xerrors)\.(?:New|Join|Errorf|Wrapf?|WithStack|WithMessagef?)\(\)$/
const noFields: Value = { t: 'object', props: new Map(), ref: null, args: [], isOpen: false, site: null }

/** What is sent of a value as JSON or XML: of an error of Go's packages nothing, as only `Error()` gives its text (pkg.go.dev/encoding/json, "Marshal"). */
export function sentBody(value: Value, media: unknown): Value {
  return media === 'application/json' || media === 'application/xml' ? sentPart(value, 0) : value
}

function sentPart(value: Value, depth: number): Value {
  if (value.t === 'symbol') return silentError.test(value.path) ? noFields : value
  if (depth > maxDepth || value.t !== 'object') return value
  const { ref } = value
  // Names of fields that begin small are for the package alone; embedded structs are what is in them.
  const isOwn = ref?.module.language === 'go' && !ref.module.text.includes(') MarshalJSON(')
  const isHidden = (name: string, { t }: Value) => isOwn && /^[a-z_]/.test(name) && t !== 'object'
  const props = new Map(
    [...value.props].flatMap(([name, one]) =>
      isHidden(name, one) ? [] : [[name, sentPart(one, depth + 1)] as const],
    ),
  )
  const isSame =
    props.size === value.props.size && [...props].every(([name, one]) => one === value.props.get(name))
  return isSame ? value : { ...value, props }
}
