import { joinPaths, pathTexts } from '../packs/path.ts'
import { routerOf } from '../packs/router.ts'
import type { Class } from '../parse/ir.ts'
import { linesOf } from '../resolve/values.ts'
import type { ClassRef, Site } from '../resolve/values.ts'
import type { KnownPrefix } from './java-settings.ts'
import { controllersOf } from './nest-modules.ts'
import type { NestModules } from './nest-modules.ts'
import type { Run } from './run-code.ts'

type Setting = Run['routing']['settings']['nest'][number]

const isSame = (a: Site, b: Site | null) => b !== null && a.module === b.module && a.start === b.start

/**
 * Where a program makes several applications of Nest: below which path the one answers that has a controller, by its own global prefix and by where the server that
 * it is made for is mounted. Of several that have it, the one with the most controllers. Null where there is only one application, or none has it.
 */
export function applicationPrefixes(
  { routing }: Run,
  modules: NestModules,
): (ref: ClassRef) => { prefix: KnownPrefix; settings: Setting[] } | null {
  const { applications, nest } = routing.settings
  if (new Set(applications.map(({ root }) => root.cls)).size < 2) return () => null
  const all = applications
    .map((one) => ({ ...one, has: controllersOf(modules, one.root.cls) }))
    .toSorted((a, b) => b.has.size - a.has.size)
  const isOnly = (site: Site) => all.filter((one) => one.site.module === site.module).length === 1
  const prefixes = all.map(({ site, server }) => {
    const settings = nest.filter(({ of, site: at }) =>
      of ? isSame(site, of) : at.module === site.module && isOnly(site),
    )
    const router = routerOf(server ?? undefined)
    const mount = routing.routers
      .flatMap(({ entries }) => entries)
      .find((entry) => entry.kind === 'mount' && router !== null && entry.child === router)
    const values = [
      mount?.kind === 'mount' ? mount.prefix : null,
      settings.find(({ prefix }) => prefix !== null)?.prefix ?? null,
    ].filter((value) => value !== null)
    const [parts] = values.reduce<ReturnType<typeof pathTexts>[]>(
      ([before = []], value) => [[...before, ...pathTexts(value).slice(0, 1)]],
      [[]],
    )
    return {
      settings,
      prefix: {
        text: joinPaths(
          (parts ?? []).map(({ text }) => text),
          false,
        ).replace(/^\/$/, ''),
        isUnsure: (parts ?? []).some((one) => one.isUnsure),
        sites: [
          ...(mount ? [mount.site] : []),
          ...settings.map(({ site: at }) => at),
          ...values.flatMap((value) => linesOf(value, site)),
        ],
      },
    }
  })
  const byClass = new Map<Class, (typeof prefixes)[number]>()
  for (const [at, { has }] of all.entries())
    for (const cls of has) {
      const one = prefixes[at]
      if (one && !byClass.has(cls)) byClass.set(cls, one)
    }
  return ({ cls }) => byClass.get(cls) ?? null
}
