import { posix } from 'node:path'
import type { Pack } from '../packs/pack.ts'
import { annotationWords } from '../packs/validators/validators.ts'
import { frameworkCopies } from '../resolve/framework-copies.ts'
import { Project } from '../resolve/project.ts'
import type { Alias } from '../resolve/project.ts'
import type { Repository } from './read-repository.ts'

/** Sources with what the manifests say of names of modules. */
export function buildProject({ modules, manifests }: Repository, packs: readonly Pack[]): Project {
  const goModules: { name: string; dir: string }[] = []
  const aliases: Alias[] = []
  const packages = new Map<string, string>()
  for (const [path, text] of manifests) {
    const dir = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    const base = posix.basename(path)
    if (base === 'go.mod') {
      const name = /^module\s+(\S+)/m.exec(text)?.[1]
      if (name) goModules.push({ name, dir })
    } else if (base === 'package.json') {
      const found = readJson(text)
      if (typeof found?.['name'] === 'string' && found['name'] !== '') packages.set(found['name'], dir)
      for (const [name, target] of Object.entries((found?.['imports'] ?? {}) as Record<string, unknown>))
        aliases.push({
          dir,
          prefix: name.replace(/\*.*$/, ''),
          targets: pathsIn(target).map((one) => posix.join(dir, one.replace(/\*.*$/, '/'))),
        })
      // module-alias (its readme): names of folders.
      const named = (found?.['_moduleAliases'] ?? {}) as Record<string, unknown>
      for (const [prefix, target] of Object.entries(named))
        if (typeof target === 'string') aliases.push({ dir, prefix, targets: [posix.join(dir, target)] })
    } else if (/^[tj]sconfig[\w.]*\.json$/.test(base)) {
      const options = (readJson(text)?.['compilerOptions'] ?? {}) as {
        baseUrl?: string
        paths?: Record<string, string[]>
      }
      const root = posix.join(dir, options.baseUrl ?? '.').replace(/\/$/, '')
      for (const [pattern, targets] of Object.entries(options.paths ?? {}))
        if (Array.isArray(targets))
          aliases.push({
            dir,
            prefix: pattern.replace(/\*$/, ''),
            targets: targets.map((target) => posix.join(root, target.replace(/\*$/, '/'))),
          })
      if (options.baseUrl !== undefined)
        for (const folder of new Set(
          modules
            .map((module) => module.path)
            .filter((one) => root === '.' || one.startsWith(`${root}/`))
            .map((one) => (root === '.' ? one : one.slice(root.length + 1)).split('/')[0] ?? ''),
        ))
          if (folder !== '' && !folder.includes('.'))
            aliases.push({ dir, prefix: `${folder}/`, targets: [`${posix.join(root, folder)}/`] })
          else {
            const file = /^(\w[\w-]*)\.[cm]?[jt]sx?$/.exec(folder)?.[1]
            if (file) aliases.push({ dir, prefix: file, targets: [posix.join(root, file)] })
          }
    }
  }
  return new Project({
    modules,
    goModules,
    aliases,
    packages,
    known: knownNames(packs),
    outside: routingNames(packs),
    manifests,
    copies: frameworkCopies(modules, applications(packs)),
  })
}

// Node.js ("Subpath imports"): a path, or one for each of several conditions.
const pathsIn = (target: unknown): string[] =>
  typeof target === 'string'
    ? [target]
    : typeof target === 'object' && target !== null
      ? Object.values(target).flatMap(pathsIn)
      : []

/** JSON as people write it in settings: with comments and trailing commas. Null where it is none. */
export function readJson(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    try {
      const bare = text
        .replaceAll(/("(?:\\.|[^"\\])*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (_whole, kept?: string) => kept ?? '')
        .replaceAll(/,(\s*[}\]])/g, '$1')
      return JSON.parse(bare) as Record<string, unknown>
    } catch {
      return null
    }
  }
}

const applications = (packs: readonly Pack[]): string[] =>
  packs.flatMap(({ language, routers }) =>
    language === 'python'
      ? Object.entries(routers ?? {}).flatMap(([path, { isApp }]) =>
          isApp && path.includes('.') ? path : [],
        )
      : [],
  )

// Functions of JavaScript that route: what they mean a pack says, also where their code is here.
const routingNames = (packs: readonly Pack[]) =>
  new Set(
    packs.flatMap(({ language, functions }) =>
      language === 'javascript' ? Object.keys(functions ?? {}) : [],
    ),
  )

function knownNames(packs: readonly Pack[]): Set<string> {
  return new Set(
    packs.flatMap((pack) => {
      const rules = pack.annotations
      const tables = [
        pack.routers,
        pack.errors,
        pack.answers,
        rules?.controllers,
        rules?.classPaths,
        rules?.methods,
        rules?.methodPaths,
        rules?.parameters,
        rules?.status,
        rules?.guards,
        rules?.advice?.onMethod,
      ]
      return [
        ...tables.flatMap((table) => Object.keys(table ?? {})),
        ...Object.keys({ ...pack.calls, ...pack.routerTypes, ...pack.functions }).map((path) =>
          path.replace(/\(\).*$/, ''),
        ),
        ...(rules?.advice?.onClass ?? []),
        ...(pack.invalidErrors ? invalidNames(pack.invalidErrors) : []),
        ...(pack.language === 'java' ? [...constraintNames, ...javaNames] : []),
      ].flatMap((path) => [path, path.replace(/\.[a-z]\w*$/, '')])
    }),
  )
}

const invalidNames = ({ body, bound, type, missing, byClass }: NonNullable<Pack['invalidErrors']>) => [
  ...body,
  ...bound,
  ...type,
  ...Object.values(missing ?? {}).flat(),
  ...(byClass ? [byClass.annotation, ...byClass.bound] : []),
]

const constraintNames = ['javax', 'jakarta'].flatMap((root) =>
  Object.keys(annotationWords).map((name) => `${root}.validation.constraints.${name}`),
)

/** Classes of Java's own that stand behind wildcard imports. */
const javaNames =
  'ArrayList Arrays Collection Collections Date EnumMap HashMap HashSet LinkedHashMap List Map NoSuchElementException Objects Optional Set TreeMap UUID'
    .split(' ')
    .map((name) => `java.util.${name}`)
