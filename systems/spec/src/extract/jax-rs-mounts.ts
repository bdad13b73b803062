import { posix } from 'node:path'
import { joinPaths, pathTexts } from '../packs/path.ts'
import { restServlets } from '../packs/controller-settings.ts'
import type { RestMount } from '../packs/controller-settings.ts'
import { jaxRs } from '../packs/jax-rs/jax-rs.ts'
import { annotationsOf } from '../resolve/annotations.ts'
import type { ClassRef, FuncValue } from '../resolve/values.ts'
import { headOfClass } from '../resolve/declared.ts'
import { linesOf } from '../resolve/values.ts'
import { programOf, settingLines, toldSetting } from './java-settings.ts'
import type { KnownPrefix } from './java-settings.ts'
import { attempt } from './run-code.ts'
import type { Run } from './run-code.ts'

/** What code that puts JAX-RS on a server names. */
const mounting =
  /\b(?:ServletContainer|GuiceContainer|HttpServlet\w*Dispatcher|FilterDispatcher|CXF\w*Servlet|RestServlet|JAXRSServerFactoryBean|setUrlPattern)\b|\wHttp(?:Server|Container)Factory\b/

/** Frameworks that serve what is annotated at their root where nothing says otherwise (the guides of Quarkus, Dropwizard, Helidon, Micronaut and Spring Boot). */
const atRoot =
  /\bio\.quarkus\b|\bio\.dropwizard\b|\bdropwizard-core\b|\bio\.helidon\.microprofile\b|\bmicronaut-jaxrs\b|\bspring-boot-starter-jersey\b/

const cxfContext = /(?:^|[\s>])org\.apache\.cxf\.servlet\.context\s*=\s*([^\s<]+)/

const nowhere: KnownPrefix = { text: '', isUnsure: true }

/** Below which path JAX-RS answers, by the class that is asked there; not sure where nothing that was read puts it on a server. */
export function restMounts(run: Run): (ref: ClassRef) => KnownPrefix {
  const applications = applicationPaths(run)
  const { manifests } = run.project
  const own = restClasses(run)
  const servlets = servletPaths(run, own)
  findMounts(run, own)
  const told = byProgram(
    run.routing.settings.rest.map((mount) => ({
      program: programOf(mount.site.module.path),
      prefix: {
        ...prefixOf(mount, manifests),
        sites: [mount.site, ...linesOf(mount.path, mount.site)],
      },
    })),
  )
  const addresses = xmlAddresses(manifests)
  const context = cxfContextOf(manifests)
  const isAtRoot = isUsed(run, atRoot)
  const configured = isUsed(run, dropwizard) ? dropwizardRoots(manifests) : []
  return (ref) => {
    const program = programOf(ref.module.path)
    const [own, ...others] = configured
    // What its settings say counts more than its code.
    if (own)
      return {
        ...own,
        isUnsure: own.isUnsure || others.some(({ text, isUnsure }) => text !== own.text || isUnsure),
      }
    const application = nearest(applications, program)
    const servlet = nearest(servlets, program)
    if (application || servlet)
      return {
        text: joinPaths([servlet?.text ?? '', application?.text ?? ''], false).replace(/^\/$/, ''),
        isUnsure: (servlet?.isUnsure ?? false) || (application?.isUnsure ?? false),
        sites: [...(servlet?.sites ?? []), ...(application?.sites ?? [])],
      }
    const name = `${ref.module.package}.${ref.cls.name}`
    const address = addresses.find(({ classes }) => classes.has(name)) ?? only(addresses)
    if (address)
      return {
        text: joinPaths([context?.text ?? '', address.prefix.text], false).replace(/^\/$/, ''),
        isUnsure: context === null || context.isUnsure || address.prefix.isUnsure,
      }
    return nearest(told, program) ?? (isAtRoot ? { text: '', isUnsure: false } : nowhere)
  }
}

// Whether manifests or imports name a framework.
const isUsed = ({ project }: Run, names: RegExp): boolean =>
  [...project.manifests].some(
    ([path, text]) => /\.(?:xml|gradle|kts|toml)$/.test(path) && names.test(text),
  ) ||
  [...project.modules.values()].some(
    ({ language, body }) =>
      language === 'java' && body.some((stmt) => stmt.k === 'import' && names.test(stmt.source)),
  )

const dropwizard = /\bio\.dropwizard\b|\bdropwizard-core\b/

/** Below what settings of Dropwizard put resources (dropwizard.io, "Configuration Reference", "Servers"): `rootPath`, below the context of the application. */
function dropwizardRoots(manifests: ReadonlyMap<string, string>): KnownPrefix[] {
  return [...manifests].flatMap(([path, text]) => {
    if (!/\.ya?ml$/.test(path) || /(?:^|\/)src\/test\//.test(path)) return []
    const server = /^server:[^\n]*\n((?:[ \t]+[^\n]*(?:\n|$)|[ \t]*\n)*)/m.exec(text)?.[1] ?? ''
    const value = (name: string) =>
      new RegExp(String.raw`^[ \t]+${name}:[ \t]*["']?([^"'\s#]+)`, 'm').exec(server)?.[1]
    const root = value('rootPath')
    const context =
      value('applicationContextPath') ?? (value('type') === 'simple' ? '/application' : undefined)
    if (root === undefined && context === undefined) return []
    const parts = [context ?? '', root ?? ''].map((one) => toldSetting(withoutStar(one)))
    const whole = joinPaths(
      parts.map((one) => one.text),
      false,
    ).replace(/^\/$/, '')
    return [
      {
        text: whole,
        sites: settingLines(path, text, whole),
        isUnsure: parts.some((one) => one.isUnsure),
      },
    ]
  })
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined)

/** Of its own program, or of the only one that has any; not sure where there are several others. */
function nearest(all: ReadonlyMap<string, KnownPrefix>, program: string): KnownPrefix | undefined {
  const texts = new Set([...all.values()].map(({ text }) => text))
  return all.get(program) ?? (texts.size > 1 ? nowhere : all.values().next().value)
}

/** One of each program; not sure where it has several. */
function byProgram(all: readonly { program: string; prefix: KnownPrefix }[]): Map<string, KnownPrefix> {
  const found = new Map<string, KnownPrefix>()
  for (const { program, prefix } of all) {
    const known = found.get(program)
    found.set(program, known && known.text !== prefix.text ? { ...known, isUnsure: true } : prefix)
  }
  return found
}

/** What says of an application below which path it answers; of OSGi's whiteboard too (docs.osgi.org, "Jakarta RESTful Web Services Whiteboard"). */
const applicationPath =
  /\bws\.rs\.ApplicationPath$|\.whiteboard\.propertytypes\.Ja(?:x|karta)rsApplicationBase$/

function applicationPaths(run: Run): Map<string, KnownPrefix> {
  return byProgram(
    run.interpreter.lookup.classes().flatMap((ref) => {
      if (ref.module.language !== 'java') return []
      const found = annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).find(({ path }) =>
        applicationPath.test(path),
      )
      const value = found?.args.find(({ name }) => name === null || name === 'value')?.value
      if (!value) return []
      const sites = [headOfClass(ref), ...linesOf(value, headOfClass(ref))]
      return [{ program: programOf(ref.module.path), prefix: { ...toldSetting(value), sites } }]
    }),
  )
}

// Classes of the repository that are servlets or applications of JAX-RS.
const restClasses = ({ interpreter: { lookup } }: Run): Set<string> =>
  new Set(
    lookup
      .classes()
      .filter(
        (ref) =>
          ref.module.language === 'java' && lookup.ancestry(ref).some((name) => restServlets.test(name)),
      )
      .map(({ module, cls }) => `${module.package}.${cls.name}`),
  )

/** The path that a program's `web.xml` maps JAX-RS to, by the program; not sure where it maps several. */
function servletPaths({ project }: Run, own: ReadonlySet<string>): Map<string, KnownPrefix> {
  const isRest = (text: string) => restServlets.test(text) || own.has(text.trim())
  const found: { program: string; prefix: KnownPrefix }[] = []
  for (const [path, written] of project.manifests) {
    if (posix.basename(path) !== 'web.xml' || /(?:^|\/)src\/test\//.test(path)) continue
    const text = written.replaceAll(/<!--[\s\S]*?-->/g, '')
    const blocks = (kind: string) =>
      Array.from(text.matchAll(new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`, 'g')), (one) => one[1] ?? '')
    const valuesOf = (block: string, name: string) =>
      Array.from(block.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g')), (one) =>
        (one[1] ?? '').trim(),
      )
    const patterns = ['servlet', 'filter'].flatMap((kind) => {
      const rest = new Set(
        blocks(kind)
          .filter((block) => isRest(block) || valuesOf(block, `${kind}-class`).some(isRest))
          .flatMap((block) => valuesOf(block, `${kind}-name`)),
      )
      return blocks(`${kind}-mapping`)
        .filter((block) => valuesOf(block, `${kind}-name`).some((name) => rest.has(name) || isRest(name)))
        .flatMap((block) => valuesOf(block, 'url-pattern'))
    })
    for (const pattern of patterns)
      found.push({ program: programOf(path), prefix: { text: withoutStar(pattern), isUnsure: false } })
  }
  return byProgram(found)
}

const withoutStar = (pattern: string) => joinPaths([pattern.replace(/\/?\*$/, '')], false).replace(/^\/$/, '')

// Runs what may put JAX-RS on a server: the calls that do are noted among the settings.
function findMounts(run: Run, own: ReadonlySet<string>): void {
  const {
    interpreter,
    packs,
    routing: { settings },
    tooDeep,
  } = run
  if (!packs.includes(jaxRs)) return
  const names = [...own].map((name) => name.split('.').at(-1) ?? name)
  const isConcerned = (text: string) =>
    mounting.test(text) ||
    names.some((name) => text.includes(`new ${name}(`) || text.includes(`${name}.class`))
  for (const ref of interpreter.lookup.classes()) {
    const { module, scope } = ref
    if (module.language !== 'java' || !isConcerned(module.text)) continue
    for (const fn of ref.cls.members) {
      if (!fn.hasBody || !isConcerned(module.text.slice(fn.start, fn.end))) continue
      const site = { module, start: fn.start, end: fn.headEnd, symbol: `${ref.cls.name}.${fn.name}` }
      const method: FuncValue = { t: 'func', fn, scope, self: null, owner: ref, module, marks: [] }
      settings.askedOfRest = site
      attempt(
        () => void interpreter.record(() => interpreter.outcomes(method, [], site), stepsOfMounting),
        () => tooDeep.push(module.path),
      )
    }
  }
  settings.askedOfRest = null
}

const stepsOfMounting = 20_000

function prefixOf({ path, kind }: RestMount, manifests: ReadonlyMap<string, string>): KnownPrefix {
  const [written] = path ? pathTexts(path) : []
  // Of a whole address the host may be anything.
  const [, url] = /^https?:\/\/[^/]*(.*)$/.exec(written?.text ?? '') ?? []
  if (url !== undefined) return { text: withoutStar(url), isUnsure: false }
  const prefix = path ? toldSetting(path) : nowhere
  if (kind === 'servlet') return { ...prefix, text: withoutStar(prefix.text) }
  const context = kind === 'cxf' ? cxfContextOf(manifests) : null
  return context
    ? {
        text: joinPaths([context.text, prefix.text], false).replace(/^\/$/, ''),
        isUnsure: context.isUnsure || prefix.isUnsure,
      }
    : nowhere
}

/** Where CXF's own servlet stands: in a container of OSGi, or as Spring Boot's starter puts it. */
function cxfContextOf(manifests: ReadonlyMap<string, string>): KnownPrefix | null {
  for (const text of manifests.values()) {
    const given = cxfContext.exec(text)?.[1]
    if (given !== undefined) return toldSetting(given)
  }
  return null
}

/** Servers of CXF that stand in XML (`<jaxrs:server address="/x">`), with the classes that they serve. */
function xmlAddresses(
  manifests: ReadonlyMap<string, string>,
): { prefix: KnownPrefix; classes: Set<string> }[] {
  return [...manifests].flatMap(([path, text]) => {
    if (!path.endsWith('.xml') || !text.includes('<jaxrs:server')) return []
    const beans = new Map(
      Array.from(
        text.matchAll(/<bean\b[^>]*>/g),
        ([tag]) => [attribute(tag, 'id'), attribute(tag, 'class')] as const,
      ),
    )
    return Array.from(
      text.matchAll(/<jaxrs:server\b([^>]*)>([\s\S]*?)<\/jaxrs:server>/g),
      ([, tag = '', body = '']) => ({
        prefix: toldSetting(attribute(tag, 'address')),
        classes: new Set(
          Array.from(body.matchAll(/<(?:ref|bean)\b[^>]*>/g), ([one]) => {
            const ref = attribute(one, 'bean') || attribute(one, 'component-id')
            return attribute(one, 'class') || beans.get(ref) || ''
          }),
        ),
      }),
    )
  })
}

const attribute = (tag: string, name: string) =>
  new RegExp(String.raw`\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
