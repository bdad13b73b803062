import type { Project } from './project.ts'
import { isSetting, partsOf, structOf } from './go-parts.ts'
import type { Runtime } from './runtime.ts'
import { constant, printValue, symbol, textOf, union } from './values.ts'
import type { ArgValue, ObjectValue, Site, SymbolValue, Value } from './values.ts'

/** What a tag says that a field holds where nothing else is set: of caarlos0/env, envconfig, cleanenv, go-envconfig, kong, go-flags, creasty/defaults. */
const ofTag = /\b(?:default|envDefault|env-default|defaultValue):"([^"]*)"|\benv:"[^"]*?,\s*default=([^",]*)/

/** Flags of Go's `flag`, of pflag and cobra, by the functions that give a pointer to them and those that are given one. */
const flag = /(?:^flag|\/pflag|FlagSet\(\)|Flags\(\))\.(String(?:Var)?P?)$/
/** A text that viper, koanf or urfave/cli gives by its name. */
const named =
  /(?:\/viper(?:\.New\(\)|\.Viper\(\)|\.GetViper\(\))?\.GetString|\/koanf(?:\/v\d)?\.(?:New\(\)|Koanf\(\))\.(?:Must)?String|\/cli(?:\/v\d)?\.(?:Context|Command)\(\)\.String)$/
const unmarshals = /\/viper(?:\.\w+\(\))?\.Unmarshal(?:Exact)?$/

/** Defaults that code gives settings by their names, anywhere: viper's, koanf's, and those of flags of urfave/cli. */
const written = [
  /\.SetDefault\(\s*"(?<name>[^"\n]+)",\s*"(?<text>[^"\n]*)"/g,
  /StringFlag\{[^{}]*?\bName:\s*"(?<name>[^"\n]+)"[^{}]*?\bValue:\s*"(?<text>[^"\n]*)"/g,
]
const inMap = /confmap\.Provider\(\s*map\[string\](?:any|interface\{\})\{([^{}]*)\}/g
const entry = /"(?<name>[^"\n]+)":\s*"(?<text>[^"\n]*)"/g

const defaultsOf = new WeakMap<Project, ReadonlyMap<string, string>>()

/** A setting that is `text` where nobody says otherwise. */
const orDefault = (text: string, name: string): Value => union([symbol('?', name), constant(text)])

/** What a call of Go gives that asks for a setting which has a default; null of any other. A struct that it is given is filled with what its tags say. */
export function goSetting(
  runtime: Runtime,
  callee: SymbolValue,
  args: readonly ArgValue[],
  site: Site,
): Value | null {
  const { path } = callee
  const [first, second] = args
  const name = textOf(first?.value)
  const kind = flag.exec(path)?.[1] ?? ''
  if (/^StringP?$/.test(kind) && name !== null) {
    const text = textOf(args[kind.endsWith('P') ? 2 : 1]?.value)
    return text === null ? null : orDefault(text, name)
  }
  if (named.test(path) && name !== null) {
    const text = defaultsIn(runtime.project).get(name.toLowerCase())
    return text === undefined ? null : orDefault(text, name)
  }
  // kingpin: `kingpin.Flag("base", "").Default("/api").String()`
  if (/\.Flag\(\)(?:\.\w+\(\))*\.Default\(\)(?:\.\w+\(\))*\.String$/.test(path)) {
    const text = textOf(defaultIn(callee.of))
    return text === null ? null : orDefault(text, printValue(callee))
  }
  if (path === 'cmp.Or' && second) {
    const at = args.findIndex(({ value }) => isSetting(value) && textOf(value) !== '')
    return at < 0 ? null : union(args.slice(0, at + 1).map(({ value }) => value))
  }
  // Where requests are handled what tags say is of them.
  if (runtime.effects !== null || !/[./]/.test(path)) return null
  const keys = unmarshals.test(path) ? defaultsIn(runtime.project) : null
  for (const { value } of args)
    if (value.t === 'object' || value.t === 'symbol') fill(runtime, value, site, keys, '', 0)
  return null
}

/** What a flag is by default whose variable a call is given as the first: `flag.StringVar(&base, "base", "/api", "")`. */
export function flagGiven(callee: Value, args: readonly ArgValue[]): Value | null {
  const kind = callee.t === 'symbol' ? (flag.exec(callee.path)?.[1] ?? '') : ''
  if (!kind.startsWith('StringVar')) return null
  const text = textOf(args[kind.endsWith('P') ? 3 : 2]?.value)
  return text === null ? null : orDefault(text, textOf(args[1]?.value) ?? '?')
}

function fill(
  runtime: Runtime,
  value: SymbolValue | ObjectValue,
  site: Site,
  keys: ReadonlyMap<string, string> | null,
  above: string,
  depth: number,
): boolean {
  const struct = structOf(value)
  if (!struct || depth > 4) return false
  let isFilled = false
  const { props } = partsOf(value)
  for (const field of struct.fields) {
    if (props.has(field.name)) continue
    const { name = '' } = field.type ?? {}
    if (name === 'string') {
      const found = ofTag.exec(field.tag)
      const text = keys ? keys.get(`${above}${keyOf(field.name, field.tag)}`) : (found?.[1] ?? found?.[2])
      if (text === undefined) continue
      props.set(field.name, orDefault(text, field.name))
    } else {
      if (!field.type?.fields && !/^[A-Za-z]/.test(name)) continue
      const part = runtime.memberOf(value, field.name, site)
      if (part?.t !== 'symbol' && part?.t !== 'object') continue
      const next = keys ? `${above}${keyOf(field.name, field.tag)}.` : ''
      if (!fill(runtime, part, site, keys, next, depth + 1)) continue
      props.set(field.name, part)
    }
    isFilled = true
  }
  return isFilled
}

// The name that viper has for a field.
const keyOf = (name: string, tag: string): string =>
  (/\bmapstructure:"([^",]+)/.exec(tag)?.[1] ?? name).toLowerCase()

function defaultIn(of: Value | null): Value | undefined {
  if (of?.t !== 'symbol') return undefined
  return of.path.endsWith('.Default()') ? of.args[0]?.value : defaultIn(of.of)
}

function defaultsIn(project: Project): ReadonlyMap<string, string> {
  const known = defaultsOf.get(project)
  if (known) return known
  const found = new Map<string, string>()
  const note = (groups: Record<string, string> | undefined) =>
    found.set((groups?.['name'] ?? '').toLowerCase(), groups?.['text'] ?? '')
  for (const { language, text } of project.modules.values()) {
    if (language !== 'go') continue
    for (const pattern of written) for (const { groups } of text.matchAll(pattern)) note(groups)
    for (const [, map = ''] of text.matchAll(inMap))
      for (const { groups } of map.matchAll(entry)) note(groups)
  }
  defaultsOf.set(project, found)
  return found
}
