import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { runPython, runPythonIfItCan } from '@heavylift/core/runtime/run-python'

const hasPython = spawnSync('python3', ['--version']).status === 0
const { signal } = new AbortController()

describe.skipIf(!hasPython)('a program in Python', () => {
  it('is given its input and says what it prints', async () => {
    const args = ['-c', 'import sys; print(sys.stdin.read().upper())']
    expect(await runPython({ python: 'python3', args, needs: [], input: 'said', signal })).toBe('SAID\n')
  })

  it('that lacks a package says which to install', async () => {
    const program = {
      python: 'python3',
      args: ['-c', 'import no_such_package'],
      needs: ['no-such-package'],
      // More than a pipe holds, which it never reads.
      input: 'x'.repeat(1_000_000),
      signal,
    }
    await expect(runPython(program)).rejects.toThrow(
      /No module named 'no_such_package'.*python3 -m pip install no-such-package/,
    )
    expect(await runPythonIfItCan(program)).toBeNull()
  })
})

it('says which Python is not there', async () => {
  const program = { python: '/no/such/python', args: [], needs: ['pulp'], signal }
  await expect(runPython(program)).rejects.toThrow(/\/no\/such\/python does not run the peer \(.*ENOENT/)
})
