import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { z } from 'zod'
import type { SpecDocument } from '../../formats/document.ts'
import { findDocuments, readDocument } from '../../formats/find-documents.ts'
import { decodeSource } from '../../formats/source-text.ts'
import { lintRules } from '../../lint/finding.ts'
import type { Finding } from '../../lint/finding.ts'
import { lintDocument } from '../../lint/lint.ts'
import { readStatements } from '../../lint/statement.ts'
import { bySource, sourceOf } from '../sources.ts'
import { seedFaults } from './seed-faults.ts'

const sampleTree = join(import.meta.dirname, '..', '..', '..', 'samples', 'formats')
const shownFailures = 30

/** `faults.json` beside a spec: all that is wrong with it. `key` is a requirement, a criterion or a scenario; any of them where it is absent. */
const faultsSchema = z.array(z.object({ rule: z.enum(lintRules), key: z.string().optional() }))

const kinds = new Set(['spec', 'bugfix', 'delta'])

/** `heavylift eval spec.lint`: labelled specs where there are any, else faults that are seeded into each spec. */
export async function runLintEval({ dataDir, report, signal }: MeasureInput) {
  const tree = dataDir ?? sampleTree
  const found = (await findDocuments(tree, signal)).filter(({ kind }) => kinds.has(kind))
  if (found.length === 0)
    throw new InvalidInputError({ code: 'data-empty', message: `There is no spec below ${tree}.` })
  const labels = await readLabels(tree)
  const totals = new Map<string, ReturnType<typeof noCounts>>()
  const byKind = new Map<string, { seeded: number; caught: number }>()
  const failures: string[] = []
  for (const [at, file] of found.entries()) {
    signal.throwIfAborted()
    report({ stage: 'specs', done: at, total: found.length, unit: 'specs' })
    const counts = totals.get(sourceOf(file.path)) ?? noCounts()
    totals.set(sourceOf(file.path), counts)
    const document = readDocument(decodeSource(await readFile(join(tree, file.path))).text, file)
    const findings = lintDocument(document)
    counts.statements += readStatements(document).length
    const label = labels.get(dirname(file.path)) ?? (labels.size > 0 ? [] : null)
    if (label) {
      const hits = label.map(({ rule, key }) =>
        findings.filter(
          (one) => one.rule === rule && (key === undefined || one.key === key || one.requirement === key),
        ),
      )
      counts.seeded += label.length
      counts.caught += hits.filter((hit) => hit.length > 0).length
      counts.falseAlarms += findings.filter((one) => !hits.some((hit) => hit.includes(one))).length
      continue
    }
    counts.flagged += new Set(findings.map(({ key }) => key)).size
    // Lists of the other kinds have numbers of their own, which a seed does not know.
    for (const fault of file.kind === 'spec' ? seedFaults(document, at + 1) : []) {
      const seeded = readDocument(fault.text, file)
      const added = newFindings(findings, lintDocument(seeded))
      const isCaught = added.some(({ rule }) => rule === fault.rule)
      const kind = byKind.get(`${fault.rule}: ${fault.kind}`) ?? { seeded: 0, caught: 0 }
      byKind.set(`${fault.rule}: ${fault.kind}`, kind)
      kind.seeded++
      counts.seeded++
      if (isCaught) {
        kind.caught++
        counts.caught++
      } else if (failures.length < shownFailures)
        failures.push(
          `${file.path}: ${fault.rule} (${fault.kind}) not found: ${firstChange(document, fault.text)}`,
        )
      counts.falseAlarms += added.filter(({ rule }) => rule !== fault.rule).length
    }
  }
  const all = noCounts()
  for (const counts of totals.values())
    for (const key of ['statements', 'seeded', 'caught', 'falseAlarms', 'flagged'] as const)
      all[key] += counts[key]
  const rates = ({ statements, seeded, caught, falseAlarms, flagged }: typeof all) => ({
    statements,
    seeded,
    caught: seeded === 0 ? 1 : caught / seeded,
    falseAlarms: labels.size > 0 ? falseAlarms / Math.max(1, statements) : falseAlarms / Math.max(1, seeded),
    ...(labels.size === 0 && { flaggedRate: flagged / Math.max(1, statements) }),
  })
  return {
    n: found.length,
    metrics: {
      ...rates(all),
      ...Object.fromEntries([...byKind].map(([kind, one]) => [`caught ${kind}`, one.caught / one.seeded])),
    },
    ...bySource(new Map([...totals].map(([source, counts]) => [source, rates(counts)])), ['caught']),
    failures,
    notes:
      labels.size > 0
        ? ['falseAlarms: findings that no label explains, for each statement.']
        : [
            'Faults are seeded one at a time; falseAlarms: findings of other rules that a seed brings up, for each seed.',
            'flaggedRate: statements of the specs as they are that have a finding. How many of those are wrong only a person can say.',
            'Vague words are seeded from the list that lint has: caught says that it is applied everywhere, not that it is complete.',
          ],
  }
}

const noCounts = () => ({ statements: 0, seeded: 0, caught: 0, falseAlarms: 0, flagged: 0 })

async function readLabels(tree: string) {
  const labels = new Map<string, z.output<typeof faultsSchema>>()
  for (const name of await readdir(tree, { recursive: true }))
    if (/(?:^|[\\/])faults\.json$/.test(name))
      labels.set(
        relative(tree, dirname(join(tree, name)))
          .split(sep)
          .join('/'),
        faultsSchema.parse(JSON.parse(await readFile(join(tree, name), 'utf8'))),
      )
  return labels
}

/** What the second has beyond the first, however far down it stands now. */
function newFindings(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const times = new Map<string, number>()
  const name = ({ rule, key, message }: Finding) => JSON.stringify([rule, key, message])
  for (const one of before) times.set(name(one), (times.get(name(one)) ?? 0) + 1)
  return after.filter((one) => {
    const left = times.get(name(one)) ?? 0
    times.set(name(one), left - 1)
    return left <= 0
  })
}

function firstChange(document: SpecDocument, text: string): string {
  const before = document.text.split('\n')
  return (
    text
      .split('\n')
      .find((line, at) => line !== before[at])
      ?.slice(0, 160) ?? ''
  )
}
