import { expect, test } from 'vitest'
import { runConformance } from '../../src/evals/cel/cel.ts'

test('our own conformance tests of CEL pass, and the counts are told by file [AGENTS-CEL-05]', async () => {
  const result = await runConformance({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(result.failures).toEqual([])
  expect(result.metrics).toMatchObject({ passed: 12, total: 12, failed: 0 })
  expect(result.sources).toEqual({ 'own.textproto': { n: 12, passed: 12, unsupported: 0 } })
})
