import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { readCustomLens, riskOf } from '../../review/custom-lens.ts'

/** `heavylift eval ready.lens --data DIR`: custom lenses (JSON) of others, folder by folder: which can be read, and do all their questions find a risk? */
export async function runLensEval({ dataDir }: MeasureInput) {
  const files = dataDir === null ? null : await filesIn(dataDir)
  const texts =
    files === null || dataDir === null
      ? [{ name: 'sample/lens.json', text: sampleLens }]
      : await Promise.all(
          files.map(async (file) => ({ name: relative(dataDir, file), text: await readFile(file, 'utf8') })),
        )
  const failures: string[] = []
  const sources: Record<string, Record<string, number>> = {}
  let questions = 0
  let rules = 0
  let judged = 0
  let remarks = 0
  for (const { name, text } of texts) {
    const source = (sources[name.split('/')[0] as string] ??= { n: 0, imported: 0 })
    source['n'] = (source['n'] ?? 0) + 1
    try {
      const lens = readCustomLens(text)
      source['imported'] = (source['imported'] ?? 0) + 1
      remarks += lens.remarks.length
      for (const remark of lens.remarks) failures.push(`${name}: ${remark.where}: ${remark.advice}`)
      for (const question of lens.questions) {
        questions++
        rules += question.rules.length
        // No choice made must be some rule's case, as the format wants a default at the end.
        if (question.rules.length > 0 && riskOf(question, new Set()) !== 'NO_RISK') judged++
      }
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : 'unreadable'}`)
    }
  }
  const imported = Object.values(sources).reduce((sum, one) => sum + (one['imported'] ?? 0), 0)
  return {
    n: texts.length,
    metrics: {
      files: texts.length,
      imported,
      refused: texts.length - imported,
      importedPct: (100 * imported) / Math.max(1, texts.length),
      questions,
      rules,
      riskWithoutChoices: judged,
      remarks,
    },
    sources,
    failures,
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

const sampleLens = JSON.stringify({
  schemaVersion: '2021-11-01',
  name: 'Sample',
  description: 'A made lens.',
  pillars: [
    {
      id: 'rel',
      name: 'Reliability',
      questions: [
        {
          id: 'q1',
          title: 'How are calls bounded?',
          choices: [
            { id: 'timeouts', title: 'Time-outs' },
            { id: 'breakers', title: 'Breakers' },
            { id: 'none', title: 'Not at all' },
          ],
          riskRules: [
            { condition: 'timeouts && breakers && !none', risk: 'NO_RISK' },
            { condition: '(timeouts || breakers) && (!none)', risk: 'MEDIUM_RISK' },
            { condition: 'default', risk: 'HIGH_RISK' },
          ],
        },
      ],
    },
  ],
})
