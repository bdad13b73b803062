import { findCircles } from './circles.ts'
import { fileGraph, packageGraph } from './graphs.ts'
import type { SourceTree } from './source-tree.ts'

/** The package graph, its circles and those of files, and lines a package, as text. */
export function describeLayers(tree: SourceTree): string {
  const graph = packageGraph(tree)
  const short = (path: string) => path.split('/')[1]!
  const rows = tree.packages.map(({ path }) => {
    const own = [...tree.files.values()].filter((file) => file.path.startsWith(`${path}/`))
    const linesOf = (isIn: (room: string) => boolean) =>
      own.filter((file) => isIn(file.path.split('/')[2]!)).reduce((sum, { lines }) => sum + lines, 0)
    return [
      path,
      own.length,
      linesOf((room) => room === 'src'),
      linesOf((room) => room !== 'src' && room !== 'samples' && room !== 'test'),
      linesOf((room) => room === 'samples'),
      linesOf((room) => room === 'test'),
      [...graph.get(path)!].map(short).toSorted().join(' ') || '–',
    ].map(String)
  })
  const packageCircles = findCircles(graph)
  const fileCircles = findCircles(fileGraph(tree))
  const twoWay = [...graph].flatMap(([from, tos]) =>
    [...tos].filter((to) => from < to && graph.get(to)?.has(from)).map((to) => `${from} ↔ ${to}`),
  )
  const circleLine = (circle: readonly string[]) => `  ${circle.length}: ${circle.join(', ')}`
  return [
    ...table([['package', 'files', 'src', 'pages and other', 'samples', 'test', 'imports'], ...rows]),
    '',
    `Two-way package dependencies: ${twoWay.length}`,
    ...twoWay.map((pair) => `  ${pair}`),
    `Package circles: ${packageCircles.length}`,
    ...packageCircles.map(circleLine),
    `File circles: ${fileCircles.length}, of ${fileCircles.flat().length} files`,
    ...fileCircles.map(circleLine),
    '',
  ].join('\n')
}

/** Columns of text; all but the first and the last are numbers and stand to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column]!)
          : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  )
}
