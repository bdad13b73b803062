// Counts the modules that a command of heavylift loads: `npm run measure:modules -- --help`, `… -- serve --only drive`.
// Prints { modules, own, packages, ms, residentMb }, and with --list before the command their files. A server is stopped once all runs.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * @param {string[]} args of heavylift
 * @param {Record<string, string>} env beside this process's own
 * @returns {Promise<{ modules: string[], ms: number, residentMb: number | null, code: number | null, stderr: string }>} modules as paths
 *   below the checkout; `residentMb` of a server when all runs, where /proc tells it
 */
export async function measureModules(args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'heavylift-modules-'))
  const list = join(folder, 'modules.txt')
  const startedMs = performance.now()
  let ms = 0
  /** @type {number | null} */
  let residentMb = null
  try {
    const child = spawn(
      process.execPath,
      [
        '--import',
        join(root, 'scripts', 'measure', 'record-modules.mjs'),
        join(root, 'apps', 'cli', 'bin', 'heavylift.mjs'),
        ...args,
      ],
      {
        env: {
          ...process.env,
          HEAVYLIFT_HOME: join(folder, 'home'),
          HEAVYLIFT_SERVER_PORT: '0',
          ...env,
          MODULES_FILE: list,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let stderr = ''
    let stdout = ''
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (ms > 0 || !stdout.includes('Ctrl-C stops everything.')) return
      ms = performance.now() - startedMs
      residentMb = residentOf(child.pid)
      child.kill('SIGTERM')
    })
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    if (ms === 0) ms = performance.now() - startedMs
    const modules = readFileSync(list, 'utf8')
      .split('\n')
      .filter((path) => path !== '')
      .map((path) => path.replace(`${root}/`, ''))
      .filter((path) => !path.startsWith('scripts/measure/'))
    return { modules, ms, residentMb, code, stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resident memory in MB (10^6 bytes) of a process, where /proc tells it. @param {number | undefined} pid */
function residentOf(pid) {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Math.round((Number(kib) * 1024) / 1e6)
  } catch {
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isList = process.argv[2] === '--list'
  const { modules, ms, residentMb, code, stderr } = await measureModules(process.argv.slice(isList ? 3 : 2))
  if (isList) process.stdout.write(`${modules.join('\n')}\n`)
  if (code !== 0) process.stderr.write(stderr)
  const own = modules.filter((path) => !path.includes('node_modules/')).length
  const facts = {
    modules: modules.length,
    own,
    packages: modules.length - own,
    ms: Math.round(ms),
    residentMb,
  }
  process.stdout.write(`${JSON.stringify(facts)}\n`)
  process.exitCode = code ?? 1
}
