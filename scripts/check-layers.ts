// The order of the house: who may import whom, circles, and what stands in which room. `--report` prints the package graph,
// `--root DIR` looks at another tree.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkLayers } from './layers/check-layers.ts'
import { notYet } from './layers/not-yet.ts'
import { describeLayers } from './layers/report.ts'
import { readTree } from './layers/source-tree.ts'
import { rules } from './layers/violation.ts'
import type { Rule } from './layers/violation.ts'

const { values } = parseArgs({ options: { report: { type: 'boolean' }, root: { type: 'string' } } })
const tree = readTree(values.root ?? join(import.meta.dirname, '..'))

if (values.report) process.stdout.write(describeLayers(tree))
else {
  const { violations, excused, stale } = checkLayers(tree, notYet)
  for (const rule of Object.keys(rules) as Rule[]) {
    const found = violations.filter((one) => one.rule === rule)
    if (found.length === 0) continue
    process.stderr.write(`${rule}: ${rules[rule]}\n`)
    for (const { path, detail } of found) process.stderr.write(`  ${path} ${detail}\n`)
  }
  for (const { rule, paths } of stale)
    process.stderr.write(`not-yet.ts: nothing of ${paths} breaks ${rule} any more; remove the entry.\n`)
  process.stdout.write(
    `${tree.files.size} files of ${tree.packages.length} packages; ${violations.length} out of order, ${excused} known and not mended yet.\n`,
  )
  if (violations.length > 0 || stale.length > 0) process.exitCode = 1
}
