import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const execute = promisify(execFile)
const room = join(import.meta.dirname, '..', '..', '..', 'python')
const heavylift = join(room, '..', '..', '..', 'apps', 'cli', 'bin', 'heavylift.mjs')
const hasPython = spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0

describe.skipIf(!hasPython)(
  `gymnasium${hasPython ? '' : ' (left out: python3 with venv is not installed)'}`,
  () => {
    let folder = ''
    const python = (...args: string[]) =>
      execute(join(folder, 'bin', 'python'), args, {
        cwd: folder,
        env: { ...process.env, DRIVE_SIMULATOR: `${process.execPath} ${heavylift}` },
        timeout: 600_000,
        maxBuffer: 1 << 24,
      })

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'drive-gymnasium-'))
      await execute('python3', ['-m', 'venv', folder])
      await python('-m', 'pip', 'install', '--quiet', `${room}[gym]`, 'mypy==1.18.2')
    }, 600_000)
    afterAll(() => rm(folder, { recursive: true }))

    test('finds nothing wrong with the environments, installed from the folder [DRIVE-DRIVER-09]', async () => {
      const { stdout } = await python(join(room, 'tests', 'check_gymnasium.py'))
      expect(stdout).toMatch(/check_env passed/)
      expect(stdout).toMatch(/vector equals single/)
    }, 600_000)

    test('the package and its examples are typed strictly [DRIVE-DRIVER-08]', async () => {
      const { stdout } = await python(
        '-m',
        'mypy',
        '--config-file',
        join(room, 'pyproject.toml'),
        '--strict',
        join(room, 'src'),
        join(room, 'examples'),
      )
      expect(stdout).toMatch(/no issues found/)
    }, 600_000)

    test('an example trains a policy that is no worse than its beginning [DRIVE-DRIVER-09]', async () => {
      const { stdout } = await python(
        join(room, 'examples', 'train.py'),
        '--rounds',
        '3',
        '--out',
        join(folder, 'policy.json'),
      )
      const [, before, after] = /trained on: (-?[\d.]+) before, (-?[\d.]+) after/.exec(stdout) ?? []
      expect(Number(after)).toBeGreaterThanOrEqual(Number(before))
    }, 600_000)
  },
)
