// Every check that needs no server, one after the other; all run, so that one failure does not hide another.
import { spawnSync } from 'node:child_process'

const checks = ['types', 'lint', 'format:check', 'dead', 'licences', 'requirements']
const failed = []
for (const name of checks) {
  const startedAt = Date.now()
  const run = spawnSync('npm', ['run', '--silent', name], { encoding: 'utf8' })
  const passed = run.status === 0
  process.stdout.write(
    `${passed ? 'pass' : 'FAIL'}  ${name.padEnd(14)} ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`,
  )
  if (passed) continue
  failed.push(name)
  process.stdout.write(`${run.stdout}${run.stderr}\n`)
}
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
