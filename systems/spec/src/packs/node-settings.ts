import { posix } from 'node:path'
import type { Interpreter } from '../resolve/interpreter.ts'
import { dataAt } from '../resolve/data-files.ts'
import { constant, each, notDefined, symbol, textOf, union } from '../resolve/values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { optionOf } from './options.ts'

const checks =
  /\.(?:parse|parseAsync|safeParse|safeParseAsync|validate|validateSync|validateAsync|cast|attempt|Parse|Decode|Default|Convert)$/
const ofZod = /^(?:zod|yup|valibot|joi|@hapi\/joi|@sinclair\/typebox|superstruct|@hono\/zod-openapi)\b/i

/**
 * What libraries make of a program's settings: each may be what the environment says, and is what the code gives as default where that says nothing.
 * Read are schemas that `process.env` is checked by (zod, Joi, yup, valibot, TypeBox), t3-env, envalid, env-schema, env-var, convict, nconf and node-config.
 */
export class NodeSettings {
  readonly #interpreter: Interpreter
  /** What nconf is given to fall back on. */
  readonly #nconf: Value[] = []

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter
  }

  /** What a call that reads settings gives; null where it is none. */
  call(callee: SymbolValue, args: readonly ArgValue[], site: Site): Value | null {
    const values = args.map(({ value }) => value)
    const [first, second] = values
    const { path } = callee
    if (/^env-schema(?:\.(?:default|envSchema))?$/.test(path)) return this.bySchema(optionOf(first, 'schema'))
    if (/^envalid\.(?:default\.)?(?:cleanEnv|customCleanEnv)$/.test(path)) return this.bySchema(second)
    if (/^@t3-oss\/env-\w+\.createEnv$/.test(path))
      return merged(['server', 'client', 'shared'].map((part) => this.bySchema(optionOf(first, part))))
    if (/^env-var\b.*\.as\w+$/.test(path)) return this.#ofChain(callee, site)
    if (/^convict\b.*\.(?:get|default|getProperties)$/.test(path)) {
      const made = callsOf(callee).find(({ name }) => /^convict(?:\.default)?$/.test(name))
      const all = this.bySchema(made?.args[0])
      return all && first ? keyed(all, textOf(first)?.split('.') ?? []) : all
    }
    if (/^nconf\b.*\.defaults$/.test(path) && first) this.#nconf.push(optionOf(first, 'store') ?? first)
    if (/^nconf\b.*\.(?:get|required)$/.test(path))
      for (const one of this.#nconf) {
        const found = keyed(one, textOf(first)?.split(':') ?? [])
        if (found) return orSet(textOf(first) ?? '', found)
      }
    if (/^config(?:\.default)?\.get$/.test(path)) return this.#ofFiles(textOf(first)?.split('.') ?? [], site)
    return checks.test(path) && ofZod.test(path) ? this.#checked(callee, values) : null
  }

  /** Members of what node-config gives as a whole (`config.api.prefix`), and of a group that it was asked for (`config.get('api').prefix`). */
  member(of: Value, name: string, site: Site): Value | null {
    if (of.t !== 'symbol' || site.module.language !== 'javascript') return null
    const [, asked, members] = /^config((?:\.default)?\.get\(\))?((?:\.\w+)*)$/.exec(of.path) ?? []
    if (members === undefined) return null
    const group = asked ? textOf(callsOf(of)[0]?.args[0]) : ''
    if (group === null) return null
    const keys = [...group.split('.'), ...members.split('.')].filter((key) => key !== '')
    return this.#ofFiles([...keys.filter((key, at) => at > 0 || key !== 'default'), name], site)
  }

  /** Settings as a schema has them, by their names: objects of zod and its like, JSON Schema, tables of fields. Null where it is none. */
  bySchema(schema: Value | undefined): ObjectValue | null {
    const fields = schema ? this.#fieldsOf(schema) : null
    if (!fields) return null
    return settings(
      [...fields].map(([name, field]) => {
        const inner = this.#isGroup(field) ? this.bySchema(field) : null
        const otherwise = inner ? null : this.#defaultOf(field)
        return [name, inner ?? (otherwise ? orSet(name, otherwise) : unknownOf(name))]
      }),
    )
  }

  // `schema.parse(process.env)`, `parse(schema, process.env)`, and what gives the result with the errors.
  #checked(callee: SymbolValue, values: readonly Value[]): Value | null {
    if (!values.some(isEnvironment)) return null
    const schema = [...(callee.of ? [callee.of] : []), ...values.filter((one) => !isEnvironment(one))]
    const made = schema.map((one) => this.bySchema(one)).find((one) => one !== null)
    if (!made) return null
    if (/\.safeParse(?:Async)?$/.test(callee.path))
      return settings([
        ['success', constant(true)],
        ['data', made],
        ['output', made],
        ['error', notDefined],
      ])
    return /joi\b.*\.validate$/i.test(callee.path)
      ? settings([
          ['value', made],
          ['error', notDefined],
        ])
      : made
  }

  // `get('PREFIX').default('/api').asString()`.
  #ofChain(callee: SymbolValue, site: Site): Value | null {
    const calls = callsOf(callee)
    const name = textOf(calls.find((one) => one.name.endsWith('.get'))?.args[0])
    const given = calls.find((one) => one.name.endsWith('.default'))?.args[0]
    return name !== null && given ? orSet(name, this.#valueOf(given, site)) : null
  }

  #fieldsOf(schema: Value): Map<string, Value> | null {
    if (schema.t === 'object')
      return schema.ref === null
        ? this.#tableOf(schema.props.get('properties') ?? schema.props.get('entries') ?? schema)
        : null
    const found = new Map<string, Value>()
    for (const { name, args } of callsOf(schema).toReversed()) {
      const [first, second] = args
      if (
        /(?:^|\.)(?:object|Object|strictObject|looseObject|keys|extend|shape|merge|append)$/.test(name) &&
        first
      )
        for (const [key, value] of this.#fieldsOf(first) ?? []) found.set(key, value)
      // fluent-json-schema
      const key = name.endsWith('.prop') ? textOf(first) : null
      if (key !== null && second) found.set(key, second)
    }
    return found.size > 0 ? found : null
  }

  #tableOf(value: Value): Map<string, Value> | null {
    return value.t === 'object' && value.ref === null && value.props.size > 0 ? value.props : null
  }

  // Settings that stand in another one: an object of a schema, or of convict one that says nothing of itself.
  #isGroup(field: Value): boolean {
    if (field.t === 'object')
      return field.ref === null && !['default', 'env', 'format', 'type'].some((key) => field.props.has(key))
    return callsOf(field).some(({ name }) => /\.(?:object|Object|strictObject)$/.test(name))
  }

  #defaultOf(field: Value): Value | null {
    if (field.t === 'object') return known(field.props.get('default'))
    let found: Value | null = null
    for (const { name, args, site } of callsOf(field).toReversed()) {
      const [first, second] = args
      if (/\.(?:default|catch|prefault)$/.test(name) && first && site) found = this.#valueOf(first, site)
      else if (/\.(?:optional|fallback|nullish)$/.test(name) && second) found = known(second)
      else if (/\.(?:transform|pipe|preprocess)$/.test(name))
        found = found && site && first?.t === 'func' ? this.#run(first, [found], site) : null
      else {
        const said = optionOf(
          args.find((one) => one.t === 'object' && one.props.has('default')),
          'default',
        )
        if (said) found = known(said)
      }
    }
    return found && known(found)
  }

  #valueOf(value: Value, site: Site): Value {
    return value.t === 'func' ? this.#run(value, [], site) : value
  }

  #run(fn: Value, args: readonly Value[], site: Site): Value {
    const given = args.map((value) => ({ name: null, value }))
    return this.#interpreter.record(() => this.#interpreter.call(fn, given, site), 1000).result
  }

  // node-config ("Configuration Files"): the files of the nearest folder `config`, what is for all deployments.
  #ofFiles(keys: readonly string[], site: Site): Value | null {
    const { project } = this.#interpreter
    let dir = posix.dirname(site.module.path)
    for (;;) {
      const base = posix.join(dir, 'config/default')
      const module = ['ts', 'js', 'cjs', 'mjs'].flatMap(
        (end) => project.modules.get(`${base}.${end}`) ?? [],
      )[0]
      const all = module
        ? this.#interpreter.exported(module, 'default')
        : ['json', 'json5', 'yaml', 'yml'].map((end) => dataAt(project, `${base}.${end}`)).find((one) => one)
      const found = all ? keyed(all, keys) : null
      // What has no text there is often what each deployment has to say.
      const isText = found !== null && each(found).some((one) => (textOf(one) ?? '') !== '')
      if (isText) return found.t === 'const' ? orSet(keys.join('.'), found) : found
      if (all || dir === '.') return null
      dir = posix.dirname(dir)
    }
  }
}

/** The environment of the process, or an object that is put together of it. */
const isEnvironment = (value: Value): boolean =>
  value.t === 'symbol'
    ? /^(?:(?:node:)?process(?:\.default)?\.env|Bun\.env|import\.meta\.env|dotenv\b.*\.parsed)$/.test(
        value.path,
      )
    : value.t === 'object' && value.ref === null && [...value.props.values()].some(isOfEnvironment)
const isOfEnvironment = (value: Value): boolean =>
  value.t === 'union'
    ? value.of.some(isOfEnvironment)
    : value.t === 'symbol' && /^(?:(?:node:)?process\.env|Bun\.env)\.\w+$/.test(value.path)

const unknownOf = (name: string): Value => symbol(`process.env.${name}`)
const orSet = (name: string, otherwise: Value): Value => ({
  t: 'union',
  of: [unknownOf(name), otherwise],
  text: `process.env.${name}`,
})

const known = (value: Value | undefined): Value | null =>
  value?.t === 'const' && value.v !== null ? value : value?.t === 'text' ? value : null

const settings = (entries: readonly (readonly [string, Value])[]): ObjectValue => ({
  t: 'object',
  props: new Map(entries),
  ref: null,
  args: [],
  isOpen: true,
  site: null,
})

function merged(all: readonly (ObjectValue | null)[]): ObjectValue | null {
  const entries = all.flatMap((one) => (one ? [...one.props] : []))
  return entries.length > 0 ? settings(entries) : null
}

function keyed(value: Value, keys: readonly string[]): Value | null {
  const [name, ...rest] = keys
  if (name === undefined) return value
  const all = value.t === 'union' ? value.of : [value]
  const found = all.flatMap((one) => (one.t === 'object' ? (one.props.get(name) ?? []) : []))
  return found.length === 0 ? null : keyed(found.length === 1 ? (found[0] ?? notDefined) : union(found), rest)
}

/** The calls that a value of code outside came from, the last first: with their names and what they were given. */
function callsOf(value: Value): { name: string; args: Value[]; site: Site | null }[] {
  const found: { name: string; args: Value[]; site: Site | null }[] = []
  for (let one: Value | null = value; one?.t === 'symbol'; one = one.of)
    if (one.path.endsWith('()'))
      found.push({ name: one.path.slice(0, -2), args: one.args.map((arg) => arg.value), site: one.site })
  return found
}
