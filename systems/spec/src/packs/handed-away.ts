import type { ArgValue, SymbolValue } from '../resolve/values.ts'

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

/** Whether a call of Go hands what writes an answer to code that is not here: which status comes is that code's then. */
export function isHandedAway({ path }: SymbolValue, args: readonly ArgValue[]): boolean {
  const given = args.flatMap(({ value }) =>
    value.t === 'symbol' && writers.test(value.path) ? [value.path] : [],
  )
  if (given.length === 0) return false
  if (serves.test(path)) return true
  if (ofLanguage.test(path) || asksOnly.test(path)) return false
  return given.some((one) => !isContext.test(one))
}
