import { posix } from 'node:path'
import type { FoundFramework, OpenQuestion } from '../facts/fact-set.ts'
import { frameworks } from '../packs/frameworks.ts'
import type { Repository } from './read-repository.ts'
import type { Run } from './run-code.ts'
import { serviceOf } from './services.ts'

/** Frameworks that the code imports or a manifest names; those whose routes are not read too. */
export function foundFrameworks(
  repository: Repository,
  run: Run,
  services: readonly { dir: string }[],
): FoundFramework[] {
  const found = new Map<string, FoundFramework>()
  const add = (one: FoundFramework) => {
    const key = `${one.service} ${one.name}`
    if (!found.has(key)) found.set(key, one)
  }
  for (const pack of run.packs)
    for (const module of run.project.modules.values()) {
      if (module.language !== pack.language) continue
      if (
        module.body.some((stmt) => stmt.k === 'import' && pack.uses.test(stmt.source)) ||
        (module.language === 'javascript' &&
          [...module.text.matchAll(/require\(['"]([^'"]+)['"]\)/g)].some(([, source]) =>
            pack.uses.test(source ?? ''),
          ))
      )
        add({
          name: pack.framework,
          service: serviceOf(services, module.path),
          isRead: true,
          foundIn: module.path,
        })
    }
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

/** Asks where the routes are of a framework that is read and used, in a service of which none was found: an empty list would pass for an answer. */
export function routesMissing(
  found: readonly FoundFramework[],
  hasOperations: (service: string) => boolean,
): OpenQuestion[] {
  return found
    .filter(({ isRead, service }) => isRead && !hasOperations(service))
    .map(({ name, foundIn }) => ({
      text: `Where does ${foundIn} or what uses it declare its routes?`,
      why: `${name} is used, and no route of it was found: there is none, or it is declared in a way that is not read.`,
      path: foundIn,
      line: 1,
    }))
}
