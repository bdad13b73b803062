import type { NamedOperations } from '../packs/described-routes.ts'
import type { NamedOperation } from '../packs/named-operation.ts'
import type { Project } from '../resolve/project.ts'
import { describedOperations } from './api-files.ts'

/** Operations of the API descriptions of a project, for routers that name them: of several descriptions the one that the router is made with. */
export function namedOperations({ manifests }: Project): NamedOperations {
  const known = new Map<string, Map<string, NamedOperation>>()
  const inFile = (path: string, text: string): Map<string, NamedOperation> => {
    const read = known.get(path)
    if (read) return read
    const made = new Map(
      describedOperations(path, text).map((data) => {
        // Vert.x puts no path of a server before it (vertx.io/docs/4.5.0/vertx-web-openapi).
        const [, own = data.path] = data.site.symbol.split(' ')
        const { operationId, method, security } = data
        return [operationId, { method, path: own, security, data }] as const
      }),
    )
    known.set(path, made)
    return made
  }
  return (name, file) => {
    const end = file?.replace(/^(?:\w+:)?[./]*/, '') ?? null
    const all = [...manifests].flatMap(([path, text]) => {
      const one = /["']?(?:openapi|swagger)["']?\s*:/.test(text) ? inFile(path, text).get(name) : undefined
      return one ? [{ path, one }] : []
    })
    const named = all.filter(({ path }) => end !== null && `/${path}`.endsWith(`/${end}`))
    const [first, ...others] = named.length > 0 ? named : all
    const isSame = others.every(({ one }) => one.method === first?.one.method && one.path === first.one.path)
    return first && isSame ? first.one : null
  }
}
