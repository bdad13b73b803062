import { posix } from 'node:path'
import type { FoundFramework, OpenQuestion } from '../facts/fact-set.ts'
import { frameworks } from '../packs/frameworks.ts'
import type { Module } from '../parse/ir.ts'
import { alikeIn } from '../packs/alike.ts'
import type { Pack } from '../packs/pack.ts'
import { packs } from '../packs/packs.ts'
import { filePrograms, leftOutOf, pathOfFile } from './file-routes.ts'
import type { Repository } from './read-repository.ts'
import type { Run } from './run-code.ts'
import { serviceOf } from './services.ts'
import { unreadRouters } from './unread-routers.ts'

/** Frameworks that the code imports or a manifest names, where they make a router if they do; those whose routes are not read too. */
export function foundFrameworks(
  repository: Repository,
  run: Run,
  services: readonly { dir: string }[],
): FoundFramework[] {
  const found = new Map<string, FoundFramework>()
  const making = new Set<FoundFramework>()
  const add = (one: FoundFramework, makes = false) => {
    const key = `${one.service} ${one.name}`
    const known = found.get(key)
    if (known && (!makes || making.has(known))) return
    found.set(key, one)
    if (makes) making.add(one)
  }
  for (const pack of run.packs)
    for (const module of run.project.modules.values()) {
      if (pack.files || module.language !== pack.language || pack.serves?.test(module.text) === false)
        continue
      if (
        module.body.some(
          (stmt) =>
            stmt.k === 'import' &&
            [stmt.source, ...run.project.copiesIn(module, stmt)].some((source) => pack.uses.test(source)),
        ) ||
        alikeOutside(run, module, pack).length > 0 ||
        (module.language === 'javascript' &&
          [...module.text.matchAll(/(?:require|\buse)\(['"]([^'"]+)['"]\)/g)].some(([, source]) =>
            pack.uses.test(source ?? ''),
          ))
      )
        add(
          {
            name: pack.framework,
            service: serviceOf(services, module.path),
            isRead: true,
            foundIn: module.path,
          },
          makesRouter(pack, module.text),
        )
    }
  for (const module of run.project.modules.values())
    for (const name of [...unreadDecorators(run, module), ...unreadRouters(run, module)])
      add({ name, service: serviceOf(services, module.path), isRead: false, foundIn: module.path })
  for (const pack of new Set([...packs, ...run.packs]))
    for (const one of programsByFiles(run, pack)) add({ ...one, service: serviceOf(services, one.foundIn) })
  for (const [path, text] of repository.manifests)
    for (const { name, isRead, manifest, code } of frameworks)
      if (
        !isRead &&
        manifest?.file.test(posix.basename(path)) &&
        manifest.text.test(text) &&
        (!code || repository.modules.some((module) => code.test(module.text)))
      )
        add({ name, service: serviceOf(services, path), isRead, foundIn: path })
  return [...found.values()]
}

// Packages that no pack reads and whose decorators route: named for a method of HTTP, on a method of a class, with a path or with nothing.
function unreadDecorators({ project }: Run, module: Module): string[] {
  if (module.language !== 'javascript' || !module.text.includes('@')) return []
  const sources = new Map(
    module.body.flatMap((stmt) =>
      stmt.k === 'import' ? stmt.names.map(({ local }) => [local, stmt.source] as const) : [],
    ),
  )
  const used = module.body.flatMap((stmt) => {
    const value = stmt.k === 'export' && stmt.value ? stmt.value : stmt
    if (value.k !== 'class') return []
    return value.cls.members.flatMap(({ decorators }) =>
      decorators.flatMap((one) => {
        if (one.k !== 'call' || one.callee.k !== 'name' || !routingWord.test(one.callee.name)) return []
        const [path] = one.args
        return !path || path.value.k === 'str' ? (sources.get(one.callee.name) ?? []) : []
      }),
    )
  })
  return [...new Set(used)].filter(
    (source) =>
      !/^[./~#]/.test(source) &&
      project.resolve(module, source) === null &&
      !packs.some(({ uses, language }) => language === 'javascript' && uses.test(source)),
  )
}

const routingWord = /^(?:http)?(?:get|post|put|patch|delete|del|head|all)(?:Mapping|Route)?$/i

// Where a router is made says more of where routes are than where a request is read.
const makesRouter = ({ routers }: Pack, text: string): boolean =>
  Object.keys(routers ?? {}).some((path) => text.includes(`.${path.slice(path.lastIndexOf('.') + 1)}(`))

// Programs of a framework that routes by files: those with routes, and those of which something else is there to be named.
function programsByFiles({ project }: Run, pack: Pack): Omit<FoundFramework, 'service'>[] {
  if (!pack.files) return []
  return [...filePrograms(project, pack.files)].flatMap(([dir, own]) => {
    const leftOut = leftOutOf(pack, own)
    const routed = [...own].find(([file]) => pack.files && pathOfFile(pack.files, file) !== null)
    const foundIn = routed?.[1].path ?? `${dir}package.json`
    return routed || leftOut !== ''
      ? [{ name: pack.framework, isRead: true, foundIn, ...(leftOut === '' ? {} : { leftOut }) }]
      : []
  })
}

const alikeOutside = ({ project }: Run, module: Module, pack: Pack) =>
  alikeIn(module, pack).filter(({ source }) => project.resolve(module, source) === null)

/** Asks what classes do by themselves that are taken for a framework's own by their name. */
export function askedOfAlike(run: Run): OpenQuestion[] {
  const asked = new Map<string, OpenQuestion>()
  for (const pack of run.packs)
    for (const module of run.project.modules.values())
      for (const { source, name, start } of module.language === pack.language
        ? alikeOutside(run, module, pack)
        : []) {
        const key = `${source}.${name}`
        if (!asked.has(key))
          asked.set(key, {
            text: `What does \`${key}\` do besides what ${pack.framework}'s own class does?`,
            why: `It is of a package outside the repository and is taken for ${pack.framework}'s by its name: routes, guards and handlers of errors that it has by itself are not told.`,
            path: module.path,
            line: module.text.slice(0, start).split('\n').length,
          })
      }
  return [...asked.values()]
}

/** Asks where the routes are of a framework that is read and used, in a service of which none was found: an empty list would pass for an answer. */
export function routesMissing(
  found: readonly FoundFramework[],
  hasOperations: (service: string) => boolean,
): OpenQuestion[] {
  return found
    .filter(({ isRead, service, leftOut }) => isRead && leftOut === undefined && !hasOperations(service))
    .map(({ name, foundIn }) => ({
      text: `Where does ${foundIn} or what uses it declare its routes?`,
      why: `${name} is used, and no route of it was found: there is none, or it is declared in a way that is not read.`,
      path: foundIn,
      line: 1,
    }))
}
