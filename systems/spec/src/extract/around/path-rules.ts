import { parseAllDocuments } from 'yaml'
import { valueOfYaml } from '../yaml-values.ts'
import { always, unknownCaller, withoutRole } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import type { Module } from '../../parse/ir.ts'
import { both } from '../../resolve/conditions.ts'
import { symbol } from '../../resolve/values.ts'
import type { Site } from '../../resolve/values.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import { contextOf, contextsOf, programOf } from '../java-settings.ts'
import type { Run } from '../run-code.ts'
import { fitsAntPattern } from './ant-pattern.ts'
import { ownTable } from '../../parse/own-table.ts'

/** What settings ask of requests to a path. */
interface PathRule {
  program: string
  /** Null is any. */
  methods: string[] | null
  pattern: string
  asks: 'nothing' | 'authentication' | 'role' | 'refusal'
  roles: string[]
  when: Condition
  site: Site
  through: Site[]
}

type Settings = ReadonlyMap<string, unknown>

/** What is asked of an operation, and what refuses. */
export interface AskedByPath {
  rule: PathRule
  around: Around
}

/**
 * Rules by path in files of settings: Micronaut ("Intercept URL Map"), where no annotation is for an operation, and Quarkus ("Authorization using configuration"), before annotations.
 */
export class PathRules {
  readonly #run: Run
  readonly #maps: PathRule[] = []
  readonly #permissions: PathRule[] = []
  /** Programs that send whoever is not signed in elsewhere to sign in. */
  readonly #sending = new Set<string>()

  constructor(run: Run) {
    this.#run = run
    for (const [path, text] of run.project.manifests) {
      if (!/(?:^|\/)application\.(?:ya?ml|properties)$/.test(path) || /(?:^|\/)src\/test\//.test(path))
        continue
      const module: Module = { path, language: 'java', text, package: '', body: [], broken: [] }
      const settings = path.endsWith('.properties') ? ofProperties(text) : ofYaml(text)
      this.#maps.push(...interceptMap(settings, module))
      this.#permissions.push(...permissions(settings, module))
      if (
        /^(?:web-app|hybrid)$/.test(String(settings.get('quarkus.oidc.application-type'))) ||
        String(settings.get('quarkus.http.auth.form.enabled')) === 'true'
      )
        this.#sending.add(programOf(path))
    }
  }

  /** `isAnnotated`: an annotation says already who may call it. */
  of(operation: FoundOperation, isAnnotated: boolean): AskedByPath[] {
    const { framework } = operation.pack
    const rules =
      framework === 'Micronaut' && !isAnnotated
        ? this.#ofMap(operation)
        : framework === 'JAX-RS'
          ? this.#ofPermissions(operation)
          : []
    return rules
      .filter(({ asks }) => asks !== 'nothing')
      .map((rule) => ({ rule, around: { run: () => this.#refuse(rule) } }))
  }

  // One for the method before one for any.
  #ofMap({ method, template, site }: FoundOperation): PathRule[] {
    const fitting = this.#maps.filter(
      ({ program, pattern }) =>
        program === programOf(site.module.path) && fitsAntPattern(pattern, template.path),
    )
    const first =
      fitting.find(({ methods }) => methods?.includes(method)) ?? fitting.find(({ methods }) => !methods)
    return first ? [first] : []
  }

  // Those of the longest path that fits; of them those that name the method. Where all name others, nobody may.
  #ofPermissions({ method, template, site }: FoundOperation): PathRule[] {
    const program = programOf(site.module.path)
    const context = contextOf(contextsOf(this.#run.project.manifests), program)
    if (context?.isUnsure === true) return []
    const path = `${context?.text ?? ''}${template.path}`
    const fitting = this.#permissions.filter((one) => one.program === program && fits(one.pattern, path))
    const longest = Math.max(...fitting.map(({ pattern }) => rank(pattern)))
    const best = fitting.filter(({ pattern }) => rank(pattern) === longest)
    const named = best.filter(({ methods }) => methods?.includes(method))
    if (named.length > 0) return named
    const others = best.filter(({ methods }) => !methods)
    return others.length > 0
      ? others
      : best.slice(0, 1).map((one) => ({ ...one, asks: 'refusal', roles: [] }))
  }

  #refuse({ program, asks, roles, when, site, through }: PathRule): void {
    const { interpreter } = this.#run
    const answer = (status: number, who: Condition[number]) =>
      interpreter.running.by(through, () =>
        interpreter.within(both(when, [who]), () =>
          interpreter.emit('answer-error', symbol('settings', 'settings'), status, site, {
            isFramework: true,
          }),
        ),
      )
    if (!this.#sending.has(program)) answer(401, [unknownCaller])
    if (asks === 'role') answer(403, [withoutRole(roles)])
    if (asks === 'refusal') answer(403, [{ ...unknownCaller, op: 'true' }])
  }
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [])
    .map((one) => String(one).trim())
    .filter((one) => one !== '')

function interceptMap(settings: Settings, module: Module): PathRule[] {
  const map = settings.get('micronaut.security.intercept-url-map')
  if (!Array.isArray(map) || String(settings.get('micronaut.security.enabled')) === 'false') return []
  let from = 0
  return map.flatMap((entry: unknown): PathRule[] => {
    const one = entry as Record<string, unknown> | null
    if (typeof one?.['pattern'] !== 'string') return []
    const { pattern } = one
    const start = module.text.indexOf(pattern, from)
    const access = textsIn(one['access'])
    const last = access.at(-1) ?? ''
    const end = module.text.indexOf(last, start) + last.length
    from = end
    const verb = typeof one['http-method'] === 'string' ? one['http-method'].toUpperCase() : null
    const is = (name: string) => access.some((each) => each === name)
    return access.length === 0 || start < 0 || end < start || access.some((each) => each.includes('${'))
      ? []
      : [
          {
            program: programOf(module.path),
            methods: verb === null ? null : [verb],
            pattern,
            ...(is('isAnonymous()')
              ? { asks: 'nothing', roles: [] }
              : is('isAuthenticated()')
                ? { asks: 'authentication', roles: [] }
                : is('denyAll()')
                  ? { asks: 'refusal', roles: [] }
                  : { asks: 'role', roles: access }),
            when: always,
            site: { module, start, end, symbol: '' },
            through: [],
          },
        ]
  })
}

function permissions(settings: Settings, module: Module): PathRule[] {
  const names = new Set(
    [...settings.keys()].flatMap(
      (key) => /^quarkus\.http\.auth\.permission\.("[^"]+"|[^.]+)\.paths$/.exec(key)?.[1] ?? [],
    ),
  )
  return [...names].flatMap((name): PathRule[] => {
    const own = `quarkus.http.auth.permission.${name}`
    const [policy = ''] = textsIn(settings.get(`${own}.policy`))
    const isLeft =
      String(settings.get(`${own}.enabled`)) === 'false' || String(settings.get(`${own}.shared`)) === 'true'
    const allowed = `quarkus.http.auth.policy.${policy}.roles-allowed`
    const roles = textsIn(settings.get(allowed))
    const methods = textsIn(settings.get(`${own}.methods`)).map((one) => one.toUpperCase())
    const asks = builtIn[policy] ?? (roles.includes('**') ? 'authentication' : 'role')
    const [site, ...through] = [`${own}.paths`, `${own}.policy`, allowed, `${own}.methods`].flatMap((key) =>
      placeIn(module, key),
    )
    if (isLeft || !site || (asks === 'role' && roles.length === 0) || roles.some((one) => one.includes('${')))
      return []
    // What a profile says of it otherwise is of that.
    const profiles = new Set(
      [...settings.keys()].flatMap(
        (key) => /^%([\w-]+)\.quarkus\.http\.auth\.(?:permission|policy)\./.exec(key)?.[1] ?? [],
      ),
    )
    const when: Condition = [
      [...profiles]
        .filter((one) => one !== 'test')
        .map((one) => ({ subject: `@profile ${one}`, op: 'false' as const })),
    ]
    return textsIn(settings.get(`${own}.paths`)).map((pattern) => ({
      program: programOf(module.path),
      methods: methods.length > 0 ? methods : null,
      pattern,
      asks,
      roles: asks === 'role' ? roles : [],
      when,
      site,
      through,
    }))
  })
}

const builtIn: Record<string, PathRule['asks']> = ownTable({
  permit: 'nothing',
  authenticated: 'authentication',
  deny: 'refusal',
})

// `/a/*` is `/a` and all below it, `*` between others is one part.
function fits(pattern: string, path: string): boolean {
  const whole = `/${pattern}`.replaceAll(/\/{2,}/g, '/')
  return whole.endsWith('/*')
    ? fitsAntPattern(`${whole.slice(0, -1)}**`, path)
    : whole.endsWith('*')
      ? path.startsWith(whole.slice(0, -1))
      : fitsAntPattern(whole, path)
}

// An exact path before any with an end that is open, of these the longest.
const rank = (pattern: string) => pattern.replace(/\/?\*$/, '').length + (pattern.endsWith('*') ? 0 : 10_000)

const escape = (text: string) => text.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`)

function placeIn(module: Module, key: string): Site[] {
  const parts = key.split('.')
  const line = module.path.endsWith('.properties')
    ? new RegExp(String.raw`^[ \t]*${parts.map(escape).join(String.raw`\.`)}[ \t]*[=:].*$`, 'm').exec(
        module.text,
      )
    : inYaml(module.text, parts)
  return line ? [{ module, start: line.index, end: line.index + line[0].length, symbol: '' }] : []
}

// The line of a nested key, after those above it.
function inYaml(text: string, parts: readonly string[]): RegExpExecArray | null {
  let from = 0
  for (const [index, part] of parts.entries()) {
    const key = new RegExp(
      String.raw`^[ \t]*["']?(?:[\w.-]+\.)?${escape(part)}["']?(?:\.[\w.-]+)?[ \t]*:.*$`,
      'gm',
    )
    key.lastIndex = from
    const found = key.exec(text)
    if (found && index === parts.length - 1) return found
    from = found ? found.index : from
  }
  return null
}

const ofProperties = (text: string): Settings =>
  new Map(
    text
      .replaceAll(/\\\r?\n[ \t]*/g, '')
      .split(/\r?\n/)
      .flatMap((line): [string, string][] => {
        const [, key, value] = /^\s*([%\w."-]+)\s*[=:]\s*(.*)$/.exec(line) ?? []
        return key === undefined || value === undefined ? [] : [[key, value.trim()]]
      }),
  )

// Of the documents that are for all profiles.
function ofYaml(text: string): Settings {
  const found = new Map<string, unknown>()
  const walk = (value: unknown, key: string): void => {
    if (key !== '') found.set(key, value)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [name, inner] of Object.entries(value)) walk(inner, key === '' ? name : `${key}.${name}`)
  }
  for (const document of parseAllDocuments(text))
    if (document.errors.length === 0) walk(valueOfYaml(document), '')
  return found
}
