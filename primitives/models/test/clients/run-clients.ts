import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import { startScriptedModel } from './scripted-model.ts'

// `npm run clients -w @heavylift/models`: other people's clients, in the versions that are pinned beside their scripts, before a
// gateway with a model by script. They are installed into a temporary folder from npm and PyPI. A script prints a line for
// each point, `ok …` or `FAIL …`.

const here = fileURLToPath(new URL('.', import.meta.url))

function run(
  command: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', reject)
    child.on('close', () => resolve(said))
  })
}

const folder = await mkdtemp(join(tmpdir(), 'heavylift-clients-'))
const model = await startScriptedModel()
const gateway = await startTestGateway({
  providers: { up: { kind: 'openai', replicas: [`${model.origin}/v1`], paths: ['/audio/*'] } },
  models: { m: { targets: [{ provider: 'up', model: 'own' }] } },
})
let failures = 0
try {
  // LiteLLM would look for prices elsewhere.
  const env = { GATEWAY: gateway.address, LITELLM_LOCAL_MODEL_COST_MAP: 'True' }
  const js = join(folder, 'js')
  await cp(join(here, 'js'), js, { recursive: true })
  await run('npm', ['install', '--no-audit', '--no-fund', '--silent'], js)
  const python = join(folder, 'python')
  await cp(join(here, 'python'), python, { recursive: true })
  await run('python3', ['-m', 'venv', 'venv'], python)
  await run('venv/bin/pip', ['install', '--quiet', '-r', 'requirements.txt'], python)
  for (const [command, where] of [
    [process.execPath, js],
    [join(python, 'venv/bin/python'), python],
  ] as const) {
    for (const file of (await readdir(where)).toSorted()) {
      if (!/^(?!points\.).*\.(?:mjs|py)$/.test(file)) continue
      const said = await run(command, [file], where, env)
      const lines = said.split('\n').filter((line) => /^(?:ok|FAIL) /.test(line))
      failures += lines.length === 0 ? 1 : lines.filter((line) => line.startsWith('FAIL')).length
      process.stdout.write(
        `${file}\n${lines.map((line) => `  ${line}\n`).join('') || '  FAIL: it said nothing\n'}`,
      )
    }
  }
} finally {
  await gateway.close()
  await model.close()
  await rm(folder, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1
