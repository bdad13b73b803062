import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reliabilitySvg } from '../../src/learn/reliability-svg.ts'
import { writeReport } from '../../src/learn/report.ts'
import { dataFiles, describeData } from '../../src/learn/training-data.ts'

describe('training report', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heavylift-report-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('names the data by kind, size and a hash that the names of files do not change [LIVE-LEARN-04]', async () => {
    await writeFile(join(folder, 'a'), 'one')
    await writeFile(join(folder, 'b'), 'three')
    const before = await describeData('nfl-pbp', await dataFiles(folder))
    expect(before).toMatchObject({ kind: 'nfl-pbp', files: 2, bytes: 8 })
    await rename(join(folder, 'a'), join(folder, 'z'))
    expect(await describeData('nfl-pbp', await dataFiles(folder))).toEqual(before)
    await writeFile(join(folder, 'z'), 'two')
    expect((await describeData('nfl-pbp', await dataFiles(folder))).sha256).not.toBe(before.sha256)
  })

  test('refuses an empty folder', async () => {
    await expect(dataFiles(folder)).rejects.toThrow(/no files/)
  })

  test('states data, split, intervals and what the model looks at', () => {
    const report = writeReport({
      title: 'A model',
      summary: 'It says.',
      data: [{ kind: 'nfl-pbp', files: 2, bytes: 8e6, sha256: 'ab' }],
      split: 'Five folds by game.',
      rows: 1234,
      groups: 12,
      metrics: [{ name: 'brier', value: 0.16234, low: 0.15, high: 0.17, goal: '≤ 0.165' }],
      importance: [
        { name: 'clock', value: 0.2 },
        { name: 'margin', value: 0.8 },
      ],
      picture: 'a.svg',
      notes: ['It has limits.'],
    })
    expect(report).toContain('| nfl-pbp | 2 | 8.0 MB | `ab` |')
    expect(report).toContain('1,234 rows of 12 groups. Five folds by game.')
    expect(report).toContain('| brier | 0.1623 | 0.15 – 0.17 | ≤ 0.165 |')
    expect(report.indexOf('margin')).toBeLessThan(report.indexOf('clock'))
    expect(report).toContain('(a.svg)')
  })

  test('draws a dot and a bar for each bin, with its rows', () => {
    const svg = reliabilitySvg('Home & away', [
      { low: 0, high: 0.1, rows: 12_345, meanPredicted: 0.05, meanHappened: 0.04 },
      { low: 0.9, high: 1, rows: 1500, meanPredicted: 0.95, meanHappened: 1 },
    ])
    expect(svg).toContain('Home &amp; away')
    expect(svg.match(/<circle /g)).toHaveLength(2)
    expect(svg).toContain('>12k<')
    expect(svg).toContain('>1.5k<')
  })
})
