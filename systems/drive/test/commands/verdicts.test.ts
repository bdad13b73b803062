import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandInput } from '@heavylift/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/commands/commands.ts'

let folder = ''
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'drive-commands-'))))
afterAll(() => rm(folder, { recursive: true }))

function run(name: string, args: Record<string, string>, options: Record<string, string | boolean> = {}) {
  return commands
    .find((command) => command.name === name)!
    .run(commandInput({ args, options, dataDir: folder, configDir: folder }))
}

describe('what a command answers with', () => {
  test('is yes for a run that meets its criteria, and no for one that does not [DRIVE-CLI-01]', async () => {
    expect(await run('run', { scenario: 'cut-in' }, { version: 'pdm' })).toMatchObject({
      outcome: 'passed',
      verdict: 'yes',
    })
    const blind = { version: 'scenario', set: 'ttcS=1' }
    expect(await run('run', { scenario: 'cut-in' }, blind)).toMatchObject({
      outcome: 'failed',
      verdict: 'no',
    })
  })

  test('every command that judges says what its no means [DRIVE-CLI-01]', () => {
    expect(commands.filter(({ no }) => no !== undefined).map(({ name }) => name)).toEqual([
      'run',
      'clear',
      'replay',
      'formats',
    ])
  })

  test.each([
    ['run', { scenario: 'nowhere.xosc' }, {}],
    ['record', { scenario: 'nowhere.xosc' }, {}],
    ['clear', { version: 'pdm' }, { suite: 'nowhere.json' }],
    ['clear', { version: 'pdm' }, { suite: 'nowhere.xosc' }],
    ['mine', { log: 'nowhere.mcap' }, {}],
    ['mine', { log: 'nowhere.csv' }, {}],
  ])('%s names a file that is not there, and says what to do [DRIVE-CLI-02]', async (name, args, options) => {
    await expect(run(name, args, options)).rejects.toMatchObject({
      code: 'file-not-found',
      message: expect.stringMatching(/nowhere\.\w+\. Check the path/),
    })
  })

  test('replay says that nothing has been cleared, or that the clearance has no such case [DRIVE-CLI-02]', async () => {
    await expect(run('replay', { case: 'cut-in/1' })).rejects.toThrow(/Nothing has been cleared yet/)
    await expect(run('replay', { case: 'cut-in/1' }, { clearance: 'gone' })).rejects.toThrow(
      /The clearance gone has no case cut-in\/1/,
    )
  })
})
