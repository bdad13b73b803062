// Every check that needs no server, two at a time. All run, so that one failure does not hide another.
import { spawn } from 'node:child_process'

const waiting = ['lint', 'types', 'dead', 'layers', 'format:check', 'licences', 'requirements', 'docs']
/** @type {string[]} */
const failed = []

/** @param {string} name @returns {Promise<{ code: number | null, output: string }>} */
function runScript(name) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()))
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

async function worker() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const startedAt = Date.now()
    const { code, output } = await runScript(name)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    process.stdout.write(`${code === 0 ? 'pass' : 'FAIL'}  ${name.padEnd(14)} ${seconds} s\n`)
    if (code === 0) continue
    failed.push(name)
    process.stdout.write(`${output}\n`)
  }
}

await Promise.all([worker(), worker()])
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
