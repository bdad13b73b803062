import { posix } from 'node:path'
import type { OpenQuestion } from '../facts/fact-set.ts'
import type { FoundOperation } from './flat-routes.ts'
import type { Repository } from './read-repository.ts'

interface BuildModule {
  dir: string
  /** By what others name it: Maven's artifact, Gradle's path. */
  name: string
  uses: string[]
  isGradle: boolean
}

/** What starts an application of Spring, and not a test. */
const starts =
  /@(?:SpringBootApplication|EnableAutoConfiguration)\b|\bSpringApplication\s*\.\s*run\s*\(|\bSpringApplicationBuilder\s*\(|\b(?:extends|implements)\s+(?:SpringBootServletInitializer|WebApplicationInitializer|Abstract\w*DispatcherServletInitializer)\b/
/** Gradle: what goes through modules by code uses any of them. */
const usesAny = /\b(?:implementation|api|compile|runtimeOnly)\s*\(?\s*(?:it|\w*[Pp]roject)\s*\)?\s*[;}]?\s*$/m
const gradleUses = /\bproject\s*\(\s*(?:path\s*[:=]\s*)?['"]:?([\w:.-]+)['"]|\bprojects\.([\w.]+)/g

/** Folders of modules of Maven or Gradle that no application of Spring in the repository is built of; none where there is no application. */
export function unusedModules({
  manifests,
  modules,
}: Pick<Repository, 'manifests' | 'modules'>): ReadonlySet<string> {
  const all = [...manifests].flatMap(([path, text]): BuildModule[] => {
    const dir = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    if (posix.basename(path) === 'pom.xml') return [{ dir, ...inMaven(text), isGradle: false }]
    return /^build\.gradle(?:\.kts)?$/.test(posix.basename(path))
      ? [
          {
            dir,
            name: dir.replaceAll('/', ':'),
            uses: [...text.matchAll(gradleUses)].map((one) => one[1] ?? `.${one[2]}`),
            isGradle: true,
          },
        ]
      : []
  })
  const dirs = new Set(all.map(({ dir }) => dir))
  const ownDir = (path: string): string | null => {
    for (let dir = posix.dirname(path); dir !== '.'; dir = posix.dirname(dir)) if (dirs.has(dir)) return dir
    return dirs.has('') ? '' : null
  }
  const used = new Set<string>()
  for (const [path, text] of manifests) {
    const dir = posix.basename(path) === 'web.xml' ? ownDir(path) : null
    if (dir !== null) used.add(dir)
    if (posix.basename(path).startsWith('build.gradle') && usesAny.test(text)) return new Set()
  }
  for (const { path, language, text } of modules)
    if (language === 'java' && starts.test(text)) {
      const dir = ownDir(path)
      // One that no build tells: what it is made of is not known.
      if (dir === null) return new Set()
      used.add(dir)
    }
  if (used.size === 0) return used
  for (const dir of used)
    for (const one of all) {
      // What stands above says for all below what they use.
      if (one.dir !== dir && one.dir !== '' && !dir.startsWith(`${one.dir}/`)) continue
      for (const name of one.uses) {
        const named = all.filter((other) => isNamed(other, name))
        for (const other of named) used.add(other.dir)
        // A project of Gradle stands in the repository: its settings name it as nobody can tell here.
        if (named.length === 0 && one.isGradle) return new Set()
      }
    }
  return new Set([...dirs].filter((dir) => !used.has(dir)))
}

/** The operations that an application of the repository has, and questions for the modules whose operations it has not. */
export function ofApplications(
  operations: readonly FoundOperation[],
  repository: Repository,
): { operations: FoundOperation[]; questions: OpenQuestion[] } {
  const unused = unusedModules(repository)
  const left = new Map<string, FoundOperation[]>()
  const dirOf = (path: string): string => {
    for (let dir = posix.dirname(path); dir !== '.'; dir = posix.dirname(dir))
      if (
        unused.has(dir) ||
        repository.manifests.has(`${dir}/pom.xml`) ||
        repository.manifests.has(`${dir}/build.gradle`)
      )
        return dir
    return ''
  }
  const kept = operations.filter((one) => {
    const dir = one.pack.framework === 'Spring' ? dirOf(one.site.module.path) : ''
    if (dir === '' || !unused.has(dir)) return true
    left.set(dir, [...(left.get(dir) ?? []), one])
    return false
  })
  return {
    operations: kept,
    questions: [...left].map(([dir, [first, ...others]]) => ({
      text: `Which application serves ${first?.method} ${first?.template.path}${others.length > 0 ? ` and ${others.length} more` : ''} of ${dir}?`,
      why: 'No application of this repository is built with that module, so its routes are no operations.',
      path: first?.site.module.path ?? dir,
      line: first ? first.site.module.text.slice(0, first.site.start).split('\n').length : 1,
    })),
  }
}

function inMaven(text: string): Pick<BuildModule, 'name' | 'uses'> {
  const own = text
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/<(parent|dependencyManagement|build|reporting|exclusions)>[\s\S]*?<\/\1>/g, '')
  const artifact = /<artifactId>\s*([^<]+?)\s*<\/artifactId>/
  const uses = [...own.matchAll(/<dependency>([\s\S]*?)<\/dependency>/g)].flatMap(([, one = '']) =>
    /<scope>\s*test\s*<\/scope>/.test(one) ? [] : (artifact.exec(one)?.[1] ?? []),
  )
  return { name: artifact.exec(own.replaceAll(/<dependency>[\s\S]*?<\/dependency>/g, ''))?.[1] ?? '', uses }
}

// Gradle names modules by their path, or by what is typed for that: `:loans-web`, `projects.loansWeb`. Settings often put the name of the whole before all of them.
function isNamed({ dir, name, isGradle }: BuildModule, by: string): boolean {
  if (!by.startsWith('.'))
    return (
      name !== '' &&
      (name === by ||
        dir.replaceAll('/', ':').endsWith(`:${by}`) ||
        (isGradle && by.endsWith(`-${dir.replaceAll('/', '-')}`)))
    )
  const plain = (text: string) => text.replaceAll(/[^a-z\d]/gi, '').toLowerCase()
  return plain(name) === plain(by)
}
