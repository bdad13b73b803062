import { floors } from './source-tree.ts'
import type { Arrow, Package, SourceFile, SourceTree } from './source-tree.ts'
import type { Rule, Violation } from './violation.ts'

const ui = 'primitives/ui'
const core = 'primitives/core'
/** Runs before anything is installed. */
const setUp = 'scripts/setup/'

/** Every import against the order of the layers. */
export function checkArrows({ files }: SourceTree): Violation[] {
  return [...files.values()].flatMap((file) =>
    file.arrows.flatMap((arrow) =>
      broken(file, arrow).map((rule) => ({ rule, path: file.path, detail: `imports ${arrow.specifier}` })),
    ),
  )
}

function broken(file: SourceFile, arrow: Arrow): Rule[] {
  const { package: from } = file
  const { toPackage: to } = arrow
  if (from === null)
    return file.path.startsWith(setUp) && !arrow.to?.startsWith(setUp) ? ['set-up-alone'] : []
  if (to === null) return leadsToTop(from, arrow) ? ['no-arrow-up'] : []
  if (to === from) return leavesSource(file, from, arrow) ? ['src-alone'] : []
  const found: Rule[] = []
  if (arrow.isRelative) found.push('by-name')
  if (from.path === core) found.push('core-stands-alone')
  else if (heightOf(to) > heightOf(from)) found.push('no-arrow-up')
  else if (from.floor === 'systems' && to.floor === 'systems') found.push('no-system-in-system')
  else if (from.path === ui && to.path !== core && !arrow.isType) found.push('ui-on-core')
  if (to.path === ui && isBelowPages(file, from)) found.push('ui-in-pages')
  return found
}

function leadsToTop(from: Package, { to }: Arrow): boolean {
  return to !== null && !(from.floor === 'apps' && to.startsWith(setUp))
}

function heightOf({ floor }: Package): number {
  return floors.indexOf(floor)
}

function isBelowPages({ path }: SourceFile, from: Package): boolean {
  return from.path !== 'apps/console' && path.startsWith(`${from.path}/src/`)
}

function leavesSource({ path }: SourceFile, { path: from }: Package, { to, isRelative }: Arrow): boolean {
  if (!isRelative || to === null || !path.startsWith(`${from}/src/`)) return false
  return !to.startsWith(`${from}/src/`) && !to.startsWith(`${from}/samples/`)
}
