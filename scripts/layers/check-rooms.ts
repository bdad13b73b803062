import type { Package, SourceFile, SourceTree } from './source-tree.ts'
import type { Violation } from './violation.ts'

const standardFiles = [
  'README.md',
  ...['index', 'system', 'start', 'context', 'config'].map((name) => `src/${name}.ts`),
]

/** What is only taken from core to make a thing of that kind, and the rooms below src where that is done. */
const makers: readonly { names: readonly string[]; rooms: readonly string[]; isForApps: boolean }[] = [
  { names: ['route', 'uploadRoute'], rooms: ['routes'], isForApps: true },
  // The command line takes these from all systems, and runs them.
  { names: ['Command'], rooms: ['commands'], isForApps: false },
  { names: ['Measure'], rooms: ['evals', 'benches'], isForApps: false },
]

/** Whether every thing stands in its room. */
export function checkRooms(tree: SourceTree): Violation[] {
  const paths = new Set(tree.paths)
  const isSystem = (one: Package) => one.floor === 'systems' || paths.has(`${one.path}/src/system.ts`)
  return [
    ...tree.packages
      .filter((one) => isSystem(one) && one.path !== 'primitives/core')
      .flatMap((one) =>
        standardFiles
          .filter((name) => !paths.has(`${one.path}/${name}`))
          .map((name) => ({
            rule: 'standard-files' as const,
            path: `${one.path}/${name}`,
            detail: 'is missing',
          })),
      ),
    ...tree.packages.flatMap((one) => misplaced(one, tree.paths)),
    ...[...tree.files.values()].flatMap(madeElsewhere),
  ]
}

function misplaced({ path: home, floor }: Package, paths: readonly string[]): Violation[] {
  const inSource = (path: string) => path.startsWith(`${home}/src/`)
  const hasPagesInSource = home === 'apps/console' || home === 'primitives/ui'
  return paths
    .filter((path) => path.startsWith(`${home}/`))
    .flatMap((path) => {
      const found = (detail: string) => [{ rule: 'standard-rooms' as const, path, detail }]
      if (inSource(path) && /\/samples?$/.test(path))
        return found('samples and their generator stand in samples/')
      if (floor !== 'apps' && /^[^/]+\/[^/]+\/sample$/.test(path)) return found('the folder is samples/')
      if (inSource(path) && path.endsWith('.tsx') && !hasPagesInSource)
        return found('pages stand in console/')
      if (/\.test\.tsx?$/.test(path) && !path.startsWith(`${home}/test/`))
        return found('tests stand in test/')
      return []
    })
}

function madeElsewhere({ path, package: home, arrows }: SourceFile): Violation[] {
  if (home === null || home.path === 'primitives/core' || !path.startsWith(`${home.path}/src/`)) return []
  const room = path.slice(home.path.length + '/src/'.length).split('/')[0]!
  return arrows
    .filter(({ toPackage }) => toPackage?.path === 'primitives/core')
    .flatMap(({ names }) =>
      makers
        .filter(({ isForApps }) => isForApps || home.floor !== 'apps')
        .filter((maker) => maker.names.some((name) => names.includes(name)) && !maker.rooms.includes(room))
        .map((maker) => ({
          rule: 'standard-rooms' as const,
          path,
          detail: `takes ${maker.names.filter((name) => names.includes(name)).join(' and ')} of core: that belongs to ${maker.rooms.map((one) => `src/${one}`).join(' or ')}`,
        })),
    )
}
