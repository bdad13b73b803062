import { findCircles } from './circles.ts'
import { fileGraph, packageGraph } from './graphs.ts'
import { floors } from './source-tree.ts'
import type { SourceTree } from './source-tree.ts'
import type { Violation } from './violation.ts'

/** What package.json files say against what is imported, and circles of packages and files. */
export function checkPackages(tree: SourceTree): Violation[] {
  return [...names(tree), ...declarations(tree), ...circles(tree)]
}

function names({ packages, workspaces }: SourceTree): Violation[] {
  const strangers = workspaces
    .filter((pattern) => !floors.some((floor) => pattern === `${floor}/*`))
    .map((pattern) => ({
      rule: 'known-package' as const,
      path: pattern,
      detail: 'stands in no layer: give its packages a place on one of the floors',
    }))
  const misnamed = packages
    .filter(({ name, folder }) => name !== `@heavylift/${folder}`)
    .map(({ path, folder, name }) => ({
      rule: 'known-package' as const,
      path,
      detail: name === null ? 'has no package.json' : `is named ${name}, not @heavylift/${folder}`,
    }))
  return [...strangers, ...misnamed]
}

function declarations({ packages, files }: SourceTree): Violation[] {
  const ours = new Set(packages.map(({ name }) => name))
  return packages.flatMap((one) => {
    const inProduct = new Map<string, string>()
    const inTests = new Map<string, string>()
    for (const { path, arrows } of files.values())
      for (const { isRelative, toPackage } of arrows) {
        if (!path.startsWith(`${one.path}/`) || isRelative || toPackage?.name == null || toPackage === one)
          continue
        const seen = path.startsWith(`${one.path}/test/`) ? inTests : inProduct
        if (!seen.has(toPackage.name)) seen.set(toPackage.name, path)
      }
    const declared = new Set([...one.dependencies, ...one.devDependencies])
    const missing = (seen: Map<string, string>, isDeclared: (name: string) => boolean, where: string) =>
      [...seen]
        .filter(([name]) => !isDeclared(name))
        .map(([name, from]) => ({
          rule: 'declared' as const,
          path: from,
          detail: `imports ${name}: add it to ${where} of ${one.path}/package.json`,
        }))
    return [
      ...missing(inProduct, (name) => one.dependencies.includes(name), 'dependencies'),
      ...missing(inTests, (name) => declared.has(name) || inProduct.has(name), 'devDependencies'),
      ...[...declared]
        .filter((name) => ours.has(name) && !inProduct.has(name) && !inTests.has(name))
        .map((name) => ({ rule: 'used' as const, path: one.path, detail: `nothing imports ${name}` })),
    ]
  })
}

function circles(tree: SourceTree): Violation[] {
  return [
    ...findCircles(packageGraph(tree)).map((circle) => ({
      rule: 'no-package-circle' as const,
      path: circle[0]!,
      detail: circle.join(' ↔ '),
    })),
    ...findCircles(fileGraph(tree)).map((circle) => ({
      rule: 'no-file-circle' as const,
      path: circle[0]!,
      detail: `${circle.length} files: ${circle.join(', ')}`,
    })),
  ]
}
