import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runLint } from '../../src/commands/run-lint.ts'

async function lint(path: string) {
  const lines: string[] = []
  const result = await runLint({
    args: { path },
    report: () => {},
    print: (line) => void lines.push(line),
    signal: new AbortController().signal,
  })
  return { ...result, lines }
}

test('lints every spec below a folder, of whatever tool, and says where [SPEC-LINT-01]', async () => {
  expect(await lint(join(import.meta.dirname, '..', '..', 'samples', 'formats'))).toMatchObject({
    verdict: 'yes',
    lines: ['5 specs, 0 findings.'],
  })
  const folder = mkdtempSync(join(tmpdir(), 'spec-lint-'))
  try {
    mkdirSync(join(folder, 'openspec/specs/a'), { recursive: true })
    writeFileSync(
      join(folder, 'openspec/specs/a/spec.md'),
      '## Requirements\n\n### Requirement: A\n\nIt SHALL answer snazzily.\n',
    )
    mkdirSync(join(folder, '.heavylift-spec'))
    writeFileSync(join(folder, '.heavylift-spec/lint.json'), '{"vague":["snazzily"]}')
    const result = await lint(folder)
    expect(result.verdict).toBe('no')
    expect(result.lines[0]).toMatch(/^openspec\/specs\/a\/spec\.md:5 {2}vague-word {2}A: "snazzily"/)
    writeFileSync(join(folder, '.heavylift-spec/lint.json'), '{"vague":1}')
    await expect(lint(folder)).rejects.toMatchObject({ code: 'lint-settings-invalid' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
