import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { runWith } from './cli-fixture.ts'

/** What a real bash offers after the words of `line`. */
function completeInBash(script: string, line: string): string[] {
  const words = line.split(' ')
  const probe = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _heavylift; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', probe], { encoding: 'utf8' }).trim().split('\n')
}

test('bash completes commands, systems, measures and options [CLI-COMPLETION-01]', async () => {
  const { stdout: script } = await runWith(['completion', 'bash'])
  expect(completeInBash(script, 'heavylift st')).toEqual(['status'])
  expect(completeInBash(script, 'heavylift echo i')).toEqual(['import'])
  expect(completeInBash(script, 'heavylift eval --json ec')).toEqual(['echo.quality'])
  expect(completeInBash(script, 'heavylift keys create --sc')).toEqual(['--scope'])
})

test('the zsh script loads bash completion first, the fish script defines its condition', async () => {
  expect((await runWith(['completion', 'zsh'])).stdout).toMatch(/^autoload -U \+X bashcompinit/)
  expect((await runWith(['completion', 'fish'])).stdout).toContain("-n '__heavylift_after echo' -a 'import'")
})
