#!/usr/bin/env node
// Starts the command line: on the project's own Node (24, from npm) when the machine's is older, and with room for what reads code.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import v8 from 'node:v8'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(dirname(dirname(here)))
const main = join(here, '..', 'src', 'main.ts')
const oldestMajor = 24

// Reading code makes much that is soon forgotten: with room for it, a seventh less is spent on clearing up. V8 takes this at a start only.
const [command = '', name = ''] = process.argv.slice(2)
const reading = command === 'spec' || (/^(?:bench|eval)$/.test(command) && name.startsWith('spec.'))
const roomy = '--max-semi-space-size=64'
const options = reading && !process.execArgv.includes(roomy) ? [roomy] : []
const isOld = Number(process.versions.node.split('.')[0]) < oldestMajor

if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
  process.stderr.write('Heavylift is not installed yet. Run `npm start` (or `npm ci`) in its folder once.\n')
  process.exitCode = 1
} else if (!isOld && options.length === 0) {
  // Node strips types with WebAssembly, in each thread. V8 (13.6) ends the process when two threads compile the same call out of
  // it at once, which it does after so many calls; slower calls do no harm there.
  v8.setFlagsFromString('--wasm-wrapper-tiering-budget=1000000000')
  // The gateway alone is to be small. V8's middle compiler leaves 25 MB behind in the C library's heap and gains it nothing: what is
  // hot goes on to the last one.
  if (process.argv[2] === 'gateway' || /\s--only[= ]models(\s|$)/.test(process.argv.join(' ')))
    v8.setFlagsFromString('--no-maglev')
  // Keeps compiled code, type stripping included, from one start to the next.
  module.enableCompileCache?.(join(root, 'node_modules', '.cache', 'heavylift'))
  await import(pathToFileURL(main).href)
} else {
  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const child = spawn(
    isOld ? own : process.execPath,
    [...options, fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  )
  // A Ctrl-C reaches the child by the terminal; what is sent to this process alone is handed on. The child takes both for one.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) => {
    process.stderr.write(
      `The project's own Node could not be started (${error.message}). Run \`npm rebuild node\`.\n`,
    )
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
}
