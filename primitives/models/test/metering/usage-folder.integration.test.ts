import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { usageFolder } from '../../src/metering/usage-folder.ts'

test('calls that processes left which there are no longer are taken over by the first, those of the others are not [MODELS-SHARED-06]', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'heavylift-usage-'))
  try {
    for (const number of [2, 4]) {
      mkdirSync(join(dataDir, `usage-${number}`))
      writeFileSync(join(dataDir, `usage-${number}`, `calls_${number}.jsonl`), '')
    }
    expect(usageFolder(dataDir, { number: 2, count: 3 })).toBe(join(dataDir, 'usage-2'))
    const own = usageFolder(dataDir, { number: 1, count: 3 })
    expect(readdirSync(own)).toEqual(['calls_4.jsonl'])
    expect(existsSync(join(dataDir, 'usage-4'))).toBe(false)
    expect(readdirSync(join(dataDir, 'usage-2'))).toEqual(['calls_2.jsonl'])
    // One process alone takes all.
    usageFolder(dataDir, null)
    expect(readdirSync(own)).toEqual(['calls_2.jsonl', 'calls_4.jsonl'])
  } finally {
    rmSync(dataDir, { recursive: true })
  }
})
