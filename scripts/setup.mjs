// Prepares a checkout for `npm start` (`--for=start`) or `npm test` (`--for=test`). Node builtins only, Node 20 or later:
// it runs before anything is installed. What is up to date is left alone, so a second run takes a fraction of a second.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOutdated } from './setup/build.mjs'
import { install } from './setup/install.mjs'
import { acquireLock } from './setup/lock.mjs'
import { SetupError, say } from './setup/output.mjs'
import { provideTools } from './setup/tools.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const purpose = process.argv.includes('--for=test') ? 'test' : 'start'

async function main() {
  if (process.env['HEAVYLIFT_SKIP_SETUP'] === '1') return
  requireNode()
  const release = await acquireLock(join(root, '.heavylift'), () =>
    say('Another set-up of this checkout is running; waiting for it.'),
  )
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      release()
      process.exit(130)
    })
  }
  try {
    await install(root, purpose)
    await buildOutdated(root)
    if (purpose === 'test') await provideTools(root)
  } finally {
    release()
  }
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: Heavylift needs Node 20 or later (https://nodejs.org).`,
    )
  }
}

/** What the file system refused, in plain words; null for any other error. @param {NodeJS.ErrnoException} error */
function explainFileError(error) {
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    return `${error.path} cannot be written. Make this folder yours (\`chown -R $USER .\`) and run the command again.`
  }
  if (error.code === 'ENOSPC') return 'The disk is full: the install needs about 1 GB.'
  return null
}

main().catch((error) => {
  // A SetupError says what to do; anything else is a defect, so its stack helps.
  const isPlain = error instanceof SetupError || explainFileError(error) !== null
  process.stderr.write(`\n${isPlain ? (explainFileError(error) ?? error.message) : (error.stack ?? error)}\n`)
  process.exit(1)
})
