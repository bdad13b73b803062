import type { Interpreter } from '../resolve/interpreter.ts'
import { each, nothing, textOf } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { optionOf } from './options.ts'

/** What a program of Nest sets for all of its controllers. */
interface NestSettings {
  prefix: Value | null
  /** Paths that have no prefix. */
  excluded: string[]
  versions: boolean
  defaultVersion: string | null
  site: Site
}

/** Settings of programs that change the paths of all of their controllers, as they are called for. */
export class ControllerSettings {
  readonly nest: NestSettings[] = []
  /** Prefixes of Spring's controllers, with which of them have it. */
  readonly spring: { prefix: Value | undefined; predicate: Value | undefined; site: Site }[] = []
  /** What makes settings of Nest, by the name that it is registered as. */
  readonly #registered = new Map<string, Value>()
  readonly #interpreter: Interpreter

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** Notes what a call sets; a call that reads a setting gives it, any other null. */
  call(callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
    const [first, second] = args.map(({ value }) => value)
    const { path } = callee
    if (path === '@nestjs/config.registerAs' && second) this.#registered.set(textOf(first) ?? '', second)
    if (path.endsWith('.addPathPrefix')) this.spring.push({ prefix: first, predicate: second, site })
    if (path.endsWith('.setGlobalPrefix'))
      this.nest.push({
        prefix: first ?? null,
        excluded: excludedPaths(second),
        versions: false,
        defaultVersion: null,
        site,
      })
    if (path.endsWith('.enableVersioning')) {
      const type = optionOf(first, 'type')
      if (!type || (type.t === 'symbol' && type.path.endsWith('.URI')))
        this.nest.push({
          prefix: null,
          excluded: [],
          versions: true,
          defaultVersion: textOf(optionOf(first, 'defaultVersion')),
          site,
        })
    }
    return this.#registered.size > 0 ? this.#settingOf(path, textOf(first), site) : null
  }

  // `configService.get('app.apiPrefix')`, of what is registered as `app`.
  #settingOf(path: string, key: string | null, site: Site): Value | null {
    const [, name, rest] = /^(\w+)\.(\w+)$/.exec(key ?? '') ?? []
    const made =
      name === undefined || !/\.get(?:OrThrow)?$/.test(path) ? undefined : this.#registered.get(name)
    if (!made || rest === undefined) return null
    const values = each(this.#interpreter.call(made, [], site)).flatMap((one) =>
      one.t === 'object' ? (one.props.get(rest) ?? []) : [],
    )
    return values[0] ?? null
  }
}

// `{ exclude: ['health', { path: 'metrics', method: … }] }`.
function excludedPaths(options: Value | undefined): string[] {
  const given = optionOf(options, 'exclude') ?? nothing
  return (given.t === 'list' ? given.items : []).flatMap((one) => {
    const text = textOf(one.t === 'object' ? one.props.get('path') : one)
    return text === null ? [] : [`/${text.replace(/^\//, '')}`]
  })
}
