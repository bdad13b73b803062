import { posix } from 'node:path'
import { plural } from '@heavylift/core/text'
import type { Func, Module, Stmt } from '../parse/ir.ts'
import { optionOf } from '../packs/options.ts'
import type { FileRoutes, Pack } from '../packs/pack.ts'
import { pathTexts, templatesOf } from '../packs/path.ts'
import { makeRouter, routerOf } from '../packs/router.ts'
import type { Routing } from '../packs/routing.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Project } from '../resolve/project.ts'
import { constant, each, textOf, writtenAt } from '../resolve/values.ts'
import type { Site, Value } from '../resolve/values.ts'
import { handlerFunctions } from './flat-routes.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Folders of programs of a framework that routes by files, each with its files, by their path from there. */
export function filePrograms(
  { modules, manifests }: Pick<Project, 'modules' | 'manifests'>,
  { manifest, settings }: FileRoutes,
): Map<string, Map<string, Module>> {
  const roots = new Map<string, Map<string, Module>>()
  const add = (path: string) =>
    roots.set(posix.dirname(path) === '.' ? '' : `${posix.dirname(path)}/`, new Map())
  for (const [path, text] of manifests)
    if (posix.basename(path) === 'package.json' && manifest.test(text)) add(path)
  for (const path of modules.keys()) if (settings?.file.test(posix.basename(path))) add(path)
  if (roots.size > 0)
    for (const module of modules.values()) {
      let dir = module.path
      do {
        dir = dir.slice(0, dir.lastIndexOf('/', dir.length - 2) + 1)
        const own = module.language === 'javascript' ? roots.get(dir) : undefined
        if (own) {
          own.set(module.path.slice(dir.length), module)
          break
        }
      } while (dir !== '')
    }
  return roots
}

/** The path that a file is routed at, as its folders say it; null where it is no route. */
export function pathOfFile({ files, leads, silent, closed }: FileRoutes, file: string): string | null {
  const path = files.exec(file)?.groups?.['path']
  if (path === undefined) return null
  const parts = path
    .replace(leads ?? '', '')
    .split('/')
    .filter((part) => part !== '' && !silent?.test(part))
    .map((part) => (part === '[...]' ? '[...rest]' : part))
  if (parts.some((part) => closed?.test(part))) return null
  if (parts.at(-1) === 'index') parts.pop()
  return `/${parts.map((part) => part.replaceAll('%5F', '_')).join('/')}`
}

/** Modules whose place makes them routes of a pack. */
export const routeFilesOf = (project: Project, { files }: Pack): Module[] =>
  files
    ? [...filePrograms(project, files).values()].flatMap((own) =>
        [...own].flatMap(([file, module]) => (pathOfFile(files, file) === null ? [] : [module])),
      )
    : []

/** Modules whose exports all code of a program has by their names, by the folder of the program. */
export const sharedModules = (project: Project, packs: readonly Pack[]): Map<string, Module[]> =>
  new Map(
    packs.flatMap(({ files }) =>
      files?.everywhere
        ? [...filePrograms(project, files)].map(([dir, own]): [string, Module[]] => [
            dir,
            [...own].flatMap(([file, module]) => (files.everywhere?.test(file) ? [module] : [])),
          ])
        : [],
    ),
  )

/** All modules of programs that route by files. */
export const modulesOfPrograms = (project: Project, packs: readonly Pack[]): Module[] =>
  packs.flatMap(({ files }) =>
    files ? [...filePrograms(project, files).values()].flatMap((own) => [...own.values()]) : [],
  )

/** What is there of a program and is no operation, in words. */
export const leftOutOf = ({ files }: Pack, own: ReadonlyMap<string, Module>): string =>
  (files?.leftOut ?? [])
    .flatMap(({ of: [one, many], files: named, text }) => {
      const count = [...own].filter(
        ([file, module]) => named?.test(file) === true || text?.test(module.text) === true,
      ).length
      return count > 0 ? [plural(count, one, many)] : []
    })
    .join(', ')

/** Routes what files are by their place: a router for each program, with what runs before. */
export function routeFiles(interpreter: Interpreter, routing: Routing, packs: readonly Pack[]): void {
  for (const pack of packs)
    if (pack.files)
      for (const own of filePrograms(interpreter.project, pack.files).values())
        routeProgram(interpreter, routing, pack, pack.files, own)
}

function routeProgram(
  interpreter: Interpreter,
  routing: Routing,
  pack: Pack,
  files: FileRoutes,
  own: ReadonlyMap<string, Module>,
): void {
  const routed = [...own].flatMap(([file, module]) => {
    const path = pathOfFile(files, file)
    const method = files.files.exec(file)?.groups?.['method']?.toUpperCase()
    return path === null ? [] : [{ path, module, method }]
  })
  const [first] = routed
  if (!first) return
  const find = (file: RegExp | undefined) => [...own].find(([name]) => file?.test(name))?.[1]
  const settings = find(files.settings?.file)
  const given = settings ? interpreter.exported(settings, 'default') : null
  const prefix = given && files.settings ? optionOf(given, files.settings.prefix) : undefined
  // One that only the environment says is the deployment's, as a proxy's is.
  const known = (prefix ? pathTexts(prefix) : []).find(({ text, isUnsure }) => !isUnsure && text !== '')
  const app = makeRouter(
    pack,
    whole(settings ?? first.module),
    true,
    known ? { t: 'const', v: known.text, from: writtenAt([prefix]) } : null,
  )
  app.isServed = true
  routing.routers.push(app)
  const { before: rule, forOthers, lists } = files
  const before = (rule ? [...own].filter(([name]) => rule.file.test(name)) : [])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, guard]): Before[] => (rule ? [beforeAll(interpreter, guard, rule) ?? []].flat() : []))
  const listed = find(lists)
  if (listed) before.push(...beforeListed(interpreter.exported(listed, 'default')))
  for (const { path, module, method } of routed) {
    const templates = templatesOf(path, pack.syntax)
    const isOther = (name: string) => name === 'default' || name === forOthers
    for (const name of files.exports === 'methods'
      ? [...methods, ...(forOthers ? [forOthers] : [])]
      : ['default']) {
      const value = interpreter.exported(module, name)
      if (
        !value ||
        ['const', 'text', 'list', 'object'].includes(value.t) ||
        (value.t === 'symbol' && files.handsOn?.test(value.path))
      )
        continue
      const verb = isOther(name) ? (method ?? '*') : name
      const middleware = before
        .filter(({ isFor }) => templates.some((one) => isFor(one.path, verb)))
        .map((one) => one.value)
      const site = siteOf(module, name)
      const child = each(value).flatMap((one) => routerOf(one) ?? [])
      for (const one of child) {
        one.isMounted = true
        app.entries.push({ kind: 'mount', prefix: constant(path), child: one, middleware, site })
      }
      if (child.length === 0)
        app.entries.push({
          kind: 'route',
          methods: [verb],
          path: constant(path),
          handlers: [...middleware, unwrapped(value)],
          site,
          args: [],
          options: new Map(),
        })
    }
  }
}

const whole = (module: Module): Site => ({ module, start: 0, end: 0, symbol: '' })

// What code from outside wraps handles, and the wrapper may refuse before it does.
function unwrapped(value: Value): Value {
  if (value.t !== 'symbol') return value
  const inner = value.args
    .map((arg) => unwrapped(arg.value))
    .findLast((one) => one.t === 'func' || handlerFunctions(one).length > 0)
  return inner?.t === 'func' ? { ...inner, marks: [...inner.marks, value] } : value
}

// Where a module says what it exports by a name.
function siteOf(module: Module, name: string): Site {
  const exports = module.body.filter((stmt) => stmt.k === 'export')
  const one = exports.find(({ names, value }) =>
    value ? name === 'default' : names.some(({ exported }) => exported === name),
  )
  const local = one?.names.find(({ exported }) => exported === name)?.local
  const declared = module.body.find((stmt) => stmt.k === 'func' && stmt.fn.name === local)
  const { start, end } = declared ? headOf(declared) : (one ?? { start: 0, end: 0 })
  return { module, start, end, symbol: local ?? name }
}

function headOf(stmt: Stmt): { start: number; end: number } {
  const fn: Func | null = stmt.k === 'func' ? stmt.fn : null
  return fn ? { start: fn.start, end: fn.headEnd } : stmt
}

interface Before {
  value: Value
  isFor: (path: string, method: string) => boolean
}

const listOf = (value: Value | undefined): Value[] =>
  value?.t === 'list' ? value.items : value ? [value] : []

// Of a list that a function is given, or of an object with it.
function beforeListed(made: Value | null): Before[] {
  const given = made?.t === 'symbol' ? made.args[0]?.value : (made ?? undefined)
  return listOf(optionOf(given, 'routes') ?? given).flatMap((one) => {
    const matcher = textOf(optionOf(one, 'matcher'))
    if (matcher === null) return []
    const verbs = listOf(optionOf(one, 'methods') ?? optionOf(one, 'method')).map(textOf)
    const isAny = verbs.length === 0 || verbs.includes('ALL') || verbs.includes(null)
    const pattern = matching(matcher.replace(/\*$/, '(.*)'))
    const isFor = (path: string, method: string) =>
      (isAny || verbs.includes(method)) && pattern.test(path.replaceAll(/\{[^{}]*\}/g, 'x'))
    return listOf(optionOf(one, 'middlewares')).map((value) => ({ value, isFor }))
  })
}

function beforeAll(
  interpreter: Interpreter,
  module: Module,
  { names, matcher }: NonNullable<FileRoutes['before']>,
): Before | null {
  const value = names.flatMap((name) => interpreter.exported(module, name) ?? [])[0]
  if (!value) return null
  const settings = interpreter.exported(module, matcher)
  const asked = settings ? optionOf(settings, 'matcher') : undefined
  const patterns = (asked?.t === 'list' ? asked.items : asked ? [asked] : []).flatMap((one) => {
    const text = textOf(one.t === 'object' ? one.props.get('source') : one)
    return text === null ? [] : [matching(text)]
  })
  return {
    value: unwrapped(value),
    isFor: (path) => {
      const asked = path.replaceAll(/\{[^{}]*\}/g, 'x')
      return patterns.length === 0 || patterns.some((one) => one.test(asked))
    },
  }
}

/** A matcher of paths with named parts and groups, as path-to-regexp 6 reads it ("/about/:path*"). */
export function matching(source: string): RegExp {
  let text = ''
  let at = 0
  const part = /^(\/?):(\w+)(\((?:[^()]|\([^()]*\))*\))?([*+?]?)/
  while (at < source.length) {
    const named = part.exec(source.slice(at))
    if (named) {
      const [all, slash = '', , pattern, many] = named
      const one = pattern ? `(?:${pattern.slice(1, -1)})` : many === '*' || many === '+' ? '.+' : '[^/]+'
      text += many === '*' || many === '?' ? `(?:${slash}${one})?` : slash + one
      at += all.length
    } else if (source[at] === '(') {
      let depth = 0
      let end = at
      for (; end < source.length; end++) {
        if (source[end] === '\\') end++
        else if (source[end] === '(') depth++
        else if (source[end] === ')' && --depth === 0) break
      }
      text += source.slice(at, end + 1)
      at = end + 1
    } else {
      text += (source[at] ?? '').replaceAll(/[.*+?^${}|[\]\\]/g, String.raw`\$&`)
      at++
    }
  }
  try {
    return new RegExp(`^${text}/?$`)
  } catch {
    return /^/
  }
}
