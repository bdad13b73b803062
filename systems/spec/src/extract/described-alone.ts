import { pathKey } from '../facts/fact-id.ts'
import { describedOperations } from './api-files.ts'
import type { DescribedOperation } from './api-files.ts'
import type { FoundOperation } from './flat-routes.ts'
import { foundFrameworks } from './found-frameworks.ts'
import type { Repository } from './read-repository.ts'
import type { Run } from './run-code.ts'
import { programOf } from './services.ts'

/** Descriptions of what is called, tried or shown, and not of what this program answers. */
const ofOthers =
  /(?:^|\/)(?:\w*[._-])?(?:tests?|testing|specs|__tests__|e2e|examples?|samples?|demos?|fixtures?|testdata|mocks?|templates?|_templates|clients?|sdks?|external|upstream|third[_-]?party)(?:[._-]\w*)?\//i

/**
 * Operations of API descriptions whose program uses a framework that routes and of which no route was found: written in a way, or by a framework, that is not
 * read. They are declared, since nothing but the description says so. A description of which a fifth was found in code is no source, nor is one of what the
 * program asks for (`isAsked`).
 */
export function describedAlone(
  run: Run,
  repository: Repository,
  known: readonly FoundOperation[],
  isAsked: (all: readonly DescribedOperation[]) => boolean,
): DescribedOperation[] {
  const program = programOf(repository)
  const withRoutes = new Set(known.map(({ site }) => program(site.module.path)))
  const serving = foundFrameworks(repository, run, [])
    .map(({ foundIn }) => program(foundIn))
    .filter((dir) => !withRoutes.has(dir))
  if (serving.length === 0) return []
  const routed = known.map(({ method, template }) => ({ method, key: pathKey(template.path) }))
  const seen = new Set<string>()
  return [...repository.manifests]
    .filter(([path]) => {
      const own = program(path)
      return !ofOthers.test(path) && !withRoutes.has(own) && serving.some((dir) => isNear(dir, own))
    })
    .map(([path, text]) => describedOperations(path, text))
    .filter((described) => described.length > 0 && !isAsked(described))
    .toSorted((a, b) => b.length - a.length)
    .flatMap((described) => {
      const inCode = described.filter((one) => {
        const key = pathKey(one.path)
        return routed.some(
          (it) =>
            (it.method === one.method || it.method === '*') &&
            (key === it.key || (it.key !== '/' && (key.endsWith(it.key) || it.key.endsWith(key)))),
        )
      })
      if (inCode.length * 5 >= described.length) return []
      return described.filter((one) => {
        const key = `${one.method} ${pathKey(one.path)}`
        return !seen.has(key) && seen.add(key)
      })
    })
}

const isNear = (a: string, b: string) =>
  a === b || `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`) || b === ''
