import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runWith } from './cli-fixture.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'heavylift.mjs')

/** What a real bash offers after the words of `line`, by the real command. */
function completeInBash(script: string, line: string): string[] {
  const words = [bin, ...line.split(' ')]
  const probe = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _heavylift; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', probe], { encoding: 'utf8' }).trim().split('\n')
}

test('bash completes commands, systems, measures and options [CLI-COMPLETION-01]', async () => {
  const { stdout: script } = await runWith(['completion', 'bash'])
  expect(completeInBash(script, 'st')).toEqual(['status'])
  expect(completeInBash(script, 'shop im')).toEqual(['import'])
  expect(completeInBash(script, 'eval --json shop.ret')).toEqual(['shop.retrieval'])
  expect(completeInBash(script, 'keys create --sc')).toEqual(['--scope'])
  expect(completeInBash(script, 'keys create --scope ad')).toEqual(['admin'])
})

test('the zsh script loads bash completion first, the fish script asks the command', async () => {
  expect((await runWith(['completion', 'zsh'])).stdout).toMatch(/^autoload -U \+X bashcompinit/)
  expect((await runWith(['completion', 'fish'])).stdout).toContain('heavylift __complete -- $words')
})
