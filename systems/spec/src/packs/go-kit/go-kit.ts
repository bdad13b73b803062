import type { Func, Span } from '../../parse/ir.ts'
import { lowerGo } from '../../parse/lower-go.ts'
import { Scope, symbol } from '../../resolve/values.ts'
import type { ArgValue, FuncValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import type { CallRule } from '../pack.ts'

const root = 'github.com/go-kit/kit/transport/http'

/** What go-kit answers by itself (pkg.go.dev/github.com/go-kit/kit/transport/http, `DefaultErrorEncoder`, `EncodeJSONResponse`). */
export const goKitCalls: Record<string, CallRule> = {
  [`${root}.DefaultErrorEncoder`]: { does: 'respond', status: 500, body: 1 },
  [`${root}.EncodeJSONResponse`]: { does: 'respond', status: 200, body: 2, media: 'application/json' },
}

/** What `Server.ServeHTTP` does with what `NewServer` is given (the same page). */
const text = `package http

func _(w http.ResponseWriter, r *http.Request) {
	decoded, decodeErr := decode(r.Context(), r)
	if decodeErr != nil {
		fail(r.Context(), decodeErr, w)
		return
	}
	served, serveErr := serve(r.Context(), decoded)
	if serveErr != nil {
		fail(r.Context(), serveErr, w)
		return
	}
	if encodeErr := encode(r.Context(), w, served); encodeErr != nil {
		fail(r.Context(), encodeErr, w)
	}
}
`
const parts = ['serve', 'decode', 'encode'] as const

/** The handler that go-kit makes of an endpoint, with what reads its request and writes its answer, and its errors'; null for any other call. */
export function goKitServer(callee: SymbolValue, args: readonly ArgValue[], site: Site): FuncValue | null {
  if (callee.path !== `${root}.NewServer`) return null
  const [first] = args
  // Older versions are given a context before.
  const from = first?.value.t === 'symbol' && first.value.path.startsWith('context.') ? 1 : 0
  const own = args.slice(from).map(({ value }) => value)
  if (own.length < parts.length) return null
  const written = argumentSpans(site).slice(from)
  const fn = placed(read(), (name) => written[parts.indexOf(name)] ?? site)
  const scope = new Scope(site.module, null)
  scope.declare('http', symbol('net/http'))
  for (const [at, name] of parts.entries()) scope.declare(name, own[at] as Value)
  scope.declare('fail', errorEncoder(own.slice(parts.length)))
  return { t: 'func', fn, scope, self: null, owner: null, module: site.module, marks: [] }
}

// The last option counts; where some are not known it may be any.
function errorEncoder(options: readonly Value[]): Value {
  const all = options.flatMap((one) => (one.t === 'list' ? one.items : [one]))
  const said = all.findLast((one) => one.t === 'symbol' && one.path === `${root}.ServerErrorEncoder()`)
  if (said?.t === 'symbol' && said.args[0]) return said.args[0].value
  const isKnown =
    options.every((one) => one.t !== 'list' || !one.isOpen) &&
    all.every((one) => one.t === 'symbol' && one.path.startsWith(root))
  return isKnown ? symbol(`${root}.DefaultErrorEncoder`) : symbol(`${root}.ErrorEncoder()`, 'ErrorEncoder')
}

let known: Func | null = null
function read(): Func {
  const [stmt] = lowerGo('go-kit.go', text).body
  if (stmt?.k !== 'func') throw new Error('The server of go-kit does not parse.')
  return (known ??= stmt.fn)
}

// The same code as if it stood where the program gives its parts.
function placed(fn: Func, placeOf: (name: (typeof parts)[number]) => Span): Func {
  const at = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(at)
    if (typeof one !== 'object' || one === null) return one
    const made = Object.fromEntries(Object.entries(one).map(([key, value]) => [key, at(value)]))
    if (typeof made['start'] !== 'number' || typeof made['end'] !== 'number') return made
    const said = text.slice(made['start'], made['end'])
    const name = ['decode', 'serve', 'encode'].find((part) => said.includes(part)) as (typeof parts)[number]
    const { start, end } = placeOf(name)
    return { ...made, start, end, ...('headEnd' in made ? { headEnd: end } : {}) }
  }
  return { ...(at(fn) as Func), name: '', ...spanOf(placeOf('serve')) }
}

const spanOf = ({ start, end }: Span) => ({ start, end })

// Where the arguments of a call stand.
function argumentSpans({ module, start, end }: Site): Span[] {
  const spans: Span[] = []
  const open = module.text.indexOf('(', module.text.indexOf('NewServer', start))
  let depth = 0
  let begin = open + 1
  for (let at = begin; at < end; at++) {
    const sign = module.text[at] ?? ''
    const isEnd = at === end - 1
    if (depth === 0 && (sign === ',' || isEnd)) {
      const said = module.text.slice(begin, at)
      if (said.trim() !== '')
        spans.push({
          start: begin + said.length - said.trimStart().length,
          end: begin + said.trimEnd().length,
        })
      begin = at + 1
    } else if (/[([{]/.test(sign)) depth++
    else if (/[)\]}]/.test(sign)) depth--
  }
  return spans
}
