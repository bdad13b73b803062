import { each } from '../resolve/values.ts'
import type { ArgValue, SymbolValue, Value } from '../resolve/values.ts'
import { statusesOf, statusNamed } from './status.ts'
import type { Pack } from './pack.ts'

/** What writes an answer in Go: the writer, and contexts of frameworks. */
const writers =
  /^(?:net\/http\.ResponseWriter\(\)|github\.com\/(?:gin-gonic\/gin|labstack\/echo(?:\/v\d)?)\.Context\(\)|github\.com\/gofiber\/fiber(?:\/v\d)?\.Ctx\(\))$/
/** Of these Gin's is a context of Go as well, which anything may ask for. */
const isContext = /\/gin\.Context\(\)$/
/** Packages of Go itself write a body, and so 200, unless they serve or hand on. */
const ofLanguage = /^[a-z]\w*(?:\/\w+)*\.[A-Z]/
const serves = /(?:^|[./])(?:ServeHTTP|HandleContext)$|^net\/http\/(?:httputil|pprof)\./
/** Ask the writer or the context for something, or set a header. */
const asksOnly = /(?:^|[./])(?:Extract\w*|Get\w*|From\w*|With\w*|Start\w*|Set\w*|New\w*|Wrap\w*|Log\w*)$/

// Also a thing of the repository that holds one.
const writerIn = ({ value }: ArgValue): string[] =>
  value.t === 'symbol' && writers.test(value.path)
    ? [value.path]
    : value.t === 'object' && value.ref
      ? [...value.props.values()].flatMap((one) =>
          one.t === 'symbol' && writers.test(one.path) && !isContext.test(one.path) ? [one.path] : [],
        )
      : []
const isWriter = (arg: ArgValue) => writerIn(arg).length > 0

/** Whether something is what writes an answer, or a struct of the repository that holds it. */
export const isWrittenTo = (value: Value, to: RegExp): boolean =>
  value.t === 'symbol'
    ? to.test(value.path)
    : value.t === 'object' &&
      value.ref?.module.language === 'go' &&
      [...value.props.values()].some(
        (one) => one.t === 'symbol' && writers.test(one.path) && to.test(one.path),
      )

/** The writer that code outside wraps, which writes what it is given all the same: `middleware.NewWrapResponseWriter(w)`. */
export function wrappedWriter({ path }: SymbolValue, args: readonly ArgValue[]): Value | null {
  if (!repacks.test(path) && (!wraps.test(path) || ofLanguage.test(path))) return null
  return (
    args.find(({ value }) => value.t === 'symbol' && value.path === 'net/http.ResponseWriter()')?.value ??
    null
  )
}
/** What makes what is written to it smaller, or keeps it until there is more (pkg.go.dev/compress, pkg.go.dev/bufio). */
const repacks = /^(?:compress\/(?:flate|gzip|lzw|zlib)|bufio)\.NewWriter\w*$/
const wraps = /[./]\w*(?:Wrap|Writer|Headers|Recorder)\w*$|[./]New\w*Response\w*$/

/** What a call of Go to code that is not here says of the answer that this writes with what it is handed. */
export interface HandedAnswer {
  /** The argument that is its status. */
  at?: number
  /** The status that a call which makes what is handed on is named for: `problem.Write(w, problem.NotFound(err))`. */
  named?: number
  /** The argument that may be its body. */
  body?: number
}

export function handedAnswer({ path }: SymbolValue, args: readonly ArgValue[]): HandedAnswer | null {
  if (!args.some(isWriter) || serves.test(path) || ofLanguage.test(path) || asksOnly.test(path)) return null
  // Any number may be one by chance: of a call that is not named for answering it has to be written as a status.
  const isSaid = answers.test(path)
  const isNumber = (value: Value) =>
    each(value).every(
      (one) =>
        one.t === 'const' &&
        statusesOf(one).length > 0 &&
        (isSaid ||
          (one.site !== undefined &&
            /Status/.test(one.site.module.text.slice(one.site.start, one.site.end)))),
    )
  const numbers = args.flatMap(({ value }, at) => (isNumber(value) ? [at] : []))
  const [at, ...others] = numbers
  if (at !== undefined && others.length === 0) {
    const left = args.flatMap(({ value }, index) =>
      index === at || value.t === 'func' || (value.t === 'symbol' && handed.test(value.path)) ? [] : [index],
    )
    return { at, ...(left.length === 1 && left[0] !== undefined ? { body: left[0] } : {}) }
  }
  const named = new Set(args.flatMap(({ value }) => namedIn(value)))
  const [status] = named
  return status !== undefined && named.size === 1 ? { named: status } : null
}

const answers =
  /[./]\w*(?:write|render|respond|reply|send|answer|json|xml|html|text|error|fail|abort|problem|status)\w*$/i
const handed = /^net\/http\.(?:Request|ResponseWriter)\(\)$|\.(?:Context|Ctx)\(\)$/

// Statuses of errors that calls of code outside, and these alone, are named for or given.
function namedIn(value: Value, depth = 0): number[] {
  if (value.t !== 'symbol' || depth > 3 || !/^[\w.-]+\//.test(value.path)) return []
  const name = value.path.replace(/\(\)$/, '').split('.').at(-1) ?? ''
  const status = statusNamed(name.replace(/^(?:New|Err(?:or)?)(?=[A-Z])|(?<=[a-z])Err(?:or)?$/g, ''))
  if (status !== null && status >= 400) return [status]
  const errors = value.args.flatMap((arg) => (arg.value.t === 'const' ? statusesOf(arg.value) : []))
  if (errors.some((one) => one >= 400)) return errors
  return value.args.flatMap((arg) => namedIn(arg.value, depth + 1))
}

/** Whether a call of Go hands what writes an answer to code that is not here: which status comes is that code's then. */
export function isHandedAway({ path }: SymbolValue, args: readonly ArgValue[]): boolean {
  const given = args.flatMap(writerIn)
  if (given.length === 0) return false
  if (serves.test(path)) return true
  if (ofLanguage.test(path) || asksOnly.test(path)) return false
  return given.some((one) => !isContext.test(one))
}

/** JavaScript: whether a value is what code that is not here gave for what writes an answer: which status comes is that code's then. */
export function isOfWriter(value: Value, { parameters = [], calls = {}, language }: Pack): boolean {
  if (language !== 'javascript' || value.t !== 'symbol' || !value.path.endsWith('()')) return false
  return value.args.some(
    ({ value: given }) =>
      given.t === 'symbol' &&
      parameters.includes(given.path) &&
      Object.entries(calls).some(
        ([path, rule]) => path.startsWith(`${given.path}.`) && rule.does === 'respond',
      ),
  )
}
