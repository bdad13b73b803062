import { constant, each, joined, nothing, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from '../../resolve/values.ts'
import { optionOf } from '../options.ts'
import { isFunction, makeRouter } from '../router.ts'
import type { Router } from '../router.ts'
import { tsRest } from './ts-rest.ts'

/** What contracts of ts-rest say is routed where a program puts them on an application of Express. */
export class Contracts {
  readonly #routerAt: (value: Value | undefined, site: Site) => Router | null
  readonly #made: (router: Router) => void

  constructor(
    routerAt: (value: Value | undefined, site: Site) => Router | null,
    made: (router: Router) => void,
  ) {
    this.#routerAt = routerAt
    this.#made = made
  }

  /** What a call of ts-rest gives; null where it is none. */
  call({ path }: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    const [first, second, third, fourth] = args.map(({ value }) => value)
    if (/^@ts-rest\/core\.initContract\(\)\.(?:router|query|mutation)$/.test(path) && first)
      return first.t === 'object' ? below(first, optionOf(second, 'pathPrefix')) : first
    if (/^@ts-rest\/express\.initServer\(\)\.(?:router|route)$/.test(path)) return second ?? null
    if (path !== '@ts-rest/express.createExpressEndpoints' || !first || !second) return null
    const on = this.#routerAt(third, site)
    if (!on) return null
    const router = makeRouter(tsRest, site, false, null)
    router.isMounted = true
    this.#made(router)
    on.entries.push({ kind: 'mount', prefix: null, child: router, middleware: [], site })
    this.#route(router, first, second, fourth, site, 0)
    return nothing
  }

  #route(
    router: Router,
    contract: Value,
    answers: Value,
    options: Value | undefined,
    site: Site,
    depth: number,
  ): void {
    if (contract.t !== 'object' || answers.t !== 'object' || depth > 8) return
    for (const [key, said] of contract.props) {
      const given = answers.props.get(key)
      if (!given || said.t !== 'object') continue
      const asked = said.props.get('method')
      const method = textOf(asked)
      const path = said.props.get('path')
      if (method === null || !path) {
        this.#route(router, said, given, options, site, depth + 1)
        continue
      }
      const handler = isFunction(given) ? given : given.t === 'object' ? given.props.get('handler') : given
      const middleware = [optionOf(options, 'globalMiddleware'), optionOf(given, 'middleware')].flatMap(
        (one) => (one?.t === 'list' ? one.items : []),
      )
      const at = (path.t === 'const' ? path.site : null) ?? said.site ?? site
      router.entries.push({
        kind: 'route',
        methods: [method.toUpperCase()],
        path,
        handlers: [
          ...middleware,
          checked(said, optionOf(options, 'requestValidationErrorHandler'), at),
          ...each(handler ?? nothing).flatMap((one) =>
            isFunction(one) ? [made('handler', [one], at)] : [one],
          ),
        ],
        site: at,
        ...(asked?.t === 'const' && asked.site ? { by: [asked.site] } : {}),
        args: [],
        options: new Map(),
      })
    }
  }
}

const made = (name: string, args: readonly Value[], site: Site): Value =>
  symbol(`@ts-rest/express.${name}()`, name, {
    args: args.map((value) => ({ name: null, value })),
    site,
  })

// Each part of the request that the contract has a schema of; a function of the program may answer what does not fit.
function checked(said: ObjectValue, onError: Value | undefined, site: Site): Value {
  const parts = new Map<string, Value>()
  for (const [key, name] of [
    ['body', 'body'],
    ['query', 'query'],
    ['pathParams', 'params'],
    ['headers', 'headers'],
  ] as const) {
    const schema = said.props.get(key)
    if (schema && schema.t !== 'const') parts.set(name, schema)
  }
  const asked: Value = { t: 'object', props: parts, ref: null, args: [], isOpen: false, site }
  return made('checked', [asked, ...(onError && isFunction(onError) ? [onError] : [])], site)
}

// A contract whose paths stand behind a prefix.
function below(contract: ObjectValue, prefix: Value | undefined): ObjectValue {
  if (!prefix) return contract
  const props = new Map<string, Value>()
  const isRoute = contract.props.has('method') && contract.props.has('path')
  for (const [key, value] of contract.props)
    props.set(
      key,
      isRoute && key === 'path'
        ? joinedPath(prefix, value)
        : !isRoute && value.t === 'object'
          ? below(value, prefix)
          : value,
    )
  return { ...contract, props }
}

function joinedPath(prefix: Value, path: Value): Value {
  const [a, b] = [textOf(prefix), textOf(path)]
  if (a === null || b === null) return joined([prefix, path])
  const whole = constant(`${a}${b}`)
  const at = [prefix, path].flatMap((one) => (one.t === 'const' && one.site ? [one.site] : []))
  return whole.t === 'const'
    ? { ...whole, from: at, ...(path.t === 'const' && path.site ? { site: path.site } : {}) }
    : whole
}
