import type { Value } from '../resolve/values.ts'
import { programOf, saidSetting } from './java-settings.ts'
import type { FoundOperation } from './flat-routes.ts'
import { isDropwizard } from './dropwizard.ts'
import { isOwnAnswer } from './rest-providers.ts'
import type { Run } from './run-code.ts'

const answersErrors =
  /(?:^|\.)(?:(?:Default)?ErrorAttributes|(?:Basic|Abstract)?ErrorController|(?:Abstract|Default)ErrorWebExceptionHandler)$/

const known = new WeakMap<Run, Map<string, boolean>>()

/**
 * Whether what an error says is in what is answered where no code of the program takes it. Spring Boot leaves it out since 2.3 (`server.error.include-message`), unless the
 * program says otherwise: by that setting, by the problem details of Spring MVC, or by code that makes the answers of errors. JAX-RS sends the answer that the error holds
 * (`WebApplicationException`: its text is for who reads the log); Dropwizard's own mapper sends the text (dropwizard.io, "Error Handling").
 */
export function saysErrorText(
  run: Run,
  { fn, pack }: Pick<FoundOperation, 'fn' | 'pack'>,
  error: Value,
): boolean {
  if (pack.framework === 'JAX-RS') return isOwnAnswer(run, error) || isDropwizard(run)
  if (pack.framework !== 'Spring') return true
  const program = fn ? programOf(fn.module.path) : ''
  const all = known.get(run) ?? new Map<string, boolean>()
  known.set(run, all)
  const is = all.get(program) ?? isSaid(run, program)
  all.set(program, is)
  return is
}

function isSaid({ project, interpreter }: Run, program: string): boolean {
  const { manifests } = project
  const modules = [...project.modules.values()].filter(({ language }) => language === 'java')
  const isBoot =
    modules.some(({ text }) => text.includes('org.springframework.boot.')) ||
    [...manifests].some(([path, text]) => builds.test(path) && text.includes('spring-boot'))
  if (!isBoot || isBeforeSetting(manifests)) return true
  const setting = (...names: string[]) => saidSetting(program, manifests, names)
  if (
    /^(?:always|\$\{.*)$/i.test(setting('server.error.include-message', 'server.error.includeMessage') ?? '')
  )
    return true
  if (/^(?:true|\$\{.*)$/i.test(setting('spring.mvc.problemdetails.enabled') ?? '')) return true
  return interpreter.lookup
    .classes()
    .some(
      ({ module, cls }) =>
        module.language === 'java' && cls.bases.some(({ name }) => answersErrors.test(name)),
    )
}

const builds = /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.toml)$/

/** Versions of Spring Boot as Maven and Gradle name them. */
const version =
  /<artifactId>spring-boot-(?:starter-parent|dependencies)<\/artifactId>\s*<version>(\d+)\.(\d+)|<spring-?boot\.version>(\d+)\.(\d+)|org\.springframework\.boot["')]+\s*version\s*\(?["'](\d+)\.(\d+)|spring-?boot-?version["']?\s*=\s*["'](\d+)\.(\d+)|spring-boot-gradle-plugin:(\d+)\.(\d+)/gi

// Of Spring Boot before 2.3 each answer has the text of its error.
function isBeforeSetting(manifests: ReadonlyMap<string, string>): boolean {
  const versions = [...manifests].flatMap(([path, text]) =>
    builds.test(path) || path.endsWith('gradle.properties')
      ? [...text.matchAll(version)].map((found) => found.slice(1).filter((part) => part !== undefined))
      : [],
  )
  return (
    versions.length > 0 &&
    versions.every(([major, minor]) => Number(major) < 2 || (Number(major) === 2 && Number(minor) < 3))
  )
}
