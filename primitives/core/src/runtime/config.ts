import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { InvalidInputError } from '../errors.ts'
import { toEnvName, isRecord, listOptions } from './config-options.ts'
import type { ConfigOption, ConfigSection } from './config-options.ts'
import { findNearest } from './nearest.ts'

export const configFileName = 'heavylift.config.json'

/** Where an option's value came from. */
export type ConfigSource = 'default' | 'file' | { env: string }

export interface LoadedConfig {
  /** The validated values of a section. Throws when no section of that name was loaded: a defect, not bad input. */
  section<T>(name: string): T
  /** Every option with its value and where it came from, for `heavylift config`. */
  options(): (ConfigOption & { value: unknown; source: ConfigSource })[]
}

/** One thing that is wrong; `where` names the file and path, or the variable. */
export interface ConfigProblem {
  where: string
  problem: string
}

/** The configuration cannot be used. The message lists every problem, each with its place and what was expected. */
export class ConfigError extends InvalidInputError {
  constructor(problems: ConfigProblem[], cause?: unknown) {
    super({
      code: 'config-invalid',
      message: [
        'The configuration cannot be used:',
        ...problems.map((p) => `  ${p.where}: ${p.problem}`),
      ].join('\n'),
      details: problems,
      ...(cause === undefined ? {} : { cause }),
    })
  }
}

/**
 * Reads `heavylift.config.json` in `directory` (absent is fine), lays environment variables over it (`HEAVYLIFT_<SECTION>_<OPTION>`)
 * and validates each section with its schema. A secret option may name a file or a variable instead (`file:/path`, `env:NAME`). Unknown keys and variables are errors, so that a typing error never goes unseen.
 *
 * @throws ConfigError that lists everything that is wrong, not only the first.
 */
export function loadConfig(input: {
  sections: ConfigSection[]
  directory: string
  env: Record<string, string | undefined>
  /** Sections that exist but are not read now: what is set in them is left unchecked. */
  otherSections?: readonly string[]
}): LoadedConfig {
  const file = join(input.directory, configFileName)
  const others = input.otherSections ?? []
  const raw = readConfigFile(file)
  for (const name of others) delete raw[name]
  const options = input.sections.flatMap(listOptions)
  const problems = [
    ...unknownKeys(raw, input.sections, options),
    ...unknownVariables(input.env, options, others),
  ]

  const sources = new Map<string, ConfigSource>()
  for (const option of options) {
    if (valueAt(raw, option.path.split('.')) !== undefined) sources.set(option.path, 'file')
    const name = option.envNames.find((candidate) => (input.env[candidate] ?? '') !== '')
    if (name === undefined) continue
    setValueAt(raw, option.path.split('.'), parseVariable(input.env[name] ?? '', option))
    sources.set(option.path, { env: name })
  }
  for (const option of options.filter(({ isSecret }) => isSecret)) {
    const secret = referredSecret(valueAt(raw, option.path.split('.')), input.env)
    if (secret === null) continue
    if ('problem' in secret) problems.push({ where: option.path, problem: secret.problem })
    else setValueAt(raw, option.path.split('.'), secret.text)
  }

  const values = new Map<string, unknown>()
  for (const section of input.sections) {
    // A section may be one option by itself, whose default counts when it is absent.
    const isOneOption = options.some(({ path }) => path === section.name)
    const parsed = section.schema.safeParse(raw[section.name] ?? (isOneOption ? undefined : {}))
    if (parsed.success) values.set(section.name, parsed.data)
    else
      problems.push(
        ...parsed.error.issues.map((issue) => describeIssue(issue, section.name, options, sources, raw)),
      )
  }
  if (problems.length > 0) throw new ConfigError(problems)

  return {
    section<T>(name: string): T {
      if (!values.has(name)) throw new Error(`No configuration section "${name}" was loaded.`)
      return values.get(name) as T
    },
    options: () =>
      options.map((option) => ({
        ...option,
        value: valueAt(Object.fromEntries(values), option.path.split('.')),
        source: sources.get(option.path) ?? 'default',
      })),
  }
}

/** What `file:/path` or `env:NAME` stands for, so that a secret need not stand in the configuration; null for anything else. */
function referredSecret(
  value: unknown,
  env: Record<string, string | undefined>,
): { text: string } | { problem: string } | null {
  const found = typeof value === 'string' ? /^(file|env):(.+)$/.exec(value) : null
  const [, kind, where = ''] = found ?? []
  if (kind === 'env') {
    const text = env[where] ?? ''
    return text === '' ? { problem: `the variable ${where} is not set` } : { text }
  }
  if (kind !== 'file') return null
  try {
    return { text: readFileSync(where, 'utf8').trim() }
  } catch (error) {
    return { problem: `${where} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})` }
  }
}

function readConfigFile(file: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new ConfigError([{ where: file, problem: `cannot be read (${(error as Error).message})` }], error)
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ConfigError([{ where: file, problem: `is not JSON: ${(error as Error).message}` }], error)
  }
  if (!isRecord(value)) {
    throw new ConfigError([{ where: file, problem: 'expected an object with a key for each section' }])
  }
  return value
}

function unknownKeys(
  raw: Record<string, unknown>,
  sections: ConfigSection[],
  options: ConfigOption[],
): ConfigProblem[] {
  const paths = options.map((option) => option.path)
  const names = sections.map((section) => section.name)
  const problems: ConfigProblem[] = []
  const visit = (value: unknown, path: string): void => {
    const isLeaf = paths.includes(path)
    const isBranch = names.includes(path) || paths.some((known) => known.startsWith(`${path}.`))
    if (isLeaf) return
    if (!isBranch) {
      const known = path.includes('.') ? paths : names
      problems.push({
        where: `${configFileName}: ${path}`,
        problem: `no such option${suggestion(path, known)}`,
      })
    } else if (isRecord(value)) {
      for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`)
    }
  }
  // `$schema` is what editors look for; it configures nothing.
  for (const [key, value] of Object.entries(raw)) if (key !== '$schema') visit(value, key)
  return problems
}

function unknownVariables(
  env: Record<string, string | undefined>,
  options: ConfigOption[],
  otherSections: readonly string[],
): ConfigProblem[] {
  const unread = otherSections.map((name) => `${toEnvName([name])}_`)
  const known = options.flatMap((option) => option.envNames)
  return Object.keys(env)
    .filter(
      (name) =>
        name.startsWith('HEAVYLIFT_') &&
        !known.includes(name) &&
        !reservedVariables.includes(name) &&
        !name.startsWith('HEAVYLIFT_SECRET_') &&
        !unread.some((prefix) => name.startsWith(prefix)),
    )
    .map((name) => ({ where: name, problem: `no such option${suggestion(name, known)}` }))
}

/** Variables that the launcher reads before any configuration is loaded; those of `HEAVYLIFT_SECRET_…` are no options but keys of models' providers. */
const reservedVariables = ['HEAVYLIFT_SKIP_SETUP', 'HEAVYLIFT_KEY', 'HEAVYLIFT_PROCESS']

function suggestion(name: string, known: string[]): string {
  const near = findNearest(name, known)
  return near === null ? '; `heavylift config` lists all' : `; did you mean ${near}?`
}

/** Text to the option's type. What does not fit stays text, so that the schema's own message names what was expected. */
function parseVariable(text: string, option: ConfigOption): unknown {
  if (option.type === 'string') return text
  if (takesNumber(option, text)) return Number(text)
  if (option.type.includes('true or false') && /^(true|false|1|0|yes|no|on|off)$/i.test(text)) {
    return /^(true|1|yes|on)$/i.test(text)
  }
  if (/\bJSON\b/.test(option.type)) {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
  return text === 'null' && option.type.includes('null') ? null : text
}

/** Whether the text is a number and the option takes any, or that one (`1 or 3`). */
function takesNumber({ type }: ConfigOption, text: string): boolean {
  if (!/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text)) return false
  return /\b(number|integer)\b/.test(type) || type.split(' or ').some((one) => one === String(Number(text)))
}

function describeIssue(
  issue: z.core.$ZodIssue,
  section: string,
  options: ConfigOption[],
  sources: Map<string, ConfigSource>,
  raw: Record<string, unknown>,
): ConfigProblem {
  const path = [section, ...issue.path.map(String)]
  const option = options.find((candidate) => path.join('.').startsWith(candidate.path))
  const source = option === undefined ? undefined : sources.get(option.path)
  const where = typeof source === 'object' ? source.env : `${configFileName}: ${path.join('.')}`
  const value = valueAt(raw, path)
  const shown = value === undefined || option?.isSecret === true ? '' : `, got ${JSON.stringify(value)}`
  const message = issue.message.replace(/^Invalid (input|option|string|value): /, '')
  return { where, problem: `${message.replace(/, received .*$/, '')}${shown}` }
}

function valueAt(value: unknown, keys: string[]): unknown {
  let here = value
  for (const key of keys) here = isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined
  return here
}

function setValueAt(target: Record<string, unknown>, keys: string[], value: unknown): void {
  const last = keys.at(-1)
  if (last === undefined) return
  let here = target
  for (const key of keys.slice(0, -1)) {
    const next = here[key]
    const child: Record<string, unknown> = isRecord(next) ? next : {}
    here[key] = child
    here = child
  }
  here[last] = value
}
